DROP TABLE openid_subject;
DROP TABLE openid_try;
