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
    let results = Results<Value>(count: resamples)
    let work: @Sendable () -> Void = {
      var own = scratch()
      while let resample = results.next() { results.put(body(&own, resample), at: resample) }
    }
    // A thread that can't be had is no loss but of time: the others do its share.
    let others = (1..<max(1, min(threads, resamples))).compactMap { _ in WorkerThread.start(work) }
    work()
    for thread in others { pthread_join(thread, nil) }
    return results.all
  }

  /// The value of each resample, in their order, without scratch.
  public func map<Value: Sendable>(_ body: @escaping @Sendable (_ resample: Int) -> Value) -> [Value] {
    map(scratch: {}) { _, resample in body(resample) }
  }
}

/// Hands out each resample once, and takes its value.
private final class Results<Value: Sendable>: Sendable {
  private let count: Int
  private let taken = Atomic(0)
  private let values: Mutex<[Value?]>

  init(count: Int) {
    self.count = count
    values = Mutex([Value?](repeating: nil, count: count))
  }

  func next() -> Int? {
    let index = taken.wrappingAdd(1, ordering: .relaxed).oldValue
    return index < count ? index : nil
  }

  func put(_ value: Value, at resample: Int) { values.withLock { $0[resample] = value } }

  /// In the order of the resamples; all of them are there once the threads have ended.
  var all: [Value] { values.withLock { $0.map { $0! } } }
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
