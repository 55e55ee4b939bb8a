//! The value behind `DEFAULT` (MySQL manual, 13.6; MariaDB, `CREATE TABLE`): a literal, the time, or an expression.

use super::goctl::{Refusal, expression};
use super::lex::{Kind, Token, unquoted};
use super::reader::{Read, Reader, Wrong};
use crate::model::spec::Default;

const VALUE: &str = "its grammar does not know a default";

/// What stands behind `DEFAULT`; `None` for NULL.
pub(super) fn default(reader: &mut Reader<'_>, refusal: &mut Refusal) -> Read<Option<Default>> {
    if reader.eat(&["NULL"]).is_some() {
        return Ok(None);
    }
    let start = reader.position();
    let found = term(reader, refusal)?;
    // MariaDB takes any expression without parentheses.
    if operator(reader).is_none() {
        return Ok(Some(found));
    }
    refusal.at(reader.peek(), VALUE);
    while operator(reader).is_some() {
        reader.advance();
        term(reader, &mut Refusal::default())?;
    }
    Ok(Some(Default::Expression(reader.written(reader.since(start)))))
}

/// A default without operators.
fn term(reader: &mut Reader<'_>, refusal: &mut Refusal) -> Read<Default> {
    let start = reader.position();
    let first = reader.peek();
    Ok(match first {
        Some(token) if token.kind == Kind::Punct(b'(') => {
            let group = reader.group("an expression")?;
            expression(reader, start, refusal);
            Default::Expression(reader.written(group))
        }
        Some(token) if matches!(token.kind, Kind::Text | Kind::Double) => {
            let mut text = reader.eat_text().unwrap_or_default();
            while let Some(more) = reader.eat_text() {
                text.push_str(&more);
            }
            if reader.eat(&["COLLATE"]).is_some() {
                reader.name("a collation")?;
            }
            Default::Literal(text)
        }
        Some(token) if matches!(token.kind, Kind::Number | Kind::Bits) => {
            reader.advance();
            if token.kind == Kind::Bits && reader.raw(token).starts_with(['0']) && reader.raw(token).as_bytes().get(1) == Some(&b'b') {
                refusal.at(first, VALUE);
            }
            Default::Literal(reader.raw(token).to_owned())
        }
        Some(token) if matches!(token.kind, Kind::Punct(b'-' | b'+')) => {
            reader.advance();
            if reader.advance().is_none_or(|token| token.kind != Kind::Number) {
                return Err(Wrong { span: reader.since(start), message: "a sign without a number".to_owned(), help: None });
            }
            Default::Literal(reader.written(reader.since(start)))
        }
        Some(token) if token.kind == Kind::Word => word(reader, token, refusal)?,
        _ => return Err(reader.expected("a default")),
    })
}

fn operator(reader: &Reader<'_>) -> Option<Token> {
    reader.peek().filter(|token| matches!(token.kind, Kind::Punct(b'+' | b'-' | b'*' | b'/' | b'%' | b'|')))
}

/// `TRUE`, `_utf8mb4'x'`, `CURRENT_TIMESTAMP(6)`, `uuid()`, `NEXT VALUE FOR s`
fn word(reader: &mut Reader<'_>, first: Token, refusal: &mut Refusal) -> Read<Default> {
    const CALL: &str = "its grammar wants a default that calls a function in parentheses";
    let start = reader.position();
    if reader.eat_any(&["TRUE", "FALSE"]).is_some() {
        return Ok(Default::Literal(reader.raw(first).to_owned()));
    }
    let typed = reader.raw(first).starts_with('_') || ["DATE", "TIME", "TIMESTAMP"].iter().any(|word| reader.is(Some(first), word));
    if let (true, Some(token)) = (typed, reader.ahead(1).filter(|token| matches!(token.kind, Kind::Text | Kind::Double | Kind::Bits))) {
        if !reader.raw(first).starts_with('_') {
            refusal.at(Some(first), CALL);
        }
        reader.advance();
        reader.advance();
        return Ok(Default::Literal(unquoted(token.kind, reader.raw(token))));
    }
    if reader.eat(&["NEXT", "VALUE", "FOR"]).is_some() {
        refusal.at(Some(first), CALL);
        reader.name("a sequence")?;
        if reader.eat_punct(b'.').is_some() {
            reader.name("a sequence")?;
        }
        return Ok(Default::Expression(reader.written(reader.since(start))));
    }
    if is_now(reader, first) {
        now(reader, refusal)?;
        return Ok(Default::Expression(reader.written(reader.since(start))));
    }
    reader.advance();
    refusal.at(Some(first), CALL);
    if reader.eat_punct(b'.').is_some() {
        reader.name("a function")?;
    }
    if reader.at_punct(b'(') {
        reader.group("arguments")?;
    } else if !["CURRENT_DATE", "CURRENT_TIME", "CURRENT_USER", "UTC_TIMESTAMP", "UTC_DATE", "CURRENT_ROLE"]
        .iter()
        .any(|word| reader.is(Some(first), word))
    {
        let message = format!("`{}` is not a default", reader.raw(first));
        return Err(Wrong { span: reader.span(first), message, help: Some("a text stands in single quotes") });
    }
    Ok(Default::Expression(reader.written(reader.since(start))))
}

fn is_now(reader: &Reader<'_>, token: Token) -> bool {
    ["CURRENT_TIMESTAMP", "NOW", "LOCALTIME", "LOCALTIMESTAMP"].iter().any(|word| reader.is(Some(token), word))
}

/// `CURRENT_TIMESTAMP`, `NOW(6)` and their synonyms.
pub(super) fn now(reader: &mut Reader<'_>, refusal: &mut Refusal) -> Read<()> {
    let Some(token) = reader.peek().filter(|token| is_now(reader, *token)) else {
        return Err(reader.expected("`CURRENT_TIMESTAMP`"));
    };
    reader.advance();
    if reader.at_punct(b'(') {
        reader.group("digits")?;
    } else if reader.is(Some(token), "NOW") {
        refusal.at(Some(token), "its grammar wants `NOW()`");
    }
    Ok(())
}
