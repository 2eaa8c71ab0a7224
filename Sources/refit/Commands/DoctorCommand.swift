import ArgumentParser
import Glibc
import RefitCore
import RefitEngine
import RefitExecution

struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Say what is wrong with this project and this machine, and what to do.",
    discussion: """
      Looks at refit.yaml, state/ and its disk, the database, the supervisor, the sandbox, the clock, the programs and \
      variables of jobs, and at who ticks. Changes nothing. Exits 1 when it finds a problem; warnings are none. Run \
      it as the user who ticks.

        refit doctor
        refit doctor --json
      """)

  @OptionGroup var options: ProjectOptions
  @Flag(name: .long, help: "Show also what is as it should be.") var all = false

  func run() throws {
    try answering {
      let doctor = Doctor(project: try options.directory(), machine: .real, now: World.wallClock())
      let found = doctor.examine()
      if options.json { try sayJSON(["checks": found]) } else { tell(found) }
      if found.contains(where: { $0.level == .problem }) { throw ExitCode(Failure.Code.no.rawValue) }
    }
  }

  private func tell(_ found: [Diagnosis]) {
    let terminal = Terminal.standardOutput
    for one in found where all || one.level != .ok {
      let mark: Mark = one.level == .ok ? .yes : one.level == .warning ? .unknown : .no
      say("\(terminal.mark(mark)) \(one.subject): \(ShownText(one.sentence).text)")
      if let remedy = one.remedy { say("    → \(ShownText(remedy).text)") }
    }
    let (problems, warnings) = (found.count { $0.level == .problem }, found.count { $0.level == .warning })
    let fine = PersonNumber.count(found.count - problems - warnings, "check")
    say(
      "\(problems == 0 && warnings == 0 ? "Nothing is wrong" : "\(PersonNumber.count(problems, "problem")), \(PersonNumber.count(warnings, "warning"))"); \(fine) found nothing\(all ? "" : ", --all shows them")."
    )
  }
}

extension Machine {
  /// This machine, as this user sees it.
  static let real: Machine = {
    let supervisor: Result<String, LaunchError>
    do throws(LaunchError) { supervisor = .success(try LocalExecutor().supervisor) } catch {
      supervisor = .failure(error)
    }
    func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
    let home = variable("HOME").map { ["\($0)/.config/systemd/user"] } ?? []
    return Machine(
      supervisor: supervisor, run: { words throws(ProgramOutput.Failure) in try ProgramOutput.run(words) },
      variable: { name in getenv(name).map { String(cString: $0) } },
      unitFolders: ["/etc/systemd/system", "/etc/systemd/user"] + home)
  }()
}
