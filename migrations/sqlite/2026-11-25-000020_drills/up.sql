-- The clock of a drill as it runs now: at the real instant it showed the other one, and runs so many times as fast; nought
-- stands still. All three are empty for ever where it is no drill.
ALTER TABLE incident ADD COLUMN clock_real TEXT;
ALTER TABLE incident ADD COLUMN clock_here TEXT;
ALTER TABLE incident ADD COLUMN clock_factor INTEGER;
CREATE INDEX incident_drill ON incident (seq) WHERE clock_real IS NOT NULL;
CREATE TRIGGER incident_drill_keep BEFORE UPDATE ON incident WHEN (OLD.clock_real IS NULL) <> (NEW.clock_real IS NULL) BEGIN SELECT RAISE(ABORT, 'a drill stays a drill'); END;

-- When something in a drill really happened; empty where the clock is everybody's.
ALTER TABLE timeline ADD COLUMN real_at TEXT;

-- What was decided when a drill was made.
CREATE TABLE drill (
    incident_seq INTEGER PRIMARY KEY NOT NULL REFERENCES incident (seq),
    -- Whether the company's own channels hear of it, too.
    channels INTEGER NOT NULL CHECK (channels IN (0, 1)),
    by_account TEXT NOT NULL REFERENCES account (id),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX drill_by ON drill (by_account);
CREATE TRIGGER drill_keep BEFORE UPDATE ON drill BEGIN SELECT RAISE(ABORT, 'drill is append-only'); END;
CREATE TRIGGER drill_stay BEFORE DELETE ON drill BEGIN SELECT RAISE(ABORT, 'drill is append-only'); END;

-- How the clock of a drill has run.
CREATE TABLE drill_clock (
    seq INTEGER PRIMARY KEY NOT NULL,
    incident_seq INTEGER NOT NULL REFERENCES drill (incident_seq),
    real_at TEXT NOT NULL,
    here_at TEXT NOT NULL,
    factor INTEGER NOT NULL CHECK (factor >= 0),
    by_account TEXT NOT NULL REFERENCES account (id)
) STRICT;
CREATE INDEX drill_clock_drill ON drill_clock (incident_seq, seq);
CREATE INDEX drill_clock_by ON drill_clock (by_account);
CREATE TRIGGER drill_clock_keep BEFORE UPDATE ON drill_clock BEGIN SELECT RAISE(ABORT, 'drill_clock is append-only'); END;
CREATE TRIGGER drill_clock_stay BEFORE DELETE ON drill_clock BEGIN SELECT RAISE(ABORT, 'drill_clock is append-only'); END;

-- Who takes part.
CREATE TABLE drill_participant (
    incident_seq INTEGER NOT NULL REFERENCES drill (incident_seq),
    account_id TEXT NOT NULL REFERENCES account (id),
    PRIMARY KEY (incident_seq, account_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX drill_participant_account ON drill_participant (account_id);
CREATE TRIGGER drill_participant_keep BEFORE UPDATE ON drill_participant BEGIN SELECT RAISE(ABORT, 'drill_participant is append-only'); END;
CREATE TRIGGER drill_participant_stay BEFORE DELETE ON drill_participant BEGIN SELECT RAISE(ABORT, 'drill_participant is append-only'); END;

-- What the participants are told when the clock gets there.
CREATE TABLE drill_inject (
    seq INTEGER PRIMARY KEY NOT NULL,
    incident_seq INTEGER NOT NULL REFERENCES drill (incident_seq),
    minute INTEGER NOT NULL CHECK (minute >= 0),
    words TEXT NOT NULL,
    -- When, by the clock of the drill.
    shows_at TEXT NOT NULL,
    -- The real instant at which to look at it; empty once it was told, and while the clock stands still.
    look_at TEXT,
    -- When it was told, by the clock of the drill.
    shown_at TEXT
) STRICT;
CREATE INDEX drill_inject_drill ON drill_inject (incident_seq);
CREATE INDEX drill_inject_look ON drill_inject (look_at) WHERE look_at IS NOT NULL;
CREATE TRIGGER drill_inject_stay BEFORE DELETE ON drill_inject BEGIN SELECT RAISE(ABORT, 'a drill_inject is never deleted'); END;

-- That everything in this database is made up; a row that is there stays.
CREATE TABLE demonstration (
    id INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
    at TEXT NOT NULL
) STRICT;
CREATE TRIGGER demonstration_keep BEFORE UPDATE ON demonstration BEGIN SELECT RAISE(ABORT, 'demonstration is append-only'); END;
CREATE TRIGGER demonstration_stay BEFORE DELETE ON demonstration BEGIN SELECT RAISE(ABORT, 'demonstration is append-only'); END;
