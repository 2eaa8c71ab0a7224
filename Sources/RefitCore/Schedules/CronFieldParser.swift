/// What one field matches.
struct CronFieldValues {
  /// Bit n is set where the number n matches.
  var bits: UInt64 = 0
  /// The field without `H`: what its hashed values came to.
  var resolved = ""
  /// Whether there is an `H` in it.
  var isHashed = false
  /// Whether the resolved field is written with a `*` in front, on which Debian's rules turn.
  var startsWithStar: Bool { resolved.hasPrefix("*") }
}

/// One item of a field's list.
struct CronItem {
  var values: ClosedRange<Int>
  var step = 1
  /// The item without `H`.
  var text: String
  var isHashed: Bool

  var bits: UInt64 {
    stride(from: values.lowerBound, through: values.upperBound, by: step).reduce(0) { $0 | 1 << UInt64($1) }
  }
}

/// Reads one field: a list of `*`, `*/n`, `a`, `a-b` and `a-b/n`, and of hashed values.
struct CronFieldParser {
  let field: CronField
  let column: Int
  let text: [Character]
  /// Fixes the values of `H`; nil where no name is known.
  let hash: CronHash?
  var position = 0

  init(field: CronField, word: CronWord, hash: CronHash?) {
    self.field = field
    column = word.column
    text = Array(word.text)
    self.hash = hash
  }

  mutating func parse() throws(CronError) -> CronFieldValues {
    var values = CronFieldValues()
    while true {
      let item = try parseItem()
      values.bits |= item.bits
      values.isHashed = values.isHashed || item.isHashed
      values.resolved += values.resolved.isEmpty ? item.text : ",\(item.text)"
      guard let character = peek else { break }
      guard character == "," else { throw unexpected(character) }
      position += 1
    }
    if field == .dayOfWeek, values.bits >> 7 & 1 == 1 { values.bits = values.bits & 0x7F | 1 }
    return values
  }

  var peek: Character? { position < text.count ? text[position] : nil }

  private mutating func parseItem() throws(CronError) -> CronItem {
    let start = position
    if peek == "H", !(position + 1 < text.count && text[position + 1].isLetter) {
      position += 1
      return try parseHashed(from: start)
    }
    var range = field.range
    var canStep = true
    if peek == "*" {
      position += 1
      if peek == "(" { return try parseWildcardRange() }
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
    var step = 1
    if peek == "/" {
      guard canStep else {
        throw error(
          at: position,
          "a step needs a range to step through: write \(range.lowerBound)-\(field.range.upperBound)/n or */n"
        )
      }
      position += 1
      step = try parseStep()
    }
    return CronItem(values: range, step: step, text: String(text[start..<position]), isHashed: false)
  }

  mutating func close(
    rangeFrom first: Int, startingAt start: Int
  ) throws(CronError) -> ClosedRange<Int> {
    let last = try parseNumber()
    if last >= first { return first...last }
    let written = String(text[start..<position])
    throw error(
      at: start,
      "the range \(written) runs backwards: write \(first)-\(field.range.upperBound),"
        + "\(field.range.lowerBound)-\(last) to wrap around, or the smaller end first")
  }

  mutating func parseStep() throws(CronError) -> Int {
    let start = position
    let limit = field.range.upperBound
    guard let step = try parseDigits() else {
      throw error(at: start, "a step is a whole number from 1 to \(limit)")
    }
    if step == 0 { throw error(at: start, "a step of 0 never advances: use 1 or more") }
    if step > limit { throw error(at: start, "the step is out of range: use 1 to \(limit)") }
    return step
  }

  mutating func parseNumber() throws(CronError) -> Int {
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
}

extension Character {
  fileprivate var asciiDigit: Int? { isASCII ? wholeNumberValue : nil }
}
