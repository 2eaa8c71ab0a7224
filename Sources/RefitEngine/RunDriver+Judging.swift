import RefitCore
import RefitExecution
import RefitStore
import RefitTables

extension RunDriver {
  /// Judges the candidate against the champion that serves now, and records the report.
  func judge(_ work: inout Work, _ context: RunMachine.Context) throws {
    let run = work.run
    guard let number = run.candidate,
      let candidate = try store.version(VersionID(model: run.id.model, number: number))
    else {
      work.apply(.ended(.failed, reason: "no job left a model: there is nothing to judge"), at: now)
      return
    }
    let champion = context.champion
    let judging = LongWork.judge(
      run.id, candidate: candidate.id, model: candidate.model, champion: champion?.id)
    let judgement: Judgement
    do {
      let read = [run.holdout, candidate.training, champion?.training]
      let judged = try result(of: judging, weighing: bytes(of: read), &work) {
        try judge(run, candidate: candidate, champion: champion)
      }
      guard let judged else { return }
      judgement = judged
    } catch let error as DataError {
      work.apply(.ended(.failed, reason: "The candidate could not be judged: \(error)."), at: now)
      return
    }
    let looks = try run.holdout.map { try store.looks($0, including: candidate.model) } ?? 0
    let report = GateReport(
      candidate: number, champion: champion?.id.number, holdout: run.holdout, rows: judgement.rows,
      looks: looks, blind: try blindness(of: run), results: judgement.results)
    let json = try CanonicalJSON.encode(report)
    work.apply(.judged(report, json: json, digest: CanonicalJSON.digest(of: json)), at: now)
  }

}

extension RunReading {
  /// All that the gates read, on the pinned holdout.
  func evidence(
    for run: Run, candidate: Version, champion: Version?, holdout: Digest
  ) throws -> Evidence {
    do { try vault.verify(holdout) } catch { throw DataError(error) }
    let rows = try HoldoutRows.read(vault.path(of: holdout), model: run.model)
    guard let predictions = try predictions(of: candidate, holdout: holdout, rows, run.model) else {
      throw DataError("the candidate's predictions are missing")
    }
    return Evidence(
      labels: rows.labels, candidate: predictions,
      champion: try opponent(champion, run, holdout: holdout, rows), groups: rows.groups,
      candidateTraining: try training(of: candidate, rows),
      championTraining: try champion.map { try training(of: $0, rows) },
      threshold: run.model.decision ?? DecisionThreshold())
  }

  private func opponent(
    _ champion: Version?, _ run: Run, holdout: Digest, _ rows: HoldoutRows
  ) throws -> Evidence.Champion {
    guard let champion else {
      guard try !store.promotions(run.id.model).isEmpty else { return .never }
      return .unavailable(version: nil, reason: "the model had a champion, and has none now")
    }
    let number = champion.id.number
    if let predictions = try predictions(of: champion, holdout: holdout, rows, run.model) {
      return .scored(version: number, predictions)
    }
    let failed = run.attempts.last { $0.subject == .champion && $0.version == number }
    let reason =
      failed.map { Self.sentence(of: $0, run) }
      ?? (champion.score == nil
        ? "it was sealed without a score job" : "it was not scored, since no gate compares with it")
    return .unavailable(version: number, reason: reason)
  }

  /// Why a champion's score job has left no predictions, and where to look.
  fileprivate static func sentence(of attempt: Attempt, _ run: Run) -> String {
    let reason = attempt.reason ?? "it \(attempt.state.rawValue)"
    let told = reason.hasPrefix("it ") ? "its score job \(reason.dropFirst(3))" : "its score job: \(reason)"
    return "\(told); 'refit logs \(run.id) --job \(attempt.job)' shows more"
  }

  private func predictions(
    of version: Version, holdout: Digest, _ rows: HoldoutRows, _ model: Model
  ) throws -> Evidence.Predictions? {
    guard let digest = try store.predictions(version.id, holdout: holdout) else { return nil }
    do { try vault.verify(digest) } catch { throw DataError(error) }
    return try rows.predictions(at: vault.path(of: digest), model: model)
  }

  /// How many rows of the holdout are among those that the version declared to have been trained on.
  private func training(of version: Version, _ rows: HoldoutRows) throws -> Evidence.Training {
    guard let digest = version.training, let column = version.trainingID else {
      return .undeclared(reason: "the train job of \(version.id) declares no 'training' file")
    }
    do {
      let table = try CSVFile.read(
        [vault.path(of: digest)], columns: [ColumnRequest(column, as: .text)])
      let ids = try table.text(column)
      var hits: Set<Int> = []
      for row in 0..<ids.count {
        if let hit = ids.withBytes(at: row, { rows.index[$0] }) { hits.insert(hit) }
      }
      let examples = hits.sorted().prefix(3).map { rows.ids[$0] }
      return .overlap(rows: hits.count, of: rows.ids.count, examples: examples)
    } catch {
      throw DataError(error, prefix: "the training file of \(version.id): ")
    }
  }
}
