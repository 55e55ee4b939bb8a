//! No template text, in either language, brings ctl down; what is refused is told with a place that lies in it.
#![no_main]

#[allow(dead_code)]
#[path = "../../tests/support/templates.rs"]
mod templates;

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Err(why) = templates::template(text) {
        panic!("{why}");
    }
});
