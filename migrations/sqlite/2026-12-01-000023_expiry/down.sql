DROP TRIGGER report_keep;
CREATE TRIGGER report_keep BEFORE UPDATE ON report BEGIN SELECT RAISE(ABORT, 'report is append-only'); END;

DROP TRIGGER attachment_part_stay;
CREATE TABLE removal_old (
    attachment_seq INTEGER PRIMARY KEY NOT NULL REFERENCES attachment (seq),
    reason TEXT NOT NULL,
    by_account TEXT NOT NULL REFERENCES account (id),
    at TEXT NOT NULL
) STRICT;
-- What went by itself is put down to whoever attached it: the older version knows no other.
INSERT INTO removal_old SELECT gone.attachment_seq, gone.reason, coalesce(gone.by_account, file.by_account), gone.at
    FROM attachment_removal AS gone JOIN attachment AS file ON file.seq = gone.attachment_seq;
DROP TABLE attachment_removal;
ALTER TABLE removal_old RENAME TO attachment_removal;
CREATE INDEX attachment_removal_by_account ON attachment_removal (by_account);
CREATE TRIGGER attachment_removal_keep BEFORE UPDATE ON attachment_removal BEGIN SELECT RAISE(ABORT, 'attachment_removal is append-only'); END;
CREATE TRIGGER attachment_removal_stay BEFORE DELETE ON attachment_removal BEGIN SELECT RAISE(ABORT, 'attachment_removal is append-only'); END;
CREATE TRIGGER attachment_part_stay BEFORE DELETE ON attachment_part
WHEN NOT EXISTS (SELECT 1 FROM attachment_removal AS gone WHERE gone.attachment_seq = OLD.attachment_seq)
BEGIN SELECT RAISE(ABORT, 'attachment_part is append-only'); END;
