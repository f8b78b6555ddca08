CREATE TABLE account (
    id TEXT PRIMARY KEY NOT NULL,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('nb', 'nn', 'en')),
    created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A link that works once: the first administrator's (no account yet), or a forgotten password.
CREATE TABLE one_time_link (
    token_hash TEXT PRIMARY KEY NOT NULL,
    account_id TEXT REFERENCES account (id),
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    used_at TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX one_time_link_account ON one_time_link (account_id);

CREATE TABLE session (
    token_hash TEXT PRIMARY KEY NOT NULL,
    account_id TEXT NOT NULL REFERENCES account (id),
    created_at TEXT NOT NULL,
    last_seen_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_account ON session (account_id);
