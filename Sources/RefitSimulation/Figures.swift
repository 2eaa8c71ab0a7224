import RefitCore

/// What a simulation went through.
public struct Figures: Sendable {
  public var seconds: Int64 = 0
  public var ticks = 0
  public var requests = 0
  public var crashes: [FailPoint: Int] = [:]
  public var faults = 0
  public var reached: [FailPoint: Int] = [:]
  public var jobs = 0
  public var occurrences = 0
  public var runs = 0
  public var promotions = 0

  public init() {}

  public var years: Double { Double(seconds) / 31_556_952 }
  public var crashCount: Int { crashes.values.reduce(0, +) }

  public static func + (left: Figures, right: Figures) -> Figures {
    var sum = left
    sum.seconds += right.seconds
    sum.ticks += right.ticks
    sum.requests += right.requests
    sum.crashes.merge(right.crashes, uniquingKeysWith: +)
    sum.faults += right.faults
    sum.reached.merge(right.reached, uniquingKeysWith: +)
    sum.jobs += right.jobs
    sum.occurrences += right.occurrences
    sum.runs += right.runs
    sum.promotions += right.promotions
    return sum
  }
}
