DROP INDEX incident_judged_under;
ALTER TABLE incident DROP COLUMN judged_under;
CREATE TABLE settings (
    id integer PRIMARY KEY CHECK (id = 1),
    company jsonb NOT NULL,
    organisation jsonb NOT NULL,
    thresholds jsonb NOT NULL,
    updated_at timestamptz(6)
);
DROP TABLE settings_version;
