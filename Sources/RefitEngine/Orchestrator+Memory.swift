import Glibc
import RefitExecution

extension Orchestrator {
  /// Refuses to begin anew where the traces of an earlier record lie: a database that is missing or empty there is a
  /// loss, and never a new project.
  func refuseToForget() throws(EngineError) {
    let loss: String
    switch FileBytes.size(of: project.database) {
    case nil: loss = "is not there"
    case 0: loss = "is empty"
    default: return
    }
    let traces = [project.vault, "\(project.state)/models", "\(project.state)/runs"]
    let trace = traces.first(where: FileBytes.exists).map { "\($0) is" }
    guard let trace = trace ?? (openStore.isOpen ? "it was open a moment ago" : nil) else { return }
    throw .system(
      "\(project.database) \(loss), but \(trace): what was recorded is lost. Put a backup in its place, or move "
        + "\(project.state) away to begin anew")
  }
}
