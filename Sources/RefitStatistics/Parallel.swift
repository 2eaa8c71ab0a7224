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
    map(count, threads: threads, scratch: {}) { _, index in body(index) }
  }

  /// The same where the work needs room.
  ///
  /// - Parameters:
  ///   - scratch: makes what a thread works in; each thread has one, and gives it to element after element.
  ///   - body: a function of the element alone: what it leaves in the scratch must not matter to the next.
  static func map<Scratch, Result: Sendable>(
    _ count: Int, threads: Int, scratch: @Sendable () -> Scratch,
    _ body: @Sendable (inout Scratch, Int) -> Result
  ) -> [Result] {
    precondition(threads > 0, "somebody has to work")
    let results = Results<Result>(count: count)
    let work: @Sendable () -> Void = {
      var own = scratch()
      while let index = results.next() { results.put(body(&own, index), at: index) }
    }
    withoutActuallyEscaping(work) { work in
      // A thread that can't be had is no loss but of time: the others do its share.
      let others = (1..<max(1, min(threads, count))).compactMap { _ in WorkerThread.start(work) }
      work()
      for thread in others { pthread_join(thread, nil) }
    }
    return results.all
  }
}

/// Hands out each element once, and takes its result.
private final class Results<Result: Sendable>: Sendable {
  private let count: Int
  private let taken = Atomic(0)
  private let values: Mutex<[Result?]>

  init(count: Int) {
    self.count = count
    values = Mutex([Result?](repeating: nil, count: count))
  }

  func next() -> Int? {
    let index = taken.wrappingAdd(1, ordering: .relaxed).oldValue
    return index < count ? index : nil
  }

  func put(_ result: Result, at index: Int) { values.withLock { $0[index] = result } }

  /// In the order of the elements; all of them are there once the threads have ended.
  var all: [Result] { values.withLock { $0.map { $0! } } }
}

/// A thread with its work.
private final class WorkerThread: Sendable {
  private let work: @Sendable () -> Void

  private init(_ work: @escaping @Sendable () -> Void) { self.work = work }

  /// Starts a thread; nil when the system has none left.
  static func start(_ work: @escaping @Sendable () -> Void) -> pthread_t? {
    let own = Unmanaged.passRetained(WorkerThread(work))
    var thread = pthread_t()
    let status = pthread_create(
      &thread, nil,
      { pointer in
        guard let pointer else { return nil }
        Unmanaged<WorkerThread>.fromOpaque(pointer).takeRetainedValue().work()
        return nil
      }, own.toOpaque())
    if status == 0 { return thread }
    own.release()
    return nil
  }
}
