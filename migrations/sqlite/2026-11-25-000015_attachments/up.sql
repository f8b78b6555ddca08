-- A file that belongs to a case. What it held stays told by its digest when it is taken away.
CREATE TABLE attachment (
    seq INTEGER PRIMARY KEY NOT NULL,
    id TEXT NOT NULL UNIQUE,
    incident_seq INTEGER NOT NULL REFERENCES incident (seq),
    -- As it was called where it came from, for people; never the name of a file of ours.
    name TEXT NOT NULL,
    -- The ending that says what it is, borne out by its content.
    kind TEXT NOT NULL,
    size INTEGER NOT NULL,
    -- How many parts it is kept in.
    parts INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    by_account TEXT NOT NULL REFERENCES account (id),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX attachment_incident ON attachment (incident_seq);
CREATE INDEX attachment_by_account ON attachment (by_account);

-- That a file was taken away, and why. Its content goes, its digest stays.
CREATE TABLE attachment_removal (
    attachment_seq INTEGER PRIMARY KEY NOT NULL REFERENCES attachment (seq),
    reason TEXT NOT NULL,
    by_account TEXT NOT NULL REFERENCES account (id),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX attachment_removal_by_account ON attachment_removal (by_account);

-- The content of a file in parts, each sealed for its place.
CREATE TABLE attachment_part (
    attachment_seq INTEGER NOT NULL REFERENCES attachment (seq),
    number INTEGER NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (attachment_seq, number)
) STRICT;
CREATE TRIGGER attachment_keep BEFORE UPDATE ON attachment BEGIN SELECT RAISE(ABORT, 'attachment is append-only'); END;
CREATE TRIGGER attachment_stay BEFORE DELETE ON attachment BEGIN SELECT RAISE(ABORT, 'attachment is append-only'); END;
CREATE TRIGGER attachment_removal_keep BEFORE UPDATE ON attachment_removal BEGIN SELECT RAISE(ABORT, 'attachment_removal is append-only'); END;
CREATE TRIGGER attachment_removal_stay BEFORE DELETE ON attachment_removal BEGIN SELECT RAISE(ABORT, 'attachment_removal is append-only'); END;
CREATE TRIGGER attachment_part_keep BEFORE UPDATE ON attachment_part BEGIN SELECT RAISE(ABORT, 'attachment_part is append-only'); END;
-- Only what was taken away with a reason goes.
CREATE TRIGGER attachment_part_stay BEFORE DELETE ON attachment_part
WHEN NOT EXISTS (SELECT 1 FROM attachment_removal AS gone WHERE gone.attachment_seq = OLD.attachment_seq)
BEGIN SELECT RAISE(ABORT, 'attachment_part is append-only'); END;
