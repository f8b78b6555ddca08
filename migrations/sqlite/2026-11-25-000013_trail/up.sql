-- The auditor narrows a long chain by person, kind, subject and time; each is read from its newest entry backwards.
DROP INDEX audit_entry_actor;
DROP INDEX audit_entry_subject;
CREATE INDEX audit_entry_actor ON audit_entry (actor, seq);
CREATE INDEX audit_entry_subject ON audit_entry (subject, seq);
CREATE INDEX audit_entry_what ON audit_entry (what, seq);
CREATE INDEX audit_entry_at ON audit_entry (at);

-- How long personal data are kept, and who gets the signed head; the latest is what holds, the built-in one before the first.
CREATE TABLE keeping_version (
    version INTEGER PRIMARY KEY NOT NULL,
    keeping TEXT NOT NULL,
    by_account TEXT NOT NULL REFERENCES account (id),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX keeping_version_by ON keeping_version (by_account);
CREATE TRIGGER keeping_version_keep BEFORE UPDATE ON keeping_version BEGIN SELECT RAISE(ABORT, 'keeping_version is append-only'); END;
CREATE TRIGGER keeping_version_stay BEFORE DELETE ON keeping_version BEGIN SELECT RAISE(ABORT, 'keeping_version is append-only'); END;

-- Somebody says that nothing of an incident may go yet, or that it may again; the latest is what holds.
CREATE TABLE hold (
    seq INTEGER PRIMARY KEY NOT NULL,
    incident_seq INTEGER NOT NULL REFERENCES incident (seq),
    what TEXT NOT NULL CHECK (what IN ('held', 'released')),
    reason TEXT NOT NULL,
    by_account TEXT NOT NULL REFERENCES account (id),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX hold_incident ON hold (incident_seq);
CREATE INDEX hold_by ON hold (by_account);
CREATE TRIGGER hold_keep BEFORE UPDATE ON hold BEGIN SELECT RAISE(ABORT, 'hold is append-only'); END;
CREATE TRIGGER hold_stay BEFORE DELETE ON hold BEGIN SELECT RAISE(ABORT, 'hold is append-only'); END;

-- What a message says, and to whom it went, goes when its time is over: found by what is still there.
CREATE INDEX message_says ON message (created_at) WHERE body <> '';
