//! The laws of the `.api` front end over a corpus and over what is left of it after accidents.

// Tests read their own folders, and may fail loudly.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod support;

use ctl::api_dsl::words::Words;
use std::time::{Duration, Instant};
use support::{Dice, corpus, formatted, laws, read};

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
        let chars: Vec<char> = text.chars().collect();
        for _ in 0..if chars.is_empty() { 0 } else { 60 } {
            let mut broken = chars.clone();
            for _ in 0..=dice.roll(3) {
                let at = dice.roll(broken.len() - 1);
                match dice.roll(5) {
                    0 => drop(broken.remove(at)),
                    1 => broken.insert(at, broken[at]),
                    2 => broken.swap(at, at + 1),
                    3 => broken.insert(at, ['"', '`', '/', '*', '\n', '{', ')', '\r', 'é', ' '][dice.roll(10)]),
                    _ => broken.truncate(at.max(broken.len() / 2)),
                }
                if broken.len() < 4 {
                    break;
                }
            }
            check(&name, &broken.into_iter().collect::<String>());
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
        let start = Instant::now();
        let shown: String = text.chars().take(40).collect();
        let thread = std::thread::Builder::new().stack_size(2 << 20);
        let outcome = thread.spawn(move || laws(&text)).unwrap().join().expect("no panic");
        outcome.unwrap_or_else(|why| panic!("{}", &why[..why.len().min(2000)]));
        assert!(start.elapsed() < Duration::from_secs(20), "{:?} for {shown}", start.elapsed());
    }
}

/// Twice the text takes about twice the time.
#[test]
fn time_is_linear() {
    let fields = |n: usize| format!("type A {{\n{}}}", (0..n).map(|i| format!("F{i} []int `json:\"f{i}\"` // c\n")).collect::<String>());
    let routes = |n: usize| format!("service a {{\n{}}}", (0..n).map(|i| format!("@handler h{i}\nget /a/{i} (R)\n")).collect::<String>());
    let imports = |n: usize| (0..n).map(|i| format!("import \"a{i}.api\"\n")).collect::<String>();
    let wrong = |n: usize| (0..n).map(|i| format!("type A{i} {{ X int \"x\" }}\n")).collect::<String>();
    for make in [&fields as &dyn Fn(usize) -> String, &routes, &imports, &wrong] {
        let time = |text: &str| {
            let start = Instant::now();
            let read = read(text);
            std::hint::black_box(ctl::api_dsl::format::format(&read.file, &read.sources));
            start.elapsed()
        };
        let (small, large) = (make(2_000), make(16_000));
        time(&small);
        let (short, long) = (time(&small), time(&large));
        assert!(long < short * 32 + Duration::from_millis(200), "{short:?}, then {long:?} for eight times the text: {}", &small[..60]);
    }
}
