extension SchemaV1 {
  /// Retrainings: their jobs' attempts and their holdouts.
  static let runs = """
    CREATE TABLE run (
      id INTEGER PRIMARY KEY,
      model TEXT NOT NULL REFERENCES model (name),
      number INTEGER NOT NULL CHECK (number > 0),
      state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'gating', 'awaiting-approval',
        'promoted', 'judged', 'refused', 'rejected', 'failed', 'cancelled')),
      trigger_schedule TEXT,
      trigger_nominal INTEGER,
      trigger_person TEXT CHECK (length(trigger_person) > 0),
      because TEXT NOT NULL CHECK (length(because) > 0),
      configuration BLOB NOT NULL,
      interval_start INTEGER,
      interval_end INTEGER NOT NULL,
      known_at INTEGER NOT NULL,
      opened_at INTEGER NOT NULL,
      candidate INTEGER,
      ended_at INTEGER,
      reason TEXT CHECK (length(reason) > 0),
      cancel_requested INTEGER NOT NULL CHECK (cancel_requested IN (0, 1)),
      decision INTEGER UNIQUE REFERENCES decision (id),
      UNIQUE (model, number),
      FOREIGN KEY (model, configuration) REFERENCES model_configuration (model, digest),
      FOREIGN KEY (model, candidate) REFERENCES version (model, number) DEFERRABLE INITIALLY DEFERRED,
      CHECK ((trigger_person IS NULL) = (trigger_schedule IS NOT NULL)),
      CHECK ((trigger_schedule IS NULL) = (trigger_nominal IS NULL)),
      CHECK ((state IN ('queued', 'running', 'gating', 'awaiting-approval')) = (ended_at IS NULL)),
      CHECK ((ended_at IS NULL) = (reason IS NULL)),
      CHECK (state NOT IN ('gating', 'awaiting-approval', 'promoted', 'judged', 'refused', 'rejected')
        OR candidate IS NOT NULL)
    ) STRICT;
    CREATE UNIQUE INDEX run_live ON run (model)
      WHERE state IN ('queued', 'running', 'gating', 'awaiting-approval');
    CREATE INDEX run_ended ON run (model, state, ended_at) WHERE ended_at IS NOT NULL;
    CREATE TRIGGER run_end_is_final BEFORE UPDATE ON run WHEN old.ended_at IS NOT NULL
      AND (new.state <> old.state OR new.ended_at IS NOT old.ended_at OR new.reason IS NOT old.reason)
      BEGIN SELECT RAISE(ABORT, 'a run that has ended stays as it ended'); END;

    CREATE TABLE attempt (
      id INTEGER PRIMARY KEY,
      run INTEGER NOT NULL REFERENCES run (id),
      job TEXT NOT NULL,
      subject TEXT NOT NULL CHECK (subject IN ('candidate', 'champion')),
      number INTEGER NOT NULL CHECK (number > 0),
      version INTEGER CHECK (version > 0),
      state TEXT NOT NULL CHECK (state IN ('launching', 'running', 'succeeded', 'failed', 'timed-out',
        'out-of-memory', 'lost', 'unkillable', 'cancelled')),
      launches INTEGER NOT NULL CHECK (launches >= 0),
      created_at INTEGER NOT NULL,
      ended_at INTEGER,
      reason TEXT,
      is_retriable INTEGER NOT NULL CHECK (is_retriable IN (0, 1)),
      UNIQUE (run, job, subject, number),
      CHECK ((state IN ('launching', 'running')) = (ended_at IS NULL))
    ) STRICT;
    CREATE UNIQUE INDEX attempt_live ON attempt (run, job, subject) WHERE state IN ('launching', 'running');

    CREATE TABLE attempt_launch (
      attempt INTEGER PRIMARY KEY REFERENCES attempt (id),
      directory TEXT NOT NULL UNIQUE,
      arguments TEXT NOT NULL CHECK (json_valid(arguments)),
      variables TEXT NOT NULL CHECK (json_valid(variables)),
      seed INTEGER NOT NULL,
      token TEXT NOT NULL UNIQUE,
      host TEXT NOT NULL,
      system TEXT NOT NULL,
      "commit" TEXT,
      diff BLOB CHECK (length(diff) = 32)
    ) STRICT;

    CREATE TABLE attempt_exit (
      attempt INTEGER PRIMARY KEY REFERENCES attempt (id),
      reason TEXT NOT NULL CHECK (reason IN ('exited', 'signalled', 'cancelled', 'unkillable', 'timed-out',
        'out-of-memory', 'not-started')),
      exit_code INTEGER,
      signal INTEGER,
      error TEXT,
      cpu_seconds REAL NOT NULL,
      peak_memory_bytes INTEGER NOT NULL,
      wall_seconds REAL NOT NULL,
      log_bytes INTEGER NOT NULL,
      log_dropped_bytes INTEGER NOT NULL,
      guarantee TEXT NOT NULL
    ) STRICT;
    CREATE TRIGGER attempt_exit_stays BEFORE UPDATE ON attempt_exit
      BEGIN SELECT RAISE(ABORT, 'how an attempt ended does not change'); END;
    CREATE TRIGGER attempt_exit_is_kept BEFORE DELETE ON attempt_exit
      BEGIN SELECT RAISE(ABORT, 'how an attempt ended is kept'); END;

    CREATE TABLE holdout (
      run INTEGER PRIMARY KEY REFERENCES run (id),
      digest BLOB NOT NULL CHECK (length(digest) = 32),
      blinded BLOB NOT NULL CHECK (length(blinded) = 32),
      withheld BLOB NOT NULL CHECK (length(withheld) = 32),
      rows INTEGER NOT NULL CHECK (rows >= 0),
      origin TEXT NOT NULL
    ) STRICT;
    CREATE INDEX holdout_by_digest ON holdout (digest);
    CREATE TRIGGER holdout_stays BEFORE UPDATE ON holdout
      BEGIN SELECT RAISE(ABORT, 'a frozen holdout does not change'); END;
    CREATE TRIGGER holdout_is_kept BEFORE DELETE ON holdout
      BEGIN SELECT RAISE(ABORT, 'a frozen holdout is kept'); END;
    """
}
