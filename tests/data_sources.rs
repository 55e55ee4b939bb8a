//! The text of `-url`, over data sources put together by chance: never a panic, no refusal that repeats the text, no password
//! that comes back changed.

#![cfg(feature = "datasource")]
// Tests may fail loudly; what they share reads their own folders.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod support;

use support::Dice;
use support::dsn_laws::dsn_laws;

const MARKS: [&str; 30] = [
    "@",
    "/",
    ":",
    "(",
    ")",
    "?",
    "&",
    "=",
    "%",
    "%4",
    "%40",
    "[",
    "]",
    ",",
    "'",
    "\\",
    " ",
    "a",
    "1",
    "é",
    "tcp(",
    "unix(",
    "mysql://",
    "postgres://",
    "host=",
    "+",
    "://",
    "jdbc:",
    "h:1)/shop",
    "tls=true",
];

#[test]
fn any_text_is_stood() {
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    for _ in 0..20_000 {
        let text: String = (0..dice.roll(12)).map(|_| MARKS[dice.roll(MARKS.len())]).collect();
        dsn_laws(&text).unwrap();
    }
}
