-- +migrate Up
CREATE TABLE sql_migrate (id int NOT NULL, up int NOT NULL, PRIMARY KEY (id));

-- +migrate Down
DROP TABLE sql_migrate;
