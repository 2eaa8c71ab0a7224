import RefitEngine
import RefitExecution

extension ProjectOptions {
  /// Attempts on this machine that could not be killed.
  func heldAttempts() throws -> HeldAttempts {
    HeldAttempts(project: try directory()) { directory in try LocalExecutor.isLocked(directory: directory) }
  }
}
