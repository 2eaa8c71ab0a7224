import ArgumentParser
import Glibc
import RefitCore
import RefitExecution
import RefitStore

struct Logs: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show what a run's jobs have printed.",
    discussion: """
      Standard output and error in one, of the newest attempt of each job, or of the job that --job names. With -f \
      it follows until the run has ended or awaits approval.

        refit logs credit-risk#42
        refit logs -f credit-risk#42 --job train
      """)

  @OptionGroup var options: ProjectOptions
  @Argument(help: ArgumentHelp("The run, as in credit-risk#42.", valueName: "run"), transform: Arguments.run)
  var id: RunID
  @Option(help: "Only this job.") var job: Name?
  @Option(help: "This attempt, not the newest.") var attempt: Int?
  @Flag(
    help: "On a terminal, too, print what the job has printed as it is: colours, and whatever else it says.")
  var raw = false
  @Flag(name: .shortAndLong, help: "Follow until the run has ended or awaits approval.") var follow = false

  func run() throws {
    try answering {
      let project = try options.directory()
      let store = try options.reader()
      var run = try store.existing(id)
      if let job, run.model.pipeline[job] == nil {
        let known = run.model.pipeline.jobs.map(\.name.text).joined(separator: ", ")
        throw Failure(.usage, "\(id) has no job '\(job)'; it has \(known)")
      }
      var tails: [String: LogTail] = [:]
      var shown: [String: ShownLog] = [:]
      while true {
        for attempt in chosen(run) { show(attempt, of: run, in: project, &tails, &shown) }
        guard follow, run.state.isLive, run.state != .awaitingApproval else { break }
        usleep(200_000)
        run = try store.existing(id)
      }
      if tails.isEmpty {
        let wanted = attempt.map { "attempt \($0)" } ?? "the newest attempt of a job"
        throw Failure(
          .no,
          run.attempts.isEmpty
            ? "no job of \(id) has been started" : "there is no log of \(wanted) of \(id)")
      }
    }
  }

  /// The newest attempt of each job, or the one that was asked for.
  private func chosen(_ run: Run) -> [Attempt] {
    var newest: [Attempt] = []
    for candidate in run.attempts where job == nil || candidate.job == job {
      if let attempt, candidate.number != attempt { continue }
      newest.removeAll { $0.job == candidate.job && $0.subject == candidate.subject }
      newest.append(candidate)
    }
    return newest
  }

  /// As they are into a file or a pipe; a terminal would obey what a job has printed.
  private func pass(_ bytes: [UInt8], of path: String, _ shown: inout [String: ShownLog]) {
    guard Terminal.standardOutput.isInteractive, !raw else { return say(bytes) }
    say(shown[path, default: ShownLog()].shown(bytes), terminator: "")
  }

  /// Prints what has come since the last time.
  private func show(
    _ attempt: Attempt, of run: Run, in project: ProjectDirectory, _ tails: inout [String: LogTail],
    _ shown: inout [String: ShownLog]
  ) {
    let path = "\(project.attempt(attempt.key, of: run.id))/log"
    var tail = tails[path] ?? LogTail()
    var isMidLine = tail.isMidLine
    let pieces = tail.read(path)
    guard tail.isShown else { return }
    let terminal = Terminal.standardOutput
    if tails[path] == nil {
      let subject = attempt.subject == .champion ? " (champion @\(attempt.version ?? 0))" : ""
      say(
        terminal.styled(
          "== \(attempt.job)\(subject), attempt \(attempt.number): \(attempt.state.rawValue)", .dim))
    }
    tails[path] = tail
    for piece in pieces {
      switch piece {
      case .bytes(let bytes): pass(bytes, of: path, &shown)
      case .note(let note):
        if isMidLine { say("") }
        say(terminal.styled("== \(attempt.job): \(note)", .dim))
        isMidLine = false
      }
    }
  }
}
