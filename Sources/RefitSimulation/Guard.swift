/// A guard that can be taken out of a simulation, to prove that it would be missed.
public enum Guard: String, Sendable, CaseIterable {
  /// The unique index on occurrences: a second row of one takes the place of the first.
  case occurrences
  /// The claim: a supervisor starts its command, whoever else has.
  case claim
  /// The re-hash before a promotion: it sees the bytes as they were, not as they are.
  case rehash
  /// The rule for what comes late: Refit is not told of it.
  case misfire
  /// The queue behind a live run: Refit is not told of it.
  case queue
  /// The command that says whether data have landed: Refit is not told of it.
  case ready
  /// The latest time in the record: it is forgotten at once.
  case clock

  /// What must be found broken without it.
  public var invariants: Set<Invariant> {
    switch self {
    case .occurrences: [.occurrenceOnce]
    case .claim: [.startedOnce]
    case .rehash: [.promotionEarned, .championIntact]
    case .misfire: [.misfire]
    case .queue: [.queue]
    case .ready: [.ready]
    case .clock: [.clock]
    }
  }

  /// A statement that takes it out of force in the database; nil for what the database does not guard.
  var sabotage: String? {
    switch self {
    case .occurrences:
      """
      CREATE TRIGGER simulated_duplicates BEFORE INSERT ON occurrence
      BEGIN
        UPDATE occurrence SET nominal = -id
        WHERE model = new.model AND schedule = new.schedule AND nominal = new.nominal;
      END
      """
    case .clock:
      """
      CREATE TRIGGER simulated_oblivion AFTER UPDATE OF high_water ON clock WHEN new.high_water IS NOT NULL
      BEGIN
        UPDATE clock SET high_water = NULL;
      END
      """
    case .claim, .rehash, .misfire, .queue, .ready: nil
    }
  }
}
