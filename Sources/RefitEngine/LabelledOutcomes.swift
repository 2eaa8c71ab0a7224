import RefitCore
import RefitExecution
import RefitStatistics
import RefitTables

/// Labels and predictions of some rows of a log, in the terms of the model's task.
struct LabelledOutcomes {
  private enum Outcomes {
    case binary(BinaryOutcomes)
    case regression(RegressionOutcomes)
  }

  private let outcomes: Outcomes
  /// Why there are no hard decisions, although the log names a column for them.
  private var undecided: String?

  func measure(_ metric: PerformanceMetric) -> Statistic {
    switch outcomes {
    case .binary(let outcomes):
      if let undecided, metric.isForClassification, !metric.readsScores { return .undefined(undecided) }
      return outcomes.measure(metric)
    case .regression(let outcomes): return outcomes.measure(metric)
    }
  }

  /// - Parameter rows: of the log; each has a label.
  init(log: LabelledLog, rows: [Int]) throws(DataError) {
    let columns = log.model.predictions?.columns
    var scores: [Double]?
    if let name = columns?.score {
      let all = try log.numbers(name)
      scores = rows.map { all[$0] }
    }
    let labelRows = rows.map { Int(log.labelRows[$0]) }
    switch log.labels {
    case .numbers(let column):
      guard let scores else { throw DataError("predictions.columns has no 'score'") }
      var targets: [Double] = []
      for (row, labelRow) in zip(rows, labelRows) {
        guard let number = column.number(at: labelRow), number.isFinite else {
          throw DataError("label '\(column[labelRow])' of id '\(log.ids[row])' is not a finite number")
        }
        targets.append(number)
      }
      outcomes = .regression(RegressionOutcomes(targets: targets, predictions: scores))
    case .classes(let column):
      let place = { (position: Int) in "id '\(log.ids[rows[position]])'" }
      var classes = BinaryClasses(of: log.model)
      let labels = try classes.labels(column, rows: labelRows, place: place)
      var decisions: [Bool]?
      if let name = columns?.prediction {
        let all = try log.categories(name)
        let missing = rows.count { all.codes[$0] < 0 }
        if missing == 0 {
          decisions = try classes.decisions(all, rows: rows, place: place)
        } else {
          undecided = "\(missing) of \(rows.count) predictions in the window are missing"
        }
      } else if let scores {
        // A score that is no number compares as "not over the threshold", which would be a decision by accident.
        let bad = scores.count { !$0.isFinite }
        let threshold = log.model.decision?.threshold ?? 0.5
        if bad == 0 {
          decisions = scores.map { $0 >= threshold }
        } else {
          undecided = "\(bad) of \(rows.count) scores in the window are missing or not finite"
        }
      }
      outcomes = .binary(BinaryOutcomes(labels: labels, scores: scores, predictions: decisions))
    case nil: throw DataError("no file of labels has been read")
    }
  }
}

extension LabelledLog {
  func numbers(_ name: String) throws(DataError) -> [Double] {
    do { return try table.numeric(name) } catch { throw DataError("\(error)") }
  }

  func text(_ name: String) throws(DataError) -> TextColumn {
    do { return try table.text(name) } catch { throw DataError("\(error)") }
  }

  func categories(_ name: String) throws(DataError) -> CategoryColumn {
    do { return try table.categories(name) } catch { throw DataError("\(error)") }
  }
}
