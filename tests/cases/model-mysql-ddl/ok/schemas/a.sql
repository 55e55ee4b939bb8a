CREATE TABLE shop.user (id int NOT NULL PRIMARY KEY);
CREATE TABLE staff.user (id int NOT NULL PRIMARY KEY);
USE stock;
CREATE TABLE item (id int NOT NULL PRIMARY KEY, place geometry NOT NULL, room polygon NOT NULL);
CREATE TABLE shelf (id int NOT NULL PRIMARY KEY, place geometry NOT NULL);
USE archive;
CREATE TABLE item (id int NOT NULL PRIMARY KEY);
