DROP INDEX incident_judged_under;
ALTER TABLE incident DROP COLUMN judged_under;
CREATE TABLE settings (
    id INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
    company TEXT NOT NULL,
    organisation TEXT NOT NULL,
    thresholds TEXT NOT NULL,
    updated_at TEXT
) STRICT;
DROP TABLE settings_version;
