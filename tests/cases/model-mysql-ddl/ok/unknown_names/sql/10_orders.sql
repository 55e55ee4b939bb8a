-- This folder begins where another one ends: `customer` is created there.
CREATE TABLE `orders` (
  `id` bigint NOT NULL AUTO_INCREMENT,
  `amount` int NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `uk_amount` (`amount`)
);
ALTER TABLE `customer` ADD COLUMN `mail` varchar(100) NOT NULL;
ALTER TABLE `customer` ADD UNIQUE KEY `uk_mail` (`mail`);
CREATE INDEX `ix_name` ON `customer` (`name`);
DROP INDEX `uk_amuont` ON `orders`;
DROP INDEX IF EXISTS `uk_none` ON `orders`;
ALTER TABLE `orders` DROP COLUMN `amonut`, DROP FOREIGN KEY `fk_user`, ADD COLUMN `note` varchar(20) AFTER `amonut`;
ALTER TABLE `order` ADD COLUMN `state` int;
ALTER TABLE `orders` DISABLE KEYS;
CREATE TABLE `archive` LIKE `order_archive`;
ALTER TABLE `archive` ADD COLUMN `at` date;
RENAME TABLE `basket` TO `cart`;
ALTER TABLE `cart` ADD COLUMN `state` int;
DROP TABLE `nowhere`;
