-- A way out that the company has set up: a webhook, a chat channel, a text message gateway, a shared mailbox.
CREATE TABLE channel (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('mail', 'webhook', 'teams', 'slack', 'sms')),
    -- Where a shared mailbox is, or to which number; empty where the route is the address.
    recipient TEXT NOT NULL,
    -- The circle of the ladder it belongs to; a gateway for persons belongs to none.
    circle TEXT CHECK (circle IN ('team', 'management')),
    -- Which duties it hears of.
    about TEXT NOT NULL CHECK (about IN ('all', 'privacy', 'network')),
    language TEXT NOT NULL CHECK (language IN ('nb', 'nn', 'en')),
    -- The route as JSON, sealed: addresses of webhooks are secrets.
    sealed_route TEXT NOT NULL,
    enabled INTEGER NOT NULL,
    version INTEGER NOT NULL,
    created_by TEXT NOT NULL REFERENCES account (id),
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX channel_created_by ON channel (created_by);

-- A message that must go out, written together with what causes it.
CREATE TABLE message (
    seq INTEGER PRIMARY KEY NOT NULL,
    id TEXT NOT NULL UNIQUE,
    -- What it says, to whom, and for which step: the same is never written twice.
    key TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    -- The channel it goes by; none is mail to a person.
    channel_id TEXT REFERENCES channel (id),
    recipient TEXT NOT NULL,
    recipient_name TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('nb', 'nn', 'en')),
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    link TEXT,
    data TEXT NOT NULL,
    urgent INTEGER NOT NULL,
    incident_seq INTEGER REFERENCES incident (seq),
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'gave_up', 'cancelled')),
    created_at TEXT NOT NULL,
    -- The next attempt is not before this.
    due_at TEXT NOT NULL,
    -- After this nobody tries any more.
    give_up_at TEXT NOT NULL,
    -- Who is trying, and until when nobody else may.
    leased_by TEXT,
    leased_until TEXT,
    attempts INTEGER NOT NULL,
    last_reply TEXT,
    settled_at TEXT
) STRICT;
CREATE INDEX message_due ON message (due_at) WHERE state = 'waiting';
CREATE INDEX message_gave_up ON message (seq) WHERE state = 'gave_up';
CREATE INDEX message_channel ON message (channel_id) WHERE channel_id IS NOT NULL;
CREATE INDEX message_incident ON message (incident_seq) WHERE incident_seq IS NOT NULL;
CREATE TRIGGER message_stay BEFORE DELETE ON message BEGIN SELECT RAISE(ABORT, 'a message is never deleted'); END;

-- Every attempt with what the other side answered. An attempt is written when it ends.
CREATE TABLE attempt (
    seq INTEGER PRIMARY KEY NOT NULL,
    message_seq INTEGER NOT NULL REFERENCES message (seq),
    number INTEGER NOT NULL,
    worker TEXT NOT NULL,
    started_at TEXT NOT NULL,
    ended_at TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('delivered', 'later', 'refused', 'lost')),
    reply TEXT NOT NULL,
    UNIQUE (message_seq, number)
) STRICT;
CREATE TRIGGER attempt_keep BEFORE UPDATE ON attempt BEGIN SELECT RAISE(ABORT, 'attempt is append-only'); END;
CREATE TRIGGER attempt_stay BEFORE DELETE ON attempt BEGIN SELECT RAISE(ABORT, 'attempt is append-only'); END;
