-- Since when a case is for named people only; everybody who may read cases may read one that is not restricted.
ALTER TABLE incident ADD COLUMN restricted_at TEXT;

-- Who may see a restricted case. The timeline keeps who could before.
CREATE TABLE incident_reader (
    incident_seq INTEGER NOT NULL REFERENCES incident (seq),
    account_id TEXT NOT NULL REFERENCES account (id),
    PRIMARY KEY (incident_seq, account_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX incident_reader_account ON incident_reader (account_id);

-- What a person wrote who reported something; the case was made of it and goes its own way.
CREATE TABLE report (
    incident_seq INTEGER PRIMARY KEY NOT NULL REFERENCES incident (seq),
    by_account TEXT NOT NULL REFERENCES account (id),
    what TEXT NOT NULL,
    noticed_at TEXT NOT NULL,
    -- The service or the system; empty when nobody said.
    system TEXT NOT NULL,
    personal_data TEXT NOT NULL CHECK (personal_data IN ('yes', 'no', 'unknown')),
    -- Where to reach the person; empty when the account is enough.
    contact TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;
CREATE INDEX report_by ON report (by_account, incident_seq);
CREATE TRIGGER report_keep BEFORE UPDATE ON report BEGIN SELECT RAISE(ABORT, 'report is append-only'); END;
CREATE TRIGGER report_stay BEFORE DELETE ON report BEGIN SELECT RAISE(ABORT, 'report is append-only'); END;

-- What the same person had to add.
CREATE TABLE report_remark (
    seq INTEGER PRIMARY KEY NOT NULL,
    incident_seq INTEGER NOT NULL REFERENCES report (incident_seq),
    words TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;
CREATE INDEX report_remark_report ON report_remark (incident_seq);
CREATE TRIGGER report_remark_keep BEFORE UPDATE ON report_remark BEGIN SELECT RAISE(ABORT, 'report_remark is append-only'); END;
CREATE TRIGGER report_remark_stay BEFORE DELETE ON report_remark BEGIN SELECT RAISE(ABORT, 'report_remark is append-only'); END;
