/// A guard that can be taken out of a simulation, to prove that it would be missed.
public enum Guard: String, Sendable, CaseIterable {
  /// The unique index on occurrences: a second row of one takes the place of the first.
  case occurrences
  /// The claim: a supervisor starts its command, whoever else has.
  case claim
  /// The re-hash before a promotion: it sees the bytes as they were, not as they are.
  case rehash

  /// What must be found broken without it.
  public var invariants: Set<Invariant> {
    switch self {
    case .occurrences: [.occurrenceOnce]
    case .claim: [.startedOnce]
    case .rehash: [.promotionEarned, .championIntact]
    }
  }
}
