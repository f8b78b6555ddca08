-- Every version of the settings; the latest is what holds. Nobody could save any before this.
CREATE TABLE settings_version (
    version integer PRIMARY KEY,
    company jsonb NOT NULL,
    organisation jsonb NOT NULL,
    thresholds jsonb NOT NULL,
    -- The version in which the switches or the numbers of severity last changed.
    judging integer NOT NULL,
    by_account uuid NOT NULL REFERENCES account (id),
    at timestamptz(6) NOT NULL
);
CREATE INDEX settings_version_by ON settings_version (by_account);
CREATE TRIGGER settings_version_keep BEFORE UPDATE ON settings_version FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER settings_version_stay BEFORE DELETE ON settings_version FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER settings_version_whole BEFORE TRUNCATE ON settings_version FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
DROP TABLE settings;

-- The settings a case was last judged by: open cases that lag behind are found and judged anew.
ALTER TABLE incident ADD COLUMN judged_under integer NOT NULL DEFAULT 0;
CREATE INDEX incident_judged_under ON incident (judged_under, seq) WHERE status = 'open';
