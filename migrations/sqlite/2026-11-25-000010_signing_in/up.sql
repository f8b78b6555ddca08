-- Where a session began, so that people know their own again.
ALTER TABLE session ADD COLUMN address TEXT NOT NULL DEFAULT '';
ALTER TABLE session ADD COLUMN browser TEXT NOT NULL DEFAULT '';

-- The secret that somebody's telephone makes codes from.
CREATE TABLE second_factor (
    account_id TEXT PRIMARY KEY NOT NULL REFERENCES account (id),
    sealed_secret TEXT NOT NULL,
    made_at TEXT NOT NULL,
    -- Empty until a first code has shown that the telephone has the secret.
    confirmed_at TEXT,
    -- The step of the last code that was used; neither it nor an older one is taken again.
    last_step INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What lets somebody in once who has lost the telephone.
CREATE TABLE recovery_code (
    code_hash TEXT PRIMARY KEY NOT NULL,
    account_id TEXT NOT NULL REFERENCES account (id),
    made_at TEXT NOT NULL,
    used_at TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX recovery_code_account ON recovery_code (account_id);

-- Somebody who gave the right password and owes the code.
CREATE TABLE half_sign_in (
    token_hash TEXT PRIMARY KEY NOT NULL,
    account_id TEXT NOT NULL REFERENCES account (id),
    began_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    tries INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX half_sign_in_account ON half_sign_in (account_id);

-- Every version of the rules for signing in; the latest is what holds, the built-in ones before the first.
CREATE TABLE sign_in_version (
    version INTEGER PRIMARY KEY NOT NULL,
    rules TEXT NOT NULL,
    by_account TEXT NOT NULL REFERENCES account (id),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX sign_in_version_by ON sign_in_version (by_account);
CREATE TRIGGER sign_in_version_keep BEFORE UPDATE ON sign_in_version BEGIN SELECT RAISE(ABORT, 'sign_in_version is append-only'); END;
CREATE TRIGGER sign_in_version_stay BEFORE DELETE ON sign_in_version BEGIN SELECT RAISE(ABORT, 'sign_in_version is append-only'); END;
