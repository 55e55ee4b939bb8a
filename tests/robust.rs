//! `api go` from text to rendered files, in memory, over valid, damaged and hostile texts: never a panic, and whatever Go comes
//! out is Go that gofmt would leave alone.

// Tests read their own folders, and may fail loudly.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod support;

use std::fs;

use support::machine::{files, package};
use support::{Dice, corpus, damaged, pipeline};

/// The corpus, the examples and every input of a case.
fn texts() -> Vec<(String, String)> {
    let folders = ["examples", "tests/cases"].map(|folder| package().join(folder));
    let read = folders.iter().flat_map(|folder| files(folder, ".api")).filter(|path| path.is_file());
    let read = read.filter_map(|path| Some((path.display().to_string(), fs::read_to_string(&path).ok()?)));
    corpus().into_iter().chain(read).collect()
}

fn check(name: &str, text: &str) -> bool {
    pipeline(text).unwrap_or_else(|why| panic!("{name}: {why}\n--- of\n{text}"))
}

#[test]
fn the_pipeline_stands_every_text() {
    let made = texts().iter().filter(|(name, text)| check(name, text)).count();
    assert!(made > 40, "only {made} texts made a service");
}

#[test]
fn the_pipeline_stands_accidents() {
    let mut dice = Dice(0x5eed_0fac_c1de_7500);
    let mut made = 0;
    for (name, text) in texts() {
        for _ in 0..if cfg!(debug_assertions) { 25 } else { 250 } {
            made += usize::from(check(&name, &damaged(&text, &mut dice)));
        }
    }
    assert!(made > 100, "only {made} damaged texts made a service: the accidents are too rough to tell anything");
}

#[test]
fn the_pipeline_stands_sizes() {
    let chain: String = (0..20_000).map(|i| format!("type A{i} {{\n\tNext A{}\n}}\n", i + 1)).collect();
    let keys: String = (0..5_000).map(|i| format!("type A{i} {{\n\tM map[A{}]int\n}}\n", i + 1)).collect();
    let routes: String = (0..3_000).map(|i| format!("\t@handler h{i}\n\tget /same (Req)\n")).collect();
    let imports: String = (0..10_000).map(|i| format!("import \"a{i}.api\"\n")).collect();
    for text in
        [chain, keys, format!("type Req {{}}\nservice a {{\n{routes}}}\n"), imports, "/*".to_owned() + &"x".repeat(10_000_000) + "*/"]
    {
        let thread = std::thread::Builder::new().stack_size(2 << 20);
        thread.spawn(move || check("sizes", &text)).unwrap().join().expect("no panic");
    }
}
