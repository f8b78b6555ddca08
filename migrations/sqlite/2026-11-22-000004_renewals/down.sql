-- Whoever logged the case answers for what time alone brought about.
CREATE TABLE facts_version_old (
    seq INTEGER PRIMARY KEY NOT NULL,
    incident_seq INTEGER NOT NULL REFERENCES incident (seq),
    version INTEGER NOT NULL,
    facts TEXT NOT NULL,
    by_account TEXT NOT NULL REFERENCES account (id),
    at TEXT NOT NULL,
    UNIQUE (incident_seq, version)
) STRICT;
INSERT INTO facts_version_old SELECT seq, incident_seq, version, facts, 
    coalesce(by_account, (SELECT opened_by FROM incident WHERE incident.seq = incident_seq)), at FROM facts_version;
DROP TABLE facts_version;
ALTER TABLE facts_version_old RENAME TO facts_version;
CREATE INDEX facts_version_by ON facts_version (by_account);
CREATE TRIGGER facts_version_keep BEFORE UPDATE ON facts_version BEGIN SELECT RAISE(ABORT, 'facts_version is append-only'); END;
CREATE TRIGGER facts_version_stay BEFORE DELETE ON facts_version BEGIN SELECT RAISE(ABORT, 'facts_version is append-only'); END;

CREATE TABLE assessment_old (
    seq INTEGER PRIMARY KEY NOT NULL,
    incident_seq INTEGER NOT NULL REFERENCES incident (seq),
    version INTEGER NOT NULL,
    rules_version TEXT NOT NULL,
    answer TEXT NOT NULL,
    by_account TEXT NOT NULL REFERENCES account (id),
    at TEXT NOT NULL
) STRICT;
INSERT INTO assessment_old SELECT seq, incident_seq, version, rules_version, answer, 
    coalesce(by_account, (SELECT opened_by FROM incident WHERE incident.seq = incident_seq)), at FROM assessment;
DROP TABLE assessment;
ALTER TABLE assessment_old RENAME TO assessment;
CREATE INDEX assessment_incident ON assessment (incident_seq);
CREATE INDEX assessment_by ON assessment (by_account);
CREATE TRIGGER assessment_keep BEFORE UPDATE ON assessment BEGIN SELECT RAISE(ABORT, 'assessment is append-only'); END;
CREATE TRIGGER assessment_stay BEFORE DELETE ON assessment BEGIN SELECT RAISE(ABORT, 'assessment is append-only'); END;

CREATE TABLE timeline_old (
    seq INTEGER PRIMARY KEY NOT NULL,
    incident_seq INTEGER NOT NULL REFERENCES incident (seq),
    version INTEGER NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    by_account TEXT NOT NULL REFERENCES account (id),
    at TEXT NOT NULL
) STRICT;
INSERT INTO timeline_old SELECT seq, incident_seq, version, kind, payload, 
    coalesce(by_account, (SELECT opened_by FROM incident WHERE incident.seq = incident_seq)), at FROM timeline;
DROP TABLE timeline;
ALTER TABLE timeline_old RENAME TO timeline;
CREATE INDEX timeline_incident ON timeline (incident_seq);
CREATE INDEX timeline_by ON timeline (by_account);
CREATE TRIGGER timeline_keep BEFORE UPDATE ON timeline BEGIN SELECT RAISE(ABORT, 'timeline is append-only'); END;
CREATE TRIGGER timeline_stay BEFORE DELETE ON timeline BEGIN SELECT RAISE(ABORT, 'timeline is append-only'); END;

DROP INDEX incident_holds_until;
ALTER TABLE incident DROP COLUMN holds_until;
