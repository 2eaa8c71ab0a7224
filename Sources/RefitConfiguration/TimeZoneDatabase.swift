import Glibc
import RefitCore

/// A compiled tz database in a directory: the system's, or another copy.
public struct TimeZoneDatabase: Hashable, Sendable {
  /// Where its files lie.
  public let directory: String

  public init(directory: String) {
    self.directory = directory
  }

  /// The system's.
  public static let system = TimeZoneDatabase(directory: "/usr/share/zoneinfo")

  /// No file of the database is larger than a few kilobytes.
  private static let largestFile = 1 << 20

  /// The rules of a zone by its name, such as `Europe/Berlin`; throws for a name that is not in the database and
  /// for a file that cannot be read. `UTC` needs no database.
  public func rules(for identifier: String) throws(TimeZoneError) -> TimeZoneRules {
    if identifier == "UTC" { return .utc }
    guard Self.isName(identifier) else {
      throw TimeZoneError(
        identifier: identifier, message: "this is not a zone's name; names look like Europe/Berlin or UTC")
    }
    let path = "\(directory)/\(identifier)"
    switch Self.read(path) {
    case .success(let bytes): return try TimeZoneRules(identifier: identifier, tzif: bytes)
    case .failure(.missing):
      let hint = hasDatabase ? "names look like Europe/Berlin" : "\(directory) is missing: install tzdata"
      throw TimeZoneError(identifier: identifier, message: "the system knows no such zone; \(hint)")
    case .failure(.unreadable(let reason)):
      throw TimeZoneError(identifier: identifier, message: "\(path) cannot be read: \(reason)")
    }
  }

  /// The version of the database, such as `2025b`; nil when the machine does not tell.
  public var version: String? {
    guard case .success(let bytes) = Self.read("\(directory)/tzdata.zi", atMost: 64) else { return nil }
    let prefix = Array("# version ".utf8)
    guard bytes.starts(with: prefix) else { return nil }
    let version = bytes.dropFirst(prefix.count).prefix { $0 != UInt8(ascii: "\n") }
    return String(decoding: version, as: UTF8.self)
  }

  private var hasDatabase: Bool { access(directory, F_OK) == 0 }

  /// Whether every part between slashes is a plain name, so that the path stays inside the directory.
  private static func isName(_ identifier: String) -> Bool {
    let allowed = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-".utf8)
    return identifier.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      .allSatisfy { !$0.isEmpty && $0.allSatisfy(allowed.contains) }
  }

  private enum ReadFailure: Error {
    case missing
    case unreadable(String)
  }

  private static func read(_ path: String, atMost limit: Int = largestFile) -> Result<[UInt8], ReadFailure> {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      let code = errno
      return .failure(
        [ENOENT, ENOTDIR].contains(code) ? .missing : .unreadable(String(cString: strerror(code))))
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return .failure(.missing)
    }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: min(limit, 16_384))
    while bytes.count < limit {
      let count = Glibc.read(descriptor, &buffer, min(buffer.count, limit - bytes.count))
      if count == 0 { break }
      if count < 0 {
        if errno == EINTR { continue }
        return .failure(.unreadable(String(cString: strerror(errno))))
      }
      bytes += buffer[..<count]
    }
    return .success(bytes)
  }
}
