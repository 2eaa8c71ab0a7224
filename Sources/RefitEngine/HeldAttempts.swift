import RefitCore
import RefitExecution
import RefitStore

/// Attempts that could not be killed, or that were given up while they went on. While processes of one are still there
/// its model gets no new run: the two would meet in the same files. Nothing is stored of it: the rows say which attempts
/// ended so, and their locks whether that still holds.
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
  /// As this world's launcher tells. Processes whose supervisor is gone hold no lock and end by nobody's hand: they are
  /// killed, and hold their model until none is left.
  var heldAttempts: HeldAttempts {
    let world = world
    return HeldAttempts(project: project) { directory in
      if try world.launcher.isHeld(directory: directory) { return true }
      guard case .lost(sameBoot: true, let token) = try world.launcher.probe(directory: directory) else {
        return false
      }
      return try !world.performing(.sweep) { try world.launcher.sweep(directory: directory, token: token) }
    }
  }
}
