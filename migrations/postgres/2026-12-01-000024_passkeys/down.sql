DROP TABLE passkey_try;
DROP TABLE passkey;
ALTER TABLE session DROP COLUMN by_passkey;
