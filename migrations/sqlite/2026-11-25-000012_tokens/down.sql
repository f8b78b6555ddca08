DROP TABLE alert;
DROP TABLE api_token;
DROP TABLE machine;
