import RefitCore

/// What must hold after every tick and after every crash: by the numbers of the design, by the rules of
/// schedules, and what the simulation needs of itself.
public enum Invariant: String, Sendable, CaseIterable {
  case occurrenceOnce = "1: an occurrence is acted on at most once, and each due one is accounted for"
  case oneLiveRun = "2: at most one run of a model is live"
  case startedOnce = "3: an attempt's command is started at most once, and retried only when it is dead"
  case foreignProcess = "4: a foreign process is never adopted and never signalled"
  case promotionEarned = "5: a version is promoted only with passed gates on exactly these bytes"
  case unknownIsNotSuccess = "6: inconclusive is not pass, unknown is not healthy, missing is not zero"
  case championIntact = "7: the champion is an intact, promoted version, and the link leads to it"
  case lineageComplete = "8: every promoted version resolves to its origins"
  case rowsAndLedger = "9: a state change and its ledger event are one transaction"
  case ledgerVerifies = "10: the ledger verifies, and extends every earlier state of it"
  case sameDecision = "12: the same inputs give the same decision and the same gate report"
  case paused = "13: while a model is paused nothing of it starts"
  case misfire = "what becomes of a late occurrence is what its 'misfire' allows"
  case queue = "what queues behind a live run is decided after its end"
  case ready = "what waits for data is decided once a check says that they are there, or given up in its time"
  case clock = "nothing is decided while the clock is far behind the record"
  case truthOfAttempts = "an attempt ends as its process ended"
  case convergence = "once faults stop, the system converges"
  case noErrorWithoutCause = "no error without a cause"
  case oneWriter = "two writers never work at once"
  case deathIsFinal = "a killed process does nothing more"
}

/// An invariant that did not hold: what was seen, and when.
public struct Violation: Error, Sendable, CustomStringConvertible {
  public let invariant: Invariant
  public let sentence: String

  init(_ invariant: Invariant, _ sentence: String) {
    self.invariant = invariant
    self.sentence = sentence
  }

  public var description: String { "\(invariant.rawValue)\n  \(sentence)" }
}
