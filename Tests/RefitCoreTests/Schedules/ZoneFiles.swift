import Foundation
import Testing

@testable import RefitCore

/// The tz database of the machine that runs the tests.
enum ZoneFiles {
  static func bytes(_ identifier: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/\(identifier)")))
  }

  static func rules(_ identifier: String) throws -> TimeZoneRules {
    try TimeZoneRules(identifier: identifier, tzif: bytes(identifier))
  }

  /// Every zone of the database, links included, sorted.
  static let all: [String] = {
    let root = URL(filePath: "/usr/share/zoneinfo")
    let paths = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
    return paths.filter { path in
      let isOther = ["right/", "posix/", "posixrules", "localtime"].contains { path.hasPrefix($0) }
      return !isOther && ((try? bytes(path).starts(with: Array("TZif".utf8))) ?? false)
    }.sorted()
  }()

  /// The first block of a newer file, which is a complete file of version 1.
  static func versionOne(_ identifier: String) throws -> [UInt8] {
    let bytes = try bytes(identifier)
    let second = try #require(bytes.dropFirst(44).firstRange(of: Array("TZif".utf8)))
    var first = Array(bytes[..<second.lowerBound])
    first[4] = 0
    return first
  }

  /// A TZif file of version 2 without transitions, whose footer is the rule.
  static func file(footer: String, offset: Int32 = 0) -> [UInt8] {
    let type = withUnsafeBytes(of: offset.bigEndian, Array.init) + [0, 0]
    let header: (UInt8) -> [UInt8] = { version in
      Array("TZif".utf8) + [version] + [UInt8](repeating: 0, count: 15) + [UInt8](repeating: 0, count: 16)
        + [0, 0, 0, 1] + [0, 0, 0, 4]
    }
    let block = type + Array("ABC\0".utf8)
    return header(0x32) + block + header(0x32) + block + Array("\n\(footer)\n".utf8)
  }
}

extension Instant {
  /// An instant from `2026-03-28T00:00:00Z`.
  static func utc(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> Instant {
    let date = try #require(try? Date(text, strategy: .iso8601), sourceLocation: sourceLocation)
    return Instant(seconds: Int64(date.timeIntervalSince1970))
  }

  var text: String { Date(timeIntervalSince1970: TimeInterval(seconds)).formatted(.iso8601) }
}
