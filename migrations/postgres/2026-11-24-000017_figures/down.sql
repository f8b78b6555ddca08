DROP INDEX submission_sent;
DROP INDEX duty_next;
DROP TABLE figure;
