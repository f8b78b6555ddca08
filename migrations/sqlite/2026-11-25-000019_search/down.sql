DROP INDEX figure_near_miss;
DROP INDEX figure_availability;
DROP INDEX figure_security;
DROP INDEX figure_breach;
DROP INDEX figure_cause;
DROP INDEX figure_months;
DROP INDEX incident_status_exempt;
DROP INDEX incident_status_fulfilled;
DROP INDEX incident_status_undetermined;
DROP INDEX incident_status_required;
DROP INDEX incident_status_severity_risk;
DROP INDEX incident_severity_risk;
DROP INDEX incident_status_risk;
DROP INDEX incident_status_severity;
DROP TABLE first_view;
DROP TABLE saved_view;
DROP TRIGGER incident_search_delete;
DROP TRIGGER incident_search_update;
DROP TRIGGER incident_search_insert;
DROP TABLE incident_search;
DROP TABLE incident_text;
-- Titles are found by any three letters in a row.
CREATE VIRTUAL TABLE incident_search USING fts5 (title, content = 'incident', content_rowid = 'seq', tokenize = 'trigram');
CREATE TRIGGER incident_search_insert AFTER INSERT ON incident BEGIN
    INSERT INTO incident_search (rowid, title) VALUES (new.seq, new.title);
END;
CREATE TRIGGER incident_search_update AFTER UPDATE OF title ON incident WHEN old.title <> new.title BEGIN
    INSERT INTO incident_search (incident_search, rowid, title) VALUES ('delete', old.seq, old.title);
    INSERT INTO incident_search (rowid, title) VALUES (new.seq, new.title);
END;

INSERT INTO incident_search (incident_search) VALUES ('rebuild');
