-- What figures over all incidents count by, one row an incident, kept with every change. A drill has none.
CREATE TABLE figure (
    incident_seq INTEGER PRIMARY KEY NOT NULL REFERENCES incident (seq),
    -- The month it was logged, in Norway, as 2026-10.
    month TEXT NOT NULL,
    severity TEXT NOT NULL,
    risk TEXT NOT NULL,
    breach INTEGER NOT NULL,
    security INTEGER NOT NULL,
    availability INTEGER NOT NULL,
    -- Nothing happened, but it might have.
    near_miss INTEGER NOT NULL,
    -- Empty where nobody has said it.
    cause TEXT NOT NULL,
    persons INTEGER,
    user_minutes INTEGER
) STRICT;
CREATE INDEX figure_month ON figure (month, severity, breach, security, availability, near_miss, cause, persons, user_minutes);
-- What is late, and what falls due next.
CREATE INDEX duty_next ON duty (next_at) WHERE state IN ('required', 'undetermined');
CREATE INDEX submission_sent ON submission (sent_at);
