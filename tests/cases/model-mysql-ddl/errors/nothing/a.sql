CREATE TABLE `log` (`at` datetime NOT NULL);
