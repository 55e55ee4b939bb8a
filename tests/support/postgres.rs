//! Models of PostgreSQL tables without a server: a schema as an introspection would find it.

use ctl::diagnostic::Report;
use ctl::model::check::check;
use ctl::model::draft::{ColumnDraft, Draft, IndexDraft, KeyDraft, PartDraft, TableDraft};
use ctl::model::go::{IGNORED_COLUMNS, Options, generate};
use ctl::model::spec::{ColumnType, Default as Value, Dialect, Generated, Name};
use ctl::model::types_map::{Settings, TypesMap};
use ctl::plan::{RenderedFile, Root};
use ctl::source::{Disk, Sources};

fn name(text: &str) -> Name {
    Name { text: text.to_owned(), span: None }
}

/// `id bigint!`: a column that cannot be NULL; `#` is numbered, `=` computed.
fn column(text: &str) -> ColumnDraft {
    let (column, ty) = text.rsplit_once(' ').unwrap();
    let key = ty.trim_end_matches(['!', '#', '=']);
    let generated = ty.ends_with('=').then(|| Generated { expression: "lower(name)".to_owned(), stored: true });
    ColumnDraft {
        name: name(column),
        ty: ColumnType {
            key: key.to_owned(),
            base: None,
            text: key.to_owned(),
            unsigned: false,
            arguments: Vec::new(),
            values: Vec::new(),
        },
        not_null: ty.contains(['!', '#']),
        default: ty.ends_with('#').then(|| Value::Expression("nextval('s'::regclass)".to_owned())),
        auto_increment: ty.ends_with('#'),
        generated,
        on_update: false,
        comment: String::new(),
        goctl: None,
    }
}

fn key(columns: &[&str]) -> KeyDraft {
    let part = |text: &&str| match text.strip_prefix('(') {
        Some(expression) => PartDraft::Expression(expression.trim_end_matches(')').to_owned()),
        None => PartDraft::Column { name: name(text), prefix: None, descending: false },
    };
    KeyDraft { parts: columns.iter().map(part).collect(), span: None }
}

fn unique(columns: &[&str], include: &[&str], predicate: Option<&str>) -> IndexDraft {
    IndexDraft {
        name: None,
        unique: true,
        special: false,
        key: key(columns),
        include: include.iter().map(|text| name(text)).collect(),
        predicate: predicate.map(str::to_owned),
    }
}

fn table(text: &str, columns: &[&str], primary: &[&str], indexes: Vec<IndexDraft>) -> TableDraft {
    TableDraft {
        name: name(text),
        qualifier: Some("Shop".to_owned()),
        comment: String::new(),
        columns: columns.iter().map(|text| column(text)).collect(),
        primary_keys: vec![key(primary)],
        indexes,
        foreign_keys: Vec::new(),
        goctl_refuses: None,
    }
}

fn draft() -> Draft {
    let users = [
        "id bigint#",
        "Name varchar!",
        "order varchar",
        "email varchar!",
        "low varchar=",
        "tags _text!",
        "doc jsonb",
        "gone_at timestamp",
        "price money!",
        "bits bit!",
        "created_at timestamp!",
    ];
    let indexes = vec![
        unique(&["order"], &[], None),
        unique(&["Name", "email"], &["doc"], None),
        unique(&["email"], &[], Some("((gone_at IS NULL) AND ((\"Name\")::text ~~ 'a%'::text))")),
        unique(&["(lower(email))"], &[], None),
        unique(&["id", "(lower(email))"], &[], None),
    ];
    let tables = vec![
        table("users", &users, &["id"], indexes),
        table("User Roles", &["user_id bigint!", "role uuid!", "at timestamp!"], &["user_id", "role"], vec![unique(&["at"], &[], None)]),
        table("ticks", &["id bigint#", "created_at timestamp!"], &["id"], Vec::new()),
    ];
    Draft { dialect: Dialect::Postgres, tables }
}

/// The models, for a directory of this name.
pub fn models(dir: &str, cache: bool) -> (Vec<RenderedFile>, String) {
    let (mut sources, mut report) = (Sources::new(Disk::memory([])), Report::new());
    let options = Options {
        cache,
        prefix: "cache".to_owned(),
        database: String::new(),
        ignored: IGNORED_COLUMNS.iter().map(|name| (*name).to_owned()).collect(),
        style: String::new(),
        null_defaults: false,
        compat: ctl::compat::Compat::Ctl,
        types: TypesMap::defaults(Settings::default()),
        templates: ctl::render::home::Places::default(),
    };
    let schema = check(draft(), &mut report);
    let root = Root { dir: format!("/{dir}").into(), shown: dir.to_owned() };
    let files = generate(&schema, &root, &options, &mut sources, &mut report).expect("models");
    (files, report.render(&sources, false))
}
