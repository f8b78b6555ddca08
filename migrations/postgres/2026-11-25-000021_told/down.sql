DROP INDEX affected_state;
CREATE INDEX affected_state ON affected (incident_seq, state, chosen);
ALTER TABLE affected DROP COLUMN excused;
