-- The extension stays: others in this database may use it.
DROP TABLE idempotency_key;
DROP TABLE timeline;
DROP TABLE closure;
DROP TABLE overruling;
DROP TABLE submission;
DROP TABLE duty;
DROP TABLE settlement;
DROP TABLE assessment;
DROP TABLE moment;
DROP TABLE facts_version;
DROP TABLE incident;
DROP TABLE reference_counter;
DROP TABLE settings;
DROP FUNCTION refuse_change();
