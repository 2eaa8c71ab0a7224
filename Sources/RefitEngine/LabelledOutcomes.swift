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

  init(log: LabelledLog, rows: [Int]) throws(DataError) {
    let columns = log.model.predictions?.columns
    var scores: [Double]?
    if let name = columns?.score {
      let all = try log.numbers(name)
      scores = rows.map { all[$0] }
    }
    switch log.model.task {
    case .regression:
      guard let scores else { throw DataError("predictions.columns has no 'score'") }
      outcomes = .regression(RegressionOutcomes(targets: try Self.numbers(log, rows), predictions: scores))
    case .binaryClassification:
      let positive = log.model.feedback?.positive ?? "1"
      var classes = BinaryLabels(positive: positive)
      var labels: [Bool] = []
      for row in rows { labels.append(try classes.isPositive(log.label(row) ?? "")) }
      var decisions: [Bool]?
      if let name = columns?.prediction {
        let all = try log.text(name)
        let missing = rows.count { all.isMissing($0) }
        if missing == 0 {
          decisions = []
          for row in rows { decisions?.append(try classes.isPositiveDecision(all[row])) }
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
    }
  }

  private static func numbers(_ log: LabelledLog, _ rows: [Int]) throws(DataError) -> [Double] {
    var numbers: [Double] = []
    for row in rows {
      let text = log.label(row) ?? ""
      guard let number = Double(text), number.isFinite else {
        throw DataError("label '\(text)' of id '\(log.ids[row])' is not a finite number")
      }
      numbers.append(number)
    }
    return numbers
  }
}

extension LabelledLog {
  func numbers(_ name: String) throws(DataError) -> [Double] {
    do { return try table.numeric(name) } catch { throw DataError("\(error)") }
  }

  func text(_ name: String) throws(DataError) -> TextColumn {
    do { return try table.text(name) } catch { throw DataError("\(error)") }
  }
}
