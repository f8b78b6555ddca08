DROP TABLE controller_version;
DROP TABLE notice_receipt;
DROP TABLE notice_sending;
DROP TABLE notice_approval;
DROP TABLE notice_version;
