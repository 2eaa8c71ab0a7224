import Glibc
import Synchronization

/// Work that is shared out over threads.
public enum Parallel {
  /// The results of `body` for 0..<count, in that order, whatever the number of threads; each thread takes the next
  /// element when it is done with one, so that long elements do not hold up short ones.
  ///
  /// - Parameter threads: at most so many, the caller's among them; at least 1.
  public static func map<Result: Sendable>(
    _ count: Int, threads: Int, _ body: @Sendable (Int) -> Result
  ) -> [Result] {
    precondition(threads > 0, "somebody has to work")
    return withoutActuallyEscaping(body) { body in
      let share = Share(count: count, body: body)
      let others = (1..<max(1, min(threads, count))).compactMap { _ in start(share) }
      share.work()
      for thread in others { pthread_join(thread, nil) }
      return share.results.withLock { $0.map { $0! } }
    }
  }

  /// Another thread on the same work; nil where the system has none, and the others do its part.
  private static func start<Result: Sendable>(_ share: Share<Result>) -> pthread_t? {
    var thread = pthread_t()
    let box = Unmanaged.passRetained(share as any Workable & Sendable as AnyObject)
    let failed = pthread_create(
      &thread, nil,
      { pointer in
        guard let pointer else { return nil }
        (Unmanaged<AnyObject>.fromOpaque(pointer).takeRetainedValue() as? any Workable)?.work()
        return nil
      }, box.toOpaque())
    guard failed == 0 else {
      box.release()
      return nil
    }
    return thread
  }
}

private protocol Workable: AnyObject {
  func work()
}

/// What is to be done, and what has been.
private final class Share<Result: Sendable>: Workable, Sendable {
  let results: Mutex<[Result?]>
  private let next = Atomic(0)
  private let count: Int
  private let body: @Sendable (Int) -> Result

  init(count: Int, body: @escaping @Sendable (Int) -> Result) {
    results = Mutex([Result?](repeating: nil, count: count))
    self.count = count
    self.body = body
  }

  func work() {
    while true {
      let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard index < count else { return }
      let result = body(index)
      results.withLock { $0[index] = result }
    }
  }
}
