//! Tables with everything in them, for templates to be tried on.

use super::super::check::check;
use super::super::draft::{ColumnDraft, Draft, IndexDraft, KeyDraft, PartDraft, TableDraft};
use super::super::spec::{ColumnType, Default, Dialect, Name};
use super::super::types_map::{Settings, TypesMap};
use super::plan::plan;
use super::table::Model;
use super::{IGNORED_COLUMNS, Options};
use crate::compat::Compat;
use crate::diagnostic::Report;
use crate::golang::package::Package;
use crate::naming::Style;
use crate::plan::{Plan, Root};
use crate::render::home::Places;

/// The plan of models in which every template of this slice has a view, most of them several.
pub(crate) fn samples() -> Plan {
    let mut all = Plan::default();
    let Ok(style) = Style::parse("") else { return all };
    for cache in [true, false] {
        let options = Options {
            cache,
            prefix: "cache".to_owned(),
            database: String::new(),
            ignored: IGNORED_COLUMNS.iter().map(|name| (*name).to_owned()).collect(),
            style: String::new(),
            null_defaults: false,
            compat: Compat::Ctl,
            types: TypesMap::defaults(Settings::default()),
            templates: Places::default(),
        };
        let schema = check(draft(), &mut Report::new());
        let models: Vec<Model> =
            schema.tables.iter().filter_map(|table| Model::new(table, &schema, &options, &mut Report::new())).collect();
        let dir = if cache { "model" } else { "plain" };
        all.append(plan(
            &models,
            &style,
            dir,
            &options,
            Root { dir: format!("/{dir}").into(), shown: dir.to_owned() },
            &Package::default(),
        ));
    }
    all
}

fn name(text: &str) -> Name {
    Name { text: text.to_owned(), span: None }
}

fn column(text: &str, key: &str, not_null: bool, comment: &str) -> ColumnDraft {
    let ty =
        ColumnType { key: key.to_owned(), base: None, text: key.to_owned(), unsigned: false, arguments: Vec::new(), values: Vec::new() };
    let default = (key == "timestamp").then(|| Default::Expression("CURRENT_TIMESTAMP".to_owned()));
    ColumnDraft {
        name: name(text),
        ty,
        not_null,
        default,
        auto_increment: text == "id",
        generated: None,
        on_update: false,
        comment: comment.to_owned(),
        goctl: None,
    }
}

fn key(columns: &[&str]) -> KeyDraft {
    let part = |column: &&str| PartDraft::Column { name: name(column), prefix: None, descending: false };
    KeyDraft { parts: columns.iter().map(part).collect(), span: None }
}

fn table(text: &str, columns: Vec<ColumnDraft>, primary: &[&str], uniques: &[&[&str]]) -> TableDraft {
    let index = |columns: &&[&str]| IndexDraft {
        name: None,
        unique: true,
        special: false,
        key: key(columns),
        include: Vec::new(),
        predicate: None,
    };
    TableDraft {
        name: name(text),
        qualifier: None,
        comment: String::new(),
        columns,
        primary_keys: vec![key(primary)],
        indexes: uniques.iter().map(index).collect(),
        foreign_keys: Vec::new(),
        goctl_refuses: None,
    }
}

fn draft() -> Draft {
    let user = vec![
        column("id", "bigint", true, "what the row is known by"),
        column("tenant_id", "bigint", true, ""),
        column("email", "varchar", true, "lower case"),
        column("remark", "text", false, ""),
        column("created_at", "timestamp", true, ""),
    ];
    let member = vec![column("user_id", "bigint", true, ""), column("role_id", "bigint", true, ""), column("note", "varchar", true, "")];
    let tables =
        vec![table("user", user, &["id"], &[&["tenant_id", "email"]]), table("user_role", member, &["user_id", "role_id"], &[&["note"]])];
    Draft { dialect: Dialect::MySql, tables }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_has_models() {
        assert_eq!(samples().files.len(), 10);
    }
}
