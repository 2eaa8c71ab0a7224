import Foundation
import RefitTesting
import Testing

@Suite struct RetrainingTests {
  static let policy = """
    {performance: {metric: roc_auc, drop: 0.1, from: promotion, for: 2, min-samples: 300}}
    """

  @Test func `a model gets its first version, decays, is retrained by its policy, and can say why`() throws {
    let project = try TestProject(when: Self.policy)
    try project.live(0...14, truth: 1.5, version: nil)
    #expect(try project.tick(16).status == 0)
    let first = try project.refit("retrain", "loans", "--because", "first version", "--wait")
    #expect(first.status == 0, "\(first.output)\(first.errors)")
    #expect(project.champion == 1)

    // Two quiet weeks, then the world turns round.
    for day in 15...40 {
      try project.live(day...day, truth: day < 28 ? 1.5 : -1.5, version: project.champion)
      if day == 28 { try project.setWeight(-1) }
      if day > 15 { #expect(try project.tick(day + 1).status == 0) }
      if project.champion != 1 { break }
    }
    // While the newest ten days are half of the old world, a candidate of the new one may be refused.
    let states = try project.runStates()
    #expect(states.count >= 2 && states.last == "promoted")
    #expect(project.champion == states.count)
    let why = try project.refit("explain", "loans", "--run", "\(states.count)").output
    #expect(why.contains("roc_auc"))

    let lineage = try project.json("lineage", "loans")
    #expect(lineage["run"] as? String == "loans#\(states.count)")
    let before = try project.json("lineage", "loans", "--at", TestProject.time(20))
    #expect(before["run"] as? String == "loans#1")
    // What decayed were the predictions of the version that served then.
    let monitored = try project.json("monitor", "loans", "--at", TestProject.time(28))["observations"]
    let decayed = (monitored as? [[String: Any]])?.first { $0["metric"] as? String == "roc_auc" }
    #expect(decayed?["version"] as? Int == 1)
    #expect((decayed?["value"] as? Double).map { $0 > 0.5 } == true)
    let verified = try project.refit("audit", "verify")
    #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
  }

  @Test func `a candidate that is worse than the champion is refused with the reason`() throws {
    let project = try TestProject()
    try project.live(0...14, truth: 1.5, version: nil)
    try project.tick(16)
    try project.refit("retrain", "loans", "--because", "first", "--wait")
    try project.setWeight(-1)
    let second = try project.refit("retrain", "loans", "--because", "try", "--wait")
    #expect(second.status == 1)
    #expect(try project.runStates() == ["promoted", "refused"])
    #expect(try project.reason(ofRun: 2).contains("roc_auc"))
    #expect(project.champion == 1)
  }

  @Test func `a candidate that was trained on holdout rows is refused`() throws {
    let project = try TestProject()
    try project.live(0...14, truth: 1.5, version: nil)
    let honest = try project.scratch.read("jobs/train.sh")
    try project.scratch.write(
      honest.replacingOccurrences(of: "&& !($1 in withheld)", with: ""), to: "jobs/train.sh")
    try project.tick(16)
    try project.refit("retrain", "loans", "--because", "cheat", "--wait")
    #expect(try project.runStates() == ["refused"])
    #expect(try project.reason(ofRun: 1).contains("trained on"))
    #expect(project.champion == nil)
  }

  @Test func `the score job sees neither labels nor groups, and every job an environment built from nothing`()
    throws
  {
    let project = try TestProject()
    try project.live(0...14, truth: 1.5, version: nil)
    let score = try project.scratch.read("jobs/score.sh")
    try project.scratch.write(
      score + "\nhead -1 \"$REFIT_INPUT/holdout.csv\"; ls \"$REFIT_INPUT\"; env | sort | cut -d= -f1",
      to: "jobs/score.sh")
    try project.tick(16)
    try project.refit("retrain", "loans", "--because", "look", "--wait")
    let log = try project.refit("logs", "loans#1", "--job", "score").output
    #expect(log.contains("id,time,x\n"))
    #expect(log.contains("holdout.csv\nmodel\n"))
    let seen = Set(log.split(separator: "\n").map(String.init)).filter {
      $0.allSatisfy { $0.isUppercase || $0 == "_" }
    }
    let allowed: Set = [
      "HOME", "LANG", "PATH", "TZ", "PWD", "OLDPWD", "SHLVL", "_", "REFIT_MODEL", "REFIT_RUN", "REFIT_JOB",
      "REFIT_ATTEMPT",
      "REFIT_INTERVAL_END", "REFIT_KNOWN_AT", "REFIT_INPUT", "REFIT_OUTPUT", "REFIT_SEED", "REFIT_PROGRESS",
      "REFIT_TOKEN",
    ]
    #expect(seen.isSubset(of: allowed), "\(seen.subtracting(allowed))")
    #expect(seen.contains("REFIT_SEED"))
  }

  @Test func `approval waits for a person, binds what was judged, and a rejection ends the run`() throws {
    let project = try TestProject(promotion: "approval")
    try project.live(0...14, truth: 1.5, version: nil)
    try project.tick(16)
    try project.refit("retrain", "loans", "--because", "first", "--wait")
    #expect(try project.runStates() == ["awaiting-approval"])
    #expect(project.champion == nil)
    let approved = try project.refit("approve", "loans#1", "--because", "reviewed")
    #expect(approved.status == 0, "\(approved.errors)")
    #expect(project.champion == 1)

    try project.refit("retrain", "loans", "--because", "second", "--wait")
    let rejected = try project.refit("reject", "loans#2", "--because", "not now")
    #expect(rejected.status == 0)
    #expect(try project.runStates() == ["promoted", "rejected"])
    #expect(try project.refit("approve", "loans#2", "--because", "after all").status == 1)
    #expect(project.champion == 1)
  }

  @Test func `an approval is void when another champion serves, and the command says so`() throws {
    let project = try TestProject(promotion: "approval")
    try project.live(0...14, truth: 1.5, version: nil)
    try project.tick(16)
    for number in 1...2 {
      try project.refit("retrain", "loans", "--because", "try", "--wait")
      #expect(try project.refit("approve", "loans#\(number)", "--because", "reviewed").status == 0)
    }
    try project.refit("retrain", "loans", "--because", "third", "--wait")
    #expect(try project.refit("rollback", "loans", "--because", "slow").status == 0)
    let void = try project.refit("approve", "loans#3", "--because", "reviewed")
    #expect(void.status == 1, "\(void.output)")
    #expect(void.output.isEmpty)
    #expect(
      void.errors
        == "refit: another champion serves by now: loans#3 is judged again, this approval is void; "
        + "look at it and approve again\n")
    try project.tick(16)
    #expect(try project.refit("approve", "loans#3", "--because", "looked again").status == 0)
    #expect(project.champion == 3)
  }

  @Test func `a champion whose score job fails is named with where to look`() throws {
    let project = try TestProject(score: "fickle.sh")
    try project.scratch.write(
      ". jobs/score.sh; test ! -e '\(project.path)/broken' || case $REFIT_OUTPUT in */champion-*) exit 1;; esac",
      to: "jobs/fickle.sh")
    try project.live(0...14, truth: 1.5, version: nil)
    try project.tick(16)
    try project.refit("retrain", "loans", "--because", "first", "--wait")
    #expect(project.champion == 1)
    try project.scratch.write("", to: "broken")
    try project.tick(18)
    #expect(try project.refit("retrain", "loans", "--because", "second", "--wait").status == 2)
    let reason = try project.reason(ofRun: 2)
    #expect(
      reason.contains(
        "loans@1: its score job ended with exit code 1; 'refit logs loans#2 --job score' shows more"),
      "\(reason)")
  }

  @Test func `sealed bytes that changed after judging are not promoted`() throws {
    let project = try TestProject(promotion: "approval")
    try project.live(0...14, truth: 1.5, version: nil)
    try project.tick(16)
    try project.refit("retrain", "loans", "--because", "first", "--wait")
    let sealed = try Command.run("/bin/sh", ["-c", "find state/vault -name weight"], in: project.path).output
    let file = "\(project.path)/\(sealed.split(separator: "\n")[0])"
    chmod(file, 0o644)
    try Data("9\n".utf8).write(to: URL(filePath: file))
    try project.refit("approve", "loans#1", "--because", "reviewed")
    #expect(try project.runStates() == ["failed"])
    #expect(project.champion == nil)
    #expect(try project.refit("audit", "verify").status == 1)
  }

  @Test func `a rollback lets the version before serve again`() throws {
    let project = try TestProject()
    try project.live(0...14, truth: 1.5, version: nil)
    try project.tick(16)
    for reason in ["first", "second", "third"] {
      try project.refit("retrain", "loans", "--because", reason, "--wait")
    }
    #expect(project.champion == 3)
    try project.refit("rollback", "loans", "--because", "slow")
    #expect(project.champion == 2)
    let back = try project.refit("rollback", "loans", "--because", "complaints")
    #expect(back.status == 0, "\(back.errors)")
    #expect(project.champion == 1)
    #expect(try project.refit("rollback", "loans", "--to", "7", "--because", "no").status == 64)
    #expect(try project.refit("rollback", "loans", "--because", "again").status == 1, "nothing is left")
    #expect(try project.refit("audit", "verify").status == 0)
  }
}
