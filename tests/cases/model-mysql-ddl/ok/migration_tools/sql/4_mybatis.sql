-- // first migration
-- Migration SQL that makes the change goes here.
CREATE TABLE mybatis (id int NOT NULL, up int NOT NULL, PRIMARY KEY (id));

-- //@UNDO
-- SQL to undo the change goes here.
DROP TABLE mybatis;
