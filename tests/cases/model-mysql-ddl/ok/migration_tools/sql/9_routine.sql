-- +goose Up
-- +goose StatementBegin
CREATE TRIGGER t BEFORE INSERT ON goose FOR EACH ROW BEGIN SET NEW.up = 1; DROP TABLE mybatis; END;
-- +goose StatementEnd
-- +goose Down
DROP TRIGGER t;
