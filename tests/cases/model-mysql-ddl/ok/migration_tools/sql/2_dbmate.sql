-- migrate:up transaction:false
CREATE TABLE dbmate (id int NOT NULL, up int NOT NULL, PRIMARY KEY (id));

-- migrate:down
DROP TABLE dbmate;
