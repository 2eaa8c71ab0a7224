extension SchemaV1 {
  /// The lineage graph: artifacts, and the runs that read or wrote them.
  static let artifacts = """
    CREATE TABLE artifact (
      id INTEGER PRIMARY KEY,
      digest BLOB NOT NULL UNIQUE CHECK (length(digest) = 32),
      form TEXT NOT NULL CHECK (form IN ('file', 'tree')),
      bytes INTEGER NOT NULL CHECK (bytes >= 0),
      rows INTEGER CHECK (rows >= 0),
      columns INTEGER CHECK (columns >= 0)
    ) STRICT;

    CREATE TABLE artifact_use (
      id INTEGER PRIMARY KEY,
      run INTEGER NOT NULL REFERENCES run (id),
      attempt INTEGER REFERENCES attempt (id),
      artifact INTEGER NOT NULL REFERENCES artifact (id),
      direction TEXT NOT NULL CHECK (direction IN ('input', 'output')),
      role TEXT NOT NULL CHECK (length(role) > 0),
      name TEXT NOT NULL
    ) STRICT;
    CREATE INDEX artifact_use_by_run ON artifact_use (run, direction, artifact, attempt);
    CREATE INDEX artifact_use_by_artifact ON artifact_use (artifact, direction, run, attempt);
    CREATE INDEX artifact_use_by_attempt ON artifact_use (attempt) WHERE attempt IS NOT NULL;
    CREATE TRIGGER artifact_use_stays BEFORE UPDATE ON artifact_use
      BEGIN SELECT RAISE(ABORT, 'an edge of the lineage does not change'); END;
    CREATE TRIGGER artifact_use_is_kept BEFORE DELETE ON artifact_use
      BEGIN SELECT RAISE(ABORT, 'an edge of the lineage is kept'); END;
    """
}
