//! The law of templates, as a plain function: tests and fuzzers call it with any text.

#![allow(dead_code, unreachable_pub, clippy::unwrap_used, clippy::expect_used)]

use std::collections::BTreeMap;

use ctl::render::engine::TemplateError;
use ctl::render::tera::TeraTemplates;
use ctl::render::tpl::{GoTemplate, Root, value};
use serde::Serialize;

/// Data with every kind of value a view has.
#[derive(Serialize)]
pub struct Sample {
    pub name: &'static str,
    pub empty: &'static str,
    pub lines: &'static str,
    pub yes: bool,
    pub no: bool,
    pub n: i64,
    pub none: Option<&'static str>,
    pub list: Vec<&'static str>,
    pub routes: Vec<Route>,
    pub map: BTreeMap<&'static str, i64>,
}

/// A struct in a list.
#[derive(Serialize)]
pub struct Route {
    pub path: &'static str,
    pub docs: BTreeMap<&'static str, &'static str>,
}

pub fn sample() -> Sample {
    let route = |path| Route { path, docs: [("summary", "s")].into() };
    Sample {
        name: "shop",
        empty: "",
        lines: "a\n\tb\n",
        yes: true,
        no: false,
        n: 3,
        none: None,
        list: vec!["a", "b", "c"],
        routes: vec![route("/a"), route("/b")],
        map: [("x", 1), ("y", 2)].into(),
    }
}

/// One text in both languages: it is rendered, or refused with words and a place that lies in it. Which of the two took it.
pub fn template(text: &str) -> Result<(bool, bool), String> {
    let go = GoTemplate::parse(text).and_then(|template| {
        let (_, missing) = template.render(&value(&sample(), Root::Map).expect("a value"))?;
        match missing.iter().filter_map(|missing| missing.at.clone()).find(|at| text.get(at.clone()).is_none()) {
            Some(at) => Err(TemplateError::new("__ an unknown key outside of the text", Some(at))),
            None => Ok(()),
        }
    });
    let tera = TeraTemplates::new().and_then(|mut templates| {
        templates.add("t", text)?;
        templates.render("t", &tera::Context::from_serialize(&sample()).expect("a context"))
    });
    Ok((told(text, go)?, told(text, tera.map(drop))?))
}

fn told(text: &str, outcome: Result<(), TemplateError>) -> Result<bool, String> {
    let Err(error) = outcome else { return Ok(true) };
    let outside = error.at.clone().is_some_and(|at| text.get(at).is_none());
    let ours = ["__show", "__read", "__each", "__float", "__items", "__held", "__call"];
    let inner = ours.iter().any(|name| error.message.contains(name) && !text.contains("__"));
    if outside || inner || error.message.is_empty() || error.message.contains('\n') || error.message.starts_with("__ ") {
        return Err(format!("{error:?}"));
    }
    Ok(false)
}
