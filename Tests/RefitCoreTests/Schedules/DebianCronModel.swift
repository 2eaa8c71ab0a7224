@testable import RefitCore

/// Debian cron, minute by minute: it looks at the clock once a minute and compares it with its own virtual clock.
///
/// Written from cron(8) and crontab(5): changes of less than three hours are treated specially. If the clock has
/// moved forwards, jobs that would have run in the skipped time run soon after (here: once, at the first minute);
/// if it has moved backwards, those that fall into the repeated time are not run again. Only jobs without `*` in
/// front of minute or hour are affected; the others follow the new time at once, as all do after larger changes.
enum DebianCronModel {
  /// The minutes since 1970-01-01T00:00:00Z in `range` at which the job runs. The range must begin when no clock
  /// change is being made up for, and in a zone whose offsets are whole minutes.
  static func runs(of job: RandomCron, in zone: TimeZoneRules, minutes range: Range<Int64>) -> [Int64] {
    var runs: [Int64] = []
    var virtual = localMinute(range.lowerBound - 1, in: zone)
    for minute in range {
      let local = localMinute(minute, in: zone)
      let jump = local - virtual - 1
      var isDue: Bool
      if jump == 0 || abs(jump) >= 180 {
        isDue = job.matches(localMinute: local)
        virtual = local
      } else if jump > 0 {
        isDue = job.matches(localMinute: local)
        if !job.isWildcard {
          isDue = isDue || (virtual + 1..<local).contains { job.matches(localMinute: $0) }
        }
        virtual = local
      } else {
        // The virtual clock stands still until local time has caught up with it.
        isDue = job.isWildcard && job.matches(localMinute: local)
      }
      if isDue { runs.append(minute) }
    }
    return runs
  }

  private static func localMinute(_ minute: Int64, in zone: TimeZoneRules) -> Int64 {
    minute + Int64(zone.offset(at: Instant(seconds: minute * 60)) / 60)
  }
}
