-- What was done, by whom and when. Each entry holds the digest of the one before it, so that none can be changed, left
-- out or put in without a trace.
CREATE TABLE audit_entry (
    seq INTEGER PRIMARY KEY NOT NULL,
    at TEXT NOT NULL,
    actor TEXT REFERENCES account (id),
    -- Where the request came from; empty for what the program does by itself.
    address TEXT NOT NULL,
    what TEXT NOT NULL,
    -- The case by its reference, or whatever else it was done to.
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    before TEXT NOT NULL,
    digest TEXT NOT NULL UNIQUE
) STRICT;
CREATE INDEX audit_entry_actor ON audit_entry (actor);
CREATE INDEX audit_entry_subject ON audit_entry (subject);
CREATE TRIGGER audit_entry_keep BEFORE UPDATE ON audit_entry BEGIN SELECT RAISE(ABORT, 'audit_entry is append-only'); END;
CREATE TRIGGER audit_entry_stay BEFORE DELETE ON audit_entry BEGIN SELECT RAISE(ABORT, 'audit_entry is append-only'); END;
