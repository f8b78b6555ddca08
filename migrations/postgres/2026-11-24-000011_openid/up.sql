-- A sign-in that was sent to the identity provider and has not come back: it lives for minutes and is taken once.
CREATE TABLE openid_try (
    state_hash text PRIMARY KEY,
    browser_hash text NOT NULL,
    nonce_hash text NOT NULL,
    verifier text NOT NULL,
    next text NOT NULL,
    expires_at timestamptz(6) NOT NULL
);
CREATE INDEX openid_try_expires ON openid_try (expires_at);

-- Whom the identity provider knows by which account. Its own name for the person never changes; an e-mail may.
CREATE TABLE openid_subject (
    issuer text NOT NULL,
    subject text NOT NULL,
    account_id uuid NOT NULL REFERENCES account (id),
    governs_roles boolean NOT NULL,
    linked_at timestamptz(6) NOT NULL,
    PRIMARY KEY (issuer, subject)
);
CREATE UNIQUE INDEX openid_subject_account ON openid_subject (account_id, issuer);
