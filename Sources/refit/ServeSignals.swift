import Glibc
import RefitLinux

/// The signals of a daemon. SIGTERM and SIGINT ask it to stop after its turn, and end it at once when they come a second
/// time; SIGHUP asks it to read `refit.yaml` anew. A wait ends when one arrives, also one that arrived before it.
struct ServeSignals {
  // A handler may touch no more than this.
  nonisolated(unsafe) private static var stops: sig_atomic_t = 0
  nonisolated(unsafe) private static var reloads: sig_atomic_t = 0
  nonisolated(unsafe) private static var event: Int32 = -1

  /// Readable once a signal has arrived.
  let descriptor: Int32

  init() {
    descriptor = eventfd(0, refit_event_flags)
    Self.event = descriptor
    handle(SIGTERM) { number in
      if ServeSignals.stops != 0 { _exit(128 + number) }
      ServeSignals.stops = 1
      ServeSignals.tell()
    }
    handle(SIGINT) { number in
      if ServeSignals.stops != 0 { _exit(128 + number) }
      ServeSignals.stops = 1
      ServeSignals.tell()
    }
    handle(SIGHUP) { _ in
      ServeSignals.reloads = 1
      ServeSignals.tell()
    }
    // Who reads the output may go; to ignore the signal would pass on to jobs, a handler does not.
    handle(SIGPIPE) { _ in }
    var signals = sigset_t()
    sigemptyset(&signals)
    // Whoever started the daemon may have had them blocked.
    for number in [SIGTERM, SIGINT, SIGHUP] { sigaddset(&signals, number) }
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  private func handle(_ number: Int32, _ handler: @escaping @convention(c) (Int32) -> Void) {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = handler
    // Without SA_RESTART a wait returns at once.
    action.sa_flags = 0
    sigaction(number, &action, nil)
  }

  private static func tell() {
    let error = errno
    var one: UInt64 = 1
    _ = write(event, &one, 8)
    errno = error
  }

  var isToStop: Bool { Self.stops != 0 }

  /// Whether a reload was asked for since the last time; what has arrived so far ends no wait any more.
  func takeReload() -> Bool {
    var count: UInt64 = 0
    _ = read(descriptor, &count, 8)
    defer { Self.reloads = 0 }
    return Self.reloads != 0
  }
}
