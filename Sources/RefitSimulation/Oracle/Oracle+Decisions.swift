import GRDB
import RefitCore
import RefitStore

extension Oracle {
  /// The policies of all configurations, by their digest.
  func readPolicies(_ records: Records) throws {
    let known = knownConfigurations
    let rows = try records.rows(
      "SELECT rowid, json FROM model_configuration WHERE rowid > ? ORDER BY rowid", [known])
    for row in rows {
      let model = try CanonicalJSON.decode(Model.self, from: row["json"])
      let json = try CanonicalJSON.encode(model.retrain)
      policies[CanonicalJSON.digest(of: json).hex] = model.retrain
      knownConfigurations = row["rowid"]
    }
  }

  /// Each decision follows from what was recorded with it, byte for byte.
  func checkDecisions(_ records: Records) throws {
    let rows = try records.rows(
      "SELECT id, model, policy, decision, situation FROM decision WHERE id > ? ORDER BY id", [seenDecision])
    for row in rows {
      seenDecision = row["id"]
      guard let policy = policies[row.hex("policy")!] else {
        throw Violation(.sameDecision, "the policy of decision \(seenDecision) is not kept")
      }
      let situation = try CanonicalJSON.decode(Situation.self, from: row["situation"])
      let again = try CanonicalJSON.encode(policy.decide(situation))
      guard again == row["decision"] else {
        throw Violation(
          .sameDecision, "decision \(seenDecision) of \(row["model"] as String) is another one now")
      }
    }
  }

  /// What the specification says of a verdict, from the order of events alone.
  func checkVerdict(_ event: [String: PayloadField], model: String, at now: Int64) throws {
    guard let settings = timeline.current?.model(model), let verdict = event["verdict"]?.text,
      let schedule = settings.schedules.first(where: { $0.name == event["schedule"]?.text })
    else {
      throw Violation(.rowsAndLedger, "a decision of \(model) is of no schedule in force")
    }
    if schedule.isQueue, let live = timeline.live[model] {
      throw Violation(
        .queue, "\(model)/\(schedule.name) queues, and was decided while #\(live) is live")
    }
    let isRestrained =
      settings.mode == .observe || timeline.live[model] != nil || timeline.isPaused(model, at: now)
      || isCooling(settings, at: now)
    let isHeld = launcher.machine { state in
      let isSwept = state.sweptAt[model] == state.time.elapsed
      return isSwept || state.trees.values.contains { $0.model == model && ($0.isHeld || $0.isOrphaned) }
    }
    let possible: Set<String>
    switch (schedule.action, settings.policy) {
    case (.retrain, _) where isHeld: possible = ["restrained", "retrain"]
    case (.retrain, _): possible = [isRestrained ? "restrained" : "retrain"]
    case (.evaluate, .never): possible = ["hold"]
    case (.evaluate, .performance): possible = ["unknown"]
    case (.evaluate, _) where isHeld: possible = ["hold", "unknown", "restrained", "retrain"]
    case (.evaluate, _): possible = ["hold", "unknown", isRestrained ? "restrained" : "retrain"]
    }
    guard possible.contains(verdict) else {
      throw Violation(
        .sameDecision,
        "\(model)/\(schedule.name) at \(spoken(now)): \(verdict), where \(possible.sorted()) can be")
    }
  }

  private func isCooling(_ settings: ModelSettings, at now: Int64) -> Bool {
    let ended = timeline.ended[settings.name, default: []]
    let judged = ended.filter { ["promoted", "judged", "refused", "rejected"].contains($0.state) }.map(\.at)
      .max()
    let failed = ended.filter { $0.state == "failed" }.map(\.at).max()
    return judged.map { $0 + Int64(settings.cooldownHours) * 3600 > now } ?? false
      || failed.map { $0 + 3600 > now } ?? false
  }
}
