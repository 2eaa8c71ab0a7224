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
    scratch: @Sendable () -> Scratch, _ body: @Sendable (inout Scratch, _ resample: Int) -> Value
  ) -> [Value] {
    Parallel.map(resamples, threads: threads, scratch: scratch, body)
  }

  /// The value of each resample, in their order, without scratch.
  public func map<Value: Sendable>(_ body: @Sendable (_ resample: Int) -> Value) -> [Value] {
    Parallel.map(resamples, threads: threads, body)
  }
}
