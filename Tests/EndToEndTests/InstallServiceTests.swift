import Foundation
import RefitTesting
import Testing

@Suite struct InstallServiceTests {
  /// A `crontab` of the test's own, which keeps its table in a file.
  private func crontab(in project: TestProject) throws -> [String: String] {
    try project.scratch.write(
      """
      #!/bin/sh
      table="$(dirname "$0")/table"
      if [ "$1" = -l ]; then
        [ -e "$table" ] || { echo "no crontab for test" >&2; exit 1; }
        cat "$table"
      else
        cat > "$table"
      fi
      """, to: "programs/crontab", mode: 0o755)
    return ["PATH": "\(project.scratch.path("programs")):/usr/bin:/bin"]
  }

  private func install(
    _ project: TestProject, _ arguments: String..., environment: [String: String] = [:]
  ) throws -> Command {
    try Command.run(
      Products.path("refit"), ["install-service"] + arguments + ["--project", project.path],
      environment: environment)
  }

  @Test func `a crontab gets the line once, keeps the others, and loses it again`() throws {
    let project = try TestProject(clock: "wall")
    let programs = try crontab(in: project)
    try project.scratch.write("0 3 * * * backup\n", to: "programs/table")
    #expect(try install(project, "--cron", "--write", environment: programs).status == 0)
    #expect(try install(project, "--cron", "--write", environment: programs).output.contains("already"))
    let table = try project.scratch.read("programs/table")
    #expect(table.hasPrefix("0 3 * * * backup\n"))
    #expect(table.ranges(of: "'tick'").count == 1)
    #expect(try install(project, "--cron", "--remove", environment: programs).status == 0)
    #expect(try project.scratch.read("programs/table") == "0 3 * * * backup\n")
    #expect(try install(project, "--cron", "--remove", environment: programs).status == 1)
  }

  @Test func `the line that cron would run makes a tick`() throws {
    let project = try TestProject(clock: "wall")
    let printed = try install(project, "--cron").output.split(separator: "\n")
    let command = try #require(printed.last).dropFirst("* * * * * ".count)
    let run = try Command.run("/bin/sh", ["-c", String(command.replacing("\\%", with: "%"))])
    #expect(run.status == 0, "\(run.errors)")
    #expect(project.scratch.exists("state/refit.db"))
  }

  @Test func `the line has each folder of PATH once, and none that only this shell knows`() throws {
    let project = try TestProject(clock: "wall")
    let path = "/usr/bin:/bin:/usr/bin:relative:/no/such/folder:/bin"
    let line = try install(project, "--cron", environment: ["PATH": path]).output
    #expect(line.contains("PATH='/usr/bin:/bin' "), "\(line)")
  }

  @Test(arguments: ["--cron", "--serve", "--timer"])
  func `where time is simulated nothing is installed, and what was can be removed`(_ kind: String) throws {
    let project = try TestProject(clock: "wall")
    var environment = try crontab(in: project)
    environment["HOME"] = project.path
    let place = kind == "--cron" ? [] : ["--into", project.scratch.path("units")]
    func run(_ more: String...) throws -> Command {
      try Command.run(
        Products.path("refit"), ["install-service", kind] + place + more + ["--project", project.path],
        environment: environment)
    }
    #expect(try run("--write").status == 0)
    let text = try project.scratch.read("refit.yaml")
    try project.scratch.write(
      text.replacing("clock: wall", with: "clock: simulated"), to: "refit.yaml")
    for refused in [try run(), try run("--write")] {
      #expect(refused.status == 78)
      #expect(refused.errors.contains("'clock: simulated': only 'refit tick --now TIME' moves it"))
    }
    #expect(try run("--remove").status == 0)
  }

  @Test func `units are written, kept from other projects' hands, and removed`() throws {
    let project = try TestProject(clock: "wall")
    let units = project.scratch.path("units")
    for kind in ["--serve", "--timer"] {
      #expect(try install(project, kind, "--into", units, "--write").status == 0)
      #expect(try install(project, kind, "--into", units, "--write").status == 0, "twice changes nothing")
      let other = try TestProject(clock: "wall")
      let refused = try install(other, kind, "--into", units, "--write")
      #expect(refused.status == 1)
      #expect(refused.errors.contains("--name"))
      #expect(try install(project, kind, "--into", units, "--remove").status == 0)
      #expect(try FileManager.default.contentsOfDirectory(atPath: units).isEmpty)
    }
  }

  @Test func `without --write nothing is written`() throws {
    let project = try TestProject(clock: "wall")
    let printed = try install(project, "--timer", "--into", project.scratch.path("units"))
    #expect(printed.output.contains("OnCalendar=minutely"))
    #expect(!project.scratch.exists("units"))
  }

  @Test func `doctor ends with 1 on a broken project and with 0 on a sound one`() throws {
    let project = try TestProject()
    #expect(try project.refit("doctor").status == 0)
    let text = try project.scratch.read("refit.yaml")
    try project.scratch.write(text + "\ncolour: red\n", to: "refit.yaml")
    let broken = try project.refit("doctor")
    #expect(broken.status == 1)
    #expect(broken.output.contains("unknown key 'colour'"))
    let checks = try project.json("doctor")["checks"] as? [[String: Any]] ?? []
    #expect(
      checks.contains { $0["subject"] as? String == "refit.yaml" && $0["level"] as? String == "problem" })
  }
}
