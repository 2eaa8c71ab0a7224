import RefitCore

extension AttemptWorkspace {
  /// What the attempt sees of the files, as they are now; nil where its job wants no sandbox.
  ///
  /// Of `state/` it sees its own input, output and progress. The labels of the holdout are kept from every job: a
  /// score job can read neither the holdout's source nor any feedback, any other job finds the feedback without the
  /// rows that are withheld.
  ///
  /// - Throws: a `DataError` when a feedback file can't be read; a `FileBytes.Failure` when storage fails.
  public func view(of attempt: Attempt, job: Job, run: Run, inputs: Inputs) throws -> SandboxView? {
    guard job.sandbox != .none else { return nil }
    let layout = Layout(root: project.attempt(attempt.key, of: run.id))
    try FileBytes.touch(layout.progress)
    var view = SandboxView(
      isRequired: job.sandbox == .required, temporary: "\(project.state)/tmp", readOnly: [project.root],
      emptied: [project.state],
      shown: [layout.input], writable: [layout.output, layout.progress])
    if case .path(let path)? = run.model.holdout?.origin { view.masked = [project.absolute(path)] }
    switch inputs {
    case .scoring:
      view.shown.append(layout.work)
      view.masked += try hidden(run.model.feedback.map { project.files(matching: $0.path) } ?? [])
    case .outputs(_, let withheld?):
      let feedback = WithheldFeedback(project: project, vault: vault)
      view.covered = try feedback.covers(for: run, withheld: withheld).filter {
        !view.masked.contains($0.file)
      }
    case .outputs(_, withheld: nil): break
    }
    return view
  }

  /// Removes what an attempt had as its own `/tmp`. Its supervisor does so by itself, unless it was killed.
  public func clearTemporary(_ attempt: Attempt, of run: Run) throws(VaultError) {
    try FileTree.remove("\(project.attempt(attempt.key, of: run.id))/tmp")
  }

  /// Removes the directory of an attempt that was prepared and never recorded.
  public func discard(_ attempt: Attempt, of run: Run) throws(VaultError) {
    try FileTree.remove(project.attempt(attempt.key, of: run.id))
  }

  /// Removes what only the attempts of a run need, none of which is alive or will be.
  public func clear(_ run: Run) throws(FileBytes.Failure) {
    try WithheldFeedback.remove(of: run.id, in: project)
  }

  /// The files, or rather their directory where it has nothing else: so one that arrives later is hidden, too.
  private func hidden(_ files: [String]) throws(FileBytes.Failure) -> [String] {
    var hidden: [String] = []
    for (directory, files) in Dictionary(grouping: files, by: Self.parent).sorted(by: { $0.key < $1.key }) {
      let isAll = try FileBytes.names(in: directory).count == files.count
      // The project's own folder stays: the state lies in it.
      let isApart = directory != project.root && !project.state.hasPrefix(directory + "/")
      hidden += isAll && isApart ? [directory] : files
    }
    return hidden
  }

  private static func parent(_ path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }
}
