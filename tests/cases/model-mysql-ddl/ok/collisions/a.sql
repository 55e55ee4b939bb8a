CREATE TABLE `user_info` (`id` int NOT NULL, PRIMARY KEY (`id`));
CREATE TABLE `userinfo` (`id` int NOT NULL, PRIMARY KEY (`id`));
CREATE TABLE `user` (`id` int NOT NULL, PRIMARY KEY (`id`));
CREATE TABLE `user_model` (`id` int NOT NULL, PRIMARY KEY (`id`));
CREATE TABLE `err_not_found` (`id` int NOT NULL, PRIMARY KEY (`id`));
