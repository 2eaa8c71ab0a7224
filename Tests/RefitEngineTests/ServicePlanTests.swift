import Foundation
import RefitTesting
import Testing

@testable import RefitEngine

/// What is written for systemd and cron, held against systemd's own reader and the shell.
@Suite struct ServicePlanTests {
  private static let awkward = "/srv/my proj 100% $HOME's \"x\" \\ end"

  private func plan(_ kind: ServicePlan.Kind, root: String = awkward, user: String? = nil) throws
    -> ServicePlan
  {
    try #require(
      ServicePlan(
        kind: kind, name: "refit-churn", project: "shop", root: root, program: "/bin/echo",
        path: "/usr/bin:/a b/100%", user: user))
  }

  @Test(arguments: [ServicePlan.Kind.serve, .timer])
  func systemdAcceptsTheUnits(_ kind: ServicePlan.Kind) throws {
    let program = "/usr/bin/systemd-analyze"
    guard access(program, X_OK) == 0 else {
      Issue.record("systemd-analyze is not installed: the units are not held against it", severity: .warning)
      return
    }
    let scratch = try ScratchDirectory("refit-units")
    let units = try plan(kind, user: "root").units
    let paths = try units.map { try scratch.write($0.text, to: $0.name) }
    let verdict = try Command.run(program, ["verify"] + paths)
    #expect(verdict.status == 0)
    #expect(verdict.errors.isEmpty, "\(verdict.errors)")
  }

  @Test func aWordOfAUnitIsQuotedBySystemdsRules() {
    #expect(ServiceText.argument("a b") == "\"a b\"")
    #expect(ServiceText.argument("100%n $HOME") == "\"100%%n $$HOME\"")
    #expect(ServiceText.argument("say \"x\" \\n") == #""say \"x\" \\n""#)
    #expect(ServiceText.assignment("PATH", "/a$b%") == "\"PATH=/a$b%%\"")
  }

  @Test(arguments: [awkward, "/plain", "/a'b", "/50% off!", "/$(touch x)`y`"])
  func theShellReadsTheCrontabsLineAsItWasMeant(_ root: String) throws {
    let line = try #require(try plan(.cron, root: root).crontabLines.last)
    let command = line.dropFirst("* * * * * ".count)
    // What cron hands to the shell: up to the first bare %, with the others unescaped.
    #expect(!command.replacing("\\%", with: "").contains("%"))
    let told = try Command.run("/bin/sh", ["-c", String(command.replacing("\\%", with: "%"))])
    #expect(told.output == "tick --project \(root)\n")
  }

  @Test func theCrontabHasTheLineOnceAndAllOthersAsTheyWere() throws {
    let plan = try plan(.cron)
    let other = try self.plan(.cron, root: "/srv/other")
    let before = "MAILTO=ops\n\n# mine\n0 3 * * * backup\n"
    let once = plan.adding(to: before)
    #expect(once.hasPrefix(before))
    #expect(plan.adding(to: once) == once)
    let both = other.adding(to: once)
    #expect(plan.removing(from: both) == other.adding(to: before))
    #expect(plan.removing(from: once) == before)
    #expect(plan.removing(from: before) == before)
    #expect(plan.adding(to: "0 3 * * * backup").split(separator: "\n").count == 3)
  }

  @Test func aLineThatSomebodyPutBehindTheMarkIsKept() throws {
    let plan = try plan(.cron)
    let changed = plan.crontabLines[0] + "\n0 3 * * * backup\n"
    #expect(plan.removing(from: changed) == "0 3 * * * backup\n")
  }

  @Test func aPathThatNoFileCanSayIsRefused() {
    #expect(
      ServicePlan(
        kind: .cron, name: "x", project: "x", root: "/a\n* * * * * evil", program: "/p", path: "", user: nil)
        == nil)
  }

  @Test func whoReadsAUnitReadsTheProjectsName() throws {
    let described = try [ServicePlan.Kind.serve, .timer].flatMap { try plan($0).units }.map { unit in
      unit.text.split(separator: "\n").first { $0.hasPrefix("Description=") }
    }
    #expect(
      described == [
        "Description=Refit keeps the models of shop fit",
        "Description=One tick of Refit for the models of shop",
        "Description=Ticks of Refit for the models of shop",
      ])
  }

  @Test(arguments: [
    ("/usr/bin:/bin", "/usr/bin:/bin"), ("/b:/a:/b:/usr/bin:/a", "/b:/a:/usr/bin"),
    ("bin:./x:/usr/bin::.:/gone:~/bin", "/usr/bin"), ("/usr/bin/:/usr/bin", "/usr/bin/:/usr/bin"),
    ("", "/usr/local/bin:/usr/bin:/bin"), ("/gone", "/usr/local/bin:/usr/bin:/bin"),
  ])
  func ofAPathWhatLastsIsKeptInItsOrder(_ path: String, _ lasting: String) {
    let there: Set = ["/usr/bin", "/usr/bin/", "/bin", "/a", "/b", "bin", "./x", ".", "~/bin"]
    #expect(ServicePlan.lastingPath(path, isDirectory: there.contains) == lasting)
  }

  @Test func jobsOutliveWhatSystemdStops() throws {
    for kind in [ServicePlan.Kind.serve, .timer] {
      #expect(try plan(kind).units[0].text.contains("\nKillMode=process\n"))
    }
    #expect(try plan(.serve).units[0].text.contains("\nType=notify\n"))
  }
}
