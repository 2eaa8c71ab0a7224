import Foundation
import GRDB
import RefitCore
import RefitStore

/// Watches a simulated project from outside, and throws the first invariant that does not hold. It is written from
/// the specification: what it expects comes from the scenario, the witness and plain arithmetic, never from the
/// engine.
final class Oracle {
  let project: ScratchProject
  let launcher: SimulatedLauncher
  let seed: UInt64
  /// What each text of `refit.yaml` that was ever written means.
  var settings: [String: ProjectSettings] = [:]
  /// Runs to which a person said yes.
  var approved: Set<String> = []
  /// Sealed models that someone has written to, by digest.
  var swapped: Set<String> = []

  // What it knows by now.
  var timeline = Timeline()
  var ledger = WatchedLedger()
  var seenOccurrence: Int64 = 0
  var seenDecision: Int64 = 0
  var seenRun: Int64 = 0
  var seenPromotion: Int64 = 0
  var seenReport: Int64 = 0
  var seenSpan: Int64 = 0
  /// What became of each occurrence that is recorded.
  var occurrences: [OccurrenceKey: String] = [:]
  /// By schedule: those that were decided, or ever waited; where another one may find its heir.
  var heirs: [String: Set<OccurrenceKey>] = [:]
  /// Records of many that were read and not judged yet.
  var spans: [Recorded] = []
  /// What waits, since when each that ever waited did, and what has begun to since it last looked.
  var waiting: Set<OccurrenceKey> = []
  /// Those of them that no check has called ready.
  var awaitingData: Set<OccurrenceKey> = []
  var waitedSince: [OccurrenceKey: Int64] = [:]
  /// When the latest check of each began.
  var lastChecked: [OccurrenceKey: Int64] = [:]
  var begun: [OccurrenceKey] = []
  var triggers: Set<OccurrenceKey> = []
  var champions: [String: Champion] = [:]
  var policies: [String: RetrainPolicy] = [:]
  var promotionCount = 0
  private var openRecords: Records?
  var knownConfigurations: Int64 = 0
  var seenAttempts = SeenAttempts()
  var seenChecks = SeenAttempts()
  /// How often a process was killed at a fail point.
  var deaths = 0
  /// What was paused when it last looked, and what there was then.
  var pausedBefore: Set<String> = []
  var newestBefore: [String: Int64] = [:]
  var checks = 0

  struct Champion {
    var version: Int
    var run: String?
    var sealed: String
  }

  /// What was just done.
  enum Step {
    /// A tick that nothing stopped and nothing troubled, at this wall time.
    case cleanTick(now: Int64)
    case other
  }

  init(project: ScratchProject, launcher: SimulatedLauncher, seed: UInt64) {
    self.project = project
    self.launcher = launcher
    self.seed = seed
  }

  /// Checks everything that can be checked between two steps.
  func check(after step: Step) throws {
    checks += 1
    if let violation = launcher.machine(\.witness.violations.first) { throw violation }
    guard let records = try records() else { return }
    try readPolicies(records)
    try readWithdrawn(records)
    try readOccurrences(records)
    try readLedger(records)
    try checkOccurrences(records, after: step)
    try checkRuns(records)
    try checkDecisions(records)
    try checkReports(records)
    try checkAttempts(records)
    try checkChecks(records)
    try checkPromotions(records)
    try checkChampions(records, after: step)
    try checkPauses(records)
    if checks % 250 == 0 { try checkWhole() }
  }

  /// What takes longer: the ledger from its first event, and the rows against it.
  func checkWhole() throws {
    let reader = try StoreReader(path: project.directory.database)
    let verification = try reader.verify()
    try reader.close()
    guard verification.isIntact else {
      throw Violation(.ledgerVerifies, verification.findings.map(\.sentence).joined(separator: "; "))
    }
    guard let records = try records() else { return }
    try ledger.checkEverything(records)
    try checkCounts(records)
  }

  /// The rows as they are now; nil where there is no database yet. It stays open until `letGo`.
  func records() throws -> Records? {
    if openRecords == nil { openRecords = try Records(path: project.directory.database) }
    return openRecords
  }

  /// Closes the database, as each reader beside Refit does sooner or later.
  func letGo() throws {
    try openRecords?.close()
    openRecords = nil
  }
}
