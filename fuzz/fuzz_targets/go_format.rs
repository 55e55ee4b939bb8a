//! Formatted Go is formatted already.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Ok(once) = ctl::golang::format::format(text) {
        match ctl::golang::format::format(&once) {
            Ok(twice) => assert_eq!(once, twice),
            Err(error) => panic!("{}: {once}", error.message),
        }
    }
});
