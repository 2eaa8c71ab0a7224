import RefitCore

/// Left in the directory of a command whenever a supervisor is started for it, so that the next process, too, knows how
/// often that was and how long ago: it gives a supervisor time to take the command up.
public struct LaunchMark: Hashable, Sendable {
  /// Supervisors that were started, this one included.
  public var times: Int
  /// When the newest was started, by the clock that counts since boot.
  public var at: Duration

  public init(times: Int, at: Duration) {
    self.times = times
    self.at = at
  }

  /// Its file in a command's directory.
  public static func path(in directory: String) -> String { "\(directory)/launched" }

  /// Nil where no supervisor was started yet.
  ///
  /// - Throws: where it can't be read, or is not what this type writes.
  public static func read(in directory: String) throws(FileBytes.Failure) -> LaunchMark? {
    let path = path(in: directory)
    let bytes: [UInt8]
    do { bytes = try FileBytes.read(path, limit: 64) } catch {
      if error.isMissing { return nil }
      throw error
    }
    let words = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace)
    guard words.count == 2, let times = Int(words[0]), let nanoseconds = Int64(words[1]) else {
      throw FileBytes.Failure(path: path, message: "is not two whole numbers")
    }
    return LaunchMark(times: times, at: .nanoseconds(nanoseconds))
  }

  public func write(in directory: String) throws(FileBytes.Failure) {
    let nanoseconds = at.components.seconds * 1_000_000_000 + at.components.attoseconds / 1_000_000_000
    try FileBytes.write(Array("\(times) \(nanoseconds)\n".utf8), to: Self.path(in: directory))
  }
}
