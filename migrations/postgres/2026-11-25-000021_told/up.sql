-- Whether somebody wrote down why this person cannot be told: then nobody waits for it.
ALTER TABLE affected ADD COLUMN excused boolean NOT NULL DEFAULT false;

-- The figures of an incident are read from the index alone.
DROP INDEX affected_state;
CREATE INDEX affected_state ON affected (incident_seq, state, chosen, excused, way, changed_at);
