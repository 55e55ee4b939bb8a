-- By the pointer, and by the amount, in the database; by the others through the cache.
CREATE TABLE users (
  id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY,
  email varchar(64) UNIQUE,
  name varchar(64) NOT NULL UNIQUE,
  number bigint UNIQUE,
  price decimal(10,2) NOT NULL UNIQUE
);
-- Bytes come back out of the cache as text: nothing of this goes through it.
CREATE TABLE files (
  digest varbinary(32) NOT NULL PRIMARY KEY,
  name varchar(64) NOT NULL UNIQUE
);
