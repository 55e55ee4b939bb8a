CREATE TABLE `log` (`at` datetime NOT NULL, `line` text NOT NULL);
CREATE TABLE `odd,name` (`id` int NOT NULL, PRIMARY KEY (`id`));
CREATE TABLE `odd` (`id` int NOT NULL, `a,b` int, PRIMARY KEY (`id`));
CREATE TABLE `twice` (`id` int NOT NULL, `a` int NOT NULL, PRIMARY KEY (`id`), UNIQUE KEY `x` (`a`), UNIQUE KEY `y` (`a`), UNIQUE KEY `z` (`id`));
