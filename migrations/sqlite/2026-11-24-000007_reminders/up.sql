-- Since when a duty's state and deadline are what they are, and when somebody is to be reminded of it next.
ALTER TABLE duty ADD COLUMN armed_at TEXT;
ALTER TABLE duty ADD COLUMN remind_at TEXT;
UPDATE duty SET armed_at = changed_at, remind_at = CASE WHEN state IN ('required', 'undetermined') THEN changed_at END;
CREATE INDEX duty_remind ON duty (remind_at) WHERE remind_at IS NOT NULL;

-- A step of the ladder that has been taken for a duty. The same step is never taken twice while nothing changes.
CREATE TABLE reminder (
    seq INTEGER PRIMARY KEY NOT NULL,
    duty_seq INTEGER NOT NULL REFERENCES duty (seq),
    armed_at TEXT NOT NULL,
    step TEXT NOT NULL,
    circle TEXT NOT NULL CHECK (circle IN ('owner', 'team', 'management')),
    -- How often the step has been taken before, as after a snooze.
    again INTEGER NOT NULL,
    due_at TEXT NOT NULL,
    fired_at TEXT NOT NULL,
    -- Who was told, by name.
    told TEXT NOT NULL,
    UNIQUE (duty_seq, armed_at, step, circle, again)
) STRICT;
CREATE TRIGGER reminder_keep BEFORE UPDATE ON reminder BEGIN SELECT RAISE(ABORT, 'reminder is append-only'); END;
CREATE TRIGGER reminder_stay BEFORE DELETE ON reminder BEGIN SELECT RAISE(ABORT, 'reminder is append-only'); END;

-- Somebody's answer to a step: seen, or remind me later.
CREATE TABLE reminder_answer (
    seq INTEGER PRIMARY KEY NOT NULL,
    duty_seq INTEGER NOT NULL REFERENCES duty (seq),
    armed_at TEXT NOT NULL,
    step TEXT NOT NULL,
    snoozed_until TEXT,
    by_account TEXT NOT NULL REFERENCES account (id),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX reminder_answer_duty ON reminder_answer (duty_seq);
CREATE INDEX reminder_answer_by ON reminder_answer (by_account);
CREATE TRIGGER reminder_answer_keep BEFORE UPDATE ON reminder_answer BEGIN SELECT RAISE(ABORT, 'reminder_answer is append-only'); END;
CREATE TRIGGER reminder_answer_stay BEFORE DELETE ON reminder_answer BEGIN SELECT RAISE(ABORT, 'reminder_answer is append-only'); END;

-- Every version of the ladders; the latest is what holds, the built-in ones before the first.
CREATE TABLE ladders_version (
    version INTEGER PRIMARY KEY NOT NULL,
    ladders TEXT NOT NULL,
    by_account TEXT NOT NULL REFERENCES account (id),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX ladders_version_by ON ladders_version (by_account);
CREATE TRIGGER ladders_version_keep BEFORE UPDATE ON ladders_version BEGIN SELECT RAISE(ABORT, 'ladders_version is append-only'); END;
CREATE TRIGGER ladders_version_stay BEFORE DELETE ON ladders_version BEGIN SELECT RAISE(ABORT, 'ladders_version is append-only'); END;

-- What comes round by the calendar and has been done, such as the summary of a week.
CREATE TABLE occasion (
    name TEXT NOT NULL,
    period TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (name, period)
) STRICT, WITHOUT ROWID;

-- Something that does not work and that a person must see. It goes when it works again.
CREATE TABLE trouble (
    name TEXT PRIMARY KEY NOT NULL,
    detail TEXT NOT NULL,
    times INTEGER NOT NULL,
    first_at TEXT NOT NULL,
    last_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
