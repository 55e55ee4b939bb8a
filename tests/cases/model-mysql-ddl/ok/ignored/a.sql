CREATE TABLE user (
  id int NOT NULL AUTO_INCREMENT,
  name varchar(9) NOT NULL,
  secret varchar(9) NOT NULL,
  stamp int NOT NULL,
  made_at datetime NOT NULL,
  PRIMARY KEY (id)
);
