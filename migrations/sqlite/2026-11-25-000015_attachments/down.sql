DROP TABLE attachment_part;
DROP TABLE attachment_removal;
DROP TABLE attachment;
