DROP INDEX incident_owner;
ALTER TABLE incident DROP COLUMN owner;
ALTER TABLE account DROP COLUMN left_at;
ALTER TABLE account DROP COLUMN phone;
DROP TABLE account_role;
