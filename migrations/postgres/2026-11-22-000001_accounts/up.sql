-- Every transaction that writes locks this row first: the writers of several instances take turns, as SQLite's do.
CREATE TABLE turn (id integer PRIMARY KEY CHECK (id = 1));
INSERT INTO turn VALUES (1);

CREATE TABLE account (
    id uuid PRIMARY KEY,
    email text NOT NULL UNIQUE,
    name text NOT NULL,
    password_hash text NOT NULL,
    language text NOT NULL CHECK (language IN ('nb', 'nn', 'en')),
    created_at timestamptz(6) NOT NULL
);

-- A link that works once: the first administrator's (no account yet), or a forgotten password.
CREATE TABLE one_time_link (
    token_hash text PRIMARY KEY,
    account_id uuid REFERENCES account (id),
    created_at timestamptz(6) NOT NULL,
    expires_at timestamptz(6) NOT NULL,
    used_at timestamptz(6)
);
CREATE INDEX one_time_link_account ON one_time_link (account_id);

CREATE TABLE session (
    token_hash text PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES account (id),
    created_at timestamptz(6) NOT NULL,
    last_seen_at timestamptz(6) NOT NULL
);
CREATE INDEX session_account ON session (account_id);
