import RefitCore
import RefitExecution
import RefitStore

/// Attempts that could not be killed. While processes of one are still there its model gets no new run: the two
/// would meet in the same files. Nothing is stored of it: the rows say which attempts ended so, and their locks
/// whether that still holds.
public struct HeldAttempts {
  private let project: ProjectDirectory
  private let isHeld: (_ directory: String) throws -> Bool

  /// - Parameter isHeld: whether somebody holds the lock in an attempt's directory.
  public init(project: ProjectDirectory, isHeld: @escaping (_ directory: String) throws -> Bool) {
    self.project = project
    self.isHeld = isHeld
  }

  /// The oldest one of a model; nil when there is none.
  public func first(of model: Name, in store: some StoreQueries) throws -> HeldAttempt? {
    try store.unkillableAttempts(model).first { held in
      try isHeld(project.attempt(held.key, of: held.run))
    }
  }
}

extension Orchestrator {
  /// As this world's launcher tells.
  var heldAttempts: HeldAttempts {
    let launcher = world.launcher
    return HeldAttempts(project: project) { directory in try launcher.isHeld(directory: directory) }
  }
}
