DROP INDEX message_says;
DROP TABLE hold;
DROP TABLE keeping_version;
DROP INDEX audit_entry_at;
DROP INDEX audit_entry_what;
DROP INDEX audit_entry_subject;
DROP INDEX audit_entry_actor;
CREATE INDEX audit_entry_actor ON audit_entry (actor);
CREATE INDEX audit_entry_subject ON audit_entry (subject);
