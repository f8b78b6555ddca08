DROP TABLE presence;
DROP TABLE task_ending;
DROP TABLE task;
DROP TABLE incident_comment;
DROP FUNCTION keep_comment();
DROP TABLE calendar_token;
