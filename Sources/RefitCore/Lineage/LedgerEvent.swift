/// One entry of the ledger. Its leaf covers everything but the payload, which its digest binds.
public struct LedgerEvent: Hashable, Sendable, Codable {
  /// What happened.
  public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    case projectCreated = "project-created"
    case configurationApplied = "configuration-applied"
    case occurrenceDecided = "occurrence-decided"
    case occurrenceHeld = "occurrence-held"
    case occurrenceReady = "occurrence-ready"
    case occurrenceCoalesced = "occurrence-coalesced"
    case occurrenceSkipped = "occurrence-skipped"
    case occurrenceMissed = "occurrence-missed"
    case clockAccepted = "clock-accepted"
    case zoneDataChanged = "zone-data-changed"
    case evidenceChanged = "evidence-changed"
    case observationsRejected = "observations-rejected"
    case observationsBackfilled = "observations-backfilled"
    case runOpened = "run-opened"
    case holdoutFrozen = "holdout-frozen"
    case attemptPlanned = "attempt-planned"
    case attemptEnded = "attempt-ended"
    case candidateSealed = "candidate-sealed"
    case gatesJudged = "gates-judged"
    case approvalRequested = "approval-requested"
    case approvalGiven = "approval-given"
    case approvalVoided = "approval-voided"
    case cancelRequested = "cancel-requested"
    case runEnded = "run-ended"
    case promoted
    case rolledBack = "rolled-back"
    case published
    case paused, resumed
    case alert
  }

  /// 1, 2, 3… without a gap.
  public var sequence: Int64
  public var at: Instant
  /// The operating system's user, or `refit`.
  public var actor: String
  public var kind: Kind
  public var model: Name?
  public var run: Int?
  public var payloadDigest: Digest
  /// JSON; nil once it has been pruned.
  public var payload: String?

  public init(
    sequence: Int64, at: Instant, actor: String, kind: Kind, model: Name?, run: Int?, payloadDigest: Digest,
    payload: String?
  ) {
    self.sequence = sequence
    self.at = at
    self.actor = actor
    self.kind = kind
    self.model = model
    self.run = run
    self.payloadDigest = payloadDigest
    self.payload = payload
  }

  /// The bytes that the leaf hash is taken of: the fields, each behind its length in bytes, so that no two
  /// events have the same bytes.
  public var leafBytes: [UInt8] {
    var bytes: [UInt8] = []
    for field in [
      "\(sequence)", "\(at.microseconds)", actor, kind.rawValue, model?.text ?? "",
      run.map(String.init) ?? "",
      payloadDigest.hex,
    ] {
      let utf8 = Array(field.utf8)
      withUnsafeBytes(of: UInt32(utf8.count).bigEndian) { bytes.append(contentsOf: $0) }
      bytes.append(contentsOf: utf8)
    }
    return bytes
  }
}
