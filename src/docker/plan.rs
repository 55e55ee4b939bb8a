//! The files of `ctl docker`, a row each.

use std::path::PathBuf;

use super::layout::Layout;
use super::program::Program;
use super::request::Options;
use super::settings::Settings;
use super::spec::{Health, Spec};
use super::view;
use crate::compat::Compat;
use crate::plan::{Destination, Ownership, Plan, Root};
use crate::source::{FileId, Sources};

/// Plans the Dockerfile, and the .dockerignore of its context.
pub(super) fn plan(context: Root, dockerfile: crate::view::View, options: &Options) -> Plan {
    let mut plan = Plan::default();
    let (root, file) = match &options.output {
        Destination::File(root, file) => (root.clone(), file.as_str()),
        Destination::Printed => (context.clone(), "Dockerfile"),
    };
    let root = plan.root(root.dir, root.shown);
    plan.file(root, Ownership::Target, file, dockerfile);
    if options.compat.writes_dockerignore() && options.output != Destination::Printed {
        let root = plan.root(context.dir, context.shown);
        plan.file(root, Ownership::Scaffold, ".dockerignore", view::dockerignore());
    }
    plan
}

/// A plan in which every template of this slice has a view.
pub(crate) fn samples() -> Plan {
    let mut sources = Sources::default();
    let main: FileId = sources.add("user.go", "");
    let program = Program {
        dir: PathBuf::from("/shop/app/user"),
        here: PathBuf::from("/shop"),
        shown: "app/user".to_owned(),
        named: Some("user.go".to_owned()),
        main,
        main_name: "user.go".to_owned(),
        files: vec![main],
    };
    let layout = Layout {
        context: PathBuf::from("/shop"),
        module_dir: ".".to_owned(),
        package: "app/user".to_owned(),
        path: "github.com/shop/shop".to_owned(),
        module_files: vec![(".".to_owned(), ["go.mod", "go.sum*"].map(str::to_owned).to_vec())],
        gowork: None,
        is_vendored: false,
        versions: Vec::new(),
        has_go_zero: true,
    };
    let spec = Spec {
        go_tag: "1.25.0-alpine".to_owned(),
        base: "alpine:3.22.2".to_owned(),
        exe: "user".to_owned(),
        port: Some(8888),
        zone: Some("Europe/Berlin".to_owned()),
        asks_for_vendor: false,
        health: Some(Health::Port(8888)),
    };
    let settings = Settings {
        copied: Some(("app/user/etc".to_owned(), "./etc/".to_owned())),
        flag: "f".to_owned(),
        argument: Some("etc/user.yaml".to_owned()),
        ..Settings::default()
    };
    let dockerfile = view::dockerfile(&spec, &program, &layout, &settings, "app/user/user.go", Compat::Ctl);
    let mut plan = Plan::default();
    let root = plan.root("/shop".into(), "shop");
    plan.file(root, Ownership::Target, "Dockerfile", dockerfile);
    plan.file(root, Ownership::Scaffold, ".dockerignore", view::dockerignore());
    plan
}
