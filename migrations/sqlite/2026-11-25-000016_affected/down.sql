DROP TABLE affected;
DROP TABLE wave_approval;
DROP TABLE wave;
DROP TABLE affected_tally;
DROP TABLE affected_decision;
DROP TABLE affected_bad;
DROP TABLE affected_part;
DROP TABLE affected_import;
