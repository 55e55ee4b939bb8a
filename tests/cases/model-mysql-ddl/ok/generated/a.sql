CREATE TABLE `sums` (
  `id` int NOT NULL,
  `a` int NOT NULL,
  `twice` int GENERATED ALWAYS AS (`a` * 2) STORED,
  `thrice` int AS (`a` * 3) VIRTUAL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `t` (`twice`)
);
CREATE TABLE `ticks` (`id` bigint NOT NULL AUTO_INCREMENT, `created_at` timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP, PRIMARY KEY (`id`));
CREATE TABLE `parts` (`box` int NOT NULL, `number` int NOT NULL AUTO_INCREMENT, `name` varchar(9) NOT NULL, PRIMARY KEY (`box`, `number`), KEY (`number`));
