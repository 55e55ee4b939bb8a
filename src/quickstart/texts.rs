//! The files that the quickstart brings itself: real files of a module `greet`, that of the user written into their imports.

use super::Kind;

/// The API, below `greet`.
pub(super) const API: &str = "api/greet.api";
/// The service that it asks, below `greet`.
pub(super) const PROTO: &str = "rpc/greet.proto";

/// The files by their paths below `greet`, which is imported as `root`: some are read by the languages, the others take the
/// places of files that the languages make.
pub(super) fn texts(kind: Kind, root: &str) -> Vec<(&'static str, String)> {
    const SHARED: [(&str, &str); 1] = [(API, include_str!("files/greet.api"))];
    const MONO: [(&str, &str); 2] = [
        ("api/etc/greet.yaml", include_str!("files/mono/greet.yaml")),
        ("api/internal/logic/pinglogic.go", include_str!("files/mono/pinglogic.go")),
    ];
    const MICRO: [(&str, &str); 6] = [
        (PROTO, include_str!("files/micro/greet.proto")),
        ("rpc/etc/greet.yaml", include_str!("files/micro/rpc.yaml")),
        ("api/etc/greet.yaml", include_str!("files/micro/greet.yaml")),
        ("api/internal/config/config.go", include_str!("files/micro/config.go")),
        ("api/internal/svc/servicecontext.go", include_str!("files/micro/servicecontext.go")),
        ("api/internal/logic/pinglogic.go", include_str!("files/micro/pinglogic.go")),
    ];
    let of_kind = match kind {
        Kind::Mono => &MONO[..],
        Kind::Micro => &MICRO[..],
    };
    // The imports of one module stand together, so that their order does not depend on its path.
    let imported = |text: &str| text.replace("\t\"greet/", &format!("\t\"{root}/"));
    SHARED.iter().chain(of_kind).map(|(path, text)| (*path, imported(text))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api_dsl::{format::format as format_api, import};
    use crate::diagnostic::Report;
    use crate::golang::format::format as format_go;
    use crate::source::{Disk, Sources};

    #[test]
    fn they_are_laid_out_as_all_that_is_made_whatever_the_module_is_called() {
        for (kind, root) in
            [(Kind::Mono, "greet"), (Kind::Micro, "greet"), (Kind::Micro, "zz.example.com/a/greet"), (Kind::Micro, "a/greet")]
        {
            for (path, text) in texts(kind, root) {
                if path.ends_with(".go") {
                    assert_eq!(format_go(&text).unwrap(), text, "{path} of {root}");
                    assert!(!text.contains("\"greet/") || root == "greet", "{path} of {root}");
                }
            }
        }
        let (mut sources, mut report) = (Sources::new(Disk::memory([])), Report::new());
        let (_, text) = texts(Kind::Mono, "greet").into_iter().find(|(path, _)| *path == API).unwrap();
        let file = sources.add("greet.api", text.clone());
        let files = import::load_from(file, "/greet.api".as_ref(), &mut sources, &mut report);
        assert_eq!(format_api(&files[0], &sources), text);
    }
}
