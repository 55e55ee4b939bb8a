//! Reading SQL keeps its laws, whatever the text.
#![no_main]

#[allow(dead_code)]
#[path = "../../tests/support/sql_laws.rs"]
mod sql_laws;

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Err(why) = sql_laws::sql_laws(text) {
        panic!("{why}");
    }
});
