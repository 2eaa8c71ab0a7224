extension SchemaV1 {
  /// What `refit.yaml` said when it was last read.
  static let configuration = """
    CREATE TABLE configuration (
      digest BLOB NOT NULL PRIMARY KEY CHECK (length(digest) = 32),
      text TEXT NOT NULL,
      first_applied_at INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE project (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      name TEXT NOT NULL,
      timezone TEXT,
      concurrency INTEGER CHECK (concurrency > 0),
      clock TEXT CHECK (clock IN ('wall', 'simulated')),
      configuration BLOB REFERENCES configuration (digest),
      created_at INTEGER NOT NULL,
      applied_at INTEGER,
      CHECK ((configuration IS NULL) = (applied_at IS NULL)),
      CHECK ((configuration IS NULL) = (timezone IS NULL)),
      CHECK ((configuration IS NULL) = (concurrency IS NULL)),
      CHECK ((configuration IS NULL) = (clock IS NULL))
    ) STRICT;

    CREATE TABLE model_configuration (
      model TEXT NOT NULL,
      digest BLOB NOT NULL CHECK (length(digest) = 32),
      json TEXT NOT NULL CHECK (json_valid(json)),
      PRIMARY KEY (model, digest)
    ) STRICT;

    CREATE TABLE model (
      name TEXT NOT NULL PRIMARY KEY CHECK (name GLOB '[a-z0-9]*' AND length(name) <= 63),
      mode TEXT NOT NULL CHECK (mode IN ('observe', 'train', 'promote')),
      configuration BLOB NOT NULL,
      active INTEGER NOT NULL CHECK (active IN (0, 1)),
      draw_key BLOB CHECK (length(draw_key) = 32),
      FOREIGN KEY (name, configuration) REFERENCES model_configuration (model, digest)
    ) STRICT;

    CREATE TABLE schedule (
      model TEXT NOT NULL REFERENCES model (name),
      name TEXT NOT NULL,
      cron TEXT NOT NULL,
      timezone TEXT NOT NULL,
      action TEXT NOT NULL CHECK (action IN ('evaluate', 'retrain')),
      active INTEGER NOT NULL CHECK (active IN (0, 1)),
      next_due INTEGER,
      PRIMARY KEY (model, name)
    ) STRICT;
    CREATE INDEX schedule_due ON schedule (next_due) WHERE active = 1 AND next_due IS NOT NULL;
    """
}
