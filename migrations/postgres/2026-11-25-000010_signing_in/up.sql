-- Where a session began, so that people know their own again.
ALTER TABLE session ADD COLUMN address text NOT NULL DEFAULT '';
ALTER TABLE session ADD COLUMN browser text NOT NULL DEFAULT '';

-- The secret that somebody's telephone makes codes from.
CREATE TABLE second_factor (
    account_id uuid PRIMARY KEY REFERENCES account (id),
    sealed_secret text NOT NULL,
    made_at timestamptz(6) NOT NULL,
    -- Empty until a first code has shown that the telephone has the secret.
    confirmed_at timestamptz(6),
    -- The step of the last code that was used; neither it nor an older one is taken again.
    last_step bigint NOT NULL
);

-- What lets somebody in once who has lost the telephone.
CREATE TABLE recovery_code (
    code_hash text PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES account (id),
    made_at timestamptz(6) NOT NULL,
    used_at timestamptz(6)
);
CREATE INDEX recovery_code_account ON recovery_code (account_id);

-- Somebody who gave the right password and owes the code.
CREATE TABLE half_sign_in (
    token_hash text PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES account (id),
    began_at timestamptz(6) NOT NULL,
    expires_at timestamptz(6) NOT NULL,
    tries integer NOT NULL
);
CREATE INDEX half_sign_in_account ON half_sign_in (account_id);

-- Every version of the rules for signing in; the latest is what holds, the built-in ones before the first.
CREATE TABLE sign_in_version (
    version integer PRIMARY KEY,
    rules jsonb NOT NULL,
    by_account uuid NOT NULL REFERENCES account (id),
    at timestamptz(6) NOT NULL
);
CREATE INDEX sign_in_version_by ON sign_in_version (by_account);
CREATE TRIGGER sign_in_version_keep BEFORE UPDATE ON sign_in_version FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER sign_in_version_stay BEFORE DELETE ON sign_in_version FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER sign_in_version_whole BEFORE TRUNCATE ON sign_in_version FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
