import Glibc
import RefitCore
import RefitExecution
import Synchronization

/// A note beside the database of the run that is being driven and how far it has come, so that a run that takes the
/// orchestrator down with it is found out: whoever finds the note of another process knows that it died there.
///
/// It outlives the process, not a power failure: nothing waits for the disk.
final class DriveMark: Sendable {
  /// How often the orchestrator died in a row at one place of a run, without any progress of it.
  struct Deaths: Hashable {
    var progress: String
    var point: String
    var count: Int
  }

  /// So many deaths at one place are the run's fault.
  static let limit = 3

  private struct State {
    var deaths: [RunID: Deaths] = [:]
    var driving: (run: RunID, progress: String)?
    var step = ""
    var descriptor: Int32 = -1
  }

  private let path: String
  private let state = Mutex(State())

  init(_ project: ProjectDirectory) {
    path = project.drivingNote
  }

  /// Reads what another process left, and counts its death.
  func open() throws(FileBytes.Failure) {
    let text: String
    do { text = String(decoding: try FileBytes.read(path, limit: 1 << 20), as: UTF8.self) } catch {
      guard error.isMissing else { throw error }
      state.withLock { $0.deaths = [:] }
      return
    }
    var deaths: [RunID: Deaths] = [:]
    for line in text.split(separator: "\n").dropFirst() {
      let fields = line.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false).map(String.init)
      guard fields.count == 4, let run = RunID(fields[0]), let count = Int(fields[2]) else { continue }
      deaths[run] = Deaths(progress: fields[1], point: fields[3], count: count)
    }
    let first = text.split(separator: "\n").first?.split(separator: " ", maxSplits: 2).map(String.init) ?? []
    if first.count == 3, let run = RunID(first[0]) {
      var found = Deaths(
        progress: first[1], point: String(first[2].reversed().drop { $0 == " " }.reversed()), count: 1)
      if let former = deaths[run], former.progress == found.progress, former.point == found.point {
        found.count += former.count
      }
      deaths[run] = found
    }
    let counted = deaths
    state.withLock { $0.deaths = counted }
  }

  /// What is known of a run that has made no progress since; nil when nobody has died of it.
  func deaths(of run: Run) -> Deaths? {
    state.withLock { $0.deaths[run.id] }.flatMap { $0.progress == Self.progress(of: run) ? $0 : nil }
  }

  /// From here on the death of this process is noted as one of this run.
  func begin(_ run: Run) throws(FileBytes.Failure) {
    let isOpen = state.withLock { state in
      state.driving = (run.id, Self.progress(of: run))
      state.step = "the beginning"
      return state.descriptor >= 0
    }
    if isOpen { write(point: nil) } else { try rewrite() }
  }

  func reach(_ step: RunStep) {
    state.withLock { $0.step = step.place }
    write(point: nil)
  }

  func reach(_ point: FailPoint) {
    write(point: point)
  }

  /// The run has been driven, and this process lives.
  func end(_ run: Run) throws(FileBytes.Failure) {
    let wasSuspect = state.withLock { state in
      state.driving = nil
      return state.deaths.removeValue(forKey: run.id) != nil
    }
    if wasSuspect { try rewrite() }
  }

  /// All runs have been driven.
  func close() throws(FileBytes.Failure) {
    let (descriptor, isEmpty) = state.withLock { state in
      defer { state.descriptor = -1 }
      state.driving = nil
      return (state.descriptor, state.deaths.isEmpty)
    }
    if !isEmpty {
      try rewrite()
    } else if unlink(path) != 0, errno != ENOENT {
      throw FileBytes.Failure(path: path, doing: "can't be removed")
    }
    if descriptor >= 0 { Glibc.close(descriptor) }
    if !isEmpty { closeDescriptor() }
  }

  /// The process goes on without having driven all runs: nothing of it was a death.
  func forget() {
    state.withLock { $0.driving = nil }
    do { try close() } catch { closeDescriptor() }
  }

  private func closeDescriptor() {
    let descriptor = state.withLock { state in
      defer { state.descriptor = -1 }
      return state.descriptor
    }
    if descriptor >= 0 { Glibc.close(descriptor) }
  }

  // MARK: - The file

  /// Everything that moves when a run makes progress.
  private static func progress(of run: Run) -> String {
    let attempts = run.attempts.map {
      "\($0.key.job) \($0.key.subject) \($0.number) \($0.state) \($0.launches)"
    }
    let text =
      "\(run.state) \(run.candidate ?? 0) \(run.holdout?.hex ?? "") \(run.cancelRequested) \(attempts)"
    return String(FileDigest.digest(of: text.utf8).hex.prefix(16))
  }

  /// The first line, always as long: one write replaces it as a whole.
  private static func line(_ state: State, _ point: FailPoint?) -> [UInt8] {
    let text = state.driving.map { driving in
      "\(driving.run) \(driving.progress) \(state.step)\(point.map { ", \($0)" } ?? "")"
    }
    let bytes = Array((text ?? "").utf8.prefix(399))
    return bytes + [UInt8](repeating: UInt8(ascii: " "), count: 399 - bytes.count) + [UInt8(ascii: "\n")]
  }

  private func write(point: FailPoint?) {
    state.withLock { state in
      guard state.descriptor >= 0, state.driving != nil else { return }
      let line = Self.line(state, point)
      pwrite(state.descriptor, line, line.count, 0)
    }
  }

  /// Replaces the file as a whole, and keeps it open for the next line.
  private func rewrite() throws(FileBytes.Failure) {
    let temporary = path + ".new"
    let descriptor = Glibc.open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw FileBytes.Failure(path: temporary, doing: "can't be created") }
    let (bytes, former) = state.withLock { state in
      var bytes = Self.line(state, nil)
      for (run, deaths) in state.deaths {
        bytes += "\(run) \(deaths.progress) \(deaths.count) \(deaths.point)\n".utf8
      }
      defer { state.descriptor = descriptor }
      return (bytes, state.descriptor)
    }
    if former >= 0 { Glibc.close(former) }
    guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count else {
      throw FileBytes.Failure(path: temporary, doing: "can't be written")
    }
    guard rename(temporary, path) == 0 else {
      throw FileBytes.Failure(path: path, doing: "can't be replaced")
    }
  }
}

extension RunStep {
  /// Where a process that dies in this step has died.
  fileprivate var place: String {
    switch self {
    case .freezeHoldout: "freezing the holdout"
    case .begin: "beginning"
    case .launch(let attempt): "launching \(attempt.place)"
    case .attend(let attempt): "attending \(attempt.place)"
    case .cancel(let attempt): "cancelling \(attempt.place)"
    case .enterGates, .judge: "judging"
    case .judgeAgain: "judging again"
    case .awaitApproval: "asking for approval"
    case .promote: "promoting"
    case .end: "ending"
    }
  }
}

extension Attempt {
  fileprivate var place: String { "\(job) of the \(subject.rawValue), attempt \(number)" }
}
