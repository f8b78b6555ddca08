-- Whether a session was begun with a passkey, which is both factors at once.
ALTER TABLE session ADD COLUMN by_passkey boolean NOT NULL DEFAULT false;

-- A key that somebody's device or password manager signs in with. What lies here only checks; it lets nobody in.
CREATE TABLE passkey (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES account (id),
    name text NOT NULL,
    -- What the device calls the key.
    credential_id text NOT NULL UNIQUE,
    public_key text NOT NULL,
    -- What changes with use, the counter of signatures among it.
    state text NOT NULL,
    transports integer NOT NULL,
    made_at timestamptz(6) NOT NULL,
    last_used_at timestamptz(6)
);
CREATE INDEX passkey_account ON passkey (account_id);

-- A question that a browser was asked: answered once, within minutes. Whose it is stands there where somebody adds a key.
CREATE TABLE passkey_try (
    token_hash text PRIMARY KEY,
    account_id uuid REFERENCES account (id),
    state text NOT NULL,
    expires_at timestamptz(6) NOT NULL
);
CREATE INDEX passkey_try_account ON passkey_try (account_id);
CREATE INDEX passkey_try_expires ON passkey_try (expires_at);
