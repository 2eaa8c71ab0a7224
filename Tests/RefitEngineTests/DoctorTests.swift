import Foundation
import RefitCore
import RefitExecution
import RefitTesting
import Testing

@testable import RefitEngine

/// Each thing that can be wrong, made wrong in a project of its own: it is named, with a remedy.
@Suite struct DoctorTests {
  /// A machine on which all is well, unless a test says otherwise.
  private static func machine(
    crontab: String = "", path: String = "/usr/bin:/bin", units: String? = nil,
    answers: [String: Result<ProgramOutput, ProgramOutput.Failure>] = [:]
  ) -> Machine {
    Machine(
      supervisor: .success("supervisor"),
      run: { (arguments: [String]) throws(ProgramOutput.Failure) in
        if let answer = answers[arguments[0]] { return try answer.get() }
        switch arguments[0] {
        case "supervisor": return ProgramOutput(status: 64)
        case "timedatectl": return ProgramOutput(status: 0, output: "yes\n")
        case "crontab" where crontab.isEmpty: return ProgramOutput(status: 1, errors: "no crontab for ada\n")
        case "crontab": return ProgramOutput(status: 0, output: crontab)
        default: return ProgramOutput(status: 0)
        }
      },
      variable: { $0 == "PATH" ? path : nil }, unitFolders: units.map { [$0] } ?? [])
  }

  /// A project by the wall clock whose job is there.
  private func project(_ change: (inout EngineProject.ModelSettings) -> Void = { _ in }) throws
    -> EngineProject
  {
    var settings = EngineProject.Settings {
      $0.train = ", variables: {KEY: \"plain\"}"
      change(&$0)
    }
    settings.clock = "wall"
    let project = try EngineProject(settings)
    let text = try project.scratch.read("refit.yaml").replacing("python3", with: "sh")
    try project.scratch.write(text, to: "refit.yaml")
    return project
  }

  private func examine(
    _ project: EngineProject, _ machine: Machine = machine(), at now: Instant = EngineProject.time(0)
  ) -> [Diagnosis] {
    Doctor(project: project.directory, machine: machine, now: now).examine()
  }

  private func bad(_ found: [Diagnosis], _ subject: String) -> Diagnosis? {
    found.first { $0.subject == subject && $0.level != .ok }
  }

  @Test func aProjectThatIsWellHasNoProblem() throws {
    let project = try project()
    _ = try project.orchestrator.tick()
    let crontab = "PATH=/usr/bin:/bin\n* * * * * /usr/bin/refit tick --project \(project.directory.root)"
    let ticked = Instant(seconds: try MachineFacts.changedAt(project.directory.writerLock) ?? 0)
    let found = examine(project, Self.machine(crontab: crontab), at: ticked)
    #expect(found.filter { $0.level == .problem }.isEmpty, "\(found)")
    #expect(bad(found, "ticking") == nil, "\(found)")
    #expect(found.count > 10)
  }

  @Test func eachProblemSaysWhatToDo() throws {
    let project = try project()
    try project.scratch.write("version: 1\ncolour: red\nsize: 2\n", to: "refit.yaml")
    try project.scratch.write(String(repeating: "no database ", count: 900), to: "state/refit.db")
    let nothing = Self.machine(answers: [
      "supervisor": .failure(.notInstalled("supervisor")), "bwrap": .failure(.notInstalled("bwrap")),
      "timedatectl": .success(ProgramOutput(status: 0, output: "no\n")),
    ])
    let found = examine(project, nothing)
    for subject in ["refit.yaml", "database", "supervisor", "sandbox", "ticking"] {
      let one = try #require(bad(found, subject), "\(subject)")
      #expect(one.remedy?.isEmpty == false)
    }
    #expect(found.allSatisfy { $0.level == .ok || $0.remedy != nil })
    #expect(
      bad(found, "refit.yaml")?.sentence.contains("and 3 more") == true
        || bad(found, "refit.yaml")?.sentence.contains("more)") == true)
  }

  @Test(arguments: [
    ("timedatectl", "clock", "whether it is synchronised can't be told: 'timedatectl' can't be asked"),
    ("bwrap", "sandbox", "whether there is one can't be told: 'bwrap' can't be asked"),
    ("crontab", "ticking", "what the crontab says can't be told: 'crontab' can't be asked"),
    ("supervisor", "supervisor", "supervisor can't be run: 'supervisor' can't be asked"),
  ])
  func aProgramThatCouldNotBeAskedIsNotTakenToSayThatAllIsWell(
    _ program: String, _ subject: String, _ sentence: String
  ) throws {
    let failure = ProgramOutput.Failure.failed(program, because: "can't be asked: no space left")
    let found = examine(try project(), Self.machine(answers: [program: .failure(failure)]))
    let said = found.filter { $0.subject == subject && $0.level != .ok }.map(\.sentence)
    #expect(said.contains { $0.contains("\(sentence): no space left") }, "\(said)")
  }

  @Test func aCrontabThatIsRefusedIsNotAnEmptyOne() throws {
    let refused = ProgramOutput(status: 1, errors: "you are not allowed to use this program\n")
    let found = examine(try project(), Self.machine(answers: ["crontab": .success(refused)]))
    let said = found.filter { $0.subject == "ticking" }.map(\.sentence)
    #expect(said.contains { $0.contains("ended with 1: you are not allowed") }, "\(said)")
  }

  @Test func aUnitThatCanNotBeReadIsNamedAndOneThatIsTurnedOffIsNot() throws {
    let project = try project()
    let units = try project.scratch.makeDirectory("units")
    let link = try Command.run("/bin/ln", ["-s", "/dev/null", "\(units)/off.service"])
    #expect(link.status == 0)
    #expect(!examine(project, Self.machine(units: units)).contains { $0.sentence.contains("off.service") })
    try project.scratch.makeDirectory("units/odd.service")
    let said = examine(project, Self.machine(units: units)).filter { $0.subject == "ticking" }.map(\.sentence)
    #expect(said.contains { $0.contains("\(units)/odd.service") }, "\(said)")
  }

  @Test func aFolderOfAttemptsThatCanNotBeListedIsNamed() throws {
    let project = try project()
    // A link that leads to itself: nobody may list it, the superuser neither.
    try project.scratch.makeDirectory("state/runs")
    let link = try Command.run("/bin/ln", ["-s", "loop", project.scratch.path("state/runs/loop")])
    #expect(link.status == 0)
    let one = try #require(bad(examine(project), "leftovers"))
    #expect(one.sentence.contains("state/runs/loop: can't be listed"), "\(one.sentence)")
  }

  @Test func aProgramThatIsNotThereIsNamed() throws {
    let missing = try project()
    let text = try missing.scratch.read("refit.yaml")
    try missing.scratch.write(
      text.replacing("[sh, jobs/train.py]", with: "[jobs/train.py]"), to: "refit.yaml")
    #expect(bad(examine(missing), "jobs")?.sentence.contains("jobs/train.py is not executable") == true)
    try missing.scratch.write(
      text.replacing("[sh, jobs/train.py]", with: "[no-such-program]"), to: "refit.yaml")
    #expect(bad(examine(missing), "jobs")?.sentence.contains("'no-such-program' is not in PATH") == true)
  }

  @Test func aReferenceThatLeadsNowhereIsNamed() throws {
    let project = try project { $0.train = ", variables: {KEY: \"${file:key.txt}\"}" }
    #expect(bad(examine(project), "variables")?.sentence.contains("variable KEY") == true)
    try project.scratch.write("secret", to: "key.txt", mode: 0o644)
    #expect(bad(examine(project), "variables") == nil)
    #expect(bad(examine(project), "secrets")?.remedy == "chmod 600 \(project.scratch.path("key.txt"))")
    chmod(project.scratch.path("key.txt"), 0o600)
    #expect(bad(examine(project), "secrets") == nil)
  }

  @Test func aUnitThatWouldKillJobsIsNamed() throws {
    let project = try project()
    let units = try project.scratch.makeDirectory("units")
    let text = "[Service]\nExecStart=/usr/bin/refit tick --project \(project.directory.root)\n"
    try project.scratch.write(text, to: "units/refit-test.service")
    #expect(
      bad(examine(project, Self.machine(units: units)), "systemd")?.sentence.contains("KillMode") == true)
    try project.scratch.write(text + "KillMode=process\n", to: "units/refit-test.service")
    #expect(bad(examine(project, Self.machine(units: units)), "systemd") == nil)
  }

  @Test func whatCronDoesNotFindIsNamed() throws {
    let project = try project()
    let line = "* * * * * refit tick --project \(project.directory.root)"
    #expect(bad(examine(project, Self.machine(crontab: line)), "cron")?.sentence.contains("'refit'") == true)
    let lost = "PATH=/nowhere\n* * * * * /usr/bin/refit tick --project \(project.directory.root)"
    #expect(bad(examine(project, Self.machine(crontab: lost)), "cron")?.sentence.contains("'sh'") == true)
  }

  @Test func thatNobodyHasTickedForLongIsNamed() throws {
    let project = try project()
    _ = try project.orchestrator.tick()
    let ticked = Instant(seconds: try MachineFacts.changedAt(project.directory.writerLock) ?? 0)
    let soon = try #require(bad(examine(project, at: ticked + .minutes(1)), "ticking"))
    #expect(soon.level == .warning)
    let late = try #require(bad(examine(project, at: ticked + .days(3)), "ticking"))
    #expect(late.level == .problem)
    #expect(late.sentence.contains("4320 minutes ago"))
  }

  @Test func aRecordFromTheFutureIsNamed() throws {
    let project = try project()
    _ = try project.orchestrator.tick()
    #expect(bad(examine(project, at: EngineProject.time(-3)), "clock")?.level == .problem)
  }

  @Test func whatWasMovedAsideIsNamed() throws {
    let project = try project()
    try project.scratch.makeDirectory("state/runs/loans/1/train/1.former-1")
    #expect(bad(examine(project), "leftovers")?.sentence.contains("1.former-1") == true)
  }
}
