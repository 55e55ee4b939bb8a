CREATE TABLE item (
  id bigint NOT NULL AUTO_INCREMENT,
  price decimal(20,4) NOT NULL,
  discount decimal(20,4),
  tags json NOT NULL,
  extra json,
  flags bit(12) NOT NULL,
  more bit(3),
  digest varbinary(32) NOT NULL,
  PRIMARY KEY (id)
);
