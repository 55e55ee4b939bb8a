//! Compiling `.proto` keeps its laws, whatever the text.
#![no_main]

#[allow(dead_code)]
#[path = "../../tests/support/proto_laws.rs"]
mod proto_laws;

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Err(why) = proto_laws::proto_laws(text) {
        panic!("{why}");
    }
});
