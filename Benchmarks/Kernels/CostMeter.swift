import Glibc

/// What a piece of work cost this process: CPU seconds of all its threads, and wall seconds.
struct CostMeter {
  private let cpu = seconds(CLOCK_PROCESS_CPUTIME_ID)
  private let wall = seconds(CLOCK_MONOTONIC)

  /// One line of JSON: what was spent since this meter was made, and what came out.
  func line(answer: [Double]) -> String {
    let spent = (seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu, seconds(CLOCK_MONOTONIC) - wall)
    let numbers = answer.map { $0.isFinite ? "\($0)" : "null" }.joined(separator: ", ")
    return "{\"cpu\": \(spent.0), \"wall\": \(spent.1), \"answer\": [\(numbers)]}"
  }
}

private func seconds(_ clock: clockid_t) -> Double {
  var time = timespec()
  clock_gettime(clock, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
