CREATE TABLE t (id bigint NOT NULL, a int NOT NULL, b int NOT NULL, PRIMARY KEY (id), KEY k (a), KEY r (a));
ALTER TABLE t ADD UNIQUE KEY k (b);
ALTER TABLE t ADD UNIQUE KEY IF NOT EXISTS k (b);
CREATE UNIQUE INDEX IF NOT EXISTS k ON t (b);
CREATE INDEX k ON t (b);
CREATE OR REPLACE UNIQUE INDEX r ON t (b);
CREATE TABLE two (id int PRIMARY KEY, a int, A int, PRIMARY KEY (a));
CREATE TABLE twice (id int NOT NULL, a int, A int, PRIMARY KEY (id), KEY i (nosuch), FOREIGN KEY (zz) REFERENCES t (id));
CREATE TABLE gone (id int NOT NULL, PRIMARY KEY (zz));
CREATE TABLE comma (
  `id` bigint NOT NULL
  `name` varchar(20) NOT NULL UNIQUE AUTO_INCREMENT,
  a int NOT NULL
  b int,
  c int NOT NULL
  UNIQUE KEY `u` (`a`),
  d int NOT NULL primary key UNIQUE KEY,
  e int WHATEVER NOT NULL
);
