import ArgumentParser

/// Names in an option, which may be given several times: each text is a record of CSV (RFC 4180), so that a name with a
/// comma stands in double quotes, its own ones doubled: `sex,"age, band"`.
struct NameList {
  private let option: String

  /// - Parameter option: as one writes it, for errors.
  init(option: String) { self.option = option }

  /// The names in the order given.
  ///
  /// - Throws: where a quote is not closed, stands within a name, or a name is empty.
  func names(in texts: [String]) throws -> [String] { try texts.flatMap(record) }

  /// `name=column` pairs, each of which is a name of the list; the first `=` separates.
  ///
  /// - Throws: where one is no such pair, and where a name is there twice.
  func pairs(in texts: [String], example: String) throws -> [(name: String, column: String)] {
    let pairs = try names(in: texts).map { pair in
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
        throw ValidationError("\(option): '\(pair)' is no name=column; write \(example)")
      }
      return (parts[0], parts[1])
    }
    guard Set(pairs.map(\.0)).count == pairs.count else {
      throw ValidationError("\(option) names one thing twice")
    }
    return pairs
  }

  private static let quote = UInt8(ascii: "\"")
  private static let comma = UInt8(ascii: ",")

  private func record(_ text: String) throws -> [String] {
    var names: [String] = []
    var rest = Array(text.utf8)[...]
    while true {
      let name = rest.first == Self.quote ? try quoted(&rest, text) : plain(&rest)
      if name.isEmpty { throw ValidationError("\(option): there is an empty name in '\(text)'") }
      names.append(String(decoding: name, as: UTF8.self))
      guard rest.popFirst() != nil else { return names }
    }
  }

  /// Up to the next comma, which stays.
  private func plain(_ rest: inout ArraySlice<UInt8>) -> [UInt8] {
    let name = rest.prefix { $0 != Self.comma }
    rest = rest[name.endIndex...]
    return Array(name)
  }

  private func quoted(_ rest: inout ArraySlice<UInt8>, _ text: String) throws -> [UInt8] {
    var name: [UInt8] = []
    rest.removeFirst()
    while let byte = rest.popFirst() {
      if byte != Self.quote {
        name.append(byte)
      } else if rest.first == Self.quote {
        name.append(rest.removeFirst())
      } else if rest.isEmpty || rest.first == Self.comma {
        return name
      } else {
        throw ValidationError(
          "\(option): in '\(text)' something stands behind a closing quote; quotes go around the whole of "
            + "what commas separate, and those within are doubled")
      }
    }
    throw ValidationError("\(option): a quote in '\(text)' is not closed")
  }
}
