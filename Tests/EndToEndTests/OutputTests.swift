import Foundation
import RefitTesting
import Testing

/// Where what a command says can't be written.
@Suite struct OutputTests {
  /// Runs a line of shell with `$REFIT` and `$PROJECT`.
  private func shell(_ line: String, _ project: TestProject) throws -> Command {
    try Command.run(
      "/bin/bash", ["-c", line],
      environment: ["REFIT": Products.path("refit"), "PROJECT": project.path, "PATH": "/usr/bin:/bin"])
  }

  @Test(arguments: [
    "status", "status --json", "runs", "audit log", "check", "doctor --all", "install-service --cron",
  ])
  func `a command that only tells has failed where nobody can read what it told`(_ words: String) throws {
    let project = try TestProject(clock: "wall")
    try project.refit("tick")
    let told = try shell("\"$REFIT\" \(words) --project \"$PROJECT\" > /dev/full", project)
    #expect(told.status == 70)
    #expect(
      told.errors
        == "refit: what it says could not be written to standard output: No space left on device\n")
  }

  @Test func `so has --help, and a closed output is none`() throws {
    let project = try TestProject()
    for redirection in ["> /dev/full", ">&-"] {
      let told = try shell("\"$REFIT\" status --help \(redirection)", project)
      #expect(told.status == 70)
      #expect(told.errors.contains("could not be written to standard output"))
    }
  }

  @Test func `a command that does something does it, and says that its words were lost`() throws {
    let project = try TestProject(clock: "wall")
    let done = try shell(
      "\"$REFIT\" tick --json --project \"$PROJECT\" > /dev/full", project)
    #expect(done.status == 0)
    #expect(done.errors.hasPrefix("refit: the work is done, but what it says could not be written"))
    #expect(project.scratch.exists("state/refit.db"))
  }

  @Test(arguments: ["", "trap '' PIPE; "])
  func `a reader who has heard enough is no trouble`(_ before: String) throws {
    let project = try TestProject()
    // The reader goes after one line, long before all are said; 141 is the end by SIGPIPE.
    let line = """
      \(before){ "$REFIT" schedule --cron '* * * * *' --next 20000
        case $? in 0 | 141) ;; *) echo "it failed" >&2 ;; esac; } | head -1
      """
    let piped = try shell(line, project)
    #expect(piped.errors.isEmpty, "\(piped.errors)")
    #expect(piped.output.split(separator: "\n").count == 1)
  }
}
