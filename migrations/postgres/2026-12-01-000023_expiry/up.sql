-- A file goes when its time is over, too: then nobody in particular took it away, and there is no reason beside it.
ALTER TABLE attachment_removal ALTER COLUMN by_account DROP NOT NULL;

-- Of a report, where to reach the person goes; all else stays as it was said.
DROP TRIGGER report_keep ON report;
CREATE TRIGGER report_keep BEFORE UPDATE ON report FOR EACH ROW
WHEN (NEW.contact <> '' OR NEW.incident_seq <> OLD.incident_seq OR NEW.by_account <> OLD.by_account OR NEW.what <> OLD.what
    OR NEW.noticed_at <> OLD.noticed_at OR NEW.system <> OLD.system OR NEW.personal_data <> OLD.personal_data OR NEW.at <> OLD.at)
EXECUTE FUNCTION refuse_change();
