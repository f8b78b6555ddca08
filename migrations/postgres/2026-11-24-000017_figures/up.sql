-- What figures over all incidents count by, one row an incident, kept with every change. A drill has none.
CREATE TABLE figure (
    incident_seq bigint PRIMARY KEY NOT NULL REFERENCES incident (seq),
    -- The month it was logged, in Norway, as 2026-10.
    month text NOT NULL,
    severity text NOT NULL,
    risk text NOT NULL,
    breach boolean NOT NULL,
    security boolean NOT NULL,
    availability boolean NOT NULL,
    -- Nothing happened, but it might have.
    near_miss boolean NOT NULL,
    -- Empty where nobody has said it.
    cause text NOT NULL,
    persons bigint,
    user_minutes bigint
);
CREATE INDEX figure_month ON figure (month, severity, breach, security, availability, near_miss, cause, persons, user_minutes);
-- What is late, and what falls due next.
CREATE INDEX duty_next ON duty (next_at) WHERE state IN ('required', 'undetermined');
CREATE INDEX submission_sent ON submission (sent_at);
