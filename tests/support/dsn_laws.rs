//! The laws of data sources, as a plain function: tests and fuzzers call it with any text.

#![allow(dead_code, unreachable_pub)]

use ctl::model::server::Failure;
use ctl::model::server::dsn::{Target, mysql, postgres};

/// A word that no message of ours holds.
const SESAME: &str = "s3sAme";

/// All laws for one text: it is read without panic; no refusal repeats any of it; a MySQL data source has a database; as a
/// password it comes back from both forms of each product, and is not shown.
pub fn dsn_laws(text: &str) -> Result<(), String> {
    for read in [mysql, postgres] {
        // A word put anywhere into the text is nowhere in what is said of it.
        let middle = (0..=text.len() / 2).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
        for text in [text.to_owned(), format!("{}{SESAME}{}", &text[..middle], &text[middle..]), format!("{text}{SESAME}")] {
            if let Err(failure) = read(&text) {
                silent(&failure, &text)?;
            }
        }
    }
    if let Ok(target) = mysql(text)
        && target.database.is_empty()
    {
        return Err(format!("a data source without a database: {text:?}"));
    }
    let password = format!("{text}{SESAME}");
    let coded: String = password.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let quoted = password.replace('\\', "\\\\").replace('\'', "\\'");
    same(mysql(&format!("u:{password}@tcp(h:1)/shop")), mysql(&format!("mysql://u:{coded}@h:1/shop")), text)?;
    same(
        postgres(&format!("host=h port=1 user=u password='{quoted}' dbname=shop")),
        postgres(&format!("postgres://u:{coded}@h:1/shop")),
        text,
    )
}

fn silent(failure: &Failure, text: &str) -> Result<(), String> {
    let said = format!("{failure:?}");
    if said.contains(SESAME) || failure.message.is_empty() || failure.unable {
        return Err(format!("{said} of {text:?}"));
    }
    Ok(())
}

fn same(one: Result<Target, Failure>, other: Result<Target, Failure>, text: &str) -> Result<(), String> {
    match (one, other) {
        (Ok(one), Ok(other)) if one == other && one.password.is_some() && !format!("{one:?}").contains(SESAME) => Ok(()),
        (one, other) => Err(format!("{one:?} and {other:?} of {text:?}")),
    }
}
