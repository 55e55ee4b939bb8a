CREATE TABLE `T_USER` ( `ID` bigint NOT NULL, `USER_NAME` varchar(3) NOT NULL, PRIMARY KEY (`ID`), UNIQUE KEY `x` (`USER_NAME`));
CREATE TABLE IF NOT EXISTS `shop_order` ( order_id bigint unsigned NOT NULL auto_increment, tenant_id bigint NOT NULL, `sku_code` varchar(64) NOT NULL, remark text, created_at datetime NOT NULL default now(), PRIMARY KEY (order_id), UNIQUE KEY k (tenant_id, sku_code), KEY i (remark(10)) );
CREATE TABLE `user_2fa` ( `user_id` varchar(36) NOT NULL, `a1b2` int NOT NULL, `is_2fa` tinyint(1) NOT NULL DEFAULT 0, PRIMARY KEY (`user_id`), UNIQUE (`a1b2`), UNIQUE KEY q (`user_id`));
CREATE TABLE noth ( id bigint NOT NULL, created_at datetime, PRIMARY KEY (id));
CREATE TABLE `func` ( `type` int NOT NULL, `range` int NOT NULL, `select` varchar(3) NOT NULL, `default` int, PRIMARY KEY (`type`), UNIQUE KEY a (`range`,`select`));
CREATE TABLE `api_url` ( `userID` int NOT NULL AUTO_INCREMENT, `userURLs` varchar(2) NOT NULL, `x-y` int, `a b` int, PRIMARY KEY (`userID`), UNIQUE KEY a (`userURLs`));
CREATE TABLE gen ( id int NOT NULL, a int NOT NULL, b int GENERATED ALWAYS AS (a+1) STORED, PRIMARY KEY (id));
