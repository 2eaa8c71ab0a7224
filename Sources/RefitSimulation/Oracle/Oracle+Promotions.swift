import Foundation
import GRDB

extension Oracle {
  /// Each move of a champion was earned: by passed gates on these bytes against the champion that served, and by a
  /// person's yes where the model asks for one; or it goes back to a version that has served.
  func checkPromotions(_ records: Records) throws {
    let rows = try records.rows(
      """
      SELECT promotion.*, run.number AS run_number, lower(hex(version.sealed)) AS sealed,
        origin.number AS origin_number
      FROM promotion LEFT JOIN run ON run.id = promotion.run
      LEFT JOIN version ON version.model = promotion.model AND version.number = promotion.version
      LEFT JOIN run AS origin ON origin.id = version.run
      WHERE promotion.id > ? ORDER BY promotion.id
      """, [seenPromotion])
    for row in rows {
      seenPromotion = row["id"]
      promotionCount += 1
      let model: String = row["model"]
      let name = "\(model)@\(row["version"] as Int)"
      guard let sealed: String = row["sealed"], let origin: Int = row["origin_number"] else {
        throw Violation(.lineageComplete, "\(name) was promoted, and there is no such version")
      }
      guard row["previous"] as Int? == champions[model]?.version else {
        throw Violation(
          .promotionEarned,
          "\(name) takes over from \(row["previous"] as Int? ?? 0), but \(champions[model]?.version ?? 0) served"
        )
      }
      if row["kind"] as String == "promotion" {
        try checkEarned(row, name: name, sealed: sealed, records)
      } else {
        let served = try records.number(
          "SELECT count(*) FROM promotion WHERE model = ? AND version = ? AND id < ?",
          [model, row["version"] as Int, seenPromotion])
        guard served ?? 0 > 0 else {
          throw Violation(.promotionEarned, "\(name) serves by a rollback, and has never served before")
        }
      }
      try checkBytes(name: name, sealed: sealed, origin: "\(model)#\(origin)", .promotionEarned)
      try checkLineage(name: name, version: row["version"], model: model, records)
      champions[model] = Champion(version: row["version"], run: "\(model)#\(origin)", sealed: sealed)
    }
  }

  private func checkEarned(_ row: Row, name: String, sealed: String, _ records: Records) throws {
    let model: String = row["model"]
    guard let number: Int = row["run_number"], let settings = timeline.settings["\(model)#\(number)"] else {
      throw Violation(.promotionEarned, "\(name) was promoted by no run")
    }
    let report = try records.rows(
      "SELECT * FROM gate_report WHERE run = ? ORDER BY id DESC LIMIT 1", [row["run"] as Int64]
    ).first
    guard let report, report["candidate"] as Int == row["version"] as Int,
      report["champion"] as Int? == row["previous"] as Int?
    else {
      throw Violation(.promotionEarned, "\(name) was not judged against the champion that it takes over from")
    }
    let holdout: Data? = try records.rows("SELECT digest FROM holdout WHERE run = ?", [row["run"] as Int64])
      .first?["digest"]
    guard report["holdout"] as Data? == holdout else {
      throw Violation(.promotionEarned, "\(name) was judged on another holdout than its run froze")
    }
    let verdicts = try Self.verdicts(report["json"])
    if settings.gates != .none || settings.promotion == .automatic {
      guard verdicts.allSatisfy({ $0 == "pass" }),
        settings.holdout == .none || !verdicts.isEmpty || settings.gates == .none
      else { throw Violation(.unknownIsNotSuccess, "\(name) was promoted with the verdicts \(verdicts)") }
    }
    guard settings.mode == .promote else {
      throw Violation(.promotionEarned, "\(name) was promoted in mode \(settings.mode.rawValue)")
    }
    if settings.promotion == .approval || verdicts.isEmpty {
      try checkApproval(row, report, name: name, sealed: sealed, run: "\(model)#\(number)", records)
    }
    try checkMetrics(row, settings, name: name, run: "\(model)#\(number)", records)
  }

  private func checkApproval(
    _ row: Row, _ report: Row, name: String, sealed: String, run: String, _ records: Records
  ) throws {
    let approvals = try records.number(
      """
      SELECT count(*) FROM approval JOIN run ON run.id = approval.run
      WHERE approval.run = ? AND lower(hex(artifact)) = ? AND gate_report = ?
        AND approval.configuration = run.configuration
      """, [row["run"] as Int64, sealed, report["digest"] as Data])
    guard approvals ?? 0 > 0, approved.contains(run) else {
      throw Violation(
        .promotionEarned, "\(name) was promoted, and nobody said yes to these bytes and this report")
    }
  }

  /// Computes what the gates say again, from the predictions in the vault and the labels of the scenario.
  private func checkMetrics(
    _ row: Row, _ settings: ModelSettings, name: String, run: String, _ records: Records
  ) throws {
    guard settings.gates != .none, settings.holdout != .none else { return }
    let digest =
      try records.rows(
        """
        SELECT lower(hex(digest)) AS digest FROM artifact_use JOIN artifact ON artifact.id = artifact_use.artifact
        JOIN attempt ON attempt.id = artifact_use.attempt
        WHERE artifact_use.run = ? AND role = 'predictions' AND direction = 'output' AND subject = 'candidate'
        """, [row["run"] as Int64]
      ).first?["digest"] as String?
    guard let digest, let text = ScratchProject.read(vaultPath(digest)) else {
      throw Violation(.promotionEarned, "\(name) was promoted without predictions on the holdout")
    }
    let ids = text.split(separator: "\n").dropFirst().map { String($0.prefix { $0 != "," }) }
    let candidate = Self.auc(ids, model: SimulatedJob.model(seed: seed, run: run))
    guard candidate >= ModelSettings.leastAUC else {
      throw Violation(.promotionEarned, "\(name) was promoted with an AUC of \(candidate)")
    }
    guard settings.gates != .metric, let former = champions[settings.name]?.run else { return }
    let champion = Self.auc(ids, model: SimulatedJob.model(seed: seed, run: former))
    guard candidate - champion >= -ModelSettings.margin - 1e-9 else {
      throw Violation(
        .promotionEarned, "\(name) was promoted with an AUC of \(candidate), its champion has \(champion)")
    }
  }

  /// The share of pairs of a positive and a negative row that are in the right order; ties count half.
  static func auc(_ ids: [String], model: String) -> Double {
    let rows = ids.compactMap { id in Int(id.dropFirst()).map { (id, $0) } }
    let scored = rows.map { id, row in
      (SimulatedJob.score(x: SimulatedData.x(row), id: id, model: model), SimulatedData.isPositive(row))
    }
    var right = 0.0
    var pairs = 0.0
    for positive in scored where positive.1 {
      for negative in scored where !negative.1 {
        pairs += 1
        right += positive.0 > negative.0 ? 1 : positive.0 == negative.0 ? 0.5 : 0
      }
    }
    return pairs == 0 ? 0 : right / pairs
  }

  private static func verdicts(_ json: String) throws -> [String] {
    struct Report: Decodable {
      struct Result: Decodable { var verdict: String }
      var results: [Result]
    }
    return try JSONDecoder().decode(Report.self, from: Data(json.utf8)).results.map(\.verdict)
  }

  func vaultPath(_ digest: String) -> String {
    "\(project.directory.vault)/\(digest.prefix(2))/\(digest)"
  }

  /// The sealed model is, byte for byte, what the job of that run wrote.
  func checkBytes(name: String, sealed: String, origin: String, _ invariant: Invariant) throws {
    let found = ScratchProject.read("\(vaultPath(sealed))/weights")
    guard found == SimulatedJob.model(seed: seed, run: origin) else {
      throw Violation(invariant, "\(name) serves, and its sealed bytes are not what \(origin) has trained")
    }
  }

  private func checkLineage(name: String, version: Int, model: String, _ records: Records) throws {
    let row = try records.rows(
      """
      SELECT run.id, run.decision, run.trigger_person,
        (SELECT count(*) FROM model_configuration AS c WHERE c.model = run.model AND c.digest = run.configuration)
          AS configurations,
        (SELECT count(*) FROM gate_report WHERE run = run.id) AS reports,
        (SELECT count(*) FROM attempt JOIN attempt_launch ON attempt_launch.attempt = attempt.id
          WHERE attempt.run = run.id AND state = 'succeeded') AS launches,
        (SELECT count(*) FROM artifact_use JOIN artifact ON artifact.id = artifact_use.artifact
          WHERE artifact_use.run = run.id AND digest = version.sealed AND direction = 'output') AS seals,
        version.code, version.training
      FROM version JOIN run ON run.id = version.run WHERE version.model = ? AND version.number = ?
      """, [model, version]
    ).first
    guard let row, row["configurations"] as Int == 1, row["reports"] as Int > 0, row["launches"] as Int > 0,
      row["seals"] as Int > 0, row["training"] as Data? != nil,
      row["decision"] as Int64? != nil || row["trigger_person"] as String? != nil
    else { throw Violation(.lineageComplete, "\(name) does not resolve to what it came from") }
  }
}
