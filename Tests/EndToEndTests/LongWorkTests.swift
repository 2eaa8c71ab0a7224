import Foundation
import RefitTesting
import Testing

@Suite struct LongWorkTests {
  /// The process that seals the outputs of the first job; nil while there is none.
  private func sealer(of project: TestProject) throws -> pid_t? {
    let claim = "state/long-work/seal.loans.1.train.candidate.1/1/claim"
    guard project.scratch.exists(claim) else { return nil }
    let text = try project.scratch.read(claim)
    let json = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    let supervisor = try #require(json?["pid"] as? Int)
    let children = try? String(
      contentsOfFile: "/proc/\(supervisor)/task/\(supervisor)/children", encoding: .utf8)
    return children?.split(separator: " ").first.flatMap { pid_t($0) }
  }

  @Test func `while a large model is sealed others write, and when whoever seals is killed it is done again`()
    throws
  {
    let project = try TestProject(train: "large.sh", options: ", sandbox: none")
    try project.scratch.write(
      """
      . jobs/train.sh
      echo trained >> trained
      head -c 320000000 /dev/zero > "$REFIT_OUTPUT/model/weights.bin"
      """, to: "jobs/large.sh")
    try project.live(0...14, truth: 1.5, version: nil)
    try project.tick(16)
    let training = try project.start("retrain", "loans", "--because", "first", "--wait")
    var sealing: pid_t?
    #expect(
      try eventually(within: 60) {
        sealing = try sealer(of: project)
        return sealing.map { kill($0, SIGSTOP) } == 0
      })
    // From outside: whoever reads is told, and whoever writes gets through.
    #expect(try project.refit("status").output.contains(", sealing 305 MiB"))
    #expect(try project.refit("show", "loans#1").output.contains("train  sealing 305 MiB; begun"))
    let filled = try project.refit(
      "backfill", "loans", "--from", TestProject.time(10), "--to", TestProject.time(15))
    #expect(filled.status == 0, "\(filled.errors)")
    #expect(filled.output.contains("6 occurrences: "), "\(filled.output)")
    #expect(try project.tick(16, wait: false).status == 0)
    #expect(try project.runStates() == ["running"])

    #expect(try kill(#require(sealing), SIGKILL) == 0)
    #expect(training.wait().status == 0)
    #expect(try project.runStates() == ["promoted"])
    #expect(try project.scratch.read("trained") == "trained\n", "the job was started once")
    let sealed = "state/models/loans/champion/weights.bin"
    let size = try FileManager.default.attributesOfItem(atPath: project.scratch.path(sealed))[.size] as? Int
    #expect(size == 320_000_000)
    #expect(!project.scratch.exists("state/long-work/seal.loans.1.train.candidate.1"))
    #expect(try project.refit("audit", "verify").status == 0)
  }
}
