//! goctl's commands that ctl does not have yet: refused by name, absent from the help.
//!
//! A command that is built loses its row here.

/// One command of goctl's.
pub(super) struct Later {
    /// Its word.
    name: &'static str,
    /// Not suggested: goctl hides it too.
    hidden: bool,
    /// Whether it only groups the commands below it, so that any other word is a mistake.
    below: &'static [Later],
}

const fn leaf(name: &'static str) -> Later {
    Later { name, hidden: false, below: &[] }
}

const fn hidden(name: &'static str) -> Later {
    Later { name, hidden: true, below: &[] }
}

static ROOT: &[Later] =
    &[leaf("migrate"), leaf("quickstart"), hidden("generate-fig-spec"), hidden("generateFigSpec"), hidden("genFigSpec")];

static API: &[Later] = &[leaf("dart"), leaf("doc"), hidden("java"), leaf("kt"), leaf("plugin"), leaf("swagger"), leaf("ts")];

/// What the words below a command ask for.
pub(super) enum Asked {
    /// A command of goctl's, by its words.
    Later(Vec<String>),
    /// Nothing goctl has: the words known, the one that is not, and its neighbours.
    Unknown(Vec<String>, String, Vec<&'static str>),
}

/// Reads an unknown word below `path` and what follows it.
pub(super) fn read(path: &[String], words: &[String]) -> Asked {
    let mut level = below(path);
    let mut known = path.to_vec();
    for word in words {
        if known.len() > path.len() && (level.is_empty() || word.starts_with('-')) {
            break;
        }
        let Some(found) = level.iter().find(|later| later.name == word) else {
            return Asked::Unknown(known, word.clone(), names(level));
        };
        known.push(word.clone());
        level = found.below;
    }
    Asked::Later(known)
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
