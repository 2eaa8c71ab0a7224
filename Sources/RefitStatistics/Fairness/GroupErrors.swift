/// The errors of a regression, prediction − target, by group.
public struct GroupErrors: Sendable, Hashable {
  /// What one group's rows show.
  public struct Errors: Sendable, Hashable {
    public let group: String
    /// Its rows.
    public let count: Int
    /// The mean of prediction − target: above 0 the group is predicted too high. Undefined without rows, and
    /// when one of its numbers is not finite.
    public let meanError: Statistic
    /// The mean absolute error, undefined like the mean error.
    public let meanAbsoluteError: Statistic
  }

  /// One a name, in the order of the names.
  public let groups: [Errors]
  /// Rows whose group is missing; they are in no group.
  public let missing: Int

  /// Sums one pass over parallel columns; traps when their lengths differ.
  public init(targets: [Double], predictions: [Double], groups column: GroupColumn) {
    precondition(
      targets.count == predictions.count && targets.count == column.codes.count, "parallel columns")
    // The group before the first is that of rows without one.
    var sums = [Sums](repeating: Sums(), count: column.names.count + 1)
    for row in targets.indices {
      sums[Int(column.codes[row]) + 1].add(predictions[row] - targets[row])
    }
    missing = sums[0].count
    groups = zip(column.names, sums.dropFirst()).map { name, sums in sums.errors(of: name) }
  }

  /// The measure over the groups with at least `minimumGroup` rows (and one); the others are named.
  public func measure(_ measure: ErrorParityMeasure, minimumGroup: Int) -> ErrorParityResult {
    let needed = max(1, minimumGroup)
    let large = groups.filter { $0.count >= needed }
    let leftOut = groups.filter { $0.count < needed }.map(\.group)
    func undefined(_ reason: String) -> ErrorParityResult {
      ErrorParityResult(measure: measure, value: .undefined(reason), leftOut: leftOut)
    }
    if large.count < 2 {
      let groups = large.isEmpty ? "no group has" : "only one group has"
      return undefined("\(groups) at least \(needed) rows, and two are needed")
    }
    var extremes: [ErrorParityResult.Extreme] = []
    for group in large {
      let error = measure == .meanErrorDifference ? group.meanError : group.meanAbsoluteError
      guard let value = error.value else { return undefined(error.reason ?? "") }
      extremes.append(ErrorParityResult.Extreme(group: group.group, value: value, rows: group.count))
    }
    return ErrorParityResult(measure: measure, over: extremes, leftOut: leftOut)
  }

  private struct Sums {
    var count = 0
    var error = CompensatedSum()
    var absolute = CompensatedSum()
    var notFinite = 0

    mutating func add(_ error: Double) {
      count += 1
      guard error.isFinite else {
        notFinite += 1
        return
      }
      self.error.add(error)
      absolute.add(abs(error))
    }

    func errors(of group: String) -> Errors {
      let reason =
        count == 0
        ? "group \(group) has no rows"
        : notFinite > 0 ? "\(notFinite) of \(count) errors of group \(group) are not finite numbers" : nil
      func mean(_ sum: CompensatedSum) -> Statistic {
        reason.map { .undefined($0) } ?? Statistic(finite: sum.value / Double(count))
      }
      return Errors(group: group, count: count, meanError: mean(error), meanAbsoluteError: mean(absolute))
    }
  }
}
