import RefitCore
import RefitExecution
import RefitStore

/// What keeps models of a project still: the pauses of the database, and the file `state/PAUSED`.
public enum ProjectPauses {
  /// All that anybody has said and nobody has ended, whether its own time is over or not.
  public static func read(
    _ project: ProjectDirectory, _ store: some StoreQueries
  ) throws(StoreError) -> [Pause] {
    let recorded = try store.openPauses()
    // Of the file the row tells only since when.
    guard var file = PauseFile.read(project) else { return recorded.filter { $0.origin != .file } }
    file.since = recorded.first { $0.origin == .file }?.since
    return [file] + recorded.filter { $0.origin != .file }
  }
}

extension Orchestrator {
  func pauses(in store: Store) throws(StoreError) -> [Pause] {
    try ProjectPauses.read(project, store)
  }

  /// Records that `state/PAUSED` has come or gone, and closes pauses whose own time is over. What is in force never
  /// depends on it.
  func notePauses(_ session: Session, _ report: inout TickReport) throws {
    let (store, now) = (session.store, session.now)
    let recorded = try store.openPauses()
    let noticed = recorded.first { $0.origin == .file }
    switch (PauseFile.read(project), noticed) {
    case (let file?, nil):
      try store.pause(file, at: now)
      report.news.append(file.sentence)
    case (nil, _?):
      try store.resume(nil, origin: .file, at: now, actor: "refit", because: "state/PAUSED is gone")
      report.news.append("the project goes on: state/PAUSED is gone")
    case (_?, _?), (nil, nil): break
    }
    for pause in recorded where !pause.isInForce(at: now) {
      let because = "its time was over"
      try store.resume(pause.model, origin: pause.origin, at: now, actor: "refit", because: because)
      report.news.append(
        "\(pause.model?.text ?? "the project") goes on: the pause of \(pause.actor) is over")
    }
  }
}
