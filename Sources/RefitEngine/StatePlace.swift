import RefitExecution

extension Orchestrator {
  /// Makes `state/`, where it is not there yet.
  ///
  /// - Throws: `refused` when it lies where neither locks nor syncs can be relied on.
  func makeState() throws {
    try FileBytes.makeDurableDirectory(project.state)
    guard let name = try NetworkFileSystem.name(at: project.state) else { return }
    throw EngineError.refused(
      "\(project.state) lies on a network file system (\(name)): locks and syncs can't be relied on there, and "
        + "another machine could tick beside this one. Move state/ to a disk of this machine; a symbolic link to it "
        + "will do. Data and jobs may stay where they are.")
  }
}
