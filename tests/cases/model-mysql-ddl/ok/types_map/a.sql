CREATE TABLE `prices` (
  `id` int NOT NULL,
  `net` decimal(10,2) NOT NULL,
  `gross` decimal(10,2),
  `at` datetime,
  `place` point NOT NULL,
  `shape` geometry NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `at` (`at`)
);
