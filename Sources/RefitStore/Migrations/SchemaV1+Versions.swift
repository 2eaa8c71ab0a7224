extension SchemaV1 {
  /// Candidates, what was judged of them, and which of them serves.
  static let versions = """
    CREATE TABLE version (
      model TEXT NOT NULL REFERENCES model (name),
      number INTEGER NOT NULL CHECK (number > 0),
      run INTEGER NOT NULL UNIQUE REFERENCES run (id),
      sealed BLOB NOT NULL REFERENCES artifact (digest) DEFERRABLE INITIALLY DEFERRED,
      code BLOB REFERENCES artifact (digest) DEFERRABLE INITIALLY DEFERRED,
      code_path TEXT,
      score TEXT CHECK (score IS NULL OR json_valid(score)),
      training BLOB REFERENCES artifact (digest) DEFERRABLE INITIALLY DEFERRED,
      training_id TEXT,
      interval_start INTEGER,
      interval_end INTEGER NOT NULL,
      sealed_at INTEGER NOT NULL,
      parameters TEXT,
      metrics TEXT,
      PRIMARY KEY (model, number)
    ) STRICT;
    CREATE INDEX version_by_sealed ON version (sealed);
    CREATE TRIGGER version_stays BEFORE UPDATE ON version
      BEGIN SELECT RAISE(ABORT, 'a sealed version does not change'); END;
    CREATE TRIGGER version_is_kept BEFORE DELETE ON version
      BEGIN SELECT RAISE(ABORT, 'a sealed version is kept'); END;

    CREATE TABLE gate_report (
      id INTEGER PRIMARY KEY,
      run INTEGER NOT NULL REFERENCES run (id),
      model TEXT NOT NULL,
      candidate INTEGER NOT NULL,
      champion INTEGER,
      holdout BLOB CHECK (length(holdout) = 32),
      verdict TEXT NOT NULL CHECK (verdict IN ('pass', 'fail', 'inconclusive')),
      digest BLOB NOT NULL CHECK (length(digest) = 32),
      json TEXT NOT NULL CHECK (json_valid(json)),
      judged_at INTEGER NOT NULL,
      FOREIGN KEY (model, candidate) REFERENCES version (model, number),
      FOREIGN KEY (model, champion) REFERENCES version (model, number)
    ) STRICT;
    CREATE INDEX gate_report_by_run ON gate_report (run, id);
    CREATE TRIGGER gate_report_stays BEFORE UPDATE ON gate_report
      BEGIN SELECT RAISE(ABORT, 'a gate report does not change'); END;
    CREATE TRIGGER gate_report_is_kept BEFORE DELETE ON gate_report
      BEGIN SELECT RAISE(ABORT, 'a gate report is kept'); END;

    CREATE TABLE look (
      holdout BLOB NOT NULL CHECK (length(holdout) = 32),
      artifact BLOB NOT NULL REFERENCES artifact (digest),
      run INTEGER NOT NULL REFERENCES run (id),
      PRIMARY KEY (holdout, artifact)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE approval (
      id INTEGER PRIMARY KEY,
      run INTEGER NOT NULL REFERENCES run (id),
      actor TEXT NOT NULL CHECK (length(actor) > 0),
      at INTEGER NOT NULL,
      because TEXT NOT NULL CHECK (length(because) > 0),
      artifact BLOB NOT NULL REFERENCES artifact (digest),
      gate_report BLOB NOT NULL CHECK (length(gate_report) = 32),
      configuration BLOB NOT NULL CHECK (length(configuration) = 32),
      UNIQUE (run, actor, gate_report)
    ) STRICT;
    CREATE TRIGGER approval_needs_report BEFORE INSERT ON approval
      WHEN NOT EXISTS (SELECT 1 FROM gate_report WHERE run = new.run AND digest = new.gate_report)
      BEGIN SELECT RAISE(ABORT, 'an approval is bound to a gate report of its run'); END;
    CREATE TRIGGER approval_stays BEFORE UPDATE ON approval
      BEGIN SELECT RAISE(ABORT, 'an approval does not change'); END;
    CREATE TRIGGER approval_is_kept BEFORE DELETE ON approval
      BEGIN SELECT RAISE(ABORT, 'an approval is kept'); END;

    CREATE TABLE promotion (
      id INTEGER PRIMARY KEY,
      model TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('promotion', 'rollback')),
      version INTEGER NOT NULL,
      previous INTEGER,
      run INTEGER REFERENCES run (id),
      at INTEGER NOT NULL,
      actor TEXT NOT NULL CHECK (length(actor) > 0),
      because TEXT NOT NULL CHECK (length(because) > 0),
      published_at INTEGER,
      UNIQUE (id, model, version),
      FOREIGN KEY (model, version) REFERENCES version (model, number),
      FOREIGN KEY (model, previous) REFERENCES version (model, number),
      CHECK (previous IS NOT version),
      CHECK (kind <> 'promotion' OR run IS NOT NULL)
    ) STRICT;
    CREATE INDEX promotion_by_model ON promotion (model, id);
    CREATE INDEX promotion_published ON promotion (model, published_at) WHERE published_at IS NOT NULL;
    CREATE TRIGGER promotion_stays BEFORE UPDATE ON promotion
      WHEN old.published_at IS NOT NULL OR new.published_at IS NULL OR new.id IS NOT old.id
        OR new.model IS NOT old.model OR new.kind IS NOT old.kind OR new.version IS NOT old.version
        OR new.previous IS NOT old.previous OR new.run IS NOT old.run OR new.at IS NOT old.at
        OR new.actor IS NOT old.actor OR new.because IS NOT old.because
      BEGIN SELECT RAISE(ABORT, 'a promotion does not change; it is published once'); END;
    CREATE TRIGGER promotion_is_kept BEFORE DELETE ON promotion
      BEGIN SELECT RAISE(ABORT, 'a promotion is kept'); END;

    CREATE TABLE champion (
      model TEXT NOT NULL PRIMARY KEY REFERENCES model (name),
      version INTEGER NOT NULL,
      promotion INTEGER NOT NULL UNIQUE,
      FOREIGN KEY (promotion, model, version) REFERENCES promotion (id, model, version)
    ) STRICT;
    """
}
