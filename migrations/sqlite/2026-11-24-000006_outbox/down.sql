DROP TABLE attempt;
DROP TABLE message;
DROP TABLE channel;
