/// The command line as `--name value` pairs, each name known and given at most once.
public struct Arguments: Equatable, Sendable {
  private var values: [String: String] = [:]

  /// Reads the words after the program's name; throws `usage` for a name that is not in `known`.
  public init(_ words: [String], known: [String]) throws(LendingError) {
    var index = 0
    while index < words.count {
      let word = words[index]
      guard word.hasPrefix("--"), known.contains(String(word.dropFirst(2))) else {
        throw .usage("unknown argument '\(word)'; known: " + known.map { "--" + $0 }.joined(separator: " "))
      }
      guard index + 1 < words.count else { throw .usage("\(word) needs a value") }
      guard values.updateValue(words[index + 1], forKey: String(word.dropFirst(2))) == nil else {
        throw .usage("\(word) is given twice")
      }
      index += 2
    }
  }

  /// The text given for `name`, or nil.
  public func text(_ name: String) -> String? { values[name] }

  /// The comma-separated items given for `name`; empty when it is not given.
  public func list(_ name: String) -> [String] {
    (values[name] ?? "").split(separator: ",").map(String.init)
  }

  /// The whole number given for `name`, or `standard`; throws `usage` for anything else.
  public func integer(_ name: String, default standard: Int) throws(LendingError) -> Int {
    guard let text = values[name] else { return standard }
    guard let number = Int(text) else { throw .usage("--\(name) takes a whole number, not '\(text)'") }
    return number
  }

  /// The finite number given for `name`, or `standard`; throws `usage` for anything else.
  public func number(_ name: String, default standard: Double) throws(LendingError) -> Double {
    guard let text = values[name] else { return standard }
    guard let number = Double(text), number.isFinite else {
      throw .usage("--\(name) takes a number, not '\(text)'")
    }
    return number
  }
}
