CREATE TABLE `user` (
  `id` bigint NOT NULL AUTO_INCREMENT,
  `name` varchar(255) NOT NULL COMMENT 'the name,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB;
