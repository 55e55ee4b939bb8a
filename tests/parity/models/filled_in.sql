-- Keys of what the database fills in: goctl looks them up through the cache.
CREATE TABLE `alias` (
  `id` bigint NOT NULL,
  `given` varchar(64) NOT NULL,
  `mail` varchar(64) GENERATED ALWAYS AS (lower(`given`)) STORED,
  `created_at` bigint NOT NULL DEFAULT 7,
  PRIMARY KEY (`id`),
  UNIQUE KEY `by_mail` (`mail`),
  UNIQUE KEY `by_given` (`given`, `created_at`)
);
CREATE TABLE `numbered` (
  `id` bigint NOT NULL AUTO_INCREMENT,
  `code` varchar(64) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `by_code` (`code`, `id`)
);
CREATE TABLE `single` (
  `created_at` bigint NOT NULL DEFAULT 7,
  `name` varchar(64) NOT NULL,
  PRIMARY KEY (`created_at`),
  UNIQUE KEY `by_name` (`name`)
);
