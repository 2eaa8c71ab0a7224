import RefitCore
import RefitExecution

/// The commit that jobs run from, and the sealed diff where the tree was dirty.
struct CodeState {
  let commit: String
  let diff: Artifact?

  /// Nil where the project is no git checkout.
  static func read(at project: ProjectDirectory, vault: ArtifactVault) throws -> CodeState? {
    guard let checkout = GitCheckout.read(at: project.root) else { return nil }
    return CodeState(commit: checkout.commit, diff: try checkout.diff.map { try vault.seal(bytes: $0) })
  }
}

/// A value that is computed when it is first asked for.
final class Lazy<Value> {
  private let compute: () throws -> Value
  private var computed: Value?

  init(_ compute: @escaping () throws -> Value) {
    self.compute = compute
  }

  func value() throws -> Value {
    if let computed { return computed }
    let value = try compute()
    computed = value
    return value
  }
}
