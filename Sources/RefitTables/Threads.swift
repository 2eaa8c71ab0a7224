import Glibc

/// Threads of the system, for work that keeps a processor busy.
enum Threads {
  /// How many are worth having: one a processor, a few at most, since blocks are read one after the other.
  static let sensibleCount = min(4, max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))

  private final class Work: Sendable {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  /// Runs `body` on the calling thread and on `count - 1` others at the same time, fewer where the system gives no
  /// more, and returns when all have ended.
  static func run(_ count: Int, _ body: @escaping @Sendable () -> Void) {
    var started: [pthread_t] = []
    for _ in 1..<max(1, count) {
      let work = Unmanaged.passRetained(Work(body))
      var thread = pthread_t()
      let status = pthread_create(
        &thread, nil,
        { context in
          guard let context else { return nil }
          Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body()
          return nil
        }, work.toOpaque())
      guard status == 0 else {
        work.release()
        break
      }
      started.append(thread)
    }
    body()
    for thread in started { pthread_join(thread, nil) }
  }
}
