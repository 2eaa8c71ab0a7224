import Lending

/// Writes the logs of the invented lender for one day or several.
@main
struct LendingSimulate {
  static let usage = """
    usage: lending-simulate --days FIRST-LAST --out data [--champion state/models/credit-risk/champion]
             [--start 2026-01-01] [--per-day 800] [--seed 7]
    writes data/predictions/DATE.csv and data/labels/DATE.csv for each of the days; day 1 is the day of --start.
    What --champion links to scores the applications; without it they are logged unscored, as history.
    """

  static func main() {
    runProgram("lending-simulate") { () throws(LendingError) in
      let known = ["days", "out", "champion", "start", "per-day", "seed"]
      let arguments = try Arguments(Array(CommandLine.arguments.dropFirst()), known: known)
      guard let out = arguments.text("out"), let range = arguments.text("days"), let days = parse(range)
      else {
        throw .usage(usage)
      }
      let world = LendingWorld(
        start: try Instant(arguments.text("start") ?? "2026-01-01"),
        seed: UInt64(try arguments.integer("seed", default: 7)),
        applicationsPerDay: try arguments.integer("per-day", default: 800))
      let champion: ServingModel? =
        if let link = arguments.text("champion") { try ServingModel(link: link) } else { nil }
      let writer = LogWriter(folder: out)
      for day in days {
        try writer.writePredictions(world.applications(day), champion: champion)
        try writer.writeLabels(world.labels(arrivingOn: day))
      }
    }
  }

  /// `5` or `5-9`, from 1 on.
  static func parse(_ text: String) -> ClosedRange<Int>? {
    let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1] else {
      return nil
    }
    return first >= 1 && first <= last ? first...last : nil
  }
}
