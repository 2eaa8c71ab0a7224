extension SchemaV2 {
  /// When a model or the whole project stood still, on whose word and why. Of each kind one lasts at a time; a
  /// pause that has ended by its own time is closed by the next tick.
  static let pauses = """
    CREATE TABLE pause (
      id INTEGER PRIMARY KEY,
      model TEXT REFERENCES model (name),
      origin TEXT NOT NULL CHECK (origin IN ('command', 'file')),
      since INTEGER NOT NULL,
      until INTEGER CHECK (until > since),
      actor TEXT NOT NULL CHECK (length(actor) > 0),
      because TEXT NOT NULL CHECK (length(because) > 0),
      ended_at INTEGER,
      ended_by TEXT CHECK (length(ended_by) > 0),
      ended_because TEXT CHECK (length(ended_because) > 0),
      CHECK (origin = 'command' OR (model IS NULL AND until IS NULL)),
      CHECK ((ended_at IS NULL) = (ended_by IS NULL)),
      CHECK ((ended_at IS NULL) = (ended_because IS NULL))
    ) STRICT;
    CREATE UNIQUE INDEX pause_open ON pause (origin, ifnull(model, '')) WHERE ended_at IS NULL;
    CREATE TRIGGER pause_end_is_final BEFORE UPDATE ON pause WHEN old.ended_at IS NOT NULL
      BEGIN SELECT RAISE(ABORT, 'a pause that has ended stays as it ended'); END;
    """
}
