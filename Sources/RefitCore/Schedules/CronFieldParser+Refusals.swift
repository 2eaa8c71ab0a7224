/// The sentences with which a field is refused.
extension CronFieldParser {
  func error(at position: Int, _ message: String) -> CronError {
    CronError(column: column + position, field: field, message)
  }

  func missingNumber(at position: Int) -> CronError {
    guard position < text.count else {
      return error(
        at: position, "a \(field.name) is missing at the end: write a number or remove what precedes it")
    }
    if text[position] == "," {
      return error(at: position, "an empty list item: write a number or remove the comma")
    }
    return unexpected(text[position], at: position)
  }

  func unexpected(_ character: Character, at place: Int? = nil) -> CronError {
    let place = place ?? position
    let message =
      switch character {
      case "?": "? is not cron: write *"
      case "#":
        "# (the nth weekday of a month) is not supported: give the days, such as 1-7 with */7 for a weekday"
      case "L", "l": "L (last) is not supported: write the day"
      case "W", "w": "W (nearest weekday) is not supported: write the day"
      case ".": "fractions are not supported: write whole numbers"
      case ";": "items of a list are separated by commas"
      case "~": "~ (a random value) is not supported: write a number"
      case "+": "signs are not supported: write the number alone"
      case "*": "* stands alone or with a step, as in */5"
      case "-": place == 0 ? "negative numbers are not supported" : "a range has two ends: write a-b"
      case "/": "a step follows * or a range, once: write */n or a-b/n"
      default:
        "\(character) has no meaning here: a field is a list of *, */n, a, a-b, a-b/n, H, H(a-b) and H/n"
      }
    return error(at: place, message)
  }

  func reasonAgainst(name: String) -> String {
    let lower = name.lowercased()
    if lower == "l" || lower == "lw" { return "\(name) (last) is not supported: write the day" }
    if lower == "w" { return "W (nearest weekday) is not supported: write the day" }
    if lower == "h" { return "a hashed value is written as a capital H" }
    guard let first = field.names.first, let last = field.names.last else {
      return "\(name) is not a number: use \(field.range.lowerBound) to \(field.range.upperBound)"
    }
    if let short = field.names.first(where: { lower.hasPrefix($0) }) {
      return "\(name) is not a name that cron knows: write \(short)"
    }
    return "\(name) is not a name that cron knows: use \(first) to \(last), "
      + "or \(field.range.lowerBound) to \(field.range.upperBound)"
  }
}
