//! What a Go file says of itself: its package, its imports, what it declares, what it uses of other packages.
//!
//! In: the text of a file that may be anybody's. Out: an [`Outline`], or nothing where the text is no Go: whoever builds
//! it hears that from Go. Nothing is resolved but the names of packages, by the imports of the file itself.

use std::ops::Range;

use super::format;
use super::ident::{PREDECLARED, package_name};

/// A Go file in outline. Ranges are bytes of its text.
#[derive(Debug, Clone, Default)]
pub struct Outline {
    /// What its package clause says.
    pub package: String,
    /// In its order.
    pub imports: Vec<Import>,
    /// Functions and methods, in their order.
    pub functions: Vec<Function>,
    /// Types, in their order.
    pub types: Vec<TypeDecl>,
    /// All that it declares at its top, methods and blanks aside.
    pub declared: Vec<String>,
    /// Every `x.Name` of it, in no order.
    pub uses: Vec<Use>,
    /// Fields that are given a value: the keys of literals (`Name: …`), what assignments name (`x.Name = …`).
    pub assigned: Vec<String>,
}

/// An import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// The name it is given; `.` and `_` too.
    pub name: Option<String>,
    /// Without its quotes.
    pub path: String,
}

/// A function or a method.
#[derive(Debug, Clone)]
pub struct Function {
    /// The type it is a method of, without `*` and type parameters.
    pub receiver: Option<String>,
    /// Its name.
    pub name: String,
    /// A type for each parameter.
    pub params: Vec<GoType>,
    /// A type for each result.
    pub results: Vec<GoType>,
    /// Where its name stands.
    pub name_range: Range<usize>,
    /// From `func` to its last result.
    pub head: Range<usize>,
    /// From `func` to its last brace.
    pub range: Range<usize>,
}

/// A declaration of a type.
#[derive(Debug, Clone)]
pub struct TypeDecl {
    /// Its name.
    pub name: String,
    /// Where the name stands.
    pub range: Range<usize>,
    /// From `type`, or the name where several stand in parentheses, to the end.
    pub whole: Range<usize>,
    /// Whether it is another name for a type: `type A = B`.
    pub is_alias: bool,
    /// Whether it is an interface, which other types may stand for.
    pub is_interface: bool,
    /// The fields, if it is a struct.
    pub fields: Option<Vec<Field>>,
}

/// A field of a struct, or several of one type.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its names; none where it is embedded.
    pub names: Vec<String>,
    /// Its type.
    pub ty: GoType,
    /// The fields of that type, if it is a struct written there.
    pub fields: Option<Vec<Field>>,
}

/// `x.Name`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// What stands before the dot.
    pub qualifier: String,
    /// What stands behind it.
    pub name: String,
    /// From the one to the other.
    pub range: Range<usize>,
    /// The arguments it is called with, where it is called.
    pub arguments: Option<usize>,
    /// What each of them says, where it is a string without escapes.
    pub texts: Vec<Option<String>>,
}

/// A type as it is written: its tokens.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GoType(pub Vec<Part>);

/// A token of a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// `*`, `map`, `[`, a number.
    Mark(String),
    /// `string`, `Request`.
    Name(String),
    /// `pb.Request`.
    Of(String, String),
}

impl Outline {
    /// Reads a file; `None` for what is no Go, or nests deeper than anybody writes.
    pub fn read(text: &str) -> Option<Self> {
        format::outline(text)
    }

    /// The function of that name, or the method of a type.
    pub fn function(&self, receiver: Option<&str>, name: &str) -> Option<&Function> {
        self.functions.iter().find(|function| function.receiver.as_deref() == receiver && function.name == name)
    }

    /// The type of that name.
    pub fn type_decl(&self, name: &str) -> Option<&TypeDecl> {
        self.types.iter().find(|ty| ty.name == name)
    }

    /// The import path of what the file calls `qualifier`. An import without a name may be called as its path ends, or as
    /// `other` calls the same path.
    pub fn path_of(&self, qualifier: &str, other: Option<&Outline>) -> Option<&str> {
        let named = |import: &&Import| import.name.as_deref() == Some(qualifier);
        let plain = |import: &&Import| import.name.is_none() && usual_name(&import.path) == qualifier;
        let elsewhere =
            |import: &&Import| import.name.is_none() && other.and_then(|other| other.given_name(&import.path)) == Some(qualifier);
        let imports = || self.imports.iter();
        let found = imports().find(named).or_else(|| imports().find(plain)).or_else(|| imports().find(elsewhere));
        found.map(|import| import.path.as_str())
    }

    /// What the file calls the package of that path, if it imports it under a name that can be written.
    pub fn name_of(&self, path: &str, other: Option<&Outline>) -> Option<String> {
        let import = self.imports.iter().find(|import| import.path == path && import.name.as_deref() != Some("_"))?;
        let elsewhere = other.and_then(|other| other.given_name(path)).map(str::to_owned);
        let usual = usual_name(path);
        let is_used = |name: &String| self.uses.iter().any(|used| used.qualifier == *name);
        let plain = if is_used(&usual) { Some(usual.clone()) } else { elsewhere };
        import.name.clone().or(plain).or(Some(usual))
    }

    /// The name that the file gives the package of that path.
    fn given_name(&self, path: &str) -> Option<&str> {
        self.imports.iter().find(|import| import.path == path)?.name.as_deref()
    }

    /// Whether the file uses `name` of the package at `path`.
    pub fn uses(&self, path: &str, name: &str) -> bool {
        self.uses_of(path, None).any(|found| found.name == name)
    }

    /// All that the file uses of the package at `path`.
    pub fn uses_of<'a>(&'a self, path: &'a str, other: Option<&'a Outline>) -> impl Iterator<Item = &'a Use> {
        self.uses.iter().filter(move |found| self.path_of(&found.qualifier, other) == Some(path))
    }
}

impl GoType {
    /// Whether it is `*T`, and if so what `T` is.
    pub fn pointee(&self) -> Option<&Part> {
        match self.0.as_slice() {
            [Part::Mark(star), named] if star == "*" => Some(named),
            _ => None,
        }
    }

    /// Whether it is that word alone: `error`.
    pub fn is(&self, word: &str) -> bool {
        matches!(self.0.as_slice(), [Part::Name(name)] if name == word)
    }
}

/// Whether Go itself declares the name.
pub fn is_predeclared(name: &str) -> bool {
    PREDECLARED.contains(&name)
}

/// What a package is most likely called whose path is all that is known: its last part that is no version.
fn usual_name(path: &str) -> String {
    let is_version = |part: &str| part.strip_prefix('v').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    let (before, last) = path.rsplit_once('/').unwrap_or(("", path));
    let last = if is_version(last) && !before.is_empty() { before.rsplit('/').next().unwrap_or(before) } else { last };
    // `gopkg.in/yaml.v3`
    let last = last.rsplit_once('.').filter(|(_, end)| is_version(end)).map_or(last, |(name, _)| name);
    package_name(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "package logic\n\nimport (\n\t\"context\"\n\n\tuser \"example.com/shop/pb\"\n\t\"gopkg.in/yaml.v3\"\n\t\"example.com/go/v2\"\n)\n\n\
        var A, _ = 1, 2\n\ntype (\n\tPingLogic struct {\n\t\tctx, other context.Context\n\t\t*user.Base\n\t\tDeep struct{ X int }\n\t}\n\tSame = user.Request\n)\n\n\
        func (l *PingLogic) Ping(a, b *user.Request, c ...map[string]yaml.Node) (resp []user.Pong, err error) {\n\tx := T{Key: 1}\n\tx.Field = 2\n\treturn user.Do(a, b).Then(), nil\n}\n\n\
        func New[T any](f func(int) error) chan<- T { return nil }\n";

    #[test]
    fn a_file_in_outline() {
        let outline = Outline::read(FILE).unwrap();
        assert_eq!(outline.package, "logic");
        assert_eq!(outline.declared, ["A", "PingLogic", "Same", "New"]);
        assert_eq!(outline.assigned, ["Key", "Field"]);
        let ping = outline.function(Some("PingLogic"), "Ping").unwrap();
        assert_eq!((ping.params.len(), ping.results.len()), (3, 2));
        assert_eq!(ping.params[1].pointee(), Some(&Part::Of("user".to_owned(), "Request".to_owned())));
        assert!(ping.results[1].is("error"));
        assert!(FILE[ping.head.clone()].ends_with("err error)") && FILE[ping.range.clone()].ends_with("nil\n}"));
        let new = outline.function(None, "New").unwrap();
        assert_eq!(&FILE[new.name_range.clone()], "New");
        assert_eq!(&FILE[new.head.clone()], "func New[T any](f func(int) error) chan<- T");
        let same = outline.type_decl("Same").unwrap();
        assert!(same.is_alias && !same.is_interface && same.fields.is_none());
        let fields = outline.type_decl("PingLogic").unwrap().fields.as_ref().unwrap();
        assert_eq!(fields.iter().map(|field| field.names.len()).collect::<Vec<_>>(), [2, 0, 1]);
        assert_eq!(fields[2].fields.as_ref().map(Vec::len), Some(1));
    }

    #[test]
    fn packages_are_known_by_the_imports() {
        let outline = Outline::read(FILE).unwrap();
        assert_eq!(outline.path_of("user", None), Some("example.com/shop/pb"));
        assert_eq!(outline.path_of("pb", None), None);
        assert_eq!(outline.path_of("yaml", None), Some("gopkg.in/yaml.v3"));
        assert_eq!(outline.name_of("example.com/go/v2", None).as_deref(), Some("go_"));
        let used = |name: &str| outline.uses("example.com/shop/pb", name);
        assert_eq!([used("Base"), used("Request"), used("Pong"), used("Do"), used("Then")], [true, true, true, true, false]);
        let call = outline.uses.iter().find(|found| found.name == "Do").unwrap();
        assert_eq!((call.arguments, &FILE[call.range.clone()]), (Some(2), "user.Do"));
    }

    #[test]
    fn a_name_given_elsewhere_is_the_package_s() {
        let plain = Outline::read("package p\n\nimport \"example.com/user-api/proto\"\n\nvar X = pb.Y\n").unwrap();
        let named = Outline::read("package p\n\nimport pb \"example.com/user-api/proto\"\n\nvar X = pb.Y\n").unwrap();
        assert_eq!(plain.path_of("pb", None), None);
        assert_eq!(plain.path_of("pb", Some(&named)), Some("example.com/user-api/proto"));
        assert_eq!(plain.name_of("example.com/user-api/proto", Some(&named)).as_deref(), Some("pb"));
    }

    #[test]
    fn what_is_no_go_has_no_outline() {
        for text in ["", "package", "package p\nfunc {", "package p\nvar s = \"", "\u{0}"] {
            assert!(Outline::read(text).is_none(), "{text}");
        }
        // Of the beginnings of a file, none is more than passed over.
        let mut parts = (0..FILE.len()).filter_map(|end| Outline::read(FILE.get(..end)?));
        assert!(parts.all(|outline| "logic".starts_with(&outline.package)));
    }
}
