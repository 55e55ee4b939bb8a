//! Names of the `.proto` as Go spells them.
//!
//! Two rules, which must not be mixed: [`pb_name`] is protobuf's and matches what stands in `pb.go`; [`camel_name`] is
//! goctl's, for what is the service's own.
//!
//! Source of the rules: contract rpc 1; google.golang.org/protobuf, `GoCamelCase`.

use crate::naming::camel;
use crate::rpc::spec::ProtoFile;

/// The identifier that protobuf gives a message (its names from the outermost inwards, joined by `.`), a service or a method.
pub(crate) fn pb_name(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let is_lower = |at: usize| letters.get(at).is_some_and(char::is_ascii_lowercase);
    let mut out = String::with_capacity(name.len());
    let mut at = 0;
    while let Some(&letter) = letters.get(at) {
        let is_first = at == 0 || letters.get(at - 1) == Some(&'.');
        match letter {
            // What follows starts a word, and says so by its capital.
            '.' if is_lower(at + 1) => {}
            '_' if !is_first && is_lower(at + 1) => {}
            '.' => out.push('_'),
            '_' if is_first => out.push('X'),
            letter if letter.is_ascii_digit() => out.push(letter),
            letter => {
                out.push(letter.to_ascii_uppercase());
                while is_lower(at + 1) {
                    at += 1;
                    out.extend(letters.get(at));
                }
            }
        }
        at += 1;
    }
    out
}

/// goctl's word for a service or a method: `get_2fa` is `Get2Fa`; protobuf's where that is no exported Go name.
pub(crate) fn camel_name(name: &str) -> String {
    let word = camel(name);
    if word.starts_with(|c: char| c.is_ascii_uppercase()) { word } else { pb_name(name) }
}

/// What the service of a file is named after (contract: rpc 6.1): the proto package, or the file where there is none or
/// `from_filename` says so.
pub(crate) fn named_after(file: &ProtoFile, from_filename: bool) -> String {
    let stem = file.base().rsplit_once('.').map_or(file.base(), |(stem, _)| stem);
    let source = if from_filename || file.package.is_empty() { stem } else { &file.package };
    let source = source.replace('-', "");
    if source.chars().all(|c| c == '_') { "service".to_owned() } else { source }
}

/// What a service of that name registers under in etcd, before `.rpc` (contract: rpc 6.1, 8.1).
pub(crate) fn key(name: &str) -> String {
    camel(name).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::naming::Style;

    /// The table of contract rpc 1.
    #[test]
    fn names_of_the_table() {
        let rows = [
            ("user_service", "UserService", "UserService", ["userservicelogic", "user_service_logic", "userServiceLogic"]),
            ("get_2fa", "Get_2Fa", "Get2Fa", ["get2falogic", "get_2fa_logic", "get2faLogic"]),
            ("user2service", "User2Service", "User2service", ["user2servicelogic", "user2service_logic", "user2serviceLogic"]),
            ("HTTPServer", "HTTPServer", "HTTPServer", ["httpserverlogic", "h_t_t_p_server_logic", "hTTPServerLogic"]),
            ("foo_Bar", "Foo_Bar", "FooBar", ["foobarlogic", "foo_bar_logic", "fooBarLogic"]),
            ("_hidden", "XHidden", "Hidden", ["hiddenlogic", "hidden_logic", "hiddenLogic"]),
            ("a__b", "A_B", "AB", ["ablogic", "a_b_logic", "aBLogic"]),
        ];
        for (name, pb, camel, files) in rows {
            assert_eq!((pb_name(name).as_str(), camel_name(name).as_str()), (pb, camel), "{name}");
            for (style, file) in ["gozero", "go_zero", "goZero"].into_iter().zip(files) {
                assert_eq!(Style::parse(style).unwrap().file(&format!("{name}_logic")), file);
            }
        }
    }

    /// What protoc-gen-go 1.36.11 makes of such messages.
    #[test]
    fn names_of_nested_messages_and_odd_ones() {
        let rows = [
            ("Outer.Inner", "Outer_Inner"),
            ("outer.inner", "OuterInner"),
            ("outer._inner", "Outer_XInner"),
            ("Outer.inner.deep", "OuterInnerDeep"),
            ("Outer._In", "Outer_XIn"),
            ("a___b", "A__B"),
            ("aB_cD1e_f_G", "ABCD1EF_G"),
            ("x_1a", "X_1A"),
            ("a1b2", "A1B2"),
            ("_", "X"),
            ("a_", "A_"),
            ("a_1", "A_1"),
            ("fooBAR_baz", "FooBARBaz"),
            ("_A", "XA"),
        ];
        for (name, pb) in rows {
            assert_eq!(pb_name(name), pb, "{name}");
        }
        // `2fa` and nothing at all are no names.
        assert_eq!((camel_name("_2fa").as_str(), camel_name("__").as_str()), ("X2Fa", "X_"));
    }
}
