-- Whoever logged the case answers for what time alone brought about.
DROP TRIGGER facts_version_keep ON facts_version;
UPDATE facts_version SET by_account = (SELECT opened_by FROM incident WHERE incident.seq = incident_seq)
    WHERE by_account IS NULL;
CREATE TRIGGER facts_version_keep BEFORE UPDATE ON facts_version FOR EACH ROW EXECUTE FUNCTION refuse_change();
ALTER TABLE facts_version ALTER COLUMN by_account SET NOT NULL;

DROP TRIGGER assessment_keep ON assessment;
UPDATE assessment SET by_account = (SELECT opened_by FROM incident WHERE incident.seq = incident_seq)
    WHERE by_account IS NULL;
CREATE TRIGGER assessment_keep BEFORE UPDATE ON assessment FOR EACH ROW EXECUTE FUNCTION refuse_change();
ALTER TABLE assessment ALTER COLUMN by_account SET NOT NULL;

DROP TRIGGER timeline_keep ON timeline;
UPDATE timeline SET by_account = (SELECT opened_by FROM incident WHERE incident.seq = incident_seq)
    WHERE by_account IS NULL;
CREATE TRIGGER timeline_keep BEFORE UPDATE ON timeline FOR EACH ROW EXECUTE FUNCTION refuse_change();
ALTER TABLE timeline ALTER COLUMN by_account SET NOT NULL;

DROP INDEX incident_holds_until;
ALTER TABLE incident DROP COLUMN holds_until;
