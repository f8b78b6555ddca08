DROP TABLE sign_in_version;
DROP TABLE half_sign_in;
DROP TABLE recovery_code;
DROP TABLE second_factor;
ALTER TABLE session DROP COLUMN browser;
ALTER TABLE session DROP COLUMN address;
