CREATE TABLE `user` (`id` bigint NOT NULL AUTO_INCREMENT, `tenant_id` bigint NOT NULL, `name` varchar(9) NOT NULL, PRIMARY KEY (`id`), UNIQUE KEY `n` (`tenant_id`, `name`));
CREATE TABLE `user_role` (`user_id` bigint NOT NULL, `role` varchar(9) NOT NULL, PRIMARY KEY (`user_id`, `role`));
