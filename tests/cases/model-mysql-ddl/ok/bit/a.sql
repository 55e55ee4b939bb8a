CREATE TABLE user (
  id int NOT NULL AUTO_INCREMENT,
  flags bit(8) NOT NULL,
  more bit(1),
  PRIMARY KEY (id)
);
