import Foundation
import Synchronization

/// Waits for what another process does, but not for ever: a test that waits in vain fails with a sentence.
public enum Patience {
  /// Far more than anything here takes, even on a busy machine.
  public static let seconds = 60.0

  /// What `work` returns, which may block: it has a thread of its own, for tests share few.
  ///
  /// - Throws: that `what` was waited for in vain. The thread then stays where it is.
  public static func result<Value: Sendable>(
    of what: String, within seconds: Double = seconds, _ work: @escaping @Sendable () -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      let wait = Wait(continuation)
      Thread.detachNewThread { wait.end(with: .success(work())) }
      DispatchQueue.global().asyncAfter(deadline: .now() + seconds) {
        wait.end(with: .failure(SupportFailure("waited \(Int(seconds)) s in vain for \(what)")))
      }
    }
  }

  /// Waits until a condition holds, looking again and again.
  ///
  /// - Throws: that `what` was waited for in vain.
  public static func until(
    _ what: String, within seconds: Double = seconds, _ condition: @escaping @Sendable () -> Bool
  ) async throws {
    // The thread goes by itself a little later than it is waited for.
    let end = Date() + seconds + 1
    try await result(of: what, within: seconds) {
      while !condition(), Date() < end { usleep(1000) }
    }
  }
}

/// A wait that ends once, by whatever comes first.
private final class Wait<Value: Sendable>: Sendable {
  private let continuation: Mutex<CheckedContinuation<Value, any Error>?>

  init(_ continuation: CheckedContinuation<Value, any Error>) {
    self.continuation = Mutex(continuation)
  }

  func end(with result: Result<Value, any Error>) {
    let first = continuation.withLock { continuation in
      defer { continuation = nil }
      return continuation
    }
    first?.resume(with: result)
  }
}
