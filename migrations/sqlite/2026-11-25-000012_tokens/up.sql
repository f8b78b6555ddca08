-- What signs in by a token alone: another system, never a person. Its name and roles stand with its account.
CREATE TABLE machine (
    account_id TEXT PRIMARY KEY NOT NULL REFERENCES account (id),
    made_by TEXT REFERENCES account (id),
    made_at TEXT NOT NULL
) STRICT;
CREATE INDEX machine_made_by ON machine (made_by) WHERE made_by IS NOT NULL;
CREATE TRIGGER machine_keep BEFORE UPDATE ON machine BEGIN SELECT RAISE(ABORT, 'machine is append-only'); END;
CREATE TRIGGER machine_stay BEFORE DELETE ON machine BEGIN SELECT RAISE(ABORT, 'machine is append-only'); END;

-- What a program shows instead of a session. The secret itself is not kept.
CREATE TABLE api_token (
    id TEXT PRIMARY KEY NOT NULL,
    account_id TEXT NOT NULL REFERENCES account (id),
    name TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    -- The words of the rights it may use, where the account holds them, too.
    scopes TEXT NOT NULL,
    made_by TEXT REFERENCES account (id),
    made_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    -- To the minute.
    last_used_at TEXT,
    revoked_at TEXT,
    revoked_by TEXT REFERENCES account (id)
) STRICT;
CREATE INDEX api_token_account ON api_token (account_id);
CREATE INDEX api_token_made_by ON api_token (made_by) WHERE made_by IS NOT NULL;
CREATE INDEX api_token_revoked_by ON api_token (revoked_by) WHERE revoked_by IS NOT NULL;

-- What monitoring reports, and the case that came of it. The same alert that comes again after its case was closed is
-- another row.
CREATE TABLE alert (
    seq INTEGER PRIMARY KEY NOT NULL,
    source TEXT NOT NULL,
    key TEXT NOT NULL,
    incident_seq INTEGER NOT NULL REFERENCES incident (seq),
    state TEXT NOT NULL CHECK (state IN ('firing', 'resolved')),
    -- The last start that was told of: what began no later is an old message that comes again.
    started_at TEXT NOT NULL,
    -- What was stated in the case for it: only that is ever corrected, and never what a person wrote.
    told TEXT NOT NULL,
    -- What was told of last; the same again changes nothing.
    digest TEXT NOT NULL,
    times INTEGER NOT NULL,
    first_at TEXT NOT NULL,
    last_at TEXT NOT NULL,
    UNIQUE (source, key, incident_seq)
) STRICT;
CREATE INDEX alert_incident ON alert (incident_seq);
CREATE TRIGGER alert_stay BEFORE DELETE ON alert BEGIN SELECT RAISE(ABORT, 'an alert is never deleted'); END;
