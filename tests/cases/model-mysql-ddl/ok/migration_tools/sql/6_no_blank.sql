--migrate:up
CREATE TABLE no_blank (id int NOT NULL, up int NOT NULL, PRIMARY KEY (id))
--migrate:down
DROP TABLE no_blank;
