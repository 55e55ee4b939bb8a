//! Templates and what is said of them.

// Tests read real folders.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod support;

use std::fs;

use ctl::render::shelf::SHELF;
use ctl::templates::vars;
use support::machine::package;

#[test]
fn every_template_is_described() {
    let described: Vec<&str> = vars::templates().iter().map(|template| template.name).collect();
    let on_shelf: Vec<&str> = SHELF.iter().map(|(name, _)| *name).collect();
    assert_eq!(described, on_shelf);
    for template in vars::templates() {
        for row in template.tera.iter().chain(&template.tpl) {
            assert!(!row.meaning.is_empty(), "{}: {}", template.name, row.name);
        }
    }
}

#[test]
fn the_page_says_what_the_command_says() {
    let path = package().join("docs/templates.md");
    let page = fs::read_to_string(&path).unwrap();
    let by_hand = page.split_inclusive('\n').take_while(|line| !line.starts_with("## api/"));
    let page_now = by_hand.collect::<String>() + &vars::markdown(&vars::templates());
    if std::env::var_os("INSTA_UPDATE").is_some_and(|value| value == "always") {
        fs::write(&path, &page_now).unwrap();
    } else {
        assert!(page == page_now, "docs/templates.md is not what `ctl template vars` says: `make review` writes it anew");
    }
}
