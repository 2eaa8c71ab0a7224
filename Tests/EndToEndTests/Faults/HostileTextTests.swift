import Foundation
import RefitTesting
import Testing

/// Names and texts that are meant to do something else than to be read: none of them moves the cursor, runs a command,
/// leaves the project or makes a JSON answer unreadable, wherever it stands.
@Suite struct HostileTextTests {
  static let texts = [
    "../../escaped", "-rf", "$(touch pwned)", "`touch pwned`", "; touch pwned", "<script>alert(1)</script>",
    "a\r\nrefit: all is well", "\u{1B}[2J\u{1B}[31m", "\u{1B}]0;title\u{07}", "\u{202E}lleks", "\u{9B}31m",
    "\u{2028}line", "' OR 1=1 --", "%n%s%x", "\u{7F}\u{08}\u{08}", "\u{FEFF}bom",
    String(repeating: "long", count: 500),
  ]

  /// Control characters but the newline, and what turns the direction of reading.
  private static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0A: false
    case 0..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069, 0x200E, 0x200F, 0xFEFF: true
    default: false
    }
  }

  private static func check(_ answer: Command, of what: String) {
    check(answer.output, answer.errors, of: what)
  }

  private static func check(_ output: String, _ errors: String = "", of what: String) {
    for (name, text) in [("output", output), ("errors", errors)] {
      let found = text.unicodeScalars.first(where: isHarmful).map { String($0.value, radix: 16) }
      #expect(found == nil, "\(what) lets U+\(found ?? "") through to its \(name): \(text.debugDescription)")
      // A text that was split over lines could speak as Refit itself.
      #expect(what.hasPrefix("logs") || !text.contains("\nrefit: all is well"), "\(what): \(text)")
    }
  }

  /// A project in which the texts stand wherever a job, another system, a log or a person can put them.
  private static let played = SharedProject {
    let project = try TestProject(
      promotion: "approval", train: "hostile.sh", score: "scoring.sh",
      gates: TestProject.gates
        + "\n        - fairness: {measure: equal_opportunity_difference, groups: [sex], at-most: 0.9, min-group: 5}"
    )
    try project.live(0...14, truth: 1.5, version: nil, rows: 60)
    let strings = try JSONEncoder().encode(texts)
    try project.scratch.write(strings, to: "texts.json")
    try project.scratch.write(
      """
      . jobs/train.sh
      python3 jobs/hostile.py
      """, to: "jobs/hostile.sh")
    try project.scratch.write(
      """
      import json, os
      texts = json.load(open("texts.json"))
      output = os.environ["REFIT_OUTPUT"]
      json.dump({"p " + t: t for t in texts}, open(output + "/params.json", "w"))
      json.dump({"m " + t: 1.5 for t in texts}, open(output + "/metrics.json", "w"))
      json.dump([{"name": t, "uri": "https://x/" + t, "sha256": "0" * 64} for t in texts], open(output + "/inputs.json", "w"))
      for t in texts:
          name = t.replace("/", "_")[:200]
          open(output + "/" + name, "w").write("x")
          open(output + "/model/" + name, "w").write("x")
          print(t)
      with open(os.environ["REFIT_PROGRESS"], "w") as file:
          for t in texts:
              file.write(json.dumps({"done": 1, "note": t, "metrics": {t: 1.0}}) + "\\n")
      """, to: "jobs/hostile.py")
    try project.scratch.write(
      ". jobs/score.sh\ntest ! -e '\(project.path)/strangers' || cat '\(project.path)/strangers' >> $REFIT_OUTPUT/predictions.csv",
      to: "jobs/scoring.sh")
    let began = try project.tick(16)
    try #require(began.status == 0, "\(began.errors)")
    // Observations of another system.
    let lines = texts.map { text -> String in
      let fields = ["metric": text, "column": text, "slice": text]
      let object =
        (try? JSONEncoder().encode(fields)).map { String(decoding: $0, as: UTF8.self).dropLast() } ?? ""
      return object
        + ", \"value\": 1, \"sample_size\": 9, \"window\": {\"start\": \"\(TestProject.time(15))\", \"end\": \"\(TestProject.time(16))\"}}"
    }
    try project.scratch.write(
      lines.joined(separator: "\n") + "\n" + texts.joined(separator: "\n") + "\n",
      to: "state/monitoring/loans/a \u{1B}[31m.jsonl")
    try project.tick(17)
    let reasons = texts.filter { !$0.hasPrefix("-") }
    for (number, reason) in reasons.enumerated() where number % 2 == 0 {
      try project.refit("retrain", "loans", "--because", reason, "--wait")
      let other = reasons[(number + 1) % reasons.count]
      try project.refit("reject", "loans#\(project.runStates().count)", "--because", other)
    }
    try project.scratch.write(texts.map { "\"\($0)\",0.5\n" }.joined(), to: "strangers")
    try project.refit("retrain", "loans", "--because", "strangers", "--wait")
    try FileManager.default.removeItem(atPath: "\(project.path)/strangers")
    try project.refit("retrain", "loans", "--because", "last", "--wait")
    try project.refit("approve", "loans#\(project.runStates().count)", "--because", texts[7])
    return project
  }

  @Test func `no text reaches the terminal as anything but text`() throws {
    let project = try ProjectCopy(of: Self.played.path())
    let states = try project.runStates()
    try #require(
      states.last == "promoted" && states.contains("rejected") && states.contains("failed"), "\(states)")
    let last = states.count
    var commands = [
      ["status"], ["runs"], ["explain", "loans"], ["explain", "loans", "--last", "9"], ["lineage", "loans"],
      ["observations", "loans"], ["audit", "log", "--limit", "999"], ["audit", "verify"], ["schedule"],
      ["check"],
      ["monitor", "loans"], ["tick", "--now", TestProject.time(18)], ["rollback", "loans", "--because", "x"],
    ]
    commands += (1...last).map { ["show", "loans#\($0)"] }
    for command in commands {
      Self.check(try project.refit(command), of: command.joined(separator: " "))
      let answer = try project.refit(command + ["--json"])
      if answer.status == 0 {
        #expect((try? JSONSerialization.jsonObject(with: Data(answer.output.utf8))) != nil, "\(command)")
      }
      Self.check(answer, of: (command + ["--json"]).joined(separator: " "))
    }
    for text in Self.texts where !text.hasPrefix("-") {
      for command in [
        ["show", text], ["explain", text], ["lineage", text], ["logs", "loans#1", "--job", text],
        ["cancel", text],
        ["retrain", text, "--because", "x"], ["tick", "--now", text], [text],
        ["audit", "log", "--kind", text],
        ["lineage", "loans", "--at", text], ["observations", text],
      ] {
        let answer = try project.refit(command)
        #expect(answer.status != 0, "\(command)")
        Self.check(answer, of: command.joined(separator: " "))
      }
    }
    #expect(!project.scratch.exists("pwned"), "a text was run")
    let stray = try Command.run(
      "/usr/bin/find", [project.path, "-name", "*escaped*", "-not", "-path", "*/state/*"])
    #expect(stray.output.isEmpty, "\(stray.output)")
  }

  @Test func `on a terminal a log can't move the cursor, into a file it goes as it is`() throws {
    let project = try ProjectCopy(of: Self.played.path())
    let refit = try Products.path("refit")
    let piped = try project.refit(["logs", "loans#1", "--job", "train"])
    #expect(piped.output.contains("\u{1B}[2J"), "a program gets the bytes of the log")
    // `script` gives the command a terminal, and turns its newlines into carriage return and newline.
    let typed = try Command.run(
      "/usr/bin/script",
      ["-qec", "'\(refit)' logs 'loans#1' --job train --project '\(project.path)'", "/dev/null"],
      environment: ["NO_COLOR": "1", "TERM": "dumb"])
    let shown = typed.output.replacingOccurrences(of: "\r\n", with: "\n")
    Self.check(shown, of: "logs on a terminal")
    #expect(shown.contains("\\u{1B}[2J"), "\(shown.debugDescription)")
    #expect(shown.contains("trained with seed"))
  }

  @Test(arguments: texts)
  func `a configuration takes no such text for a name, and prints none of it raw`(_ text: String) throws {
    let project = try TestProject()
    let good = try project.scratch.read("refit.yaml")
    let quoted = String(decoding: try JSONEncoder().encode(text), as: UTF8.self)
    for (place, change) in [
      ("project", ("project: test", "project: \(quoted)")), ("model", ("  loans:", "  \(quoted):")),
      ("schedule", ("nightly:", "\(quoted):")), ("job", ("train: {kind", "\(quoted): {kind")),
      ("gate", ("- leakage:", "- \(quoted):")), ("key", ("version: 1", "version: 1\n\(quoted): 1")),
      ("metric", ("[roc_auc]", "[\(quoted)]")),
    ] {
      try project.scratch.write(good.replacingOccurrences(of: change.0, with: change.1), to: "refit.yaml")
      let answer = try project.refit("check")
      #expect(answer.status == 78, "\(place): \(answer)")
      Self.check(answer, of: "check of a \(place)")
    }
    #expect(!project.scratch.exists("pwned"))
  }
}
