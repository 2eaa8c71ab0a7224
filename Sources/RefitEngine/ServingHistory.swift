import RefitCore
import RefitExecution
import RefitStore

/// Which version of a model was published when.
struct ServingHistory {
  /// Since `from`, `version` served; in order of time.
  struct Service: Hashable, Codable, Sendable {
    let from: Instant
    let version: Int
  }

  let model: Name
  let services: [Service]

  func version(at time: Instant) -> Int? {
    services.last { $0.from <= time }?.version
  }

  /// By row, the version that made the prediction; nil for history, which no version of Refit's made.
  func versions(of log: LabelledLog) throws(DataError) -> [Int?] {
    guard let columns = log.model.predictions?.columns else { return [] }
    guard let name = columns.version else {
      let scores = try columns.score.map { name throws(DataError) in try log.numbers(name) }
      return (0..<log.count).map { row in
        scores.map { $0[row].isNaN } == true ? nil : version(at: log.times[row])
      }
    }
    let column = try log.text(name)
    // A log has few versions and many rows.
    var known: [String: Int?] = [:]
    return (0..<log.count).map { row in
      let text = column[row]
      if text.isEmpty { return nil }
      if let number = known[text] { return number }
      let number = Int(text) ?? VersionID(text).flatMap { $0.model == model ? $0.number : nil }
      known[text] = .some(number)
      return number
    }
  }
}

extension StoreQueries {
  /// Which versions of a model served, from when on, in order of time.
  func services(of model: Name) throws(StoreError) -> [ServingHistory.Service] {
    try promotions(model).reversed().compactMap { record in
      record.publishedAt.map { ServingHistory.Service(from: $0, version: record.version.number) }
    }
  }
}
