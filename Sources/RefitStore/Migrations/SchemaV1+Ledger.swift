extension SchemaV1 {
  /// The append-only record of everything that happened, and the frontier of its Merkle tree.
  static let ledger = """
    CREATE TABLE ledger (
      seq INTEGER PRIMARY KEY,
      at INTEGER NOT NULL,
      actor TEXT NOT NULL,
      kind TEXT NOT NULL,
      model TEXT,
      run INTEGER,
      payload_digest BLOB NOT NULL CHECK (length(payload_digest) = 32),
      payload TEXT,
      leaf BLOB NOT NULL CHECK (length(leaf) = 32)
    ) STRICT;
    CREATE INDEX ledger_by_model ON ledger (model, seq) WHERE model IS NOT NULL;
    CREATE INDEX ledger_turns ON ledger (kind, model, run)
      WHERE kind IN ('promoted', 'rolled-back', 'run-ended', 'candidate-sealed', 'occurrence-decided',
        'holdout-frozen', 'attempt-ended', 'gates-judged', 'approval-given', 'published');
    CREATE TRIGGER ledger_has_no_gap BEFORE INSERT ON ledger
      WHEN new.seq IS NOT (SELECT ifnull(max(seq), 0) + 1 FROM ledger)
      BEGIN SELECT RAISE(ABORT, 'the ledger is appended to, without a gap'); END;
    CREATE TRIGGER ledger_is_kept BEFORE DELETE ON ledger
      BEGIN SELECT RAISE(ABORT, 'a ledger event is never deleted'); END;
    CREATE TRIGGER ledger_stays BEFORE UPDATE ON ledger
      WHEN new.payload IS NOT NULL OR new.seq IS NOT old.seq OR new.at IS NOT old.at
        OR new.actor IS NOT old.actor OR new.kind IS NOT old.kind OR new.model IS NOT old.model
        OR new.run IS NOT old.run OR new.payload_digest IS NOT old.payload_digest OR new.leaf IS NOT old.leaf
      BEGIN SELECT RAISE(ABORT, 'a ledger event never changes; only its payload can be pruned'); END;

    CREATE TABLE ledger_frontier (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      size INTEGER NOT NULL CHECK (size >= 0),
      subtrees BLOB NOT NULL CHECK (length(subtrees) % 32 = 0)
    ) STRICT;
    INSERT INTO ledger_frontier (id, size, subtrees) VALUES (1, 0, x'');
    CREATE TRIGGER ledger_frontier_grows BEFORE UPDATE ON ledger_frontier WHEN new.size < old.size
      BEGIN SELECT RAISE(ABORT, 'the ledger never shrinks'); END;
    CREATE TRIGGER ledger_frontier_is_kept BEFORE DELETE ON ledger_frontier
      BEGIN SELECT RAISE(ABORT, 'the ledger''s frontier is kept'); END;
    """
}
