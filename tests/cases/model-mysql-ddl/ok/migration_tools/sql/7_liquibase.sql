--liquibase formatted sql

--changeset somebody:1
CREATE TABLE liquibase (id int NOT NULL, up int NOT NULL, PRIMARY KEY (id));
--rollback DROP TABLE liquibase;
