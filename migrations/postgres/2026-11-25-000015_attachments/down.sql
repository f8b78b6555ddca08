DROP TABLE attachment_part;
DROP FUNCTION refuse_part;
DROP TABLE attachment_removal;
DROP TABLE attachment;
