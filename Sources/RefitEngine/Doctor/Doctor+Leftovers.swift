import RefitCore
import RefitExecution

/// What earlier days have left behind.
extension Doctor {
  func leftovers() -> [Diagnosis] { orphans() + formerAttempts() }

  private func orphans() -> [Diagnosis] {
    let subject = "processes"
    let found: ProcessSearch.Found
    do throws(FileBytes.Failure) { found = try ProcessSearch.orphans(of: project) } catch {
      return [.unseen(subject, "whether jobs run that nobody supervises", error)]
    }
    let orphans = found.processes.map { process in
      Diagnosis.problem(
        subject, "process \(process) belongs to an attempt that nobody supervises any more",
        "the next tick ends it; if it does not, kill it")
    }
    guard let first = found.unseen.first else { return orphans }
    let more = found.unseen.count > 1 ? " (and \(found.unseen.count - 1) more)" : ""
    return orphans + [
      .warning(
        subject, "whether jobs run that nobody supervises can't be told of all processes: \(first)\(more)",
        "run doctor as the user who ticks")
    ]
  }

  private func formerAttempts() -> [Diagnosis] {
    let subject = "leftovers"
    let former: [String]
    do throws(FileBytes.Failure) { former = try formerDirectories() } catch {
      return [.unseen(subject, "whether attempts were moved aside", error)]
    }
    guard let first = former.first else { return [] }
    return [
      .warning(
        subject, "\(former.count) directories of attempts were moved aside, the first is \(first)",
        "look at what they hold, and remove them")
    ]
  }

  /// Directories that an attempt of the same name has moved aside: of each model, run and job.
  private func formerDirectories() throws(FileBytes.Failure) -> [String] {
    var folders = ["\(project.state)/runs"]
    for _ in ["model", "run", "job"] {
      var inner: [String] = []
      for folder in folders { inner += try paths(in: folder) }
      folders = inner
    }
    var former: [String] = []
    for folder in folders { former += try paths(in: folder).filter { $0.contains(".former-") } }
    return former
  }

  /// None in what is no directory, or has gone meanwhile.
  private func paths(in folder: String) throws(FileBytes.Failure) -> [String] {
    do { return try FileBytes.names(in: folder).map { "\(folder)/\($0)" } } catch {
      if error.isMissing { return [] }
      throw error
    }
  }
}
