import RefitTesting
import Testing

@Suite struct SecretTests {
  @Test func `a secret that a job prints is in no file that Refit keeps`() throws {
    let project = try TestProject(
      train: "talkative.sh", options: ", variables: {DATABASE: \"https://u:${file:password}@host\"}")
    try project.scratch.write("canary-4711\n", to: "password")
    try project.scratch.write(
      """
      . jobs/train.sh
      echo "connecting to $DATABASE"
      password=${DATABASE#*:*:}
      echo "by ${password%@host}" >&2
      """, to: "jobs/talkative.sh")
    try project.live(0...12, truth: 1.5, version: nil, rows: 20)
    try project.tick(14)
    try project.refit("retrain", "loans", "--because", "first", "--wait")
    #expect(
      try project.scratch.read("state/runs/loans/1/train/1/log").hasSuffix("connecting to ***\nby ***\n"))
    let search = try Command.run("/bin/grep", ["-rl", "canary-4711", "state"], in: project.path)
    #expect(search.status == 1, "\(search.output)\(search.errors)")
  }
}
