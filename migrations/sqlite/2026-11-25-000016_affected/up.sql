-- A file with the affected of an incident: brought in, looked at, read row by row.
CREATE TABLE affected_import (
    seq INTEGER PRIMARY KEY NOT NULL,
    id TEXT NOT NULL UNIQUE,
    incident_seq INTEGER NOT NULL REFERENCES incident (seq),
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('csv', 'xlsx')),
    encoding TEXT NOT NULL,
    separator TEXT NOT NULL,
    -- Which column holds what.
    mapping TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('coming', 'waiting', 'running', 'done', 'failed', 'removed')),
    bytes INTEGER NOT NULL,
    rows_read INTEGER NOT NULL,
    taken INTEGER NOT NULL,
    joined INTEGER NOT NULL,
    bad INTEGER NOT NULL,
    -- Why it failed.
    note TEXT NOT NULL,
    by_account TEXT NOT NULL REFERENCES account (id),
    at TEXT NOT NULL,
    ended_at TEXT
) STRICT;
CREATE INDEX affected_import_incident ON affected_import (incident_seq);
CREATE INDEX affected_import_by ON affected_import (by_account);
CREATE INDEX affected_import_running ON affected_import (seq) WHERE state = 'running';

-- A piece of such a file, sealed; it goes when the file has been read.
CREATE TABLE affected_part (
    import_seq INTEGER NOT NULL REFERENCES affected_import (seq),
    number INTEGER NOT NULL,
    sealed TEXT NOT NULL,
    PRIMARY KEY (import_seq, number)
) STRICT, WITHOUT ROWID;

-- A row that could not be taken, kept aside.
CREATE TABLE affected_bad (
    import_seq INTEGER NOT NULL REFERENCES affected_import (seq),
    line INTEGER NOT NULL,
    reason TEXT NOT NULL,
    sealed TEXT NOT NULL,
    PRIMARY KEY (import_seq, line)
) STRICT, WITHOUT ROWID;

-- Whom to tell, and why; what counts is the last one.
CREATE TABLE affected_decision (
    seq INTEGER PRIMARY KEY NOT NULL,
    incident_seq INTEGER NOT NULL REFERENCES incident (seq),
    answer TEXT NOT NULL CHECK (answer IN ('all', 'some', 'none')),
    -- Which of them, where it is some.
    chosen TEXT NOT NULL,
    -- The exceptions relied upon, each with its evidence.
    exceptions TEXT NOT NULL,
    reason TEXT NOT NULL,
    by_account TEXT NOT NULL REFERENCES account (id),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX affected_decision_incident ON affected_decision (incident_seq);
CREATE INDEX affected_decision_by ON affected_decision (by_account);
CREATE TRIGGER affected_decision_keep BEFORE UPDATE ON affected_decision BEGIN SELECT RAISE(ABORT, 'affected_decision is append-only'); END;
CREATE TRIGGER affected_decision_stay BEFORE DELETE ON affected_decision BEGIN SELECT RAISE(ABORT, 'affected_decision is append-only'); END;

-- How many there are and how many are told, where nobody has their names; what counts is the last one.
CREATE TABLE affected_tally (
    seq INTEGER PRIMARY KEY NOT NULL,
    incident_seq INTEGER NOT NULL REFERENCES incident (seq),
    total INTEGER NOT NULL,
    told INTEGER NOT NULL,
    note TEXT NOT NULL,
    by_account TEXT NOT NULL REFERENCES account (id),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX affected_tally_incident ON affected_tally (incident_seq);
CREATE INDEX affected_tally_by ON affected_tally (by_account);
CREATE TRIGGER affected_tally_keep BEFORE UPDATE ON affected_tally BEGIN SELECT RAISE(ABORT, 'affected_tally is append-only'); END;
CREATE TRIGGER affected_tally_stay BEFORE DELETE ON affected_tally BEGIN SELECT RAISE(ABORT, 'affected_tally is append-only'); END;

-- A wave of messages to some of the affected.
CREATE TABLE wave (
    seq INTEGER PRIMARY KEY NOT NULL,
    id TEXT NOT NULL UNIQUE,
    incident_seq INTEGER NOT NULL REFERENCES incident (seq),
    name TEXT NOT NULL,
    duty_id TEXT NOT NULL,
    chosen TEXT NOT NULL,
    -- The words, by language.
    texts TEXT NOT NULL,
    first_way TEXT NOT NULL CHECK (first_way IN ('email', 'sms')),
    -- Whether the other way is tried when the first fails.
    both_ways INTEGER NOT NULL,
    -- At most so many messages a minute.
    rate INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'going', 'paused', 'done')),
    -- Of everything that is approved.
    digest TEXT NOT NULL,
    edited_by TEXT NOT NULL REFERENCES account (id),
    created_at TEXT NOT NULL,
    fed_at TEXT,
    begun_at TEXT,
    ended_at TEXT
) STRICT;
CREATE INDEX wave_incident ON wave (incident_seq);
CREATE INDEX wave_edited_by ON wave (edited_by);
CREATE INDEX wave_going ON wave (seq) WHERE state = 'going';

-- Who approved what a wave says, and when.
CREATE TABLE wave_approval (
    seq INTEGER PRIMARY KEY NOT NULL,
    wave_seq INTEGER NOT NULL REFERENCES wave (seq),
    digest TEXT NOT NULL,
    by_account TEXT NOT NULL REFERENCES account (id),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX wave_approval_wave ON wave_approval (wave_seq);
CREATE INDEX wave_approval_by ON wave_approval (by_account);
CREATE TRIGGER wave_approval_keep BEFORE UPDATE ON wave_approval BEGIN SELECT RAISE(ABORT, 'wave_approval is append-only'); END;
CREATE TRIGGER wave_approval_stay BEFORE DELETE ON wave_approval BEGIN SELECT RAISE(ABORT, 'wave_approval is append-only'); END;

-- A person who is affected.
CREATE TABLE affected (
    seq INTEGER PRIMARY KEY NOT NULL,
    id TEXT NOT NULL UNIQUE,
    incident_seq INTEGER NOT NULL REFERENCES incident (seq),
    import_seq INTEGER NOT NULL REFERENCES affected_import (seq),
    -- Name and addresses, sealed; empty when they are no longer kept.
    sealed TEXT NOT NULL,
    -- Keyed hashes of the addresses, to find the same person again.
    email_hash TEXT,
    phone_hash TEXT,
    customer TEXT NOT NULL,
    categories TEXT NOT NULL,
    minor INTEGER NOT NULL,
    protected INTEGER NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('nb', 'nn', 'en')),
    -- Whether this one is to be told, by the decision that holds.
    chosen INTEGER NOT NULL,
    -- How many rows were joined into this one.
    joined INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('not_yet', 'queued', 'sent', 'delivered', 'bounced', 'unreachable', 'uncertain', 'told_otherwise', 'declined')),
    -- The way that was tried last, and those that were tried: 1 is e-mail, 2 is text message.
    way TEXT NOT NULL CHECK (way IN ('', 'email', 'sms')),
    tried INTEGER NOT NULL,
    wave_seq INTEGER REFERENCES wave (seq),
    reply TEXT NOT NULL,
    changed_at TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX affected_email ON affected (email_hash, incident_seq);
CREATE INDEX affected_phone ON affected (phone_hash, incident_seq);
CREATE INDEX affected_state ON affected (incident_seq, state, chosen);
CREATE INDEX affected_import_of ON affected (import_seq);
CREATE INDEX affected_wave ON affected (wave_seq, state);
