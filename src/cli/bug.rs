//! `ctl bug`: a report to fill in, on standard output. It opens no browser (decisions, Picks).

use std::path::Path;

use super::{Console, Exit, env, version};
use crate::env::{Key, PATIENCE, Probe, answers};

/// Variables that change what ctl does.
const OURS: [&str; 2] = ["CTL_HOME", "CTL_COMPAT"];

/// Prints the report.
pub(super) fn run(console: &mut Console) -> Exit {
    let Some(read) = env::read(console) else { return Exit::Unable };
    let ours = OURS.map(|name| (name, std::env::var(name).unwrap_or_default()));
    // `go version go1.25.0 linux/amd64`.
    let go = answers(&[Probe { program: Path::new("go"), args: &["version"], word: 2 }], PATIENCE)
        .into_iter()
        .map(|version| ("GO_VERSION", version));
    let theirs = Key::ALL.map(Key::name).into_iter().zip(read.values(&Key::ALL));
    let lines: String = theirs.chain(go).chain(ours).map(|(name, value)| format!("{name}={}\n", home_left_out(&value))).collect();
    console.result(&format!(
        "## What happened



## What you expected



## The command line, and the input that leads to it

```

```

## Environment

```text
{}
{lines}```
",
        version()
    ));
    console.hint("fill in the gaps and open an issue with it in ctl's repository; leave out what is not for everyone to see");
    Exit::Done
}

/// A path below the user's home with `~` for it: a report names nobody.
fn home_left_out(value: &str) -> String {
    let home = std::env::home_dir().filter(|home| home.parent().is_some());
    match home.and_then(|home| Path::new(value).strip_prefix(home).ok().map(|rest| rest.display().to_string())) {
        Some(rest) if rest.is_empty() => "~".to_owned(),
        Some(rest) => format!("~/{rest}"),
        None => value.to_owned(),
    }
}
