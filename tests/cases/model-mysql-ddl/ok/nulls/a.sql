CREATE TABLE `kept` (`id` int NOT NULL, `a` int DEFAULT 1, `b` varchar(9) DEFAULT 'x', `c` int, PRIMARY KEY (`id`));
CREATE TABLE `free` (`id` int PRIMARY KEY, `a` int DEFAULT 1, `c` int);
