import Foundation
import RefitTesting
import Testing

/// Observations that other systems leave in `state/monitoring/`.
@Suite struct StateFileTests {
  static func line(_ metric: String, _ value: Double, day: Int) -> String {
    """
    {"metric": "\(metric)", "value": \(value), "sample_size": 900, "window": {"start": "\(TestProject.time(day, hour: 1))", \
    "end": "\(TestProject.time(day, hour: 2))"}}
    """
  }

  static func project() throws -> TestProject {
    let project = try TestProject(when: "{observation: {name: latency_p95_ms, above: 250}}")
    try project.live(0...14, truth: 1.5, version: nil)
    try project.tick(16)
    try project.refit("retrain", "loans", "--because", "first", "--wait")
    return project
  }

  func verdict(_ project: TestProject) throws -> String {
    let decision = try project.json("explain", "loans")["decision"] as? [String: Any]
    return decision?["verdict"] as? String ?? "none"
  }

  @Test func `a number of another system fires a condition`() throws {
    let project = try Self.project()
    // Past the cooldown of the first version.
    try project.scratch.write(
      Self.line("latency_p95_ms", 300, day: 19) + "\n", to: "state/monitoring/loans/latency.jsonl")
    try project.tick(19)
    #expect(try verdict(project) == "retrain")
  }

  @Test(arguments: [
    ("nothing", ""),
    ("half a line", line("latency_p95_ms", 300, day: 19).prefix(40) + ""),
    ("a line without its newline", line("latency_p95_ms", 300, day: 19)),
    ("a future window", line("latency_p95_ms", 300, day: 30) + "\n"),
    ("no JSON", "latency is high\n"),
    ("the same key twice", "{\"metric\": \"latency_p95_ms\", \"metric\": \"x\"}\n"),
    ("a stale window", line("latency_p95_ms", 300, day: 12) + "\n"),
  ])
  func `what can't be used is unknown, never healthy`(_ name: String, _ text: String) throws {
    let project = try Self.project()
    try project.scratch.write(text, to: "state/monitoring/loans/latency.jsonl")
    #expect(try project.tick(19).status == 0)
    #expect(try verdict(project) == "unknown", "\(name)")
  }

  @Test func `Prometheus text is read, and a bad line does not lose the others`() throws {
    let project = try Self.project()
    let stamp = Int64((1_767_225_600 + 19 * 86_400 + 7200)) * 1000
    try project.scratch.write(
      "# TYPE latency_p95_ms gauge\nlatency_p95_ms 300 \(stamp)\nbroken{ 1\n",
      to: "state/monitoring/loans/node.prom")
    try project.tick(19)
    #expect(try verdict(project) == "retrain")
    let rejected = try project.refit("audit", "log", "--kind", "observations-rejected").output
    #expect(rejected.contains("node.prom:3"))
  }
}
