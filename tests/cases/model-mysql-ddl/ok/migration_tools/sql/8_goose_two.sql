--+goose Up
ALTER TABLE goose ADD COLUMN more int NOT NULL;
--+goose Down
ALTER TABLE goose DROP COLUMN more;
