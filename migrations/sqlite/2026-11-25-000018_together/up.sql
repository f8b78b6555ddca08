-- What a calendar shows to be handed the deadlines of a person. The secret itself is not kept.
CREATE TABLE calendar_token (
    id TEXT PRIMARY KEY NOT NULL,
    account_id TEXT NOT NULL REFERENCES account (id),
    -- What concerns the person, or everything the person may see.
    span TEXT NOT NULL CHECK (span IN ('mine', 'company')),
    token_hash TEXT NOT NULL UNIQUE,
    made_at TEXT NOT NULL,
    -- To the minute.
    last_used_at TEXT,
    ended_at TEXT
) STRICT;
CREATE INDEX calendar_token_account ON calendar_token (account_id);

-- What somebody said about a case. A correction is another comment that stands for the first; the first can still be read.
CREATE TABLE incident_comment (
    seq INTEGER PRIMARY KEY NOT NULL,
    id TEXT NOT NULL UNIQUE,
    incident_seq INTEGER NOT NULL REFERENCES incident (seq),
    -- Empty when its time was over, or a person's request took it away.
    words TEXT NOT NULL,
    replaces_seq INTEGER UNIQUE REFERENCES incident_comment (seq),
    by_account TEXT NOT NULL REFERENCES account (id),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX incident_comment_incident ON incident_comment (incident_seq);
CREATE INDEX incident_comment_by_account ON incident_comment (by_account);
-- The words may go, and nothing else changes.
CREATE TRIGGER incident_comment_keep BEFORE UPDATE ON incident_comment
WHEN NOT (NEW.words = '' AND NEW.seq = OLD.seq AND NEW.id = OLD.id AND NEW.incident_seq = OLD.incident_seq
    AND NEW.replaces_seq IS OLD.replaces_seq AND NEW.by_account = OLD.by_account AND NEW.at = OLD.at)
BEGIN SELECT RAISE(ABORT, 'incident_comment is append-only'); END;
CREATE TRIGGER incident_comment_stay BEFORE DELETE ON incident_comment BEGIN SELECT RAISE(ABORT, 'incident_comment is append-only'); END;

-- What somebody is to do about a case.
CREATE TABLE task (
    seq INTEGER PRIMARY KEY NOT NULL,
    id TEXT NOT NULL UNIQUE,
    incident_seq INTEGER NOT NULL REFERENCES incident (seq),
    -- Empty when its time was over, or a person's request took it away.
    what TEXT NOT NULL,
    owner TEXT NOT NULL REFERENCES account (id),
    due_at TEXT,
    -- When the owner is to be reminded; nothing when that was done.
    remind_at TEXT,
    version INTEGER NOT NULL,
    made_by TEXT NOT NULL REFERENCES account (id),
    made_at TEXT NOT NULL,
    done_by TEXT REFERENCES account (id),
    done_at TEXT
) STRICT;
CREATE INDEX task_incident ON task (incident_seq);
CREATE INDEX task_owner ON task (owner);
CREATE INDEX task_made_by ON task (made_by);
CREATE INDEX task_done_by ON task (done_by) WHERE done_by IS NOT NULL;
CREATE INDEX task_remind ON task (remind_at) WHERE remind_at IS NOT NULL;
CREATE TRIGGER task_stay BEFORE DELETE ON task BEGIN SELECT RAISE(ABORT, 'a task is never deleted'); END;

-- That a task was done, or taken up again.
CREATE TABLE task_ending (
    seq INTEGER PRIMARY KEY NOT NULL,
    task_seq INTEGER NOT NULL REFERENCES task (seq),
    what TEXT NOT NULL CHECK (what IN ('done', 'reopened')),
    by_account TEXT NOT NULL REFERENCES account (id),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX task_ending_task ON task_ending (task_seq);
CREATE INDEX task_ending_by_account ON task_ending (by_account);
CREATE TRIGGER task_ending_keep BEFORE UPDATE ON task_ending BEGIN SELECT RAISE(ABORT, 'task_ending is append-only'); END;
CREATE TRIGGER task_ending_stay BEFORE DELETE ON task_ending BEGIN SELECT RAISE(ABORT, 'task_ending is append-only'); END;

-- Who had the page of a case open when. It is of interest for minutes.
CREATE TABLE presence (
    incident_seq INTEGER NOT NULL REFERENCES incident (seq),
    account_id TEXT NOT NULL REFERENCES account (id),
    seen_at TEXT NOT NULL,
    PRIMARY KEY (incident_seq, account_id)
) STRICT;
CREATE INDEX presence_account ON presence (account_id);
CREATE INDEX presence_seen ON presence (seen_at);
