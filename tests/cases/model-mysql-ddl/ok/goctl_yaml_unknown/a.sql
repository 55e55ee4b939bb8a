CREATE TABLE user (
  id bigint unsigned NOT NULL AUTO_INCREMENT,
  age int unsigned NOT NULL,
  size int NOT NULL,
  worth decimal(10,2) NOT NULL,
  PRIMARY KEY (id)
);
