/// How many occurrences share each minute of a year by UTC, over all zones.
public struct MinuteLoad: Sendable {
  /// The minutes of one time of day at which occurrences collide.
  public struct Collision: Hashable, Sendable {
    /// The minute of the day by UTC, from 0 to 1439.
    public let minuteOfDay: Int
    /// The most occurrences that share this minute on one day.
    public let most: Int
    /// On how many days it is shared by two or more.
    public let days: Int
    /// The first minute of the year that has the most.
    public let first: Instant
  }

  private let start: Int64
  private var counts: [UInt32]

  /// A year in which nothing happens.
  public init(year: Int64) {
    let first = CivilDate(firstOf: 1, in: year).daysSinceEpoch
    let end = CivilDate(firstOf: 1, in: year + 1).daysSinceEpoch
    start = first * 1440
    counts = Array(repeating: 0, count: Int(end - first) * 1440)
  }

  /// Counts occurrences at a second; none of another year, which zones ahead of UTC and behind it reach into.
  mutating func add(_ times: Int, at second: Int64) {
    let minute = Int(Instant.floorDivide(second, 60) - start)
    if counts.indices.contains(minute) { counts[minute] += UInt32(times) }
  }

  /// The times of day at which the most occurrences collide, the most first, at most `limit` of them.
  public func collisions(limit: Int) -> [Collision] {
    let found = (0..<1440).compactMap { minute -> Collision? in
      let shared = stride(from: minute, to: counts.count, by: 1440).filter { counts[$0] >= 2 }
      guard let first = shared.first else { return nil }
      let busiest = shared.dropFirst().reduce(first) { counts[$1] > counts[$0] ? $1 : $0 }
      return Collision(
        minuteOfDay: minute, most: Int(counts[busiest]), days: shared.count,
        first: Instant(seconds: (start + Int64(busiest)) * 60))
    }
    let order = found.sorted { ($1.most, $1.days, $0.minuteOfDay) < ($0.most, $0.days, $1.minuteOfDay) }
    return Array(order.prefix(limit))
  }
}

extension CronSchedule {
  /// Whether the minute that begins at an instant holds an occurrence.
  public func isDue(in minute: Instant) -> Bool {
    guard let next = next(after: Instant(seconds: minute.seconds - 1)) else { return false }
    return next.seconds < minute.seconds + 60
  }
}
