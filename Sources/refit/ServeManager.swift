import Glibc
import RefitExecution

/// The service manager of this process, where one listens.
struct ServeManager {
  private let manager: ServiceManager?

  /// Reads what systemd says in the environment, and complains of what it can't follow.
  init() {
    func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
    guard let socket = variable("NOTIFY_SOCKET") else {
      manager = nil
      return
    }
    manager = ServiceManager(
      socket: socket, watchdogMicroseconds: variable("WATCHDOG_USEC"),
      watchdogProcess: variable("WATCHDOG_PID"))
    if manager == nil { complain("NOTIFY_SOCKET names no socket that can be spoken to: \(socket)") }
  }

  var watchdog: Duration? { manager?.watchdog }

  func tell(_ message: ServiceManager.Message) {
    if message == .watchdog, watchdog == nil { return }
    manager?.tell(message)
  }

  static func monotonicMicroseconds() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000 + UInt64(time.tv_nsec) / 1000
  }
}
