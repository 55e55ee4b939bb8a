//! What stands behind the columns of `CREATE TABLE`: options, partitions, a query (MySQL manual, 15.1.20; MariaDB, `CREATE
//! TABLE`). Of all of it a model has the comment alone.

use super::goctl::Refusal;
use super::lex::{Kind, Token};
use super::reader::{Read, Reader, Wrong};
use super::table::Table;
use crate::diagnostic::Report;

/// The options behind the columns. A word that begins a query comes back.
pub(super) fn tail(reader: &mut Reader<'_>, table: &mut Table, refusal: &mut Refusal, report: &mut Report) -> Read<Option<Token>> {
    let mut told = false;
    while let Some(token) = reader.peek() {
        let word = |word: &str| reader.is(Some(token), word);
        if token.kind == Kind::Punct(b',') {
            reader.advance();
        } else if next_statement(reader) {
            return Ok(None);
        } else if word("AS") || word("SELECT") || word("IGNORE") || word("REPLACE") || query(reader, token) {
            reader.skip_all();
            return Ok(Some(token));
        } else if reader.eat(&["PARTITION", "BY"]).is_some() {
            partitions(reader, refusal)?;
        } else if reader.eat(&["COMMENT"]).is_some() {
            reader.eat_punct(b'=');
            match reader.eat_text() {
                Some(text) => table.draft.comment = text,
                None => {
                    report.push(reader.expected("the table's comment in quotes").warning("the table has no comment"));
                    refusal.0 = refusal.0.or(Some(OPTION));
                    reader.advance();
                }
            }
        } else if let Err(wrong) = option(reader, refusal) {
            if !told {
                report.push(wrong.warning("passed over"));
            }
            told = true;
            refusal.0 = refusal.0.or(Some(OPTION));
            reader.advance();
        }
    }
    Ok(None)
}

/// Whether a query begins here, but for its plain words: `WITH x AS …`, `(SELECT …)`, `((SELECT …`.
fn query(reader: &Reader<'_>, token: Token) -> bool {
    let second = reader.ahead(1);
    match token.kind {
        Kind::Punct(b'(') => {
            reader.is(second, "SELECT") || reader.is(second, "WITH") || second.is_some_and(|t| t.kind == Kind::Punct(b'('))
        }
        _ => reader.is(Some(token), "WITH") && !reader.is(second, "SYSTEM"),
    }
}

/// Whether a statement on a table begins here; a `;` may be missing before it (goctl does not want one).
fn next_statement(reader: &Reader<'_>) -> bool {
    let second = |words: &[&str]| words.iter().any(|word| reader.is(reader.ahead(1), word));
    (reader.at_words(&["CREATE"]) && second(&["TABLE", "TEMPORARY", "UNIQUE", "INDEX", "DATABASE", "VIEW", "OR"]))
        || (reader.at_words(&["ALTER"]) && second(&["TABLE"]))
        || (reader.at_words(&["DROP"]) && second(&["TABLE", "INDEX", "DATABASE", "VIEW"]))
        || (reader.at_words(&["INSERT"]) && second(&["INTO", "IGNORE"]))
        || (reader.at_words(&["SET"]) && reader.ahead(1).is_some_and(|token| matches!(token.kind, Kind::Word | Kind::Punct(b'@'))))
        || (reader.at_words(&["USE"]) && reader.ahead(1).is_some())
        || reader.at_words(&["LOCK", "TABLES"])
}

const OPTION: &str = "its grammar does not know an option of a table";

/// Whether an option of a table begins here.
pub(super) fn option_word(reader: &Reader<'_>) -> bool {
    OPTIONS.iter().any(|(name, _)| reader.at_words(&[name])) || reader.ahead(1).is_some_and(|token| token.kind == Kind::Punct(b'='))
}

/// Options of one word, behind `DEFAULT` or not, with or without `=`: MySQL's, and those of MariaDB and TiDB.
const OPTIONS: &[(&str, bool)] = &[
    ("ENGINE", true),
    ("AUTO_INCREMENT", true),
    ("AVG_ROW_LENGTH", true),
    ("CHARSET", true),
    ("CHECKSUM", true),
    ("PAGE_CHECKSUM", true),
    ("COLLATE", true),
    ("COMPRESSION", true),
    ("CONNECTION", true),
    ("DELAY_KEY_WRITE", true),
    ("ENCRYPTION", true),
    ("INSERT_METHOD", true),
    ("KEY_BLOCK_SIZE", true),
    ("MAX_ROWS", true),
    ("MIN_ROWS", true),
    ("PACK_KEYS", true),
    ("PASSWORD", true),
    ("ROW_FORMAT", true),
    ("STATS_AUTO_RECALC", true),
    ("STATS_PERSISTENT", true),
    ("STATS_SAMPLE_PAGES", true),
    ("TABLESPACE", true),
    ("TYPE", false),
    ("AUTOEXTEND_SIZE", false),
    ("ENGINE_ATTRIBUTE", false),
    ("SECONDARY_ENGINE", false),
    ("SECONDARY_ENGINE_ATTRIBUTE", false),
    ("RAID_TYPE", false),
    ("TRANSACTIONAL", false),
    ("SEQUENCE", false),
    ("SHARD_ROW_ID_BITS", false),
    ("PRE_SPLIT_REGIONS", false),
    ("AUTO_ID_CACHE", false),
];

fn option(reader: &mut Reader<'_>, refusal: &mut Refusal) -> Read<()> {
    let default = reader.eat(&["DEFAULT"]);
    let first = reader.peek();
    if reader.eat(&["CHARACTER", "SET"]).is_some() || reader.eat(&["CHAR", "SET"]).is_some() {
        if reader.is(first, "CHAR") {
            refusal.at(first, OPTION);
        }
    } else if reader.eat(&["DATA", "DIRECTORY"]).is_some() || reader.eat(&["INDEX", "DIRECTORY"]).is_some() {
    } else if reader.eat(&["UNION"]).is_some() {
        reader.eat_punct(b'=');
        return reader.group("tables").map(drop);
    } else if reader.eat(&["STORAGE"]).is_some() {
    } else if reader.eat(&["WITH", "SYSTEM", "VERSIONING"]).is_some() {
        refusal.at(first, OPTION);
        return Ok(());
    } else if reader.eat(&["START", "TRANSACTION"]).is_some() {
        // For goctl, which wants no `;`, it is a statement of its own.
        return Ok(());
    } else if let Some((name, known)) = OPTIONS.iter().find(|(name, _)| reader.at_words(&[name])) {
        reader.eat(&[name]);
        let odd = default.is_some() && !matches!(*name, "CHARSET" | "COLLATE");
        if !known || odd {
            refusal.at(first, OPTION);
        }
    } else if first.is_some_and(|token| matches!(token.kind, Kind::Word | Kind::Name))
        && reader.ahead(1).is_some_and(|t| t.kind == Kind::Punct(b'='))
    {
        // The engines of MariaDB have options of their own.
        reader.advance();
        refusal.at(first, OPTION);
    } else {
        let shown = reader.shown(first);
        let (here, message) = (reader.here(), format!("expected an option of the table or `;`, found {shown}"));
        return Err(Wrong { span: here, message, help: None });
    }
    reader.eat_punct(b'=');
    match reader.peek() {
        Some(token) if token.kind == Kind::Punct(b'(') => reader.group("a value").map(drop),
        Some(token) if !matches!(token.kind, Kind::Punct(_) | Kind::NotText) => {
            reader.advance();
            Ok(())
        }
        _ => Err(reader.expected("a value")),
    }
}

/// What stands behind `PARTITION BY`: nothing a model needs.
fn partitions(reader: &mut Reader<'_>, refusal: &mut Refusal) -> Read<()> {
    while let Some(token) = reader.peek() {
        if next_statement(reader) || reader.at_words(&["AS"]) || reader.at_words(&["SELECT"]) {
            return Ok(());
        }
        if reader.at_words(&["SYSTEM_TIME"]) {
            refusal.at(Some(token), "its grammar does not know how the table is partitioned");
        }
        if token.kind == Kind::Punct(b'(') {
            reader.group("partitions")?;
        } else if token.kind == Kind::Punct(b')') {
            return Err(reader.expected("the end of the partitions"));
        } else {
            reader.advance();
        }
    }
    Ok(())
}
