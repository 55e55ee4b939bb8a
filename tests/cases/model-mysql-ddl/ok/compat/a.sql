CREATE TABLE `user` (
  `id` bigint NOT NULL AUTO_INCREMENT,
  `email` varchar(64) COMMENT 'two\nlines, it''s',
  `twice` int AS (`id` * 2),
  PRIMARY KEY (`id`),
  UNIQUE KEY `e` (`email`)
);
