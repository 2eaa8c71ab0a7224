extension BadFile {
  /// What comes with a later version is refused by its name.
  private static func later(
    _ name: String, _ old: String, _ new: String, in file: String = SampleFile.lending
  ) -> BadFile {
    BadFile("'\(name)\(name.contains("'") ? "" : "'") is not supported yet", (old, new), in: file)
  }

  static let later =
    ["secrets: {env-file: .secrets}", "notifiers: {}", "templates: {}", "include: models/*.yaml"].map {
      entry in
      later(key(entry), "clock: wall", "clock: wall\n«\(entry)")
    }
    + [
      "like: scorecard", "tags: [a]", "about: {tier: 1}", "sources: []", "notify: []",
      "slices: [a]",
      "executor: ray", "trial: {}", "publish: []", "bake: {}",
    ].map { entry in
      later(key(entry), "mode: promote", "mode: promote\n    «\(entry)")
    }
    + ["unless: {quality: {}}", "budget: {runs: 4}", "freeze: []", "first-run: at-once"].map { entry in
      later(key(entry), "cooldown: 3d", "cooldown: 3d\n      «\(entry)")
    }
    + ["confidence: 0.95", "slice: a", "each: region", "estimated: allow", "distinct: true"].map { entry in
      later(key(entry), "from: promotion,", "from: promotion, «\(entry),")
    }
    + ["p-below: 0.05", "correction: holm", "weight: importance", "reference: previous"].map { entry in
      later(key(entry), "above: 0.2,", "above: 0.2, «\(entry),")
    }
    + ["trend: {}", "concept-drift: {}", "fairness: {}", "quality: {}"].map { entry in
      later(key(entry), "age: {over: 180d, since: promoted}", "«\(entry)")
    }
    + ["slice: {}", "importance: {}", "stability: {}", "limit: {}", "command: {}"].map { entry in
      later(key(entry), "- leakage: {}", "- «\(entry)")
    }
    + ["fairness: {}", "quality: {}", "estimate: {}"].map { entry in
      later(key(entry), "    monitors:\n", "    monitors:\n      «\(entry)\n")
    }
    + ["ratchet: 0.01", "confidence: 0.95", "intersections: report"].map { entry in
      later(key(entry), "min-group: 50", "min-group: 50, «\(entry)")
    }
    + values

  private static let values = [
    later(
      "variables", "misfire: once", "misfire: once, ready: {run: [jobs/landed], «variables: {A: b}}"),
    later("looks", "groups: [sex, age_band]", "groups: [sex, age_band]\n      «looks: 20"),
    later(
      "at-least", "not: {observation: {name: error_rate, above: 0.01, for: 2}}",
      "«at-least: 2\n                any: [age: {over: 1d}]"),
    later("query", "path: data/labels/*.csv", "path: data/labels/*.csv\n      «query: SELECT 1"),
    later("run", "path: data/labels/*.csv", "path: data/labels/*.csv\n      «run: [x]"),
    later("share", "rows: 5000", "rows: 5000, «share: 0.5"),
    later("cluster", "not-worse-by: 0.02,", "not-worse-by: 0.02, «cluster: day,"),
    later("slices", "by: matured", "by: matured, «slices: [region]"),
    later("season", "from: promotion", "from: «season"),
    later("reference", "from: promotion", "from: «reference"),
    later("multiclass-classification", "task: binary-classification", "task: «multiclass-classification"),
    later("promotion' as a map", "promotion: automatic", "promotion: «{approval: {}}"),
    later("groups' as a map", "groups: [sex, age_band]", "groups: «{path: g.csv}"),
    later("precision_macro", "[roc_auc, recall", "[«precision_macro, recall"),
    later("lift", "[roc_auc, recall", "[«lift, recall"),
    later(
      "false_positive_rate_parity", "measure: equalized_odds_difference",
      "measure: «false_positive_rate_parity"),
  ]

  private static func key(_ entry: String) -> String { String(entry.prefix { $0 != ":" }) }
}
