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
      it follows until the run has ended.

        refit logs credit-risk#42
        refit logs -f credit-risk#42 --job train
      """)

  @OptionGroup var options: ProjectOptions
  @Argument(help: ArgumentHelp("The run, as in credit-risk#42.", valueName: "run"), transform: Arguments.run)
  var id: RunID
  @Option(help: "Only this job.") var job: Name?
  @Option(help: "This attempt, not the newest.") var attempt: Int?
  @Flag(name: .shortAndLong, help: "Follow until the run has ended.") var follow = false

  func run() throws {
    try answering {
      let project = try options.directory()
      let store = try options.reader()
      var run = try store.existing(id)
      if let job, run.model.pipeline[job] == nil {
        let known = run.model.pipeline.jobs.map(\.name.text).joined(separator: ", ")
        throw Failure(.usage, "\(id) has no job '\(job)'; it has \(known)")
      }
      var shown: [String: Int64] = [:]
      while true {
        for attempt in chosen(run) { try show(attempt, of: run, in: project, &shown) }
        guard follow, run.state.isLive else { break }
        usleep(200_000)
        run = try store.existing(id)
      }
      if shown.isEmpty {
        let wanted = attempt.map { "attempt \($0) of" } ?? "job of"
        throw Failure(
          .no,
          run.attempts.isEmpty ? "no job of \(id) has been started" : "there is no log of \(wanted) \(id)")
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

  /// Prints what has come since the last time.
  private func show(
    _ attempt: Attempt, of run: Run, in project: ProjectDirectory, _ shown: inout [String: Int64]
  ) throws {
    let path = "\(project.attempt(attempt.key, of: run.id))/log"
    guard let file = fopen(path, "r") else { return }
    defer { fclose(file) }
    if shown[path] == nil {
      let subject = attempt.subject == .champion ? " (champion @\(attempt.version ?? 0))" : ""
      let terminal = Terminal.standardOutput
      say(
        terminal.styled(
          "== \(attempt.job)\(subject), attempt \(attempt.number): \(attempt.state.rawValue)", .dim))
    }
    fseek(file, Int(shown[path] ?? 0), SEEK_SET)
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 {
      _ = write(STDOUT_FILENO, buffer, count)
    }
    shown[path] = Int64(ftell(file))
  }
}
