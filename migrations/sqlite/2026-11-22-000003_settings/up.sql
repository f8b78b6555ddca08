-- Every version of the settings; the latest is what holds. Nobody could save any before this.
CREATE TABLE settings_version (
    version INTEGER PRIMARY KEY NOT NULL,
    company TEXT NOT NULL,
    organisation TEXT NOT NULL,
    thresholds TEXT NOT NULL,
    -- The version in which the switches or the numbers of severity last changed.
    judging INTEGER NOT NULL,
    by_account TEXT NOT NULL REFERENCES account (id),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX settings_version_by ON settings_version (by_account);
CREATE TRIGGER settings_version_keep BEFORE UPDATE ON settings_version BEGIN SELECT RAISE(ABORT, 'settings_version is append-only'); END;
CREATE TRIGGER settings_version_stay BEFORE DELETE ON settings_version BEGIN SELECT RAISE(ABORT, 'settings_version is append-only'); END;
DROP TABLE settings;

-- The settings a case was last judged by: open cases that lag behind are found and judged anew.
ALTER TABLE incident ADD COLUMN judged_under INTEGER NOT NULL DEFAULT 0;
CREATE INDEX incident_judged_under ON incident (judged_under, seq) WHERE status = 'open';
