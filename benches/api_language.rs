//! How fast `.api` text is read and formatted, in memory.

// A bench reports to the terminal.
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::expect_used)]

mod support;

use std::time::Instant;

use ctl::api_dsl::{format::format, parse::parse};
use ctl::diagnostic::Report;
use ctl::source::Sources;

fn main() {
    println!("`.api` text, best of 5, MB/s (wanted: 10 read, 10 formatted; alike for one and ten times the size)");
    for routes in [1_000, 10_000] {
        bench(&format!("{routes} routes with two types each"), &support::make_api(routes, 50));
    }
    for fields in [10_000, 100_000] {
        let lines: String = (0..fields).map(|i| format!("\tField{i} []string `json:\"field{i}\"` // a field\n")).collect();
        bench(&format!("{fields} fields in one type"), &format!("type A {{\n{lines}}}\n"));
    }
    for imports in [1_000, 10_000] {
        let lines: String = (0..imports).map(|i| format!("import \"part{i}.api\"\n")).collect();
        bench(&format!("{imports} imports"), &lines);
    }
    for size in [1, 10] {
        bench(&format!("a comment of {size} MB"), &format!("/*{}*/\n", "words and\n".repeat(size * 100_000)));
    }
}

fn bench(what: &str, text: &str) {
    let megabytes = text.len() as f64 / 1e6;
    let (mut reading, mut formatting) = (f64::INFINITY, f64::INFINITY);
    for _ in 0..5 {
        let mut sources = Sources::default();
        let file = sources.add("bench.api", text);
        let mut report = Report::new();
        let start = Instant::now();
        let tree = parse(file, &sources, &mut report);
        reading = reading.min(start.elapsed().as_secs_f64());
        assert!(!report.has_errors());
        let start = Instant::now();
        assert!(!format(&tree, &sources).is_empty());
        formatting = formatting.min(start.elapsed().as_secs_f64());
    }
    println!("  {what:<36} read {:6.1}   formatted {:7.1}", megabytes / reading, megabytes / formatting);
}
