-- +goose Up
-- +goose StatementBegin
CREATE TABLE goose (id int NOT NULL, up int NOT NULL, PRIMARY KEY (id));
-- +goose StatementEnd

-- +goose Down
-- +goose StatementBegin
DROP TABLE goose;
-- +goose StatementEnd
