-- The figures of a month added up, so that the dashboard is as fast among a million incidents as among a thousand. The
-- engine keeps them with every row of figure, whoever writes it.
CREATE TABLE figure_sum (
    month TEXT NOT NULL,
    severity TEXT NOT NULL,
    breach INTEGER NOT NULL,
    security INTEGER NOT NULL,
    availability INTEGER NOT NULL,
    near_miss INTEGER NOT NULL,
    cause TEXT NOT NULL,
    many INTEGER NOT NULL,
    -- Users times minutes, where they are known.
    user_minutes INTEGER NOT NULL,
    -- Losses of service whose users or length nobody knows.
    unmeasured INTEGER NOT NULL,
    PRIMARY KEY (month, severity, breach, security, availability, near_miss, cause)
) STRICT, WITHOUT ROWID;
-- More than a million users for two years is a slip of the pen, and sums must not run over.
UPDATE figure SET user_minutes = NULL WHERE user_minutes > 1000000000000;
INSERT INTO figure_sum
    SELECT month, severity, breach, security, availability, near_miss, cause, COUNT(*), COALESCE(SUM(user_minutes), 0),
        SUM(availability AND user_minutes IS NULL) FROM figure
    GROUP BY month, severity, breach, security, availability, near_miss, cause;
CREATE TRIGGER figure_counted AFTER INSERT ON figure BEGIN
    INSERT INTO figure_sum VALUES (NEW.month, NEW.severity, NEW.breach, NEW.security, NEW.availability, NEW.near_miss, NEW.cause,
            1, COALESCE(NEW.user_minutes, 0), NEW.availability AND NEW.user_minutes IS NULL)
    ON CONFLICT DO UPDATE SET many = many + 1, user_minutes = user_minutes + excluded.user_minutes,
        unmeasured = unmeasured + excluded.unmeasured;
END;
CREATE TRIGGER figure_uncounted AFTER DELETE ON figure BEGIN
    UPDATE figure_sum SET many = many - 1, user_minutes = user_minutes - COALESCE(OLD.user_minutes, 0),
        unmeasured = unmeasured - (OLD.availability AND OLD.user_minutes IS NULL)
    WHERE (month, severity, breach, security, availability, near_miss, cause) =
            (OLD.month, OLD.severity, OLD.breach, OLD.security, OLD.availability, OLD.near_miss, OLD.cause);
END;
CREATE TRIGGER figure_recounted AFTER UPDATE ON figure BEGIN
    UPDATE figure_sum SET many = many - 1, user_minutes = user_minutes - COALESCE(OLD.user_minutes, 0),
        unmeasured = unmeasured - (OLD.availability AND OLD.user_minutes IS NULL)
    WHERE (month, severity, breach, security, availability, near_miss, cause) =
            (OLD.month, OLD.severity, OLD.breach, OLD.security, OLD.availability, OLD.near_miss, OLD.cause);
    INSERT INTO figure_sum VALUES (NEW.month, NEW.severity, NEW.breach, NEW.security, NEW.availability, NEW.near_miss, NEW.cause,
            1, COALESCE(NEW.user_minutes, 0), NEW.availability AND NEW.user_minutes IS NULL)
    ON CONFLICT DO UPDATE SET many = many + 1, user_minutes = user_minutes + excluded.user_minutes,
        unmeasured = unmeasured + excluded.unmeasured;
END;

-- Nothing looks these up.
DROP INDEX duty_next;
DROP INDEX incident_next_due;
-- Open incidents are counted, and what is not for everybody is found, from the index alone.
DROP INDEX incident_status_severity;
CREATE INDEX incident_status_severity ON incident (status, severity, seq, restricted_at, clock_real);
CREATE INDEX incident_restricted ON incident (seq) WHERE restricted_at IS NOT NULL;
CREATE INDEX incident_drill_status ON incident (status, seq) WHERE clock_real IS NOT NULL;
