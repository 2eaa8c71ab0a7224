import Glibc
import RefitCore
import RefitExecution

extension World {
  /// This machine, this user, and the time of its clock.
  ///
  /// - Throws: a sentence when refit-supervisor is not where it was installed.
  static func real() throws(Failure) -> World {
    let launcher: LocalExecutor
    do { launcher = try LocalExecutor() } catch { throw Failure(.failure, error.description) }
    return World(
      now: { wallClock() }, elapsed: { sinceBoot() },
      randomBytes: { count in
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
      },
      launcher: launcher, actor: user(), host: host(), program: program,
      reach: FailPoints.reach)
  }

  /// The path of this program as it was started. After an upgrade another version lies there, and says so when it is
  /// asked to do long work.
  private static let program: String? = {
    guard let path = realpath("/proc/self/exe", nil) else { return nil }
    defer { free(path) }
    return String(cString: path)
  }()

  static func wallClock() -> Instant {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Instant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
  }

  private static func sinceBoot() -> Duration {
    var time = timespec()
    clock_gettime(CLOCK_BOOTTIME, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }

  private static func user() -> String {
    guard let entry = getpwuid(getuid()) else { return "uid \(getuid())" }
    return String(cString: entry.pointee.pw_name)
  }

  private static func host() -> Host {
    var names = utsname()
    uname(&names)
    func text<Value>(_ field: Value) -> String {
      withUnsafeBytes(of: field) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
    return Host(
      name: text(names.nodename),
      system: "\(text(names.sysname)) \(text(names.release)) \(text(names.machine))")
  }
}
