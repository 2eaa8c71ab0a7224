import RefitCore

/// A job as far as it could be read.
struct JobDraft {
  var name: Name
  /// Of its name.
  var place: Place
  /// Nil when it is wrong.
  var kind: Job.Kind?
  var needs: [Placed<Name>]
  var given: [Placed<String>]
  /// Nil when anything in it is wrong.
  var job: Job?
}

extension ModelReader {
  mutating func readPipeline() {
    guard map.has("pipeline") else {
      if let mode, mode != .observe { map.missing("pipeline") }
      return
    }
    jobs = map.part("pipeline") { entry in
      let map = MapReader(names: entry.value, "'pipeline'", at: entry.place, diagnostics: diagnostics)
      return map?.named("job").map(readJob)
    }
    guard let jobs = jobs.value else { return }
    checkKinds(jobs, at: map.place(of: "pipeline"))
    for job in jobs { checkGiven(job) }
    checkNeeds(jobs)
    PipelineGraph(jobs: jobs, diagnostics: diagnostics).check()
  }

  private func readJob(_ name: Name, _ entry: YAMLEntry) -> JobDraft {
    let title = "job '\(name)'"
    var draft = JobDraft(name: name, place: entry.place, kind: nil, needs: [], given: [], job: nil)
    let errors = diagnostics.errorCount
    guard let map = MapReader(entry.value, .job, title, at: entry.place, diagnostics: diagnostics) else {
      return draft
    }
    draft.kind = map.has("kind") ? map.optional("kind", .choice("kind", of: Job.Kind.self)) : .other
    draft.needs = map.list("needs", of: .name, mayBeEmpty: true, mayBeScalar: true)
    draft.given = map.list("given", of: .text, mayBeEmpty: true)
    let settings = JobReader(map: map, kind: draft.kind)
    let job = settings.job(
      name, needs: draft.needs.map(\.value), given: draft.given.map(\.value), sandbox: sandbox)
    draft.job = diagnostics.errorCount == errors ? job : nil
    return draft
  }

  private func checkKinds(_ jobs: [JobDraft], at place: Place) {
    guard let mode, !jobs.contains(where: { $0.kind == nil }) else { return }
    let train = jobs.filter { $0.kind == .train }
    if train.isEmpty, mode != .observe {
      diagnostics.error(place, "the pipeline needs a job of 'kind: train': its model/ is the candidate")
    }
    for kind in [Job.Kind.train, .score] {
      let same = jobs.filter { $0.kind == kind }
      for job in same.dropFirst() {
        diagnostics.error(
          job.place,
          "the pipeline may have only one job of 'kind: \(kind.rawValue)', and it has '\(same[0].name)'")
      }
    }
  }

  /// Without a holdout there is nothing to score, and a job that waits for the score job would wait for ever.
  private func checkNeeds(_ jobs: [JobDraft]) {
    guard holdout.isAbsent else { return }
    let score = Set(jobs.filter { $0.kind == .score }.map(\.name))
    for job in jobs {
      for need in job.needs where score.contains(need.value) {
        diagnostics.error(
          need.place,
          "job '\(job.name)' needs '\(need.value)', which is only run where there is a 'holdout', "
            + "and \(map.title) has none")
      }
    }
  }

  /// Score jobs see the features and never the groups, unless a group column is given for being a feature.
  private func checkGiven(_ job: JobDraft) {
    guard job.kind == .score else { return }
    let groups: [String]
    switch holdout {
    case .broken: return
    case .absent: groups = []
    case .given(let holdout): groups = holdout.groups
    }
    for column in job.given where !groups.contains(column.value) {
      diagnostics.error(
        column.place, "'\(column.value)' is not in the holdout's 'groups': only those need be given")
    }
    guard let features = features.value else { return }
    for column in job.given where groups.contains(column.value) && !features.names.contains(column.value) {
      diagnostics.error(column.place, "'\(column.value)' is not in 'features': only a feature may be given")
    }
    let given = job.given.map(\.value)
    for column in groups where features.names.contains(column) && !given.contains(column) {
      diagnostics.error(
        job.place,
        "'\(column)' is a feature and in the holdout's 'groups': list it in 'given' of job '\(job.name)'")
    }
  }

  /// Nil when that can't be told.
  var hasScoreJob: Bool? {
    switch jobs {
    case .absent: false
    case .broken: nil
    case .given(let jobs):
      jobs.contains { $0.kind == .score } ? true : jobs.contains { $0.kind == nil } ? nil : false
    }
  }

  /// Whether the train job declares the rows that it trains on; nil when that can't be told.
  var declaresTraining: Bool? {
    guard case .given(let jobs) = jobs else { return jobs.isAbsent ? false : nil }
    guard let train = jobs.first(where: { $0.kind == .train }) else {
      return jobs.contains { $0.kind == nil } ? nil : false
    }
    return train.job.map { $0.training != nil }
  }
}
