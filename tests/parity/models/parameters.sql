-- Columns called as something in the bodies of methods: goctl's Go builds with all of them.
CREATE TABLE hidden (id bigint NOT NULL AUTO_INCREMENT, `append` varchar(20) NOT NULL, `v` varchar(20) NOT NULL, `conn` varchar(20) NOT NULL, `sql` varchar(20) NOT NULL, `i` varchar(20) NOT NULL, `e` varchar(20) NOT NULL, `result` varchar(20) NOT NULL, `data` varchar(20) NOT NULL, `newData` varchar(20) NOT NULL, `json` varchar(20) NOT NULL, `primary` varchar(20) NOT NULL, `string` varchar(20) NOT NULL, PRIMARY KEY (id), UNIQUE KEY `append_u` (`append`), UNIQUE KEY `v_u` (`v`), UNIQUE KEY `conn_u` (`conn`), UNIQUE KEY `sql_u` (`sql`), UNIQUE KEY `i_u` (`i`), UNIQUE KEY `e_u` (`e`), UNIQUE KEY `result_u` (`result`), UNIQUE KEY `data_u` (`data`), UNIQUE KEY `newData_u` (`newData`), UNIQUE KEY `json_u` (`json`), UNIQUE KEY `primary_u` (`primary`), UNIQUE KEY `string_u` (`string`));
CREATE TABLE key_append (`append` varchar(20) NOT NULL, a varchar(20) NOT NULL, PRIMARY KEY (`append`), UNIQUE KEY a (a));
CREATE TABLE key_v (`v` varchar(20) NOT NULL, a varchar(20) NOT NULL, PRIMARY KEY (`v`), UNIQUE KEY a (a));
CREATE TABLE key_conn (`conn` varchar(20) NOT NULL, a varchar(20) NOT NULL, PRIMARY KEY (`conn`), UNIQUE KEY a (a));
CREATE TABLE key_i (`i` varchar(20) NOT NULL, a varchar(20) NOT NULL, PRIMARY KEY (`i`), UNIQUE KEY a (a));
CREATE TABLE key_e (`e` varchar(20) NOT NULL, a varchar(20) NOT NULL, PRIMARY KEY (`e`), UNIQUE KEY a (a));
CREATE TABLE key_result (`result` varchar(20) NOT NULL, a varchar(20) NOT NULL, PRIMARY KEY (`result`), UNIQUE KEY a (a));
CREATE TABLE key_newdata (`newData` varchar(20) NOT NULL, a varchar(20) NOT NULL, PRIMARY KEY (`newData`), UNIQUE KEY a (a));
CREATE TABLE key_json (`json` varchar(20) NOT NULL, a varchar(20) NOT NULL, PRIMARY KEY (`json`), UNIQUE KEY a (a));
CREATE TABLE key_primary (`primary` varchar(20) NOT NULL, a varchar(20) NOT NULL, PRIMARY KEY (`primary`), UNIQUE KEY a (a));
CREATE TABLE key_string (`string` varchar(20) NOT NULL, a varchar(20) NOT NULL, PRIMARY KEY (`string`), UNIQUE KEY a (a));
CREATE TABLE key_data (`data` varchar(20) NOT NULL, a varchar(20) NOT NULL, PRIMARY KEY (`data`));
