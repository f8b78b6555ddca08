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
DROP INDEX incident_search;
DROP TABLE incident_text;
-- Titles are found by any three letters in a row, with the help of an extension. Where it is not to be had, as on some
-- managed servers and some that only speak as PostgreSQL does, they are found without it, only slower.
DO $$
DECLARE
    home text;
BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
    -- Somebody may have put it into a schema that is not searched.
    SELECT quote_ident(n.nspname) INTO STRICT home FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
        WHERE e.extname = 'pg_trgm';
    EXECUTE 'CREATE INDEX incident_search ON incident USING gin (lower(title) ' || home || '.gin_trgm_ops)';
EXCEPTION WHEN OTHERS THEN
    RAISE NOTICE 'Titles are searched without an index: %', SQLERRM;
END
$$;

