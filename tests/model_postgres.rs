//! The models of PostgreSQL tables, as they are written where no server is at hand: quoted names, numbers that come back
//! with the row, indexes of all kinds.

// Tests panic.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod support;

#[test]
fn models_of_postgres_tables() {
    let mut text = String::new();
    for (dir, cache) in [("plain", false), ("cached", true)] {
        let (files, said) = support::postgres::models(dir, cache);
        text.push_str(&said);
        for file in files.iter().filter(|file| file.path.ends_with("_gen.go")) {
            text.push_str(&format!("=== {dir}/{}\n{}", file.path, file.body.text()));
        }
    }
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("model_postgres", text);
    });
}
