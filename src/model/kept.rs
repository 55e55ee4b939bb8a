//! Kept files that were made with the other setting of `--cache`: what they call is not what is generated now.
//!
//! In: the rendered files, and what stands in their directory. Out: a warning for each file that somebody has to change, with
//! the lines that it needs: those that a new one would have (contract: model 14, "not checked against the new cache mode").

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::golang::package::Package;
use crate::plan::{RenderedFile, Root};
use crate::source::{Sources, Span};

/// Compares the kept files below `root` with what they would be if they were made now.
pub(super) fn check_cache(rendered: &[RenderedFile], standing: &Package, root: &Root, sources: &mut Sources, report: &mut Report) {
    for new in rendered.iter().filter(|file| standing.is_kept(file)) {
        let Some((name, constructor)) = constructor(new.body.text()) else { continue };
        let shown = format!("{}/{}", root.shown.trim_end_matches('/'), new.path);
        let Ok(file) = sources.read(&root.dir.join(&new.path), &shown) else { continue };
        let text = sources.text(file);
        let (Some(was), Some(is)) = (is_cached(text, name), is_cached(new.body.text(), name)) else { continue };
        if was == is {
            continue;
        }
        let message = if is {
            "this file makes its model without a cache, and the generated code asks for one"
        } else {
            "this file makes its model with a cache, and the generated code takes none"
        };
        let mut help = format!("put these lines in the place of its own; or delete it, and the next run makes it anew\n{constructor}");
        if is && text.contains(") withSession(") && !new.body.text().contains(") withSession(") {
            help += "\n\nand no `withSession`, neither here nor in the interface: it makes a model without a cache";
        }
        let found = Diagnostic::warning(Code::MissingWiring, message);
        let found = match text.find(&format!("func New{name}(")) {
            Some(at) => {
                let start = at + "func ".len();
                found.at(Span::new(file, start, start + "New".len() + name.len()), "this file is yours, and is kept")
            }
            None => found.path(shown),
        };
        report.push(found.help(help));
    }
}

/// `UserModel`, of the first `func NewUserModel(`, and the lines that say how it is made: the imports and that function.
fn constructor(text: &str) -> Option<(&str, String)> {
    let (_, rest) = text.split_once("\nfunc New")?;
    let name = rest.split('(').next().filter(|name| name.ends_with("Model"))?;
    let function = rest.split("\n}\n").next()?;
    let imports = text.split_once("\nimport ").map_or("", |(_, rest)| rest);
    let imports = if imports.starts_with('(') { imports.split_inclusive("\n)").next() } else { imports.lines().next() };
    Some((name, format!("import {}\n\nfunc New{function}\n}}", imports.unwrap_or_default())))
}

/// Whether a file makes its model with a cache: a table's is handed one, MongoDB's comes from another package. `None` where
/// it says neither.
fn is_cached(text: &str, name: &str) -> Option<bool> {
    if let Some((_, rest)) = text.split_once(&format!("new{name}(")) {
        return rest.split(')').next().map(|arguments| arguments.contains(','));
    }
    let imports = |package: &str| text.contains(&format!("core/stores/{package}\""));
    match (imports("monc"), imports("mon")) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_file_says() {
        let table = "\nfunc NewUserModel(conn sqlx.SqlConn) UserModel {\n\treturn &customUserModel{newUserModel(conn)}\n}\n";
        assert_eq!(is_cached(table, "UserModel"), Some(false));
        assert_eq!(is_cached(&table.replace("(conn)", "(conn, c, o...)"), "UserModel"), Some(true));
        assert_eq!(is_cached("import \"x/core/stores/monc\"", "UserModel"), Some(true));
        assert_eq!(is_cached("import \"x/core/stores/mon\"", "UserModel"), Some(false));
        assert_eq!(is_cached("package model", "UserModel"), None);
        let text = format!("package model\n\nimport (\n\t\"x\"\n)\n{table}\nfunc f() {{\n}}\n");
        let (name, lines) = constructor(&text).unwrap();
        assert_eq!((name, lines), ("UserModel", format!("import (\n\t\"x\"\n)\n\n{}", table.trim())));
        assert_eq!(constructor("package model\n\nfunc NewUser() {\n}\n"), None);
    }
}
