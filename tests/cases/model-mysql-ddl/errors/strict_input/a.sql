CREATE TABLE `user` (`id` int NOT NULL, PRIMARY KEY (`id`));
CREATE TABLE `log` (`at` datetime NOT NULL);
