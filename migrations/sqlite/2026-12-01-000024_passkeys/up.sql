-- Whether a session was begun with a passkey, which is both factors at once.
ALTER TABLE session ADD COLUMN by_passkey INTEGER NOT NULL DEFAULT 0;

-- A key that somebody's device or password manager signs in with. What lies here only checks; it lets nobody in.
CREATE TABLE passkey (
    id TEXT PRIMARY KEY NOT NULL,
    account_id TEXT NOT NULL REFERENCES account (id),
    name TEXT NOT NULL,
    -- What the device calls the key.
    credential_id TEXT NOT NULL UNIQUE,
    public_key TEXT NOT NULL,
    -- What changes with use, the counter of signatures among it.
    state TEXT NOT NULL,
    transports INTEGER NOT NULL,
    made_at TEXT NOT NULL,
    last_used_at TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX passkey_account ON passkey (account_id);

-- A question that a browser was asked: answered once, within minutes. Whose it is stands there where somebody adds a key.
CREATE TABLE passkey_try (
    token_hash TEXT PRIMARY KEY NOT NULL,
    account_id TEXT REFERENCES account (id),
    state TEXT NOT NULL,
    expires_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX passkey_try_account ON passkey_try (account_id);
CREATE INDEX passkey_try_expires ON passkey_try (expires_at);
