/// `H`, `H(a-b)`, `H/n` and `H(a-b)/n`, and `*(a-b)/n`, which is how a hashed step is written once it is resolved.
extension CronFieldParser {
  /// Reads what follows an `H` that stands at `start`.
  mutating func parseHashed(from start: Int) throws(CronError) -> CronItem {
    let range = peek == "(" ? try parseParentheses(within: field.hashedLimits, of: "H") : field.hashedRange
    let step = peek == "/" ? try parseHashedStep(through: range) : nil
    guard let hash else {
      throw CronError(
        column: column + start, field: field, reason: .nameMissing,
        "H stands for a value that a name fixes, and there is none: say project/model/schedule")
    }
    let number = hash.number(for: field)
    guard let step else {
      let value = range.lowerBound + number % range.count
      return CronItem(values: value...value, text: "\(value)", isHashed: true)
    }
    let first = range.lowerBound + number % step
    let isWildcard = field == .minute || field == .hour
    let plain = first == range.upperBound ? "\(first)" : "\(first)-\(range.upperBound)/\(step)"
    return CronItem(
      values: first...range.upperBound, step: step,
      text: isWildcard ? "*(\(first)-\(range.upperBound))/\(step)" : plain, isHashed: true)
  }

  /// Reads what follows the `*` in `*(a-b)/n`.
  mutating func parseWildcardRange() throws(CronError) -> CronItem {
    guard field == .minute || field == .hour else {
      throw error(at: position, "*(a-b)/n is for minute and hour only: write a-b/n")
    }
    let range = try parseParentheses(within: field.range, of: "*")
    guard peek == "/" else { throw error(at: position, "a step is missing: write *(a-b)/n, or a-b") }
    position += 1
    let step = try parseStep()
    return CronItem(
      values: range, step: step, text: "*(\(range.lowerBound)-\(range.upperBound))/\(step)", isHashed: false)
  }

  private mutating func parseParentheses(
    within limits: ClosedRange<Int>, of sign: String
  ) throws(CronError) -> ClosedRange<Int> {
    position += 1
    let start = position
    let first = try parseNumber()
    guard peek == "-" else { throw error(at: position, "parentheses hold a range: write \(sign)(a-b)") }
    position += 1
    let range = try close(rangeFrom: first, startingAt: start)
    guard peek == ")" else { throw error(at: position, "a ) is missing: write \(sign)(a-b)") }
    position += 1
    guard limits.contains(range.upperBound) else {
      throw error(
        at: start, "H gives only days that every month has: use \(limits.lowerBound) to \(limits.upperBound)")
    }
    return range
  }

  private mutating func parseHashedStep(through range: ClosedRange<Int>) throws(CronError) -> Int {
    position += 1
    let start = position
    let step = try parseStep()
    if step == 1 { throw error(at: start, "a step of 1 leaves H no choice: write * or a range") }
    guard step <= range.count else {
      throw error(
        at: start,
        "the step is larger than the range \(range.lowerBound)-\(range.upperBound): use 2 to \(range.count)")
    }
    return step
  }
}

extension CronField {
  /// What `H` without a range chooses from: each of them exists in every month, and Sunday is there once.
  fileprivate var hashedRange: ClosedRange<Int> {
    switch self {
    case .dayOfMonth: 1...28
    case .dayOfWeek: 0...6
    case .minute, .hour, .month: range
    }
  }

  /// What a range after `H` may name.
  fileprivate var hashedLimits: ClosedRange<Int> { self == .dayOfMonth ? hashedRange : range }
}
