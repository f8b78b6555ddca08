-- A sign-in that was sent to the identity provider and has not come back: it lives for minutes and is taken once.
CREATE TABLE openid_try (
    state_hash TEXT PRIMARY KEY NOT NULL,
    browser_hash TEXT NOT NULL,
    nonce_hash TEXT NOT NULL,
    verifier TEXT NOT NULL,
    next TEXT NOT NULL,
    expires_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX openid_try_expires ON openid_try (expires_at);

-- Whom the identity provider knows by which account. Its own name for the person never changes; an e-mail may.
CREATE TABLE openid_subject (
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    account_id TEXT NOT NULL REFERENCES account (id),
    governs_roles INTEGER NOT NULL CHECK (governs_roles IN (0, 1)),
    linked_at TEXT NOT NULL,
    PRIMARY KEY (issuer, subject)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX openid_subject_account ON openid_subject (account_id, issuer);
