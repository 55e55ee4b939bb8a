CREATE TABLE `all_types` (
  `id` int NOT NULL,
  `a1` tinyint NOT NULL, `a2` smallint unsigned NOT NULL, `a3` mediumint, `a4` bigint unsigned, `a5` year NOT NULL, `a6` int unsigned not null default 0,
  `b1` float NOT NULL, `b2` double, `b3` decimal(10,2) NOT NULL, `b4` numeric(5) , `b5` decimal(10,2) unsigned NOT NULL,
  `c1` bit(1) NOT NULL, `c2` bit(8), `c3` bool NOT NULL, `c4` boolean,
  `d1` date NOT NULL, `d2` datetime, `d3` timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, `d4` time NOT NULL, `d5` time,
  `e1` char(3) NOT NULL, `e2` varchar(10), `e3` tinytext, `e4` text NOT NULL, `e5` mediumtext, `e6` longtext,
  `f1` binary(3) NOT NULL, `f2` varbinary(4), `f3` blob, `f4` longblob NOT NULL, `f5` tinyblob, `f6` mediumblob,
  `g1` enum('a','b') NOT NULL DEFAULT 'a', `g2` set('x','y'), `g3` json, `g4` json NOT NULL,
  `h1` varchar(9) DEFAULT 'x', `h2` int DEFAULT NULL, `h3` datetime DEFAULT CURRENT_TIMESTAMP, `h4` varchar(9) NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='everything';
