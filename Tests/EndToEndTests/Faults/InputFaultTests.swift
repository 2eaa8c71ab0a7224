import Foundation
import RefitTesting
import Testing

/// Files that come from outside, and are not what they should be: told by name and place, never healthy, never waited
/// for.
@Suite struct InputFaultTests {
  /// What lies in the place of a file: its name, and a script that makes it at `$1` from the good one at `$2`.
  static let shapes = [
    ("nothing in it", ": > \"$1\""),
    ("half a row at its end", "head -c 700 \"$2\" > \"$1\""),
    ("a named pipe", "mkfifo \"$1\""),
    ("a directory", "mkdir \"$1\""),
    ("a link that leads nowhere", "ln -s nowhere \"$1\""),
    ("a link to itself", "ln -s \"${1##*/}\" \"$1\""),
    ("a device", "ln -s /dev/zero \"$1\""),
    ("bytes that are no UTF-8", "cp \"$2\" \"$1\"; printf '\\377\\376\\n' >> \"$1\""),
    ("NUL bytes", "head -c 1000 /dev/zero > \"$1\""),
    ("a tebibyte of nothing", "truncate -s 1T \"$1\""),
    ("one line of 80 MB", "head -c 80000000 /dev/zero | tr '\\\\0' x > \"$1\""),
    (
      "a column twice",
      "head -1 \"$2\" | sed 's/$/,application/' > \"$1\"; sed -n '2,$s/$/,x/p' \"$2\" >> \"$1\""
    ),
    ("a quote that never ends", "cp \"$2\" \"$1\"; printf '\"never' >> \"$1\""),
  ]

  /// A project that would call its champion healthy on day 18.
  private static let healthy = SharedProject {
    let project = try TestProject(
      when: "{performance: {metric: roc_auc, drop: 0.3, from: holdout, min-samples: 100}}")
    try project.live(0...14, truth: 1.5, version: nil, rows: 60)
    try project.tick(16)
    try project.refit("retrain", "loans", "--because", "first", "--wait")
    try project.live(15...17, truth: 1.5, version: 1, rows: 60)
    return project
  }

  private static func make(_ script: String, at path: String, from good: String) throws {
    let made = try Command.run("/bin/sh", ["-ec", script, "sh", path, good])
    try #require(made.status == 0, "\(made.errors)")
  }

  private static func verdict(_ project: ProjectCopy) throws -> String {
    let answer = try project.refit(["explain", "loans", "--json"])
    let object = try JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [String: Any]
    return (object?["decision"] as? [String: Any])?["verdict"] as? String ?? "none"
  }

  @Test func `the project that is to be disturbed is healthy`() throws {
    let project = try ProjectCopy(of: Self.healthy.path())
    #expect(try project.refit(["tick", "--now", TestProject.time(20)]).status == 0)
    let why = try project.refit(["explain", "loans"]).output
    #expect(try Self.verdict(project) == "hold", "\(why)")
  }

  @Test(arguments: ["predictions", "labels"], shapes)
  func `a log that can't be read makes its numbers unknown`(_ log: String, _ shape: (String, String)) throws {
    let project = try ProjectCopy(of: Self.healthy.path())
    let good = project.scratch.path("data/\(log)/day-017.csv")
    try Self.make(shape.1, at: project.scratch.path("data/\(log)/day-018.csv"), from: good)
    // What is large is read by a process of its own.
    let ticked = try project.refit(["tick", "--now", TestProject.time(20), "--wait"])
    #expect(ticked.status == 0, "\(ticked)")
    #expect(try Self.verdict(project) == "unknown", "\(ticked)")
    let why = try project.refit(["explain", "loans"]).output
    #expect(why.contains("day-018.csv"), "\(why)")
    #expect(!why.unicodeScalars.contains { $0.value < 32 && $0 != "\n" }, "\(why)")
    // Nor is a holdout drawn of it, and the reason is told.
    let retrained = try project.refit(["retrain", "loans", "--because", "to see", "--wait"])
    #expect(retrained.status == 1, "\(retrained)")
    #expect(try project.refit(["show", "loans#2"]).output.contains("day-018.csv"))
    #expect(try project.refit(["audit", "verify"]).status == 0)
  }

  @Test(arguments: shapes)
  func `numbers of other systems that can't be read are rejected by name`(_ shape: (String, String)) throws {
    let project = try ProjectCopy(of: Self.healthy.path())
    for name in ["latency.jsonl", "latency.prom"] {
      let place = try project.scratch.makeDirectory("state/monitoring/loans") + "/\(name)"
      try Self.make(shape.1, at: place, from: project.scratch.path("refit.yaml"))
    }
    #expect(try project.refit(["tick", "--now", TestProject.time(20)]).status == 0)
    let rejected = try project.refit(["audit", "log", "--kind", "observations-rejected"]).output
    // What has no end of a line yet may still be being written.
    if shape.0 != "nothing in it", shape.0 != "NUL bytes" {
      #expect(rejected.contains("latency.jsonl"), "\(rejected)")
      #expect(rejected.contains("latency.prom"), "\(rejected)")
    }
    let known = try project.refit(["observations", "loans"]).output
    #expect(!known.contains("latency"), "\(known)")
  }

  static let configurations = [
    ("nothing in it", ": > \"$1\"", true),
    ("half of it", "head -c 400 \"$2\" > \"$1\"", true),
    ("a named pipe", "mkfifo \"$1\"", true),
    ("a directory", "mkdir \"$1\"", true),
    ("a device", "ln -s /dev/zero \"$1\"", true),
    ("a link that leads nowhere", "ln -s nowhere \"$1\"", false),
    ("bytes that are no UTF-8", "cp \"$2\" \"$1\"; printf '\\377\\376' >> \"$1\"", true),
    ("NUL bytes", "head -c 1000 /dev/zero > \"$1\"", true),
    ("a tebibyte of nothing", "truncate -s 1T \"$1\"", true),
    ("a key twice", "cp \"$2\" \"$1\"; echo 'project: other' >> \"$1\"", true),
    ("an alias", "cp \"$2\" \"$1\"; printf 'a: &a x\\nb: *a\\n' >> \"$1\"", true),
    (
      "a billion laughs",
      """
      { echo 'a0: &a0 [lol]'; for i in 1 2 3 4 5 6 7 8 9; do p=$((i - 1)); \
      echo "a$i: &a$i [*a$p, *a$p, *a$p, *a$p, *a$p, *a$p, *a$p, *a$p, *a$p, *a$p]"; done; } > "$1"
      """, true
    ),
    ("a hundred thousand brackets", "head -c 100000 /dev/zero | tr '\\\\0' '[' > \"$1\"", true),
    ("a tag that makes an object", "echo '!!python/object/apply:os.system [id]' > \"$1\"", true),
  ]

  @Test(arguments: configurations)
  func `with a refit.yaml that can't be used the last good one stays in force`(
    _ configuration: (String, String, Bool)
  ) throws {
    let (name, script, isThere) = configuration
    let project = try ProjectCopy(of: Self.healthy.path())
    let good = project.scratch.path("good.yaml")
    try FileManager.default.moveItem(atPath: project.scratch.path("refit.yaml"), toPath: good)
    try Self.make(script, at: project.scratch.path("refit.yaml"), from: good)
    let ticked = try project.refit(["tick", "--now", TestProject.time(20)])
    #expect(ticked.status == 78, "\(name): \(ticked)")
    #expect(ticked.errors.contains("refit.yaml"), "\(name): \(ticked)")
    #expect(ticked.errors.utf8.count < 20_000, "\(name): \(ticked)")
    #expect(try project.refit(["check"]).status == 78)
    if isThere {
      #expect(ticked.errors.contains("the last good configuration stays in force"), "\(name): \(ticked)")
      #expect(try Self.verdict(project) == "hold", "what was due is decided by it")
    }
    try FileManager.default.removeItem(atPath: project.scratch.path("refit.yaml"))
    try FileManager.default.moveItem(atPath: good, toPath: project.scratch.path("refit.yaml"))
    #expect(try project.refit(["tick", "--now", TestProject.time(20)]).status == 0)
  }

  @Test(arguments: shapes)
  func `a fixed holdout that can't be read fails the run by name`(_ shape: (String, String)) throws {
    let project = try ProjectCopy(of: Self.healthy.path())
    let text = try project.scratch.read("refit.yaml")
    try project.scratch.write(
      text.replacingOccurrences(
        of: "{draw: {from: feedback, last: 10d, share: 0.3}, groups: [sex]}", with: "{path: data/holdout.csv}"
      ),
      to: "refit.yaml")
    let good = try project.scratch.write(
      "application,scored_at,x,defaulted\n"
        + (0..<60).map { "h\($0),\(TestProject.time(3)),\($0 % 7).5,\($0 % 2)\n" }.joined(),
      to: "data/good.csv")
    try Self.make(shape.1, at: project.scratch.path("data/holdout.csv"), from: good)
    let retrained = try project.refit(["retrain", "loans", "--because", "to see", "--wait"])
    #expect(retrained.status == 1, "\(retrained)")
    let shown = try project.refit(["show", "loans#2"]).output
    #expect(shown.contains("holdout.csv"), "\(shown)")
  }
}
