DROP TRIGGER report_keep ON report;
CREATE TRIGGER report_keep BEFORE UPDATE ON report FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- What went by itself is put down to whoever attached it: the older version knows no other.
ALTER TABLE attachment_removal DISABLE TRIGGER attachment_removal_keep;
UPDATE attachment_removal SET by_account = attachment.by_account
    FROM attachment WHERE attachment.seq = attachment_seq AND attachment_removal.by_account IS NULL;
ALTER TABLE attachment_removal ENABLE TRIGGER attachment_removal_keep;
ALTER TABLE attachment_removal ALTER COLUMN by_account SET NOT NULL;
