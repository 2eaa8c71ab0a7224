import RefitCore
import RefitStore

/// An attempt of a job for programs: what it was given, how it ended and what it read and made.
struct JobAnswer: Encodable {
  var job: Name
  var subject: Attempt.Subject
  var version: Int?
  var attempt: Int
  var state: Attempt.State
  var reason: String?
  var facts: AttemptFacts?
  var exit: ExitRecord?
  var uses: [ArtifactUse]

  init(_ record: AttemptRecord) {
    job = record.attempt.job
    subject = record.attempt.subject
    version = record.attempt.version
    attempt = record.attempt.number
    state = record.attempt.state
    reason = record.attempt.reason
    facts = record.facts
    exit = record.exit
    uses = record.uses
  }
}
