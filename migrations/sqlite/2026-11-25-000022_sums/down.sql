DROP INDEX incident_drill_status;
DROP INDEX incident_restricted;
DROP INDEX incident_open_severity;
DROP TRIGGER figure_recounted;
DROP TRIGGER figure_uncounted;
DROP TRIGGER figure_counted;
DROP TABLE figure_sum;
CREATE INDEX incident_next_due ON incident (next_due_at) WHERE status = 'open' AND next_due_at IS NOT NULL;
CREATE INDEX duty_next ON duty (next_at) WHERE state IN ('required', 'undetermined');
