import RefitCore

/// What really happened to the processes of a simulated machine, whatever anybody recorded.
struct Witness: Sendable {
  /// One command that was started.
  struct Start: Sendable {
    let run: String
    let job: String
    let directory: String
    let token: String
    let at: Int64
    let behaviour: Behaviour
    /// A job whose process tree was cut short: by a cancel, a reboot, or the death of its supervisor.
    var interruption: Interruption?
    var hasEnded = false

    enum Interruption: Sendable { case cancelled, lost }
  }

  /// One check that was started.
  struct Check: Sendable {
    enum Answer: String, Sendable {
      case yes, no
      /// It did not end by itself, or has not ended.
      case nothing

      /// As the record calls it.
      var recorded: String {
        switch self {
        case .yes: "ready"
        case .no: "not-ready"
        case .nothing: "failed"
        }
      }
    }

    let key: OccurrenceKey
    var answer = Answer.nothing
  }

  /// By the token of the attempt.
  var starts: [String: Start] = [:]
  /// By the token of the check.
  var checks: [String: Check] = [:]
  var violations: [Violation] = []

  mutating func violated(_ invariant: Invariant, _ sentence: String) {
    violations.append(Violation(invariant, sentence))
  }
}
