//! goctl's commands that ctl does not have yet: refused by name, absent from the help.
//!
//! A command that is built loses its row here.

/// One command of goctl's.
pub(super) struct Later {
    /// Its word.
    name: &'static str,
    /// Not suggested: goctl hides it too.
    hidden: bool,
}

const fn leaf(name: &'static str) -> Later {
    Later { name, hidden: false }
}

const fn hidden(name: &'static str) -> Later {
    Later { name, hidden: true }
}

static ROOT: &[Later] = &[leaf("migrate"), hidden("generate-fig-spec"), hidden("generateFigSpec"), hidden("genFigSpec")];

static API: &[Later] = &[leaf("dart"), leaf("doc"), hidden("java"), leaf("kt"), leaf("plugin"), leaf("swagger"), leaf("ts")];

/// What an unknown word below a command asks for.
pub(super) enum Asked {
    /// A command of goctl's.
    Later,
    /// Nothing goctl has: what it has there.
    Unknown(Vec<&'static str>),
}

/// Reads an unknown word below `path`.
pub(super) fn read(path: &[String], word: &str) -> Asked {
    if has(path, word) { Asked::Later } else { Asked::Unknown(names(below(path))) }
}

/// Whether goctl has a command of this name below one that ctl has, and ctl does not.
pub(super) fn has(path: &[String], word: &str) -> bool {
    below(path).iter().any(|later| later.name == word)
}

/// The names to suggest below a command that ctl has.
fn below(path: &[String]) -> &'static [Later] {
    match path {
        [] => ROOT,
        [one] if one == "api" => API,
        _ => &[],
    }
}

fn names(level: &'static [Later]) -> Vec<&'static str> {
    level.iter().filter(|later| !later.hidden).map(|later| later.name).collect()
}
