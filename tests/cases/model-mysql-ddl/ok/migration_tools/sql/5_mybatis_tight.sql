--// second migration
ALTER TABLE mybatis ADD COLUMN more int NOT NULL;
--//@UNDO
ALTER TABLE mybatis DROP COLUMN more;
