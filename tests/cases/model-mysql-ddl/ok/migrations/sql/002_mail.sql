-- +goose Up
CREATE UNIQUE INDEX uk_mail ON users (mail);
CREATE TABLE IF NOT EXISTS users (other int NOT NULL, PRIMARY KEY (other));
-- +goose Down
DROP INDEX uk_mail ON users;
