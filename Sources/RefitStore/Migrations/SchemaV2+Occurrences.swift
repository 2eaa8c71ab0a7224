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
      zone_data TEXT CHECK (length(zone_data) > 0),
      withdrawn_after INTEGER CHECK (withdrawn_after < last),
      FOREIGN KEY (model, schedule) REFERENCES schedule (model, name)
    ) STRICT;
    CREATE INDEX occurrence_span_by_schedule ON occurrence_span (model, schedule, last);
    CREATE TRIGGER occurrence_span_is_kept BEFORE DELETE ON occurrence_span
      BEGIN SELECT RAISE(ABORT, 'what became of an occurrence is kept'); END;

    ALTER TABLE occurrence ADD COLUMN zone_data TEXT CHECK (length(zone_data) > 0);
    ALTER TABLE schedule ADD COLUMN issued_local TEXT CHECK (length(issued_local) > 0);

    CREATE TABLE occurrence_withdrawn (
      id INTEGER PRIMARY KEY,
      model TEXT NOT NULL,
      schedule TEXT NOT NULL,
      nominal INTEGER NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('skipped', 'coalesced', 'missed')),
      recorded_at INTEGER NOT NULL,
      reason TEXT NOT NULL,
      zone_data TEXT,
      withdrawn_at INTEGER NOT NULL CHECK (withdrawn_at < nominal),
      FOREIGN KEY (model, schedule) REFERENCES schedule (model, name)
    ) STRICT;
    CREATE TRIGGER occurrence_withdrawn_is_kept BEFORE DELETE ON occurrence_withdrawn
      BEGIN SELECT RAISE(ABORT, 'what was recorded of an occurrence is kept'); END;
    CREATE TRIGGER occurrence_decided_is_kept BEFORE DELETE ON occurrence WHEN old.state = 'decided'
      BEGIN SELECT RAISE(ABORT, 'an occurrence that was acted on is kept'); END;

    CREATE TABLE clock (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      high_water INTEGER,
      behind_since INTEGER,
      accepted_at INTEGER,
      zone_data TEXT CHECK (length(zone_data) > 0)
    ) STRICT;
    INSERT INTO clock (id, high_water) SELECT 1, max(at) FROM ledger;
    CREATE TRIGGER ledger_raises_high_water AFTER INSERT ON ledger
      WHEN (SELECT high_water IS NULL OR new.at > high_water FROM clock)
      BEGIN UPDATE clock SET high_water = new.at; END;

    CREATE TABLE occurrence_pending (
      id INTEGER PRIMARY KEY,
      model TEXT NOT NULL,
      schedule TEXT NOT NULL,
      nominal INTEGER NOT NULL,
      since INTEGER NOT NULL,
      ready_at INTEGER CHECK (ready_at >= since),
      attend_at INTEGER,
      UNIQUE (model, schedule, nominal),
      FOREIGN KEY (model, schedule) REFERENCES schedule (model, name)
    ) STRICT;
    CREATE INDEX occurrence_pending_due ON occurrence_pending (attend_at) WHERE attend_at IS NOT NULL;
    CREATE TRIGGER occurrence_pending_is_open BEFORE INSERT ON occurrence_pending
      WHEN EXISTS (SELECT 1 FROM occurrence
        WHERE model = new.model AND schedule = new.schedule AND nominal = new.nominal)
      BEGIN SELECT RAISE(ABORT, 'an occurrence that is recorded does not wait'); END;

    CREATE TABLE ready_check (
      id INTEGER PRIMARY KEY,
      model TEXT NOT NULL,
      schedule TEXT NOT NULL,
      nominal INTEGER NOT NULL,
      number INTEGER NOT NULL CHECK (number > 0),
      launches INTEGER NOT NULL CHECK (launches > 0),
      token TEXT NOT NULL UNIQUE,
      started_at INTEGER NOT NULL,
      ended_at INTEGER,
      outcome TEXT CHECK (outcome IN ('ready', 'not-ready', 'failed')),
      sentence TEXT CHECK (length(sentence) > 0),
      UNIQUE (model, schedule, nominal, number),
      FOREIGN KEY (model, schedule) REFERENCES schedule (model, name),
      CHECK ((ended_at IS NULL) = (outcome IS NULL)),
      CHECK ((ended_at IS NULL) = (sentence IS NULL))
    ) STRICT;
    CREATE UNIQUE INDEX ready_check_live ON ready_check (model, schedule) WHERE ended_at IS NULL;
    CREATE TRIGGER ready_check_end_is_final BEFORE UPDATE ON ready_check WHEN old.ended_at IS NOT NULL
      BEGIN SELECT RAISE(ABORT, 'a check that has ended stays as it ended'); END;

    CREATE INDEX ledger_passings ON ledger (kind, seq)
      WHERE kind IN ('occurrence-coalesced', 'occurrence-skipped', 'occurrence-missed');
    """
}
