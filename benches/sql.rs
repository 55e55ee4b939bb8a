//! How fast MySQL dumps are read, in memory: tables, and rows that are passed over.

// A bench reports to the terminal.
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::expect_used)]

use std::fmt::Write;
use std::time::Instant;

use ctl::diagnostic::Report;
use ctl::model::check::check;
use ctl::model::mysql::parse;
use ctl::source::Sources;

fn main() {
    println!("MySQL text, best of 5, MB/s (wanted: tables 15, rows 300; alike for one and ten times the size)");
    for tables in [300, 3_000] {
        bench(&format!("{tables} tables"), &schema(tables), tables);
    }
    for megabytes in [10, 100] {
        let text = dump(300, megabytes);
        let seconds = bench(&format!("a dump of {megabytes} MB, 300 tables"), &text, 300);
        println!("  {:<36} {:.2} s", "", seconds);
    }
    for columns in [400, 4_000] {
        let lines: String =
            (0..columns).map(|i| format!("  `column_{i}` varchar(255) NOT NULL DEFAULT '' COMMENT 'a column',\n")).collect();
        bench(&format!("{columns} columns in one table"), &format!("CREATE TABLE `t` (\n{lines}  PRIMARY KEY (`column_0`)\n);\n"), 1);
    }
    for megabytes in [5, 50] {
        let text =
            format!("CREATE TABLE `t` (`a` int NOT NULL COMMENT '{}', PRIMARY KEY (`a`));", "words; and ".repeat(megabytes * 90_000));
        bench(&format!("a comment of {megabytes} MB"), &text, 1);
    }
}

fn bench(what: &str, text: &str, tables: usize) -> f64 {
    let mut best = f64::INFINITY;
    for _ in 0..5 {
        let mut sources = Sources::default();
        let file = sources.add("bench.sql", text);
        let mut report = Report::new();
        let start = Instant::now();
        let schema = check(parse(file, &sources, &mut report), &mut report);
        best = best.min(start.elapsed().as_secs_f64());
        assert_eq!(schema.tables.len(), tables, "{}", report.render(&sources, false));
    }
    println!("  {what:<36} {:7.1}", text.len() as f64 / 1e6 / best);
    best
}

/// A table as mysqldump writes it.
fn table(text: &mut String, number: usize) {
    let _ = write!(
        text,
        "--\n-- Table structure for table `things_{number}`\n--\n\nDROP TABLE IF EXISTS `things_{number}`;\n\
         /*!40101 SET @saved_cs_client     = @@character_set_client */;\n/*!50503 SET character_set_client = utf8mb4 */;\n\
         CREATE TABLE `things_{number}` (\n  `id` bigint unsigned NOT NULL AUTO_INCREMENT COMMENT 'the key',\n\
         \x20 `owner_id` bigint NOT NULL DEFAULT '0',\n  `name` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT '' COMMENT 'its name; it''s short',\n\
         \x20 `price` decimal(10,2) unsigned NOT NULL DEFAULT '0.00',\n  `state` enum('new','paid','sent') NOT NULL DEFAULT 'new',\n\
         \x20 `note` text,\n  `data` json DEFAULT NULL,\n  `created_at` timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,\n\
         \x20 `updated_at` timestamp NULL DEFAULT NULL ON UPDATE CURRENT_TIMESTAMP,\n  PRIMARY KEY (`id`),\n\
         \x20 UNIQUE KEY `uk_name_{number}` (`owner_id`,`name`),\n  KEY `idx_state` (`state`) USING BTREE\n\
         ) ENGINE=InnoDB AUTO_INCREMENT=42 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci COMMENT='things of kind {number}';\n\
         /*!40101 SET character_set_client = @saved_cs_client */;\n\n",
    );
}

fn schema(tables: usize) -> String {
    let mut text = String::new();
    (0..tables).for_each(|number| table(&mut text, number));
    text
}

/// Tables with rows between them, in statements of about a megabyte.
fn dump(tables: usize, megabytes: usize) -> String {
    let mut text = String::new();
    let share = megabytes * 1_000_000 / tables;
    for number in 0..tables {
        table(&mut text, number);
        let end = text.len() + share.saturating_sub(1_400);
        let _ = write!(text, "LOCK TABLES `things_{number}` WRITE;\nINSERT INTO `things_{number}` VALUES ");
        let mut row = 0;
        while text.len() < end {
            row += 1;
            let _ = write!(
                text,
                "{}({row},{},'the name of {row}; it\\'s \"long\"','19.9{}','paid','Fünf -- words /* of */ text, and a `few` more of them for row {row}',\
                 '{{\\\"a\\\": {row}}}','2024-01-02 03:04:05',NULL)",
                if row == 1 { "" } else { "," },
                row % 97,
                row % 10,
            );
        }
        text.push_str(";\nUNLOCK TABLES;\n\n");
    }
    text
}
