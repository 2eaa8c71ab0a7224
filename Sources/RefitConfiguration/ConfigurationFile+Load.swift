import Glibc
import RefitCore

extension ConfigurationFile {
  /// A file that is larger is refused: it is not written by people.
  static let largestFile = 8 << 20

  /// Reads and parses the `refit.yaml` of a project; gives its bytes too, for hashing. Zones are those of
  /// this machine. Throws every error of the file at once, and for a file that is not there, is no regular
  /// file, is larger than 8 MiB or can't be read.
  public static func load(
    projectDirectory: String
  ) throws(ConfigurationError) -> (project: Project, warnings: [ConfigurationDiagnostic], bytes: [UInt8]) {
    let bytes = try read(projectDirectory: projectDirectory)
    let (project, warnings) = try parse(bytes, file: name)
    return (project, warnings, bytes)
  }

  /// As `load`, and warns of schedules that clock changes will make skip or double in the coming year; `now` tells
  /// when that begins by the clock that the file names.
  public static func check(
    projectDirectory: String, now: @escaping (Project.Clock) -> Instant
  ) throws(ConfigurationError) -> (project: Project, warnings: [ConfigurationDiagnostic]) {
    try parse(
      try read(projectDirectory: projectDirectory), file: name,
      zones: ZoneCheck(rules: Self.systemRules, now: now))
  }

  /// Parses with the time zones of this machine.
  public static func parse(
    _ bytes: [UInt8], file: String
  ) throws(ConfigurationError) -> (project: Project, warnings: [ConfigurationDiagnostic]) {
    try parse(bytes, file: file) { systemRules($0) != nil }
  }

  /// The rules of a zone on this machine; nil where it knows none that it can read.
  private static func systemRules(_ zone: String) -> TimeZoneRules? {
    do throws(TimeZoneError) { return try SystemTimeZones.rules(for: zone) } catch { return nil }
  }

  /// The bytes of a project's `refit.yaml`, unparsed; throws as `load` does.
  public static func read(projectDirectory: String) throws(ConfigurationError) -> [UInt8] {
    let path = projectDirectory.hasSuffix("/") ? projectDirectory + name : "\(projectDirectory)/\(name)"
    // Not blocking, so that a FIFO is refused rather than waited for.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      let code = errno
      throw refusal(
        code == ENOENT
          ? "there is no \(name) in \(projectDirectory); Documentation/configuration.md shows how to write one"
          : "\(path) can't be read: \(String(cString: strerror(code)))")
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw refusal("\(path) is no regular file")
    }
    return try contents(of: descriptor, path: path)
  }

  private static func contents(of descriptor: CInt, path: String) throws(ConfigurationError) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while bytes.count <= largestFile {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count == 0 { return bytes }
      if count < 0 {
        if errno == EINTR { continue }
        throw refusal("\(path) can't be read: \(String(cString: strerror(errno)))")
      }
      bytes += buffer[..<count]
    }
    throw refusal("\(path) is larger than \(largestFile >> 20) MiB")
  }

  private static func refusal(_ message: String) -> ConfigurationError {
    ConfigurationError(diagnostics: [
      ConfigurationDiagnostic(severity: .error, file: name, line: 1, column: 1, message: message)
    ])
  }
}
