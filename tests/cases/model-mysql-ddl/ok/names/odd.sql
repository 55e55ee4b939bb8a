-- Names that are no Go names, or not ones of their own.
CREATE TABLE `2fa_codes` (`1st` int NOT NULL, `x-y` int NOT NULL, `x_y` int NOT NULL, PRIMARY KEY (`1st`), UNIQUE KEY `u` (`x-y`));
CREATE TABLE `user-info` (`id` int NOT NULL, `user_id` int NOT NULL, `userId` int NOT NULL, PRIMARY KEY (`id`), UNIQUE KEY `u` (`user_id`, `userId`));
CREATE TABLE `用户` (`编号` bigint NOT NULL AUTO_INCREMENT, `名称` varchar(20) NOT NULL, `昵称` varchar(20), PRIMARY KEY (`编号`), UNIQUE KEY `n` (`名称`), UNIQUE KEY `k` (`昵称`));
CREATE TABLE `words` (`type` int NOT NULL, `import` int NOT NULL, `func` varchar(9) NOT NULL, `select` int, PRIMARY KEY (`type`, `import`), UNIQUE KEY `f` (`func`), UNIQUE KEY `s` (`select`));
CREATE TABLE `shadows` (`data` int NOT NULL, `ctx` int NOT NULL, `m` int NOT NULL, `query` varchar(9) NOT NULL, `resp` int NOT NULL, `err` int NOT NULL,
  `v` int NOT NULL, `conn` int NOT NULL, `fmt` int NOT NULL, `sqlx` int NOT NULL, `any` int NOT NULL, `error` int NOT NULL, `nil` int NOT NULL, `sql` int NOT NULL,
  `primary` int NOT NULL, `shadows_rows` int NOT NULL, `shadows_data_key` int NOT NULL, `i` int NOT NULL, `e` int NOT NULL, `string` varchar(9) NOT NULL, `context` int NOT NULL,
  PRIMARY KEY (`data`), UNIQUE KEY `a` (`ctx`, `m`), UNIQUE KEY `b` (`query`), UNIQUE KEY `c` (`resp`, `err`), UNIQUE KEY `d` (`v`, `conn`, `i`, `e`),
  UNIQUE KEY `f` (`fmt`, `sqlx`, `sql`), UNIQUE KEY `g` (`any`, `error`, `nil`, `string`), UNIQUE KEY `h` (`primary`, `shadows_rows`, `shadows_data_key`, `context`));
CREATE TABLE `joined` (`id` int NOT NULL, `a` int NOT NULL, `b` int NOT NULL, `a_b` int NOT NULL, PRIMARY KEY (`id`), UNIQUE KEY `x` (`a`, `b`), UNIQUE KEY `y` (`a_b`));
CREATE TABLE `order` (`id` int NOT NULL, `x_y` int NOT NULL, PRIMARY KEY (`id`), UNIQUE KEY `x` (`x_y`));
CREATE TABLE `order_x` (`y` int NOT NULL, PRIMARY KEY (`y`));
CREATE TABLE `text_key` (`text` varchar(9) NOT NULL, `parts` int NOT NULL, `json` int NOT NULL, PRIMARY KEY (`text`, `parts`), UNIQUE KEY `j` (`json`));
