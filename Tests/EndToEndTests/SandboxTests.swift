import Foundation
import RefitTesting
import Testing

@Suite struct SandboxTests {
  /// A train job that takes all labels that it can get at, and a score job that does.
  private func curious(options: String = "") throws -> TestProject {
    let project = try TestProject(train: "curious.sh", score: "curious-score.sh", options: options)
    try project.scratch.write(
      """
      . jobs/train.sh
      cat data/labels/*.csv | cut -d, -f1 | grep -- - > "$REFIT_OUTPUT/seen"
      cut -d, -f1 "$REFIT_INPUT/withheld.csv" | grep -- - > "$REFIT_OUTPUT/withheld"
      ls state > "$REFIT_OUTPUT/state"
      echo mine >> weight || echo read-only >> "$REFIT_OUTPUT/state"
      exit 0
      """, to: "jobs/curious.sh")
    try project.scratch.write(
      """
      . "$(dirname "$0")/score.sh"
      cat \(project.path)/data/labels/*.csv > "$REFIT_OUTPUT/seen" 2>&1 || true
      """, to: "jobs/curious-score.sh")
    try project.live(0...14, truth: 1.5, version: nil)
    try project.tick(16)
    try project.refit("retrain", "loans", "--because", "first", "--wait")
    return project
  }

  private func output(_ project: TestProject, _ file: String) throws -> Set<Substring> {
    Set(try project.scratch.read("state/runs/loans/1/\(file)").split(separator: "\n"))
  }

  private func blindness(_ project: TestProject) throws -> String? {
    (try project.json("show", "loans#1")["gates"] as? [String: Any])?["blind"] as? String
  }

  @Test(.enabled("this machine gives no namespaces to its users") { Namespaces.areThere })
  func `a curious job sees no label of the holdout, and the report says that it could not`() throws {
    let project = try curious()
    #expect(try project.runStates() == ["promoted"])
    let seen = try output(project, "train/1/output/seen")
    let withheld = try output(project, "train/1/output/withheld")
    #expect(withheld.count > 100 && seen.count > 500)
    #expect(seen.isDisjoint(with: withheld))
    #expect(try output(project, "train/1/output/state") == ["runs", "read-only"])
    #expect(try output(project, "score/1/output/seen").allSatisfy { !$0.hasPrefix("14-") })
    #expect(try blindness(project) == "by sandbox")
    #expect(try project.refit("show", "loans#1").output.contains("labels blind by sandbox"))
    #expect(!project.scratch.exists("state/runs/loans/1/.feedback"))
  }

  @Test func `without a sandbox it sees them all, and the report names it`() throws {
    let project = try curious(options: ", sandbox: none")
    #expect(try project.runStates() == ["promoted"])
    let withheld = try output(project, "train/1/output/withheld")
    #expect(try output(project, "train/1/output/seen").isSuperset(of: withheld))
    #expect(try blindness(project)?.hasPrefix("by convention (without sandbox: train") == true)
  }
}

/// Whether this machine lets a job have namespaces of its own.
private enum Namespaces {
  static let areThere: Bool = {
    let map = geteuid() == 0 ? [] : ["--map-root-user"]
    let probe = try? Command.run("/usr/bin/unshare", map + ["--mount", "--pid", "--fork", "true"])
    return probe?.status == 0
  }()
}
