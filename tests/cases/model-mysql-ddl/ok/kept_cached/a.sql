CREATE TABLE `user` (`id` int NOT NULL, PRIMARY KEY (`id`));
