//! Reading and formatting `.api` text keeps its laws, whatever the text.
#![no_main]

#[allow(dead_code)]
#[path = "../../tests/support/laws.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Err(why) = laws::laws(text) {
        panic!("{why}");
    }
});
