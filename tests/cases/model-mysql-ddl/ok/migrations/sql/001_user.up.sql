CREATE TABLE users (id bigint NOT NULL, mail varchar(100));
ALTER TABLE users ADD PRIMARY KEY (id), MODIFY id bigint NOT NULL AUTO_INCREMENT;
