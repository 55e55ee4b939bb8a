-- The tables of the shop.

CREATE TABLE `users` (
  `id` bigint unsigned NOT NULL AUTO_INCREMENT COMMENT 'what the user is known by',
  `email` varchar(255) NOT NULL COMMENT 'lower case',
  `phone` varchar(32) DEFAULT NULL COMMENT 'with the country''s prefix',
  `password` char(60) NOT NULL COMMENT 'bcrypt',
  `name` varchar(64) NOT NULL DEFAULT '',
  `status` enum('active','blocked') NOT NULL DEFAULT 'active',
  `birthday` date DEFAULT NULL,
  `created_at` datetime NOT NULL DEFAULT CURRENT_TIMESTAMP,
  `updated_at` datetime NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
  PRIMARY KEY (`id`),
  UNIQUE KEY `email` (`email`),
  UNIQUE KEY `phone` (`phone`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='Who buys';

CREATE TABLE `products` (
  `id` bigint NOT NULL AUTO_INCREMENT,
  `sku` varchar(64) NOT NULL,
  `name` varchar(255) NOT NULL,
  `cents` bigint NOT NULL COMMENT 'the price',
  `tags` json DEFAULT NULL,
  `name_lower` varchar(255) GENERATED ALWAYS AS (lower(`name`)) STORED,
  `created_at` datetime NOT NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY (`id`),
  UNIQUE KEY `sku` (`sku`),
  KEY `name_lower` (`name_lower`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='What is sold';

CREATE TABLE `orders` (
  `id` char(26) NOT NULL COMMENT 'a ULID',
  `user_id` bigint unsigned NOT NULL,
  `number` int unsigned NOT NULL COMMENT 'counts from 1 for each user',
  `total_cents` bigint NOT NULL DEFAULT 0,
  `note` text,
  `paid_at` datetime DEFAULT NULL,
  `created_at` datetime NOT NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY (`id`),
  UNIQUE KEY `user_number` (`user_id`, `number`),
  CONSTRAINT `order_user` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE `order_lines` (
  `order_id` char(26) NOT NULL,
  `product_id` bigint NOT NULL,
  `line` int NOT NULL,
  `count` int NOT NULL DEFAULT 1,
  `cents` bigint NOT NULL,
  PRIMARY KEY (`order_id`, `product_id`),
  UNIQUE KEY `line` (`order_id`, `line`),
  CONSTRAINT `line_order` FOREIGN KEY (`order_id`) REFERENCES `orders` (`id`) ON DELETE CASCADE,
  CONSTRAINT `line_product` FOREIGN KEY (`product_id`) REFERENCES `products` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='What an order is made of';

CREATE TABLE `favourites` (
  `user_id` bigint unsigned NOT NULL,
  `product_id` bigint NOT NULL,
  PRIMARY KEY (`user_id`, `product_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
