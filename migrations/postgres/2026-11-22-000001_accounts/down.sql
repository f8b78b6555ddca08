DROP TABLE session;
DROP TABLE one_time_link;
DROP TABLE account;
DROP TABLE turn;
