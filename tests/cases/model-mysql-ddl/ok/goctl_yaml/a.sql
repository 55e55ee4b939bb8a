CREATE TABLE orders (
  id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  price decimal(10,2) NOT NULL,
  discount decimal(10,2),
  extra json,
  paid datetime
);
