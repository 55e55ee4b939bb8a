CREATE TABLE user (
  id bigint NOT NULL AUTO_INCREMENT,
  `number` varchar(255) NOT NULL DEFAULT '' COMMENT '学号',
  name varchar(255) COMMENT '用户\t名称',
  password varchar(255) NOT NULL DEFAULT '',
  mobile varchar(255) NOT NULL DEFAULT '' UNIQUE,
  gender char(5) NOT NULL COMMENT '男｜女｜未公开',
  nickname varchar(255) default '',
  type tinyint(1) default 0,
  created_at timestamp default CURRENT_TIMESTAMP,
  update_at timestamp NULL default CURRENT_TIMESTAMP,
  UNIQUE name_index (name),
  UNIQUE KEY number_unique (`number`(10)),
  UNIQUE KEY tt (`type`, `gender` DESC),
  UNIQUE KEY tt2 (`gender`, `type`),
  PRIMARY KEY (id)
);
