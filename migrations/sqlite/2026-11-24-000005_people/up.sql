-- What a person may do, and so whom reminders go to.
CREATE TABLE account_role (
    account_id TEXT NOT NULL REFERENCES account (id),
    role TEXT NOT NULL CHECK (role IN ('reporter', 'responder', 'privacy_officer', 'manager', 'administrator', 'auditor')),
    PRIMARY KEY (account_id, role)
) STRICT, WITHOUT ROWID;
CREATE INDEX account_role_role ON account_role (role);
-- Until now there was one kind of account, and it did everything.
INSERT INTO account_role (account_id, role) SELECT id, 'administrator' FROM account;
INSERT INTO account_role (account_id, role) SELECT id, 'responder' FROM account;
INSERT INTO account_role (account_id, role) SELECT id, 'privacy_officer' FROM account;
-- Where to reach the person by text message.
ALTER TABLE account ADD COLUMN phone TEXT;
-- Who has left: no sign-in, no reminders; what they did keeps their name.
ALTER TABLE account ADD COLUMN left_at TEXT;

-- Whoever sees to a case; reminders reach the owner first. Nobody named means whoever logged it.
ALTER TABLE incident ADD COLUMN owner TEXT REFERENCES account (id);
CREATE INDEX incident_owner ON incident (owner) WHERE owner IS NOT NULL;
