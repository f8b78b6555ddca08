-- The company: what is said about us in notices, what we are subject to, our own numbers.
CREATE TABLE settings (
    id INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
    company TEXT NOT NULL,
    organisation TEXT NOT NULL,
    thresholds TEXT NOT NULL,
    updated_at TEXT
) STRICT;

CREATE TABLE reference_counter (
    year INTEGER PRIMARY KEY NOT NULL,
    last INTEGER NOT NULL
) STRICT;

-- The head of a case: what lists show and filter by. Everything else of a case hangs on its seq.
CREATE TABLE incident (
    seq INTEGER PRIMARY KEY NOT NULL,
    id TEXT NOT NULL UNIQUE,
    reference TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('open', 'closed')),
    version INTEGER NOT NULL,
    severity TEXT NOT NULL,
    may_rise_to TEXT NOT NULL,
    risk TEXT NOT NULL,
    must_be_told TEXT NOT NULL CHECK (must_be_told IN ('yes', 'no', 'undetermined')),
    next_due_at TEXT,
    required INTEGER NOT NULL,
    undetermined INTEGER NOT NULL,
    fulfilled INTEGER NOT NULL,
    exempt INTEGER NOT NULL,
    opened_by TEXT NOT NULL REFERENCES account (id),
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX incident_status ON incident (status);
CREATE INDEX incident_severity ON incident (severity);
CREATE INDEX incident_risk ON incident (risk);
CREATE INDEX incident_opened_by ON incident (opened_by);
CREATE INDEX incident_updated ON incident (updated_at);
CREATE INDEX incident_next_due ON incident (next_due_at) WHERE status = 'open' AND next_due_at IS NOT NULL;
CREATE INDEX incident_required ON incident (seq) WHERE required > 0;
CREATE INDEX incident_undetermined ON incident (seq) WHERE undetermined > 0;
CREATE INDEX incident_fulfilled ON incident (seq) WHERE fulfilled > 0;
CREATE INDEX incident_exempt ON incident (seq) WHERE exempt > 0;

-- Titles are found by any three letters in a row.
CREATE VIRTUAL TABLE incident_search USING fts5 (title, content = 'incident', content_rowid = 'seq', tokenize = 'trigram');
CREATE TRIGGER incident_search_insert AFTER INSERT ON incident BEGIN
    INSERT INTO incident_search (rowid, title) VALUES (new.seq, new.title);
END;
CREATE TRIGGER incident_search_update AFTER UPDATE OF title ON incident WHEN old.title <> new.title BEGIN
    INSERT INTO incident_search (incident_search, rowid, title) VALUES ('delete', old.seq, old.title);
    INSERT INTO incident_search (rowid, title) VALUES (new.seq, new.title);
END;

-- Every version of the facts. The latest is what is known now.
CREATE TABLE facts_version (
    seq INTEGER PRIMARY KEY NOT NULL,
    incident_seq INTEGER NOT NULL REFERENCES incident (seq),
    version INTEGER NOT NULL,
    facts TEXT NOT NULL,
    by_account TEXT NOT NULL REFERENCES account (id),
    at TEXT NOT NULL,
    UNIQUE (incident_seq, version)
) STRICT;
CREATE INDEX facts_version_by ON facts_version (by_account);

-- Awareness is evidence: who stated which moment, when, and why. A correction is a new row.
CREATE TABLE moment (
    seq INTEGER PRIMARY KEY NOT NULL,
    incident_seq INTEGER NOT NULL REFERENCES incident (seq),
    which TEXT NOT NULL CHECK (which IN ('known_at', 'breach_aware_at', 'high_risk_at', 'normalised_at')),
    value TEXT,
    reason TEXT NOT NULL,
    supersedes INTEGER REFERENCES moment (seq),
    stated_by TEXT NOT NULL REFERENCES account (id),
    recorded_at TEXT NOT NULL
) STRICT;
CREATE INDEX moment_incident ON moment (incident_seq);
CREATE INDEX moment_supersedes ON moment (supersedes);
CREATE INDEX moment_stated_by ON moment (stated_by);

CREATE TABLE assessment (
    seq INTEGER PRIMARY KEY NOT NULL,
    incident_seq INTEGER NOT NULL REFERENCES incident (seq),
    version INTEGER NOT NULL,
    rules_version TEXT NOT NULL,
    answer TEXT NOT NULL,
    by_account TEXT NOT NULL REFERENCES account (id),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX assessment_incident ON assessment (incident_seq);
CREATE INDEX assessment_by ON assessment (by_account);

-- A person's answer to a duty, with what was asked, known and in force when it was given.
CREATE TABLE settlement (
    seq INTEGER PRIMARY KEY NOT NULL,
    incident_seq INTEGER NOT NULL REFERENCES incident (seq),
    duty_id TEXT NOT NULL,
    for_whom TEXT NOT NULL,
    answer TEXT NOT NULL CHECK (answer IN ('required', 'not_required')),
    rule_state TEXT NOT NULL,
    rules_version TEXT NOT NULL,
    questions TEXT NOT NULL,
    reason TEXT NOT NULL,
    by_account TEXT NOT NULL REFERENCES account (id),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX settlement_incident ON settlement (incident_seq);
CREATE INDEX settlement_by ON settlement (by_account);

-- Where each duty that ever arose stands now. Its history is in the timeline and the assessments.
CREATE TABLE duty (
    seq INTEGER PRIMARY KEY NOT NULL,
    incident_seq INTEGER NOT NULL REFERENCES incident (seq),
    duty_id TEXT NOT NULL,
    for_whom TEXT NOT NULL,
    state TEXT NOT NULL,
    rule_state TEXT NOT NULL,
    basis TEXT NOT NULL,
    clock_from TEXT NOT NULL,
    starts_at TEXT,
    due_at TEXT,
    target_at TEXT,
    next_at TEXT,
    opened_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    settlement_seq INTEGER REFERENCES settlement (seq),
    UNIQUE (incident_seq, duty_id, for_whom)
) STRICT;
CREATE INDEX duty_settlement ON duty (settlement_seq) WHERE settlement_seq IS NOT NULL;
CREATE INDEX duty_open ON duty (next_at) WHERE state IN ('required', 'undetermined');

CREATE TABLE submission (
    seq INTEGER PRIMARY KEY NOT NULL,
    incident_seq INTEGER NOT NULL REFERENCES incident (seq),
    duty_id TEXT NOT NULL,
    for_whom TEXT NOT NULL,
    sent_at TEXT NOT NULL,
    channel TEXT,
    reference TEXT,
    complete INTEGER NOT NULL,
    stage TEXT,
    by_account TEXT NOT NULL REFERENCES account (id),
    recorded_at TEXT NOT NULL
) STRICT;
CREATE INDEX submission_incident ON submission (incident_seq);
CREATE INDEX submission_by ON submission (by_account);

-- A person's own severity or risk beside the proposal it overruled; a null value takes it back.
CREATE TABLE overruling (
    seq INTEGER PRIMARY KEY NOT NULL,
    incident_seq INTEGER NOT NULL REFERENCES incident (seq),
    what TEXT NOT NULL CHECK (what IN ('severity', 'risk')),
    value TEXT,
    proposed TEXT NOT NULL,
    reason TEXT NOT NULL,
    by_account TEXT NOT NULL REFERENCES account (id),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX overruling_incident ON overruling (incident_seq);
CREATE INDEX overruling_by ON overruling (by_account);

CREATE TABLE closure (
    seq INTEGER PRIMARY KEY NOT NULL,
    incident_seq INTEGER NOT NULL REFERENCES incident (seq),
    what TEXT NOT NULL CHECK (what IN ('closed', 'reopened')),
    reason TEXT NOT NULL,
    by_account TEXT NOT NULL REFERENCES account (id),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX closure_incident ON closure (incident_seq);
CREATE INDEX closure_by ON closure (by_account);

-- What happened, one line an action. The kinds are stable words; pages make sentences of them.
CREATE TABLE timeline (
    seq INTEGER PRIMARY KEY NOT NULL,
    incident_seq INTEGER NOT NULL REFERENCES incident (seq),
    version INTEGER NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    by_account TEXT NOT NULL REFERENCES account (id),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX timeline_incident ON timeline (incident_seq);
CREATE INDEX timeline_by ON timeline (by_account);

CREATE TABLE idempotency_key (
    account_id TEXT NOT NULL REFERENCES account (id),
    key TEXT NOT NULL,
    digest TEXT NOT NULL,
    status INTEGER NOT NULL,
    body TEXT NOT NULL,
    created_at TEXT NOT NULL,
    PRIMARY KEY (account_id, key)
) STRICT;
CREATE INDEX idempotency_key_created ON idempotency_key (created_at);

-- History is never rewritten.
CREATE TRIGGER facts_version_keep BEFORE UPDATE ON facts_version BEGIN SELECT RAISE(ABORT, 'facts_version is append-only'); END;
CREATE TRIGGER facts_version_stay BEFORE DELETE ON facts_version BEGIN SELECT RAISE(ABORT, 'facts_version is append-only'); END;
CREATE TRIGGER moment_keep BEFORE UPDATE ON moment BEGIN SELECT RAISE(ABORT, 'moment is append-only'); END;
CREATE TRIGGER moment_stay BEFORE DELETE ON moment BEGIN SELECT RAISE(ABORT, 'moment is append-only'); END;
CREATE TRIGGER assessment_keep BEFORE UPDATE ON assessment BEGIN SELECT RAISE(ABORT, 'assessment is append-only'); END;
CREATE TRIGGER assessment_stay BEFORE DELETE ON assessment BEGIN SELECT RAISE(ABORT, 'assessment is append-only'); END;
CREATE TRIGGER settlement_keep BEFORE UPDATE ON settlement BEGIN SELECT RAISE(ABORT, 'settlement is append-only'); END;
CREATE TRIGGER settlement_stay BEFORE DELETE ON settlement BEGIN SELECT RAISE(ABORT, 'settlement is append-only'); END;
CREATE TRIGGER submission_keep BEFORE UPDATE ON submission BEGIN SELECT RAISE(ABORT, 'submission is append-only'); END;
CREATE TRIGGER submission_stay BEFORE DELETE ON submission BEGIN SELECT RAISE(ABORT, 'submission is append-only'); END;
CREATE TRIGGER overruling_keep BEFORE UPDATE ON overruling BEGIN SELECT RAISE(ABORT, 'overruling is append-only'); END;
CREATE TRIGGER overruling_stay BEFORE DELETE ON overruling BEGIN SELECT RAISE(ABORT, 'overruling is append-only'); END;
CREATE TRIGGER closure_keep BEFORE UPDATE ON closure BEGIN SELECT RAISE(ABORT, 'closure is append-only'); END;
CREATE TRIGGER closure_stay BEFORE DELETE ON closure BEGIN SELECT RAISE(ABORT, 'closure is append-only'); END;
CREATE TRIGGER timeline_keep BEFORE UPDATE ON timeline BEGIN SELECT RAISE(ABORT, 'timeline is append-only'); END;
CREATE TRIGGER timeline_stay BEFORE DELETE ON timeline BEGIN SELECT RAISE(ABORT, 'timeline is append-only'); END;
CREATE TRIGGER incident_stay BEFORE DELETE ON incident BEGIN SELECT RAISE(ABORT, 'a case is never deleted'); END;
CREATE TRIGGER duty_stay BEFORE DELETE ON duty BEGIN SELECT RAISE(ABORT, 'a duty is never deleted'); END;
