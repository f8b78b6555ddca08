-- A file goes when its time is over, too: then nobody in particular took it away.
DROP TRIGGER attachment_part_stay;
CREATE TABLE removal_new (
    attachment_seq INTEGER PRIMARY KEY NOT NULL REFERENCES attachment (seq),
    -- Why; empty when its time was over.
    reason TEXT NOT NULL,
    -- Who; nobody when its time was over.
    by_account TEXT REFERENCES account (id),
    at TEXT NOT NULL
) STRICT;
INSERT INTO removal_new SELECT attachment_seq, reason, by_account, at FROM attachment_removal;
DROP TABLE attachment_removal;
ALTER TABLE removal_new RENAME TO attachment_removal;
CREATE INDEX attachment_removal_by_account ON attachment_removal (by_account);
CREATE TRIGGER attachment_removal_keep BEFORE UPDATE ON attachment_removal BEGIN SELECT RAISE(ABORT, 'attachment_removal is append-only'); END;
CREATE TRIGGER attachment_removal_stay BEFORE DELETE ON attachment_removal BEGIN SELECT RAISE(ABORT, 'attachment_removal is append-only'); END;
CREATE TRIGGER attachment_part_stay BEFORE DELETE ON attachment_part
WHEN NOT EXISTS (SELECT 1 FROM attachment_removal AS gone WHERE gone.attachment_seq = OLD.attachment_seq)
BEGIN SELECT RAISE(ABORT, 'attachment_part is append-only'); END;

-- Of a report, where to reach the person goes; all else stays as it was said.
DROP TRIGGER report_keep;
CREATE TRIGGER report_keep BEFORE UPDATE ON report WHEN NEW.contact <> '' OR NEW.incident_seq <> OLD.incident_seq OR NEW.by_account <> OLD.by_account OR NEW.what <> OLD.what
    OR NEW.noticed_at <> OLD.noticed_at OR NEW.system <> OLD.system OR NEW.personal_data <> OLD.personal_data OR NEW.at <> OLD.at
BEGIN SELECT RAISE(ABORT, 'report is append-only'); END;
