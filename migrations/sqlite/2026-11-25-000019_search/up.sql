-- What is searched for: the words of an incident, each once, in small letters, and what is left of each when its ending
-- is taken off. The program makes them, the same for every engine, and writes them with whatever they are made of.
DROP TRIGGER incident_search_insert;
DROP TRIGGER incident_search_update;
DROP TABLE incident_search;
CREATE TABLE incident_text (
    incident_seq INTEGER PRIMARY KEY NOT NULL REFERENCES incident (seq),
    words TEXT NOT NULL
) STRICT;
-- A beginning of up to eight letters is looked up as one entry, so that a frequent one is as quick as a rare one.
CREATE VIRTUAL TABLE incident_search USING fts5 (
    words, content = 'incident_text', content_rowid = 'incident_seq', tokenize = 'ascii', detail = 'none',
    columnsize = 0, prefix = '1 2 3 4 5 6 7 8'
);
CREATE TRIGGER incident_search_insert AFTER INSERT ON incident_text BEGIN
    INSERT INTO incident_search (rowid, words) VALUES (new.incident_seq, new.words);
END;
CREATE TRIGGER incident_search_update AFTER UPDATE ON incident_text WHEN old.words <> new.words BEGIN
    INSERT INTO incident_search (incident_search, rowid, words) VALUES ('delete', old.incident_seq, old.words);
    INSERT INTO incident_search (rowid, words) VALUES (new.incident_seq, new.words);
END;
CREATE TRIGGER incident_search_delete AFTER DELETE ON incident_text BEGIN
    INSERT INTO incident_search (incident_search, rowid, words) VALUES ('delete', old.incident_seq, old.words);
END;

-- What somebody narrows the list by again and again, under a name; shared with the house or not.
CREATE TABLE saved_view (
    id TEXT PRIMARY KEY NOT NULL,
    account_id TEXT NOT NULL REFERENCES account (id),
    name TEXT NOT NULL,
    filter TEXT NOT NULL,
    shared INTEGER NOT NULL,
    created_at TEXT NOT NULL
) STRICT;
CREATE INDEX saved_view_account ON saved_view (account_id);
CREATE INDEX saved_view_shared ON saved_view (name) WHERE shared;

-- What the list opens with for somebody.
CREATE TABLE first_view (
    account_id TEXT PRIMARY KEY NOT NULL REFERENCES account (id),
    view_id TEXT NOT NULL REFERENCES saved_view (id)
) STRICT;
CREATE INDEX first_view_view ON first_view (view_id);

-- Whatever the list is narrowed by, its newest rows are found without reading past others.
CREATE INDEX incident_status_severity ON incident (status, severity, seq);
CREATE INDEX incident_status_risk ON incident (status, risk, seq);
CREATE INDEX incident_severity_risk ON incident (severity, risk, seq);
CREATE INDEX incident_status_severity_risk ON incident (status, severity, risk, seq);
CREATE INDEX incident_status_required ON incident (status, seq) WHERE required > 0;
CREATE INDEX incident_status_undetermined ON incident (status, seq) WHERE undetermined > 0;
CREATE INDEX incident_status_fulfilled ON incident (status, seq) WHERE fulfilled > 0;
CREATE INDEX incident_status_exempt ON incident (status, seq) WHERE exempt > 0;
CREATE INDEX figure_months ON figure (month, incident_seq);
CREATE INDEX figure_cause ON figure (cause, incident_seq);
CREATE INDEX figure_breach ON figure (incident_seq) WHERE breach;
CREATE INDEX figure_security ON figure (incident_seq) WHERE security;
CREATE INDEX figure_availability ON figure (incident_seq) WHERE availability;
CREATE INDEX figure_near_miss ON figure (incident_seq) WHERE near_miss;
