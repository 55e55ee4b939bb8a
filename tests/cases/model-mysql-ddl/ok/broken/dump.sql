-- A dump that somebody edited: what cannot be read is said, what can is generated.
CREATE TABLE `user` (
  `id` bigint unsigned NOT NULL AUTO_INCREMENT,
  `name` varchar(255) NOT NULL DEFAULT '' COMMENT 'it''s the name',
  `state` tinyint NOT NUL DEFAULT '1',
  `kind` enumm('a','b') NOT NULL,
  `email` varchar(100) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `uk_email` (`mail`),
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE `order` (
  `id` bigint NOT NULL,
  order varchar(20) NOT NULL COMMENT 'no closing quote here,
  PRIMARY KEY (`id`)
);

CREATE TABLE `item` (`id` bigint NOT NULL, `note` text COMMENT 'x', PRIMARY KEY (`id`));
INSERT INTO `item` VALUES (1,'a;b'),(2,'it\'s');
ALTER TABLE `item` ADD COLUMN `price` int NOT NULL AFTER `nowhere`;
ALTER TABLE `items` ADD COLUMN `price` int NOT NULL;
