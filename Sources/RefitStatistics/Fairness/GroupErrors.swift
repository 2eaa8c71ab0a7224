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
    /// The error; undefined as said there.
    public func value(of error: GroupError) -> Statistic {
      error == .meanError ? meanError : meanAbsoluteError
    }

    /// Whether any of its rows has a weight over 0.
    let weighs: Bool

    func isCompared(needed: Int) -> Bool { count >= needed && weighs }
  }

  /// One a name, in the order of the names.
  public let groups: [Errors]
  /// Rows whose group is missing; they are in no group.
  public let missing: Int

  /// Sums one pass over parallel columns; traps when their lengths differ, and unless weights are finite and not
  /// negative. With weights means are by these, as fairlearn's `MetricFrame` takes them.
  public init(
    targets: [Double], predictions: [Double], weights: [Double]? = nil, groups column: GroupColumn
  ) {
    precondition(
      targets.count == predictions.count && targets.count == column.codes.count, "parallel columns")
    precondition(weights == nil || weights?.count == targets.count, "one weight a row")
    let usable = weights.map(RowWeights.usable)
    // The group before the first is that of rows without one.
    var sums = [Sums](repeating: Sums(), count: column.names.count + 1)
    for row in targets.indices {
      sums[Int(column.codes[row]) + 1].add(predictions[row] - targets[row], weight: usable?[row] ?? 1)
    }
    missing = sums[0].count
    groups = zip(column.names, sums.dropFirst()).map { name, sums in sums.errors(of: name) }
  }

  /// The measure over the groups with at least `minimumGroup` rows (and one); the others are named.
  public func measure(_ measure: ErrorParityMeasure, minimumGroup: Int) -> ErrorParityResult {
    let needed = max(1, minimumGroup)
    let large = groups.filter { $0.isCompared(needed: needed) }
    let leftOut = groups.filter { !$0.isCompared(needed: needed) }.map(\.group)
    func undefined(_ reason: String) -> ErrorParityResult {
      ErrorParityResult(measure: measure, value: .undefined(reason), leftOut: leftOut)
    }
    var compared: [GroupExtreme] = []
    for group in large {
      let error = group.value(of: measure.error)
      guard let value = error.value else { return undefined(error.reason ?? "") }
      compared.append(GroupExtreme(group: group.group, value: value, rows: group.count))
    }
    guard let ends = GroupExtreme.ends(of: compared) else {
      let groups = large.isEmpty ? "no group has" : "only one group has"
      return undefined("\(groups) at least \(needed) rows, and two are needed")
    }
    return ErrorParityResult(measure: measure, lowest: ends.lowest, highest: ends.highest, leftOut: leftOut)
  }

  private struct Sums {
    var count = 0
    var weight = CompensatedSum()
    var error = CompensatedSum()
    var absolute = CompensatedSum()
    var notFinite = 0

    mutating func add(_ error: Double, weight: Double) {
      count += 1
      guard error.isFinite else {
        notFinite += 1
        return
      }
      self.weight.add(weight)
      self.error.add(weight * error)
      absolute.add(weight * abs(error))
    }

    func errors(of group: String) -> Errors {
      let reason =
        count == 0
        ? "group \(group) has no rows"
        : notFinite > 0
          ? "\(notFinite) of \(count) errors of group \(group) are not finite numbers"
          : weight.value == 0 ? "the rows of group \(group) weigh nothing" : nil
      func mean(_ sum: CompensatedSum) -> Statistic {
        reason.map { .undefined($0) } ?? Statistic(finite: sum.value / weight.value)
      }
      return Errors(
        group: group, count: count, meanError: mean(error), meanAbsoluteError: mean(absolute),
        weighs: weight.value > 0 || notFinite > 0)
    }
  }
}
