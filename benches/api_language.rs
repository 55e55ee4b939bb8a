//! How fast `.api` text is read and formatted, in memory.

// A bench reports to the terminal.
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::expect_used)]

mod support;

use std::time::Instant;

use ctl::api_dsl::{format::format, parse::parse};
use ctl::diagnostic::Report;
use ctl::source::Sources;

fn main() {
    let text = support::make_api(10_000, 50);
    let megabytes = text.len() as f64 / 1e6;
    let (mut reading, mut formatting) = (f64::INFINITY, f64::INFINITY);
    for _ in 0..5 {
        let mut sources = Sources::default();
        let file = sources.add("bench.api", text.as_str());
        let mut report = Report::new();
        let start = Instant::now();
        let tree = parse(file, &sources, &mut report);
        reading = reading.min(start.elapsed().as_secs_f64());
        assert!(!report.has_errors());
        let start = Instant::now();
        assert!(!format(&tree, &sources).is_empty());
        formatting = formatting.min(start.elapsed().as_secs_f64());
    }
    println!("`.api` text of {megabytes:.1} MB, best of 5 (wanted: 10 MB/s)");
    println!("  read      {:6.1} MB/s", megabytes / reading);
    println!("  formatted {:6.1} MB/s, from the tree; {:.1} MB/s with reading", megabytes / formatting, megabytes / (reading + formatting));
}
