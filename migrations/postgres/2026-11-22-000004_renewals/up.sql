-- The last instant at which a case's stored answer holds while no fact changes; empty when time changes nothing, and
-- while the case is closed.
ALTER TABLE incident ADD COLUMN holds_until timestamptz(6);
CREATE INDEX incident_holds_until ON incident (holds_until) WHERE holds_until IS NOT NULL;
-- Cases written before this are judged anew once.
UPDATE incident SET holds_until = updated_at WHERE status = 'open';

-- What time alone brings about has no person behind it.
ALTER TABLE facts_version ALTER COLUMN by_account DROP NOT NULL;
ALTER TABLE assessment ALTER COLUMN by_account DROP NOT NULL;
ALTER TABLE timeline ALTER COLUMN by_account DROP NOT NULL;
