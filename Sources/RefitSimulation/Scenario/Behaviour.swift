/// What kind of job a command belongs to.
enum JobKind: String, Hashable, Sendable, Codable {
  case train, score
  /// Long work of Refit's own.
  case work
  /// Whether an occurrence's data have landed.
  case check
}

/// What a job does once it has started.
enum Behaviour: String, Hashable, Sendable, Codable, CaseIterable {
  case succeed
  case fail
  /// Exit 75.
  case askLater = "ask-later"
  case signalled
  case runOutOfMemory = "run-out-of-memory"
  /// Runs until its time-out ends it.
  case hang
  /// Its supervisor is killed in the same boot.
  case vanish
  /// Processes of it outlive KILL.
  case unkillable
  /// Its supervisor stops answering.
  case stuck
  case notStarted = "not-started"
  // Lies: exit 0, and not what was asked for.
  case noOutput = "no-output"
  case halfOutput = "half-output"
  case malformedMetrics = "malformed-metrics"
  case infiniteMetrics = "infinite-metrics"
  case emptyModel = "empty-model"
  case missingRows = "missing-rows"
  case undefinedScores = "undefined-scores"
  case foreignRows = "foreign-rows"

  static func possible(for kind: JobKind) -> [Behaviour] {
    switch kind {
    case .train: allCases.filter { ![.missingRows, .undefinedScores, .foreignRows].contains($0) }
    case .score: allCases.filter { $0 != .emptyModel && $0 != .halfOutput }
    case .work: [.succeed, .fail, .signalled, .vanish, .noOutput]
    case .check: [.fail, .askLater, .signalled, .runOutOfMemory, .hang, .vanish, .notStarted]
    }
  }

  /// Exit 0, although the outputs are not what they have to be.
  var isLie: Bool {
    switch self {
    case .noOutput, .halfOutput, .malformedMetrics, .infiniteMetrics, .emptyModel, .missingRows,
      .undefinedScores,
      .foreignRows:
      true
    default: false
    }
  }

  /// How an attempt that did this must end, in the words of the job contract, unless a person cancelled it.
  var outcome: String {
    switch self {
    case .succeed: "succeeded"
    case .hang: "timed-out"
    case .vanish: "lost"
    case .unkillable, .stuck: "unkillable"
    case .runOutOfMemory: "out-of-memory"
    default: "failed"
    }
  }
}
