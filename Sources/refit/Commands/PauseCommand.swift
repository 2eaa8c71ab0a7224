import ArgumentParser
import RefitCore
import RefitEngine

struct PauseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pause",
    abstract: "Keep a model, or the whole project, still for a while.",
    discussion: """
      No run starts and nothing is promoted until 'refit resume', or until the time that --until or --for says. \
      Models are still observed and decided on; jobs that run go on to their end. A rollback stays possible, and \
      an approval is kept for later. Without a command 'touch state/PAUSED' pauses the whole project; the file's \
      text is the reason.

        refit pause credit-risk --because "new scoring service goes live" --for 3d
        refit pause --because "year-end close" --until 2027-01-05
      """)

  @OptionGroup var options: ProjectOptions
  @Argument(help: "The model; without one the whole project.", transform: Arguments.model) var model: Name?
  @Option(
    help: ArgumentHelp("When it ends by itself.", valueName: "time"), transform: Arguments.instant)
  var until: Instant?
  @Option(
    name: .customLong("for"),
    help: ArgumentHelp("How long it lasts, such as 90m, 12h or 3d.", valueName: "time"),
    transform: Arguments.timespan)
  var span: Timespan?
  @Option(help: "Why; it is recorded.") var because: String

  func validate() throws {
    guard until == nil || span == nil else { throw ValidationError("say --until or --for, not both") }
  }

  func run() throws {
    try answering(for: .doing) {
      let end = until.map(PauseEnd.at) ?? span.map(PauseEnd.after) ?? .open
      let (pause, live) = try options.orchestrator().pause(model, until: end, because: try reason(because))
      if options.json {
        try sayJSON(Answer(pause: PauseAnswer(pause), live: live.map(\.description)))
        return
      }
      let time = pause.until.map { "until \(ReaderTime.system.text($0))" } ?? "until 'refit resume'"
      say("\(model?.text ?? "the project") is paused \(time).")
      for run in live {
        say("\(run) is live: its jobs go on to their end; nothing new is started, and nothing is promoted.")
      }
    }
  }

  private struct Answer: Encodable {
    var pause: PauseAnswer
    var live: [String]
  }
}

/// A pause as JSON tells it, and as a line says it.
struct PauseAnswer: Encodable {
  private let pause: Pause

  init(_ pause: Pause) {
    self.pause = pause
  }

  /// `the project is paused by ada: year-end close (until 2027-01-05 00:00 CET; 'refit resume …' ends the pause)`
  var line: String {
    let until = pause.until.map { "until \(ReaderTime.system.text($0)); " } ?? ""
    return "\(pause.sentence) (\(until)\(pause.remedy))"
  }

  private enum CodingKeys: String, CodingKey {
    case model, origin, since, until, actor, because, sentence
  }

  func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(pause.model, forKey: .model)
    try fields.encode(pause.origin, forKey: .origin)
    try fields.encode(pause.since, forKey: .since)
    try fields.encode(pause.until, forKey: .until)
    try fields.encode(pause.actor, forKey: .actor)
    try fields.encode(pause.because, forKey: .because)
    try fields.encode(pause.sentence, forKey: .sentence)
  }
}
