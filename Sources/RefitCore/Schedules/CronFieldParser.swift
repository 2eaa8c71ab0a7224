/// What one field matches.
struct CronFieldValues {
  /// Bit n is set where the number n matches.
  var bits: UInt64 = 0
  /// Whether the field is written with a `*` in front, on which Debian's rules turn.
  var startsWithStar = false
}

/// Reads one field: a list of `*`, `*/n`, `a`, `a-b` and `a-b/n`.
struct CronFieldParser {
  let field: CronField
  let column: Int
  let text: [Character]
  private(set) var position = 0

  init(field: CronField, word: CronWord) {
    self.field = field
    column = word.column
    text = Array(word.text)
  }

  mutating func parse() throws(CronError) -> CronFieldValues {
    try refuseHashed()
    var values = CronFieldValues()
    values.startsWithStar = text.first == "*"
    while true {
      values.bits |= try parseItem()
      guard let character = peek else { break }
      guard character == "," else { throw unexpected(character) }
      position += 1
    }
    if field == .dayOfWeek, values.bits >> 7 & 1 == 1 { values.bits = values.bits & 0x7F | 1 }
    return values
  }

  private var peek: Character? { position < text.count ? text[position] : nil }

  private mutating func parseItem() throws(CronError) -> UInt64 {
    let start = position
    var range = field.range
    var canStep = true
    if peek == "*" {
      position += 1
    } else {
      let first = try parseNumber()
      if peek == "-" {
        position += 1
        range = try close(rangeFrom: first, startingAt: start)
      } else {
        range = first...first
        canStep = false
      }
    }
    guard peek == "/" else { return bits(range, step: 1) }
    guard canStep else {
      throw error(
        at: position,
        "a step needs a range to step through: write \(range.lowerBound)-\(field.range.upperBound)/n or */n")
    }
    position += 1
    return bits(range, step: try parseStep())
  }

  private mutating func close(rangeFrom first: Int, startingAt start: Int) throws(CronError) -> ClosedRange<
    Int
  > {
    let last = try parseNumber()
    if last >= first { return first...last }
    let written = String(text[start..<position])
    throw error(
      at: start,
      "the range \(written) runs backwards: write \(first)-\(field.range.upperBound),"
        + "\(field.range.lowerBound)-\(last) to wrap around, or the smaller end first")
  }

  private mutating func parseStep() throws(CronError) -> Int {
    let start = position
    let limit = field.range.upperBound
    guard let step = try parseDigits() else {
      throw error(at: start, "a step is a whole number from 1 to \(limit)")
    }
    if step == 0 { throw error(at: start, "a step of 0 never advances: use 1 or more") }
    if step > limit { throw error(at: start, "the step is out of range: use 1 to \(limit)") }
    return step
  }

  private mutating func parseNumber() throws(CronError) -> Int {
    let start = position
    if let number = try parseDigits() {
      if field.range.contains(number) { return number }
      throw error(
        at: start,
        "\(String(text[start..<position])) is out of range: use \(field.range.lowerBound) to \(field.range.upperBound)"
      )
    }
    while let character = peek, character.isLetter { position += 1 }
    let name = String(text[start..<position])
    if name.isEmpty { throw missingNumber(at: start) }
    if let number = field.number(named: name) { return number }
    throw error(at: start, reasonAgainst(name: name))
  }

  /// The digits here as a number, capped far above every range; nil when there is no digit.
  private mutating func parseDigits() throws(CronError) -> Int? {
    var number: Int?
    while let digit = peek?.asciiDigit {
      number = min((number ?? 0) * 10 + digit, 1_000_000)
      position += 1
    }
    return number
  }

  private func bits(_ range: ClosedRange<Int>, step: Int) -> UInt64 {
    stride(from: range.lowerBound, through: range.upperBound, by: step).reduce(0) { $0 | 1 << UInt64($1) }
  }
}

extension Character {
  fileprivate var asciiDigit: Int? { isASCII ? wholeNumberValue : nil }
}
