-- A text for a duty as somebody saved it; the latest is what is worked on.
CREATE TABLE notice_version (
    seq INTEGER PRIMARY KEY NOT NULL,
    incident_seq INTEGER NOT NULL REFERENCES incident (seq),
    duty_id TEXT NOT NULL,
    for_whom TEXT NOT NULL,
    version INTEGER NOT NULL,
    stage TEXT NOT NULL CHECK (stage IN ('least', 'initial', 'supplementary', 'final', 'withdrawn')),
    lang TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    sms TEXT NOT NULL,
    -- What the program wrote when it was saved, to tell what has changed since.
    draft TEXT NOT NULL,
    -- What the receiver asks for and no fact holds, as it was typed.
    fields TEXT NOT NULL,
    facts_version INTEGER NOT NULL,
    digest TEXT NOT NULL,
    by_account TEXT NOT NULL REFERENCES account (id),
    at TEXT NOT NULL,
    UNIQUE (incident_seq, duty_id, for_whom, version)
) STRICT;
CREATE INDEX notice_version_by ON notice_version (by_account);
CREATE TRIGGER notice_version_keep BEFORE UPDATE ON notice_version BEGIN SELECT RAISE(ABORT, 'notice_version is append-only'); END;
CREATE TRIGGER notice_version_stay BEFORE DELETE ON notice_version BEGIN SELECT RAISE(ABORT, 'notice_version is append-only'); END;

-- Somebody's word that a text may leave, bound to its digest.
CREATE TABLE notice_approval (
    seq INTEGER PRIMARY KEY NOT NULL,
    notice_seq INTEGER NOT NULL UNIQUE REFERENCES notice_version (seq),
    digest TEXT NOT NULL,
    by_account TEXT NOT NULL REFERENCES account (id),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX notice_approval_by ON notice_approval (by_account);
CREATE TRIGGER notice_approval_keep BEFORE UPDATE ON notice_approval BEGIN SELECT RAISE(ABORT, 'notice_approval is append-only'); END;
CREATE TRIGGER notice_approval_stay BEFORE DELETE ON notice_approval BEGIN SELECT RAISE(ABORT, 'notice_approval is append-only'); END;

-- What left the house, or waits in the outbox, byte for byte; a call by telephone has no text.
CREATE TABLE notice_sending (
    seq INTEGER PRIMARY KEY NOT NULL,
    incident_seq INTEGER NOT NULL REFERENCES incident (seq),
    duty_id TEXT NOT NULL,
    for_whom TEXT NOT NULL,
    notice_seq INTEGER REFERENCES notice_version (seq),
    how TEXT NOT NULL,
    recipient TEXT NOT NULL,
    reference TEXT,
    note TEXT NOT NULL,
    complete INTEGER NOT NULL CHECK (complete IN (0, 1)),
    content TEXT NOT NULL,
    message_key TEXT UNIQUE,
    by_account TEXT NOT NULL REFERENCES account (id),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX notice_sending_incident ON notice_sending (incident_seq);
CREATE INDEX notice_sending_notice ON notice_sending (notice_seq);
CREATE INDEX notice_sending_by ON notice_sending (by_account);
CREATE TRIGGER notice_sending_keep BEFORE UPDATE ON notice_sending BEGIN SELECT RAISE(ABORT, 'notice_sending is append-only'); END;
CREATE TRIGGER notice_sending_stay BEFORE DELETE ON notice_sending BEGIN SELECT RAISE(ABORT, 'notice_sending is append-only'); END;

-- That it arrived, once, and whether it could be recorded on its duty.
CREATE TABLE notice_receipt (
    seq INTEGER PRIMARY KEY NOT NULL,
    sending_seq INTEGER NOT NULL UNIQUE REFERENCES notice_sending (seq),
    reply TEXT NOT NULL,
    recorded INTEGER NOT NULL CHECK (recorded IN (0, 1)),
    at TEXT NOT NULL
) STRICT;
CREATE TRIGGER notice_receipt_keep BEFORE UPDATE ON notice_receipt BEGIN SELECT RAISE(ABORT, 'notice_receipt is append-only'); END;
CREATE TRIGGER notice_receipt_stay BEFORE DELETE ON notice_receipt BEGIN SELECT RAISE(ABORT, 'notice_receipt is append-only'); END;

-- How a business customer is told, and what we may notify for them; the latest of a name holds.
CREATE TABLE controller_version (
    seq INTEGER PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    authorised TEXT NOT NULL CHECK (authorised IN ('none', 'first', 'all')),
    basis TEXT NOT NULL,
    by_account TEXT NOT NULL REFERENCES account (id),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX controller_version_name ON controller_version (name);
CREATE INDEX controller_version_by ON controller_version (by_account);
CREATE TRIGGER controller_version_keep BEFORE UPDATE ON controller_version BEGIN SELECT RAISE(ABORT, 'controller_version is append-only'); END;
CREATE TRIGGER controller_version_stay BEFORE DELETE ON controller_version BEGIN SELECT RAISE(ABORT, 'controller_version is append-only'); END;
