//! Every Go name of a model, decided once.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::golang::format;
use crate::golang::ident::KEYWORDS;
use crate::naming::title;

/// The error for a document that is not there.
pub(super) const NOT_FOUND: &str = "ErrNotFound";
/// The error for an id that is none.
pub(super) const INVALID_ID: &str = "ErrInvalidObjectId";

/// The names of one type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Names {
    /// As listed: what files are named after.
    pub(super) listed: String,
    /// The struct.
    pub(super) ty: String,
    /// The same, not exported: in front of `Model`, and in cache keys.
    pub(super) lower: String,
    /// The collection, with `--easy`.
    pub(super) collection: String,
}

impl Names {
    /// Why the word cannot be the name of a type; else its names.
    fn new(word: &str) -> Result<Self, &'static str> {
        if !word.chars().all(|c| c == '_' || c.is_alphanumeric()) {
            return Err("it may hold letters, digits and `_`");
        }
        let ty = title(word);
        let mut letters = ty.chars();
        match letters.next() {
            Some(first) if first.is_uppercase() => {}
            _ => return Err("its first letter must be one that has a capital: Go exports no other names"),
        }
        // Go's letters are not quite Unicode's.
        if KEYWORDS.contains(&ty.as_str()) || format::format(&format!("package p\n\ntype {ty} int\n")).is_err() {
            return Err("Go has no such names");
        }
        let lower = ty.chars().next().map(char::to_lowercase).into_iter().flatten().chain(letters).collect();
        Ok(Self { listed: word.to_owned(), ty, lower, collection: snake(word) })
    }

    /// What the generated file declares.
    pub(super) fn generated(&self, cache: bool) -> Vec<String> {
        let Self { ty, lower, .. } = self;
        let mut names = vec![format!("{lower}Model"), format!("default{ty}Model"), format!("newDefault{ty}Model")];
        names.extend(cache.then(|| format!("prefix{ty}CacheKey")));
        names
    }

    /// What the file for the user's methods declares.
    pub(super) fn custom(&self, easy: bool) -> Vec<String> {
        let ty = &self.ty;
        let mut names = vec![format!("{ty}Model"), format!("custom{ty}Model"), format!("New{ty}Model")];
        names.extend(easy.then(|| format!("{ty}CollectionName")));
        names
    }
}

/// The names of all types; a type that is listed twice is one. `None` where something cannot be named, which was reported.
pub(super) fn names(words: &[String], cache: bool, easy: bool, report: &mut Report) -> Option<Vec<Names>> {
    let mut all: Vec<Names> = Vec::new();
    let mut failed = false;
    for word in words.iter().map(|word| word.trim()) {
        match Names::new(word) {
            Ok(names) if all.iter().any(|known| known.listed == names.listed) => {}
            Ok(names) => all.push(names),
            Err(why) => {
                failed = true;
                report.push(Diagnostic::error(Code::BadTypeName, format!("`{word}` cannot be the name of a Go type")).help(why));
            }
        }
    }
    let mut declared: BTreeMap<String, &str> = BTreeMap::from([(NOT_FOUND.to_owned(), "error"), (INVALID_ID.to_owned(), "error")]);
    for names in &all {
        let of_type = std::iter::once(names.ty.clone()).chain(names.generated(cache)).chain(names.custom(easy));
        // One finding says enough of two types.
        let clash = of_type.filter_map(|name| Some((declared.insert(name.clone(), &names.listed)?, name))).next();
        if let Some((other, name)) = clash {
            failed = true;
            let message = match other {
                "error" => format!("the type `{}` would declare `{name}`, which every package of models has", names.listed),
                other => format!("the types `{other}` and `{}` would both declare `{name}`", names.listed),
            };
            report.push(Diagnostic::error(Code::DuplicateName, message).help("give one of them another name"));
        }
    }
    (!failed).then_some(all)
}

/// A `_` before each capital, all in lower case (contract: cli-and-ops 13): `userID` is `user_i_d`.
fn snake(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.extend(c.to_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(words: &[&str]) -> Result<Vec<Names>, String> {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let mut report = Report::new();
        let names = names(&words, true, true, &mut report);
        names.ok_or_else(|| report.sorted().iter().map(|found| found.message.as_str()).collect::<Vec<_>>().join("; "))
    }

    #[test]
    fn goctl_s_names() {
        let rows = [
            ("UserProfile", "UserProfile userProfile user_profile"),
            ("order_item", "Order_item order_item order_item"),
            ("Order_Item", "Order_Item order_Item order__item"),
            ("HTTPServer", "HTTPServer hTTPServer h_t_t_p_server"),
            ("user2Info", "User2Info user2Info user2_info"),
            ("type", "Type type type"),
            ("ünder", "Ünder ünder ünder"),
            (" x ", "X x x"),
        ];
        for (word, expected) in rows {
            let names = of(&[word]).unwrap();
            assert_eq!(format!("{} {} {}", names[0].ty, names[0].lower, names[0].collection), expected);
        }
        assert_eq!(of(&["B", "A", "A"]).unwrap().len(), 2);
    }

    #[test]
    fn what_cannot_be_a_type() {
        for word in ["", "a b", "a-b", "1a", "_a", "用户", "a.b", "a;b"] {
            assert_eq!(of(&[word]), Err(format!("`{word}` cannot be the name of a Go type")));
        }
    }

    #[test]
    fn two_types_with_one_name() {
        assert_eq!(of(&["user", "User"]), Err("the types `user` and `User` would both declare `User`".to_owned()));
        assert_eq!(of(&["User", "UserModel"]), Err("the types `User` and `UserModel` would both declare `UserModel`".to_owned()));
        assert_eq!(
            of(&["ErrNotFound"]),
            Err("the type `ErrNotFound` would declare `ErrNotFound`, which every package of models has".to_owned())
        );
    }
}
