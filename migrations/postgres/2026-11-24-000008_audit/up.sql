-- What was done, by whom and when. Each entry holds the digest of the one before it, so that none can be changed, left
-- out or put in without a trace.
CREATE TABLE audit_entry (
    seq bigint PRIMARY KEY NOT NULL,
    at timestamptz(6) NOT NULL,
    actor uuid REFERENCES account (id),
    -- Where the request came from; empty for what the program does by itself.
    address text NOT NULL,
    what text NOT NULL,
    -- The case by its reference, or whatever else it was done to.
    subject text NOT NULL,
    detail jsonb NOT NULL,
    before text NOT NULL,
    digest text NOT NULL UNIQUE
);
CREATE INDEX audit_entry_actor ON audit_entry (actor);
CREATE INDEX audit_entry_subject ON audit_entry (subject);
CREATE TRIGGER audit_entry_keep BEFORE UPDATE ON audit_entry FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_entry_stay BEFORE DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_entry_whole BEFORE TRUNCATE ON audit_entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
