/// One field of an expression as it was written, and its column.
struct CronWord {
  let column: Int
  let text: String

  /// The five fields of an expression, macros written out.
  static func split(_ source: String) throws(CronError) -> [CronWord] {
    var words: [CronWord] = []
    var current = ""
    var start = 1
    var column = 0
    for character in source {
      column += 1
      if character == " " || character == "\t" {
        if !current.isEmpty { words.append(CronWord(column: start, text: current)) }
        current = ""
        continue
      }
      if character.isWhitespace {
        throw CronError(
          column: column, "only spaces and tabs separate fields, and the expression is one line")
      }
      if current.isEmpty { start = column }
      current.append(character)
    }
    if !current.isEmpty { words.append(CronWord(column: start, text: current)) }
    if let first = words.first, first.text.hasPrefix("@") { return try expand(macro: first, among: words) }
    try requireFive(words, length: column)
    return words
  }

  private static func requireFive(_ words: [CronWord], length: Int) throws(CronError) {
    if let first = words.first, first.text.contains("=") {
      throw CronError(column: first.column, "the time zone is a key of its own, beside the expression")
    }
    if words.count < 5 {
      throw CronError(
        column: length + 1,
        "five fields are needed (minute, hour, day of month, month, day of week), "
          + (words.isEmpty ? "there is none" : "there \(words.count == 1 ? "is" : "are") \(words.count)"))
    }
    if words.count > 5 {
      throw CronError(
        column: words[5].column,
        "a \(words.count == 6 ? "sixth" : "\(words.count)th") field: cron has five (minute, hour, day of month, "
          + "month, day of week), and neither seconds nor years")
    }
  }

  private static func expand(macro: CronWord, among words: [CronWord]) throws(CronError) -> [CronWord] {
    guard let fields = macros[macro.text] else {
      throw CronError(column: macro.column, reasonAgainst(macro: macro.text))
    }
    guard words.count == 1 else {
      throw CronError(column: words[1].column, "nothing may follow a macro such as \(macro.text)")
    }
    return fields.map { CronWord(column: macro.column, text: $0) }
  }

  private static let macros = [
    "@hourly": ["0", "*", "*", "*", "*"],
    "@daily": ["0", "0", "*", "*", "*"],
    "@midnight": ["0", "0", "*", "*", "*"],
    "@weekly": ["0", "0", "*", "*", "0"],
    "@monthly": ["0", "0", "1", "*", "*"],
    "@yearly": ["0", "0", "1", "1", "*"],
    "@annually": ["0", "0", "1", "1", "*"],
  ]

  private static func reasonAgainst(macro: String) -> String {
    switch macro.lowercased() {
    case let lower where macros[lower] != nil: "macros are written in lower case: \(lower)"
    case "@reboot": "@reboot names no time; a schedule needs one, such as @daily"
    case "@every": "@every names no time of day; write a step, such as */5 * * * *"
    default:
      "no macro has this name; there are @hourly, @daily, @midnight, @weekly, @monthly, @yearly and @annually"
    }
  }
}
