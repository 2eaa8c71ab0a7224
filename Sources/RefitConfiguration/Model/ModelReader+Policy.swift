import RefitCore

extension ModelReader {
  /// Nil when anything in it is wrong.
  func readPolicy() -> RetrainPolicy? {
    guard map.has("retrain") else { return RetrainPolicy() }
    return map.ifSound {
      guard let retrain = map.map("retrain", .retrain) else { return nil }
      let standard = RetrainPolicy()
      let condition = retrain.entry("when").flatMap { entry in
        ConditionReader(model: self).condition(entry.value, at: entry.place)
      }
      if retrain.has("when"), !schedules.isEmpty, !schedules.contains(where: { $0.action == .evaluate }) {
        diagnostics.warning(
          retrain.place(of: "when"),
          "nothing evaluates this policy: \(map.title) has no schedule with 'do: evaluate'")
      }
      return RetrainPolicy(
        when: condition, cooldown: retrain.optional("cooldown", .durationOrZero) ?? standard.cooldown,
        cooldownAfterFailure: retrain.optional("after-failure", .durationOrZero)
          ?? standard.cooldownAfterFailure)
    }
  }
}
