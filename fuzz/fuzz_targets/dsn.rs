//! Reading data sources keeps its laws, whatever the text.
#![no_main]

#[allow(dead_code)]
#[path = "../../tests/support/dsn_laws.rs"]
mod dsn_laws;

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Err(why) = dsn_laws::dsn_laws(text) {
        panic!("{why}");
    }
});
