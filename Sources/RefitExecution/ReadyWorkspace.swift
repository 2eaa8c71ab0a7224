import RefitCore

/// The directories of checks, under `state/ready`: of each schedule the newest check's stays, for looking at its log.
public struct ReadyWorkspace {
  /// Between TERM and KILL of a check that takes too long.
  public static let grace = Timespan(seconds: 10)

  let project: ProjectDirectory

  public init(project: ProjectDirectory) {
    self.project = project
  }

  /// Where a check of an occurrence runs: `state/ready/MODEL/SCHEDULE/20261201T021500Z-3`.
  public func directory(of pending: PendingOccurrence, check number: Int) -> String {
    let nominal = pending.nominal.description.filter { $0 != "-" && $0 != ":" }
    return "\(schedule(pending))/\(nominal)-\(number)"
  }

  private func schedule(_ pending: PendingOccurrence) -> String {
    "\(project.state)/ready/\(pending.model)/\(pending.schedule)"
  }

  /// Makes the directory of a check that has not been recorded yet, and removes what earlier checks of the schedule
  /// left: none of them goes on.
  public func prepare(_ pending: PendingOccurrence, check number: Int) throws {
    let parent = schedule(pending)
    try FileBytes.makeDurableDirectory(parent)
    for name in try FileBytes.names(in: parent) { try FileTree.remove("\(parent)/\(name)") }
    try FileBytes.makeDurableDirectory(directory(of: pending, check: number))
  }

  /// The order that starts a check. Its environment is built from nothing.
  public func order(_ pending: PendingOccurrence, _ rule: ReadyRule, _ check: ReadyCheck) -> LaunchOrder {
    let told = [
      "REFIT_MODEL": pending.model.text, "REFIT_SCHEDULE": pending.schedule.text,
      "REFIT_NOMINAL": pending.nominal.description, "REFIT_WAITING_SINCE": pending.since.description,
      "REFIT_CHECK": String(check.number), "REFIT_TOKEN": check.token,
    ]
    let environment = AttemptWorkspace.plainEnvironment.merging(told) { $1 }
    return LaunchOrder(
      directory: directory(of: pending, check: check.number), arguments: rule.run,
      workingDirectory: project.root, environment: environment, secrets: [], token: check.token,
      timeout: rule.timeout, grace: Self.grace, memory: nil, log: ByteCount(bytes: 64 << 10),
      wake: project.wake)
  }

  /// The last lines that a check printed, three of them at most, in one; nil when it printed none.
  public func lastWords(in directory: String) -> String? {
    let bytes: [UInt8]
    do { bytes = try FileBytes.read("\(directory)/log", limit: 1 << 20) } catch {
      return error.isMissing ? nil : "its log can't be read: \(error)"
    }
    let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).suffix(3).map {
      let words = $0.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
      return words.count > 200 ? words.prefix(199) + "…" : words
    }.filter { !$0.isEmpty }
    return lines.isEmpty ? nil : lines.joined(separator: " | ")
  }
}
