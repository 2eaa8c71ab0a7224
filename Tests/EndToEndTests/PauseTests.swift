import Foundation
import RefitTesting
import Testing

@Suite struct PauseTests {
  @Test func `a paused model refuses a retraining, keeps an approval, and goes on when it is resumed`() throws
  {
    let project = try TestProject(promotion: "approval")
    try project.live(0...14, truth: 1.5, version: nil)
    try project.tick(16)
    try project.refit("retrain", "loans", "--because", "first", "--wait")
    #expect(try project.refit("pause", "loans", "--for", "3d", "--because", "freeze").status == 0)
    let approved = try project.refit("approve", "loans#1", "--because", "fine")
    #expect(approved.status == 0)
    #expect(approved.output.contains("is promoted when the pause ends: loans is paused by"))
    #expect(project.champion == nil)
    #expect(try project.refit("status").output.contains("freeze"))
    #expect(
      try project.refit("explain", "loans").output.contains("is paused by") == false,
      "nothing was decided yet")
    #expect(try project.refit("resume", "loans", "--because", "done").output == "loans goes on.\n")
    #expect(project.champion == 1)
    try project.scratch.write("moved\n", to: "state/PAUSED")
    let refused = try project.refit("retrain", "loans", "--because", "now")
    #expect(refused.status == 1)
    #expect(refused.errors.contains("state/PAUSED"))
    #expect(refused.errors.contains("moved"))
    #expect(try project.tick(17).output.contains("the project is paused by the file state/PAUSED"))
    #expect(try project.refit("explain", "loans").output.contains("now the project is paused by the file"))
    #expect(try project.refit("audit", "verify").status == 0)
  }
}
