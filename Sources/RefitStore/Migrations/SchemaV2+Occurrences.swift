extension SchemaV2 {
  /// What became of occurrences beside those that were acted on.
  static let occurrences = """
    CREATE TABLE occurrence_span (
      id INTEGER PRIMARY KEY,
      model TEXT NOT NULL,
      schedule TEXT NOT NULL,
      first INTEGER NOT NULL,
      last INTEGER NOT NULL CHECK (last >= first),
      count INTEGER NOT NULL CHECK (count > 0),
      state TEXT NOT NULL CHECK (state IN ('skipped', 'coalesced', 'missed')),
      recorded_at INTEGER NOT NULL,
      reason TEXT NOT NULL CHECK (length(reason) > 0),
      FOREIGN KEY (model, schedule) REFERENCES schedule (model, name)
    ) STRICT;
    CREATE INDEX occurrence_span_by_schedule ON occurrence_span (model, schedule, last);
    CREATE TRIGGER occurrence_span_is_kept BEFORE DELETE ON occurrence_span
      BEGIN SELECT RAISE(ABORT, 'what became of an occurrence is kept'); END;
    CREATE INDEX ledger_passings ON ledger (kind, seq)
      WHERE kind IN ('occurrence-coalesced', 'occurrence-skipped', 'occurrence-missed');
    """
}
