import Glibc
import RefitCore
import Synchronization

/// How tests kill the real program at a fail point: `REFIT_KILL_AT=before:launch` ends it there by SIGKILL,
/// `REFIT_KILL_AT=before:launch#3` at the third time. Programs built for release know nothing of it.
enum FailPoints {
  #if DEBUG
    static let reach: @Sendable (FailPoint) throws -> Void = {
      guard let text = getenv("REFIT_KILL_AT").map({ String(cString: $0) }) else { return { _ in } }
      let parts = text.split(separator: "#")
      guard let point = parts.first.flatMap({ FailPoint(String($0)) }), parts.count <= 2,
        let time = parts.count == 2 ? Int(parts[1]) : 1
      else { fatalError("REFIT_KILL_AT names no fail point: \(text)") }
      return { reached in
        guard reached == point, times.add(1, ordering: .relaxed).newValue == time else { return }
        kill(getpid(), SIGKILL)
      }
    }()

    private static let times = Atomic(0)
  #else
    static let reach: @Sendable (FailPoint) throws -> Void = { _ in }
  #endif
}
