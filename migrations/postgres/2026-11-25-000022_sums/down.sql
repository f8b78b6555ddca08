DROP INDEX incident_drill_status;
DROP INDEX incident_restricted;
DROP INDEX incident_open_severity;
DROP TRIGGER figure_recounted ON figure;
DROP TRIGGER figure_uncounted ON figure;
DROP TRIGGER figure_counted ON figure;
DROP FUNCTION count_figure;
DROP TABLE figure_sum;
