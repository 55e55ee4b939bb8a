CREATE TABLE user (
    id bigint unsigned NOT NULL AUTO_INCREMENT,
    name varchar(64) NOT NULL DEFAULT '' COMMENT 'what it''s called\nhere',
    nick varchar(64) DEFAULT NULL,
    word varchar(8) DEFAULT 'NULL',
    email varchar(128) NOT NULL,
    state enum('new','it''s on','a,b') NOT NULL DEFAULT 'new',
    marks set('x','y') DEFAULT NULL,
    price decimal(10,2) unsigned DEFAULT 0.00,
    small tinyint(1) NOT NULL DEFAULT 1,
    flags bit(3) DEFAULT b'101',
    doc json DEFAULT NULL,
    token varchar(36) DEFAULT uuid(),
    total decimal(12,2) GENERATED ALWAYS AS (price * 2) STORED,
    half decimal(12,2) AS (price / 2) VIRTUAL,
    hidden int INVISIBLE DEFAULT 3,
    created_at timestamp NOT NULL DEFAULT current_timestamp(),
    updated_at datetime(3) DEFAULT current_timestamp(3) ON UPDATE current_timestamp(3),
    PRIMARY KEY (id),
    UNIQUE KEY uk_email (email),
    UNIQUE KEY uk_name (name, state),
    KEY idx_name (name(10)),
    FULLTEXT KEY ft_name (name)
) COMMENT='who''s who';
CREATE TABLE order_item (
    order_id bigint NOT NULL,
    user_id bigint unsigned NOT NULL,
    no int NOT NULL,
    PRIMARY KEY (no, order_id),
    CONSTRAINT fk_user FOREIGN KEY (user_id) REFERENCES user (id)
);
CREATE TABLE heap (a int);
CREATE TABLE log (id int NOT NULL, at date NOT NULL, PRIMARY KEY (id, at)) PARTITION BY RANGE (year(at)) (PARTITION p0 VALUES LESS THAN (2020), PARTITION p1 VALUES LESS THAN MAXVALUE);
CREATE TABLE versioned (id int PRIMARY KEY, x int) WITH SYSTEM VERSIONING;
CREATE SEQUENCE counter;
CREATE VIEW v_user AS SELECT id, name FROM user;
CREATE TABLE `订单 表` (`编号` int PRIMARY KEY, `a``b` int UNIQUE);
