/// Debian cron, minute by minute: it looks at the clock once a minute and compares it with its own virtual clock.
///
/// Written from cron(8), crontab(5) and the comments in the main loop of Debian's cron.c, and from nothing of the code
/// under test: offsets are zoneinfo's, dates the C library's, the fields those from which the text was made.
///
/// Changes of less than three hours are treated specially. If the clock has moved forwards, jobs that would have run
/// in the skipped time run soon after (here: once, at the first minute, which is Refit's reading of "soon"); if it has
/// moved backwards, those that fall into the repeated time are not run again. Only jobs without `*` in front of minute
/// or hour are affected; the others follow the new time at once, as all do after larger changes.
///
/// The manual's "less than three hours" is taken at its word: cron.c treats a clock that goes back by three hours
/// exactly as the manual says of less, and one that goes forward by as much as of more.
enum DebianCronModel {
  /// The minutes since 1970-01-01T00:00:00Z in `range` at which the job runs. The range must begin when no clock
  /// change is being made up for, and where offsets are whole minutes.
  static func runs(of job: RandomCron, by clock: WallClock, minutes range: Range<Int64>) -> [Int64] {
    var runs: [Int64] = []
    var virtual = clock.minute(at: range.lowerBound - 1)
    for minute in range {
      let local = clock.minute(at: minute)
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
}

/// The clock on a wall in some zone, as zoneinfo sets it.
struct WallClock {
  /// The second from which an offset holds, and the offset; ascending.
  private let offsets: [(from: Int64, offset: Int64)]

  init(_ answer: [[Int64]]) {
    offsets = answer.map { ($0[0], $0[1]) }
  }

  /// The clocks of stretches of time, asked for all at once.
  static func ask(_ walls: [CronOracle.Wall]) throws -> [WallClock] {
    try CronOracle.ask(CronOracle.Question(walls: walls)).walls.map(WallClock.init)
  }

  /// The local minute at a minute of UTC, both counted from 1970-01-01 00:00.
  func minute(at minute: Int64) -> Int64 {
    let offset = offsets.last { $0.from <= minute * 60 }?.offset ?? offsets[0].offset
    precondition(offset % 60 == 0, "offsets of whole minutes only")
    return minute + offset / 60
  }

  /// Where the clock is changed: the second, what the clock shows then without the change, and by how many seconds.
  var changes: [(second: Int64, local: Int64, jump: Int64)] {
    zip(offsets, offsets.dropFirst()).map { ($1.from, $1.from + $0.offset, $1.offset - $0.offset) }
  }
}
