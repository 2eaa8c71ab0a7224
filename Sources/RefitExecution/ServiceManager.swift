import Glibc

/// The service manager that started this process and wants to hear from it: `sd_notify`, as datagrams to the socket
/// that `NOTIFY_SOCKET` names.
public final class ServiceManager {
  /// What it is told.
  public enum Message: Hashable, Sendable {
    case ready(status: String)
    case status(String)
    /// Since when by the monotonic clock, in microseconds; `ready` ends it.
    case reloading(since: UInt64)
    case stopping
    case watchdog

    var text: String {
      switch self {
      case .ready(let status): "READY=1\nSTATUS=\(Self.line(status))"
      case .status(let status): "STATUS=\(Self.line(status))"
      case .reloading(let since): "RELOADING=1\nMONOTONIC_USEC=\(since)"
      case .stopping: "STOPPING=1"
      case .watchdog: "WATCHDOG=1"
      }
    }

    /// A line's end would begin another field.
    private static func line(_ text: String) -> String {
      String(text.map { $0.isNewline ? " " : $0 })
    }
  }

  /// How often it wants a sign of life at the least; nil where it does not watch.
  public let watchdog: Duration?
  private let descriptor: Int32
  private let address: [UInt8]

  /// - Parameters:
  ///   - socket: `NOTIFY_SOCKET`: an absolute path, or `@` and a name that is in no file system.
  ///   - watchdogMicroseconds: `WATCHDOG_USEC`.
  ///   - watchdogProcess: `WATCHDOG_PID`: whom it watches; nil: this process.
  /// - Returns: nil when the address is none that can be spoken to.
  public init?(socket name: String, watchdogMicroseconds: String?, watchdogProcess: String?) {
    guard let address = Self.address(name) else { return nil }
    descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return nil }
    self.address = address
    let isWatched = watchdogProcess.map { $0 == "\(getpid())" } ?? true
    let interval = watchdogMicroseconds.flatMap(Int64.init) ?? 0
    watchdog = isWatched && interval > 0 ? .microseconds(interval) : nil
  }

  deinit {
    close(descriptor)
  }

  /// Sends one message; false when nobody took it.
  @discardableResult
  public func tell(_ message: Message) -> Bool {
    let text = Array(message.text.utf8)
    return address.withUnsafeBytes { address in
      let place = address.assumingMemoryBound(to: sockaddr.self).baseAddress
      return sendto(descriptor, text, text.count, Int32(MSG_NOSIGNAL), place, socklen_t(address.count))
        == text.count
    }
  }

  /// The bytes of a `sockaddr_un`, no longer than the name: in an abstract name each byte counts.
  private static func address(_ name: String) -> [UInt8]? {
    var path = Array(name.utf8)
    guard path.count > 1, path.count < 108, path[0] == UInt8(ascii: "/") || path[0] == UInt8(ascii: "@")
    else {
      return nil
    }
    if path[0] == UInt8(ascii: "@") { path[0] = 0 }
    let family = sa_family_t(AF_UNIX)
    return withUnsafeBytes(of: family) { Array($0) } + path
  }
}
