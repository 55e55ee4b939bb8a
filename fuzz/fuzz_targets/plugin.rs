//! Reading a protobuf plugin's answer keeps its laws, whatever the bytes.
#![no_main]

#[path = "../../tests/support/plugin_laws.rs"]
mod plugin_laws;

libfuzzer_sys::fuzz_target!(|answer: &[u8]| {
    if let Err(why) = plugin_laws::plugin_laws(answer) {
        panic!("{why}");
    }
});
