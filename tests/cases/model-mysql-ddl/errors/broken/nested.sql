/* once: /* twice */ and out */
CREAT TABLE `user` (`id` bigint NOT NULL, PRIMARY KEY (`id`));
