//! `api go` in memory never panics, and makes only Go that gofmt would leave alone.
#![no_main]

#[allow(dead_code)]
#[path = "../../tests/support/laws.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Err(why) = laws::pipeline(text) {
        panic!("{why}");
    }
});
