-- The last instant at which a case's stored answer holds while no fact changes; empty when time changes nothing, and
-- while the case is closed.
ALTER TABLE incident ADD COLUMN holds_until TEXT;
CREATE INDEX incident_holds_until ON incident (holds_until) WHERE holds_until IS NOT NULL;
-- Cases written before this are judged anew once.
UPDATE incident SET holds_until = updated_at WHERE status = 'open';

-- What time alone brings about has no person behind it.
CREATE TABLE facts_version_new (
    seq INTEGER PRIMARY KEY NOT NULL,
    incident_seq INTEGER NOT NULL REFERENCES incident (seq),
    version INTEGER NOT NULL,
    facts TEXT NOT NULL,
    by_account TEXT REFERENCES account (id),
    at TEXT NOT NULL,
    UNIQUE (incident_seq, version)
) STRICT;
INSERT INTO facts_version_new SELECT seq, incident_seq, version, facts, by_account, at FROM facts_version;
DROP TABLE facts_version;
ALTER TABLE facts_version_new RENAME TO facts_version;
CREATE INDEX facts_version_by ON facts_version (by_account);
CREATE TRIGGER facts_version_keep BEFORE UPDATE ON facts_version BEGIN SELECT RAISE(ABORT, 'facts_version is append-only'); END;
CREATE TRIGGER facts_version_stay BEFORE DELETE ON facts_version BEGIN SELECT RAISE(ABORT, 'facts_version is append-only'); END;

CREATE TABLE assessment_new (
    seq INTEGER PRIMARY KEY NOT NULL,
    incident_seq INTEGER NOT NULL REFERENCES incident (seq),
    version INTEGER NOT NULL,
    rules_version TEXT NOT NULL,
    answer TEXT NOT NULL,
    by_account TEXT REFERENCES account (id),
    at TEXT NOT NULL
) STRICT;
INSERT INTO assessment_new SELECT seq, incident_seq, version, rules_version, answer, by_account, at FROM assessment;
DROP TABLE assessment;
ALTER TABLE assessment_new RENAME TO assessment;
CREATE INDEX assessment_incident ON assessment (incident_seq);
CREATE INDEX assessment_by ON assessment (by_account);
CREATE TRIGGER assessment_keep BEFORE UPDATE ON assessment BEGIN SELECT RAISE(ABORT, 'assessment is append-only'); END;
CREATE TRIGGER assessment_stay BEFORE DELETE ON assessment BEGIN SELECT RAISE(ABORT, 'assessment is append-only'); END;

CREATE TABLE timeline_new (
    seq INTEGER PRIMARY KEY NOT NULL,
    incident_seq INTEGER NOT NULL REFERENCES incident (seq),
    version INTEGER NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    by_account TEXT REFERENCES account (id),
    at TEXT NOT NULL
) STRICT;
INSERT INTO timeline_new SELECT seq, incident_seq, version, kind, payload, by_account, at FROM timeline;
DROP TABLE timeline;
ALTER TABLE timeline_new RENAME TO timeline;
CREATE INDEX timeline_incident ON timeline (incident_seq);
CREATE INDEX timeline_by ON timeline (by_account);
CREATE TRIGGER timeline_keep BEFORE UPDATE ON timeline BEGIN SELECT RAISE(ABORT, 'timeline is append-only'); END;
CREATE TRIGGER timeline_stay BEFORE DELETE ON timeline BEGIN SELECT RAISE(ABORT, 'timeline is append-only'); END;
