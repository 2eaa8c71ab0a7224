import RefitCore
import RefitExecution

/// What earlier days have left behind.
extension Doctor {
  func leftovers() -> [Diagnosis] {
    let orphans = MachineFacts.orphans(of: project).map { process in
      Diagnosis.problem(
        "processes", "process \(process) belongs to an attempt that nobody supervises any more",
        "the next tick ends it; if it does not, kill it")
    }
    let former = formerAttempts
    guard !former.isEmpty else { return orphans }
    return orphans + [
      .warning(
        "leftovers", "\(former.count) directories of attempts were moved aside, the first is \(former[0])",
        "look at what they hold, and remove them")
    ]
  }

  /// Directories that an attempt of the same name has moved aside.
  private var formerAttempts: [String] {
    func names(_ path: String) -> [String] { (try? FileBytes.names(in: path)) ?? [] }
    let runs = "\(project.state)/runs"
    return names(runs).flatMap { model in
      names("\(runs)/\(model)").flatMap { run in
        names("\(runs)/\(model)/\(run)").flatMap { job in
          names("\(runs)/\(model)/\(run)/\(job)").filter { $0.contains(".former-") }.map {
            "\(runs)/\(model)/\(run)/\(job)/\($0)"
          }
        }
      }
    }
  }
}
