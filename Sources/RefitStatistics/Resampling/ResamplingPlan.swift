import Glibc
import Synchronization

/// How often data is resampled, from which seed, and on how many threads; the threads change no result.
public struct ResamplingPlan: Sendable, Hashable {
  public let resamples: Int
  public let seed: UInt64
  public let threads: Int

  /// Traps unless there is at least one resample and one thread.
  public init(resamples: Int = 1_000, seed: UInt64, threads: Int = 1) {
    precondition(resamples > 0 && threads > 0, "a resample and a thread at least")
    self.resamples = resamples
    self.seed = seed
    self.threads = threads
  }

  /// The value of each resample 0..<resamples, in their order.
  ///
  /// - Parameters:
  ///   - scratch: makes what a thread works in; each thread has one, and gives it to resample after resample.
  ///   - body: a function of the resample alone: what it leaves in the scratch must not matter to the next.
  public func map<Scratch, Value: Sendable>(
    scratch: @escaping @Sendable () -> Scratch,
    _ body: @escaping @Sendable (inout Scratch, _ resample: Int) -> Value
  ) -> [Value] {
    [Value](unsafeUninitializedCapacity: resamples) { values, initialized in
      nonisolated(unsafe) let values = values
      let next = Counter()
      let resamples = resamples
      let work: @Sendable () -> Void = {
        var own = scratch()
        while let resample = next.next(below: resamples) {
          values.initializeElement(at: resample, to: body(&own, resample))
        }
      }
      // A thread that can't be had is no loss but of time: the others do its share.
      let others = (1..<max(1, min(threads, resamples))).compactMap { _ in WorkerThread.start(work) }
      work()
      for thread in others { pthread_join(thread, nil) }
      initialized = resamples
    }
  }

  /// The value of each resample, in their order, without scratch.
  public func map<Value: Sendable>(_ body: @escaping @Sendable (_ resample: Int) -> Value) -> [Value] {
    map(scratch: {}) { _, resample in body(resample) }
  }
}

/// Hands out each resample once.
private final class Counter: Sendable {
  private let taken = Atomic(0)

  func next(below end: Int) -> Int? {
    let index = taken.wrappingAdd(1, ordering: .relaxed).oldValue
    return index < end ? index : nil
  }
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
