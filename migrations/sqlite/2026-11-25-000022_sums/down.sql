DROP INDEX incident_drill_status;
DROP INDEX incident_restricted;
DROP INDEX incident_open_severity;
DROP TRIGGER figure_recounted;
DROP TRIGGER figure_uncounted;
DROP TRIGGER figure_counted;
DROP TABLE figure_sum;
