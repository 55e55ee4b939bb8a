-- The database makes the unique mail of another column.
CREATE TABLE alias (
  id bigint NOT NULL PRIMARY KEY,
  given varchar(64) NOT NULL,
  mail varchar(64) GENERATED ALWAYS AS (lower(given)) STORED UNIQUE,
  name varchar(64) NOT NULL UNIQUE
);
-- No insert gives `created_at`, nor the number.
CREATE TABLE ticket (
  id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY,
  code varchar(64) NOT NULL,
  created_at bigint NOT NULL DEFAULT 7,
  UNIQUE (code, id),
  UNIQUE (code, created_at)
);
-- A key that the database makes.
CREATE TABLE slug (
  title varchar(64) NOT NULL UNIQUE,
  slug varchar(64) GENERATED ALWAYS AS (lower(title)) STORED,
  PRIMARY KEY (slug)
);
