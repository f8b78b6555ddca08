DROP TABLE trouble;
DROP TABLE occasion;
DROP TABLE ladders_version;
DROP TABLE reminder_answer;
DROP TABLE reminder;
DROP INDEX duty_remind;
ALTER TABLE duty DROP COLUMN remind_at;
ALTER TABLE duty DROP COLUMN armed_at;
