import Foundation
import RefitCore

/// What many simulations say of themselves.
public struct Campaign: Sendable {
  let without: Guard?

  public init(without: Guard? = nil) {
    self.without = without
  }

  /// What a person needs in order to see a failure again.
  public func report(of violation: Violation, _ plan: Plan, at instant: Instant) -> String {
    let guardWord = without.map { " --without \($0.rawValue)" } ?? ""
    return """
      Broken in \(plan.title)
      at \(instant): \(violation)
      See it again: refit-simulate --seed \(plan.seed)\(guardWord) --trace (with the --years of this call, if any)
      Fewest happenings that bring it about: refit-simulate --seed \(plan.seed)\(guardWord) --shrink
      """
  }

  public func summary(_ figures: Figures, processorSeconds: Double) -> String {
    let minutes = max(processorSeconds, 0.001) / 60
    func rate(_ count: Double) -> String { String(format: "%10.1f  %10.1f", count, count / minutes) }
    var lines = [
      String(format: "%.1f s of processor time        in all  a CPU-minute", processorSeconds),
      "  simulated years       " + rate(figures.years),
      "  ticks                 " + rate(Double(figures.ticks)),
      "  persons' requests     " + rate(Double(figures.requests)),
      "  occurrences           " + rate(Double(figures.occurrences)),
      "  runs                  " + rate(Double(figures.runs)),
      "  jobs                  " + rate(Double(figures.jobs)),
      "  promotions, rollbacks " + rate(Double(figures.promotions)),
      "  other faults          " + rate(Double(figures.faults)),
      "  crashes               " + rate(Double(figures.crashCount)),
    ]
    for point in FailPoint.all {
      let name = point.description.padding(toLength: 26, withPad: " ", startingAt: 0)
      lines.append(
        "    \(name) \(figures.crashes[point, default: 0]) of \(figures.reached[point, default: 0])")
    }
    return lines.joined(separator: "\n")
  }

  /// Of this process, user and system.
  public static var processorSeconds: Double { seconds(of: CLOCK_PROCESS_CPUTIME_ID) }

  public static var elapsedSeconds: Double { seconds(of: CLOCK_MONOTONIC) }

  private static func seconds(of clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  public static var today: String {
    String(Instant(seconds: Int64(seconds(of: CLOCK_REALTIME))).description.prefix(10))
  }
}
