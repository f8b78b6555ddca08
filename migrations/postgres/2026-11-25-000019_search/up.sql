-- What is searched for: the words of an incident, each once, in small letters, and what is left of each when its ending
-- is taken off. The program makes them, the same for every engine, and writes them with whatever they are made of.
DROP INDEX IF EXISTS incident_search;
CREATE TABLE incident_text (
    incident_seq bigint PRIMARY KEY NOT NULL REFERENCES incident (seq),
    words text NOT NULL
);
-- The words are lexemes already: neither a parser nor a dictionary of the server's has a say.
CREATE INDEX incident_search ON incident_text USING gin (array_to_tsvector(string_to_array(words, ' ')));

-- What somebody narrows the list by again and again, under a name; shared with the house or not.
CREATE TABLE saved_view (
    id uuid PRIMARY KEY NOT NULL,
    account_id uuid NOT NULL REFERENCES account (id),
    name text NOT NULL,
    filter text NOT NULL,
    shared boolean NOT NULL,
    created_at timestamptz(6) NOT NULL
);
CREATE INDEX saved_view_account ON saved_view (account_id);
CREATE INDEX saved_view_shared ON saved_view (name) WHERE shared;

-- What the list opens with for somebody.
CREATE TABLE first_view (
    account_id uuid PRIMARY KEY NOT NULL REFERENCES account (id),
    view_id uuid NOT NULL REFERENCES saved_view (id)
);
CREATE INDEX first_view_view ON first_view (view_id);

-- Whatever the list is narrowed by, its newest rows are found without reading past others.
CREATE INDEX incident_status_severity ON incident (status, severity, seq);
CREATE INDEX incident_status_risk ON incident (status, risk, seq);
CREATE INDEX incident_severity_risk ON incident (severity, risk, seq);
CREATE INDEX incident_status_severity_risk ON incident (status, severity, risk, seq);
CREATE INDEX incident_status_required ON incident (status, seq) WHERE required > 0;
CREATE INDEX incident_status_undetermined ON incident (status, seq) WHERE undetermined > 0;
CREATE INDEX incident_status_fulfilled ON incident (status, seq) WHERE fulfilled > 0;
CREATE INDEX incident_status_exempt ON incident (status, seq) WHERE exempt > 0;
CREATE INDEX figure_months ON figure (month, incident_seq);
CREATE INDEX figure_cause ON figure (cause, incident_seq);
CREATE INDEX figure_breach ON figure (incident_seq) WHERE breach;
CREATE INDEX figure_security ON figure (incident_seq) WHERE security;
CREATE INDEX figure_availability ON figure (incident_seq) WHERE availability;
CREATE INDEX figure_near_miss ON figure (incident_seq) WHERE near_miss;
