-- migrate:up
RENAME TABLE users TO user;
ALTER TABLE user CHANGE mail email varchar(200) NOT NULL, ADD COLUMN name varchar(50) NOT NULL DEFAULT '' AFTER id;
-- migrate:down
ALTER TABLE user DROP COLUMN name;
