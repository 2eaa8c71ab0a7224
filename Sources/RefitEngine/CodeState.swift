import RefitCore
import RefitExecution

/// The commit that jobs run from, and the sealed diff where the tree was dirty.
struct CodeState {
  let commit: String
  let diff: Artifact?

  /// Nil where the project is no git checkout.
  static func read(
    at project: ProjectDirectory, code: [String], vault: ArtifactVault
  ) throws -> CodeState? {
    guard let checkout = try GitCheckout.read(at: project.root, code: code) else { return nil }
    return CodeState(commit: checkout.commit, diff: try checkout.diff.map { try vault.seal(bytes: $0) })
  }
}

/// The code state as it was a moment ago: attempts that start together run from the same code, and asking git is
/// dearer than a short job.
final class RecentCodeState {
  private let project: ProjectDirectory
  private let vault: ArtifactVault
  /// By the places of the code.
  private var newest: [[String]: (state: CodeState?, at: Instant)] = [:]

  init(project: ProjectDirectory, vault: ArtifactVault) {
    self.project = project
    self.vault = vault
  }

  /// Not older than five seconds. Untracked files count in these places, relative to the project.
  func state(of code: [String], at now: Instant) throws -> CodeState? {
    if let newest = newest[code], now >= newest.at, now - newest.at < Timespan(seconds: 5) {
      return newest.state
    }
    let state = try CodeState.read(at: project, code: code, vault: vault)
    newest[code] = (state, now)
    return state
  }
}
