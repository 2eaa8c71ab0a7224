import Foundation
import RefitCore
import RefitTesting

/// A way to fail points: how a project comes there, and the command that is killed.
struct Scene: Sendable {
  let name: String
  /// What the command does, and nothing else of note: it is killed before and after each.
  let deeds: [FailPoint.Deed]
  /// The command; the time is that of `when`.
  let command: [String]
  /// Seconds of simulated time since the beginning.
  let when: Double
  /// Brings a fresh project to where the command is given.
  let prepare: @Sendable (TorturedProject) throws -> Void
  /// Whether what the command asks for is recorded: else the person who gave it gives it again.
  let isDone: @Sendable (StateRows) -> Bool

  var time: Date { TorturedProject.simulatedBegin + when }

  static let because = ["--because", "a scene"]

  static let all: [Scene] = [
    Scene(
      name: "the first tick",
      deeds: [.migrate, .createProject, .applyConfiguration, .setSimulatedClock],
      command: ["tick"], when: 60, prepare: { _ in }, isDone: { _ in true }),
    Scene(
      name: "an evaluation that retrains",
      deeds: [.recordEvaluation, .appendObservations, .appendEvents, .recordDataFile],
      command: ["tick", "--wait"], when: 5400,
      prepare: { project in
        try promote("loans", in: project)
        try project.observe("", at: TorturedProject.simulatedBegin + 5300)
        try project.observe("no number", at: TorturedProject.simulatedBegin, file: "broken")
      }, isDone: { _ in true }),
    Scene(
      name: "occurrences that are too late", deeds: [.passOccurrences], command: ["tick"], when: 9000,
      prepare: { project in
        try project.schedule("misfire: {run: skip, grace: 1m}")
        try tick(project, 60)
      }, isDone: { _ in true }),
    Scene(
      name: "an occurrence that waits for its data", deeds: [.holdOccurrence, .prepareCheck, .recordCheck],
      command: ["tick", "--wait"], when: 1260,
      prepare: { project in
        try project.schedule("ready: {run: [/bin/true], every: 10s, within: 6h}")
        try tick(project, 60)
      }, isDone: { _ in true }),
    Scene(
      name: "a first run", deeds: [.openRun, .keepDrawKey],
      command: ["retrain", "loans", "--wait"] + because, when: 60,
      prepare: { try tick($0, 60) }, isDone: { !$0.runs.isEmpty }),
    Scene(
      name: "a run against a champion",
      deeds: [
        .freezeHoldout, .commitTransition, .prepareAttempt, .launch, .sealOutputs, .publish,
        .recordPublication,
      ],
      command: ["retrain", "loans", "--wait"] + because, when: 60,
      prepare: { try promote("loans", in: $0) }, isDone: { $0.runs.count == 2 }),
    Scene(
      name: "a run with more to copy than a tick does by itself", deeds: [.beginWork, .clearWork],
      command: ["retrain", "loans", "--wait"] + because, when: 60,
      prepare: { project in
        try project.makeHeavy()
        try tick(project, 60)
      }, isDone: { !$0.runs.isEmpty }),
    Scene(
      name: "a pause", deeds: [.pause], command: ["pause", "loans"] + because, when: 60,
      prepare: { try tick($0, 60) }, isDone: { $0.events.contains { $0.kind == "paused" } }),
    Scene(
      name: "the end of a pause", deeds: [.resume], command: ["resume", "loans"] + because, when: 60,
      prepare: { project in
        try tick(project, 60)
        try run(project, "pause", "loans")
      }, isDone: { $0.events.contains { $0.kind == "resumed" } }),
    Scene(
      name: "a backfill", deeds: [.appendBackfill],
      command: ["backfill", "loans", "--from", TorturedProject.text(TorturedProject.simulatedBegin - 7200)],
      when: 60, prepare: { try promote("loans", in: $0) },
      isDone: { $0.events.contains { $0.kind == "observations-backfilled" } }),
    Scene(
      name: "an approval", deeds: [.commitTransition, .publish, .recordPublication],
      command: ["approve", "churn#1"] + because, when: 60,
      prepare: { project in
        try tick(project, 60)
        try run(project, "retrain", "churn", "--wait")
      }, isDone: { $0.promotions.count == 1 || $0.events.contains { $0.kind == "approval-given" } }),
    Scene(
      name: "a rollback", deeds: [.rollBack, .publish, .recordPublication],
      command: ["rollback", "loans"] + because, when: 60,
      prepare: { project in
        try promote("loans", in: project)
        try run(project, "retrain", "loans", "--wait")
      }, isDone: { $0.promotions.contains { $0.kind == "rollback" } }),
    Scene(
      name: "a cancel", deeds: [.commitTransition, .cancel],
      command: ["cancel", "loans#1"] + because, when: 60,
      prepare: { project in
        try tick(project, 60)
        try project.hold()
        try run(project, "retrain", "loans")
        try until(project) { $0.lines.contains { $0.word == .start } }
      }, isDone: { $0.events.contains { $0.kind == "cancel-requested" } }),
    Scene(
      name: "a cancel of what no supervisor has taken up", deeds: [.void],
      command: ["cancel", "loans#1"] + because, when: 60,
      prepare: { project in
        try tick(project, 60)
        let environment = ["REFIT_KILL_AT": "before:launch"]
        _ = try project.start(["retrain", "loans"] + because, environment: environment).wait()
      }, isDone: { $0.events.contains { $0.kind == "cancel-requested" } }),
    Scene(
      name: "a lost attempt", deeds: [.sweep], command: ["tick"], when: 61,
      prepare: { project in
        try tick(project, 60)
        try project.hold()
        try run(project, "retrain", "loans")
        try until(project) { $0.lines.contains { $0.word == .start } }
        for victim in ProcessTable.attempts(of: project.path) where victim.isSupervisor {
          kill(victim.pid, SIGKILL)
        }
      }, isDone: { _ in true }),
  ]

  // MARK: - How a project comes there

  private static func tick(_ project: TorturedProject, _ seconds: Double) throws {
    let tick = try project.tick(at: TorturedProject.simulatedBegin + seconds)
    guard tick.ending == .exited(0) else { throw SupportFailure("a tick \(tick.ending): \(tick.printed)") }
  }

  private static func run(_ project: TorturedProject, _ arguments: String...) throws {
    let command = try project.start(arguments + because)
    let ending = try command.wait()
    guard ending == .exited(0) else { throw SupportFailure("\(arguments) \(ending): \(command.printed)") }
  }

  private static func promote(_ model: String, in project: TorturedProject) throws {
    try tick(project, 60)
    try run(project, "retrain", model, "--wait")
  }

  static func until(_ project: TorturedProject, _ condition: (Witness) -> Bool) throws {
    guard eventually(within: 30, { condition(Witness(of: project)) }) else {
      throw SupportFailure("waited in vain for the witness of \(project.path)")
    }
  }
}

/// What has come of a scene, as far as it must be the same whether it was interrupted or not.
struct SceneOutcome: Equatable {
  var lines: [String]

  init(_ rows: StateRows) {
    lines = rows.runs.map { "run \($0.name): \($0.state), \($0.reason ?? "")" }
    lines += rows.attempts.map { "attempt \($0.name): \($0.state)" }
    lines += rows.versions.map { "version \($0)" }
    lines += rows.reports.map { "report \($0)" }
    lines += rows.promotions.map { "promotion \($0)" }
    lines += rows.occurrences.map { "occurrence \($0)" }
    lines += rows.decisions.map { "decision \($0.model) \($0.nominal) \($0.verdict)" }
    // When things came to pass, by kinds: some kinds tell of each tick or each try.
    for kind in ["paused", "resumed", "observations-backfilled", "rolled-back", "approval-given", "alert"] {
      lines.append("\(rows.events.count { $0.kind == kind }) events '\(kind)'")
    }
    lines += rows.champions.map { "champion \($0.model)@\($0.version)" }
    lines.sort()
  }

  /// What is different, a line each.
  func differences(from reference: SceneOutcome) -> [String] {
    lines.filter { !reference.lines.contains($0) }.map { "only after the kill: \($0)" }
      + reference.lines.filter { !lines.contains($0) }.map { "only without: \($0)" }
  }
}
