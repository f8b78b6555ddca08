DROP TABLE report_remark;
DROP TABLE report;
DROP TABLE incident_reader;
ALTER TABLE incident DROP COLUMN restricted_at;
