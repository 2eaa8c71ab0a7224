import RefitCore

/// The prediction log, the feedback, and the columns that the model reads.
extension ModelReader {
  mutating func readLogs() {
    predictions = map.part("predictions") { _ in readPredictions() }
    feedback = map.part("feedback") { _ in readFeedback() }
  }

  private func readPredictions() -> PredictionLog? {
    map.ifSound {
      guard let log = map.map("predictions", .predictions), let path = log.required("path", .anyTable),
        let columns = readColumns(of: log, .predictionColumns, "predictions"),
        let id = columns.required("id", .text), let time = columns.required("time", .text)
      else { return nil }
      return PredictionLog(
        path: path,
        columns: PredictionLog.Columns(
          id: id, time: time, score: columns.optional("score", .text),
          prediction: columns.optional("prediction", .text), version: columns.optional("version", .text)))
    }
  }

  private func readFeedback() -> FeedbackLog? {
    map.ifSound {
      guard let log = map.map("feedback", .feedback), let path = log.required("path", .anyTable),
        let columns = readColumns(of: log, .feedbackColumns, "feedback"),
        let id = columns.required("id", .text),
        let time = columns.required("time", .text), let label = columns.required("label", .text)
      else { return nil }
      return FeedbackLog(
        path: path, columns: FeedbackLog.Columns(id: id, time: time, label: label),
        positive: log.optional("positive", .label) ?? "1",
        matures: log.optional("matures", .durationOrZero) ?? .zero)
    }
  }

  /// The map of columns; a column may have one role.
  private func readColumns(of log: MapReader, _ vocabulary: Vocabulary, _ owner: String) -> MapReader? {
    guard log.has("columns") else {
      log.missing("columns")
      return nil
    }
    guard let columns = log.map("columns", vocabulary, "'columns' of '\(owner)'") else { return nil }
    var roles: [String: String] = [:]
    for entry in columns.all {
      guard case .scalar(let column) = entry.value.content else { continue }
      if let role = roles[column.text] {
        let message = "\(column.found) is already the column of '\(role)'"
        diagnostics.error(column.place, message)
      }
      roles[column.text] = entry.key
    }
    return columns
  }

  func readFeatures() -> Features? {
    map.ifSound {
      guard let lists = map.map("features", .features) else { return nil }
      let numeric = lists.list("numeric", of: .text, mayBeEmpty: true)
      let categorical = lists.list("categorical", of: .text, mayBeEmpty: true)
      if numeric.isEmpty, categorical.isEmpty {
        diagnostics.error(lists.place, "'features' lists no column: remove it, or list the columns")
      }
      let isNumeric = Set(numeric.map(\.value))
      for column in categorical where isNumeric.contains(column.value) {
        diagnostics.error(column.place, "'\(column.value)' is both numeric and categorical")
      }
      for column in numeric + categorical {
        if let role = roles[column.value] {
          diagnostics.error(column.place, "'\(column.value)' is no feature: it is the column of the \(role)")
        } else if map.has("holdout"), ["id", "time"].contains(column.value) {
          diagnostics.error(
            column.place,
            "no feature may be called '\(column.value)': holdout.csv, which score jobs read, has a column of that name"
          )
        }
      }
      return Features(numeric: numeric.map(\.value), categorical: categorical.map(\.value))
    }
  }

  /// What columns are, apart from features and groups.
  var roles: [String: String] {
    var roles: [String: String] = [:]
    if let columns = predictions.value?.columns {
      roles[columns.id] = "id"
      roles[columns.time] = "time"
      columns.score.map { roles[$0] = "score" }
      columns.prediction.map { roles[$0] = "prediction" }
      columns.version.map { roles[$0] = "version" }
    }
    feedback.value.map { roles[$0.columns.label] = "label" }
    return roles
  }
}

// MARK: - What a part needs

extension ModelReader {
  /// Reports that something reads the prediction log, or the labels, where the model has none.
  func need(
    predictions needsPredictions: Bool = true, feedback needsFeedback: Bool, for reader: String,
    at place: Place
  ) {
    if needsPredictions, predictions.isAbsent {
      diagnostics.error(place, "\(reader) needs 'predictions', and \(map.title) has none")
    }
    if needsFeedback, feedback.isAbsent {
      diagnostics.error(place, "\(reader) needs 'feedback', and \(map.title) has none")
    }
  }
}
