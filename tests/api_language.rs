//! The laws of the `.api` front end over a corpus and over what is left of it after accidents.

// Tests read their own folders, and may fail loudly.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod support;

use ctl::api_dsl::words::Words;
use support::{Dice, corpus, damaged, formatted, laws, read};

fn check(name: &str, text: &str) -> bool {
    match laws(text) {
        Ok(valid) => valid,
        Err(why) => panic!("{name}: {why}\n--- of\n{text}"),
    }
}

#[test]
fn the_corpus_is_valid_and_keeps_the_laws() {
    for (name, text) in corpus() {
        assert!(check(&name, &text), "{name}: {}", read(&text).errors().unwrap_or_default());
    }
}

#[test]
fn canonical_text_stays() {
    let (_, text) = corpus().into_iter().find(|(name, _)| name == "canonical.api").unwrap();
    assert_eq!(formatted(&text).unwrap(), text);
}

#[test]
fn laws_hold_with_comments_at_every_boundary() {
    for (name, text) in corpus() {
        let words = Words::scan(&text, 0);
        let step = (words.all.len() / 60).max(1);
        for (at, word) in words.all.iter().enumerate() {
            let comment = match at % 3 {
                0 => "/*new*/",
                1 => "// new\n",
                _ => "/* new\nlines */",
            };
            if at % step < 2 {
                for place in [word.start(), word.end()] {
                    check(&name, &format!("{}{comment}{}", &text[..place], &text[place..]));
                }
            }
        }
    }
}

#[test]
fn laws_hold_without_a_word() {
    for (name, text) in corpus() {
        let words = Words::scan(&text, 0);
        let step = (words.all.len() / 60).max(1);
        for word in words.all.iter().step_by(step) {
            check(&name, &format!("{}{}", &text[..word.start()], &text[word.end()..]));
            check(&name, &format!("{}{} {}", &text[..word.end()], words.str(word), &text[word.end()..]));
        }
    }
}

#[test]
fn laws_hold_after_accidents() {
    let mut dice = Dice(0x1234_5678_9abc_def1);
    for (name, text) in corpus() {
        for _ in 0..60 {
            check(&name, &damaged(&text, &mut dice));
        }
    }
}

/// Large and hostile texts, on a thread with the smallest stack anybody uses.
#[test]
fn hostile_texts_neither_crash_nor_hang() {
    let mega = 200_000;
    let texts = vec![
        "(".repeat(mega),
        "{".repeat(mega),
        "type A {".repeat(mega / 8),
        format!("type A {}", "*".repeat(mega)),
        format!("type A {}int", "[]".repeat(mega)),
        format!("type A {}int", "map[".repeat(mega / 4)),
        format!("type A {}int", "map[a]".repeat(mega / 6)),
        format!("type A {{{}{}}}", "x {\n".repeat(190), "}\n".repeat(190)),
        format!("type A {{ X {}int }}", "[]".repeat(190)),
        format!("type A {{ X {}int{} }}", "map[".repeat(190), "]a".repeat(190)),
        "/*\n\"\n`\n".repeat(mega / 6),
        format!("/*{}*/", "* /".repeat(mega)),
        format!("service a {{\n{}", "@server (\n".repeat(mega / 10)),
        "\"".repeat(mega + 1),
        "type A {\n X int `json\n}\n".repeat(mega / 20),
        "import \"a\n".repeat(mega / 10),
        "/**/".repeat(mega / 4),
        "\u{0}\u{1}é\u{feff}".repeat(mega / 8),
    ];
    for text in texts {
        let thread = std::thread::Builder::new().stack_size(2 << 20);
        let outcome = thread.spawn(move || laws(&text)).unwrap().join().expect("no panic");
        outcome.unwrap_or_else(|why| panic!("{}", &why[..why.len().min(2000)]));
    }
}
