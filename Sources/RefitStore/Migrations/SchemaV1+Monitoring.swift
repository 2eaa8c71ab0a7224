extension SchemaV1 {
  /// What came due, what was observed, and what was decided of it.
  static let monitoring = """
    CREATE TABLE occurrence (
      id INTEGER PRIMARY KEY,
      model TEXT NOT NULL,
      schedule TEXT NOT NULL,
      nominal INTEGER NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('decided', 'skipped', 'coalesced', 'missed')),
      recorded_at INTEGER NOT NULL,
      reason TEXT CHECK (length(reason) > 0),
      UNIQUE (model, schedule, nominal),
      FOREIGN KEY (model, schedule) REFERENCES schedule (model, name),
      CHECK ((state = 'decided') = (reason IS NULL))
    ) STRICT;

    CREATE TABLE decision (
      id INTEGER PRIMARY KEY,
      occurrence INTEGER NOT NULL UNIQUE REFERENCES occurrence (id),
      model TEXT NOT NULL REFERENCES model (name),
      decided_at INTEGER NOT NULL,
      verdict TEXT NOT NULL CHECK (verdict IN ('retrain', 'hold', 'restrained', 'unknown')),
      policy BLOB NOT NULL CHECK (length(policy) = 32),
      decision TEXT NOT NULL CHECK (json_valid(decision)),
      situation TEXT NOT NULL CHECK (json_valid(situation))
    ) STRICT;
    CREATE INDEX decision_by_model ON decision (model, id);

    CREATE TABLE observation (
      id INTEGER PRIMARY KEY,
      model TEXT NOT NULL REFERENCES model (name),
      metric TEXT NOT NULL CHECK (length(metric) > 0),
      version INTEGER CHECK (version > 0),
      "column" TEXT CHECK (length("column") > 0),
      slice TEXT CHECK (length(slice) > 0),
      window_start INTEGER NOT NULL,
      window_end INTEGER NOT NULL CHECK (window_end >= window_start),
      value REAL,
      undefined TEXT,
      sample_size INTEGER CHECK (sample_size >= 0),
      source TEXT NOT NULL CHECK (length(source) > 0),
      known_at INTEGER NOT NULL,
      CHECK ((value IS NULL) = (undefined IS NOT NULL))
    ) STRICT;
    CREATE INDEX observation_by_place ON observation (
      model, metric, ifnull(version, 0), window_end, window_start, ifnull("column", ''), ifnull(slice, ''),
      source, known_at);
    CREATE INDEX observation_by_end ON observation (model, window_end);

    CREATE TABLE data_file (
      path TEXT NOT NULL PRIMARY KEY CHECK (length(path) > 0),
      bytes INTEGER NOT NULL CHECK (bytes >= 0),
      modified_us INTEGER NOT NULL,
      inode INTEGER NOT NULL,
      sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
      first_read_at INTEGER NOT NULL
    ) STRICT;
    """
}
