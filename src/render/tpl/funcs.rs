//! Go's functions of templates, where the engine's own are laxer than Go's; and the functions that `prepare` calls.
//!
//! A function of the engine is a plain `fn`, so what a rendering gathers stands in a variable of its thread.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::HashSet;

use gtmpl_ng::{Func, FuncError, Number, NumberKind, Value, funcs};

use super::{format, value};
use crate::naming;
use crate::render::engine::{MAX_BYTES, TOO_MANY_BYTES};

type Answer = Result<Value, FuncError>;

/// The functions that stand in the place of the engine's. `and` and `or` are its own: it knows them by address, to call
/// them lazily.
pub(super) const FUNCS: [(&str, Func); 23] = [
    ("__show", show),
    ("__read", read),
    ("__each", each),
    ("__float", float),
    ("__method", method),
    ("call", call),
    ("eq", eq),
    ("ge", ge),
    ("gt", gt),
    ("hasField", has_field),
    ("html", html),
    ("index", index),
    ("js", js),
    ("le", le),
    ("len", len),
    ("lt", lt),
    ("ne", ne),
    ("not", not),
    ("print", print),
    ("printf", printf),
    ("println", println),
    ("slice", slice),
    ("urlquery", urlquery),
];

/// What a rendering gathers.
#[derive(Default)]
struct Gathered {
    /// The numbers of places that read an unknown key, in order; and as a set.
    missing: Vec<usize>,
    seen: HashSet<usize>,
    /// How many bytes functions have made: variables may hold them all.
    bytes: usize,
    /// The columns of the table that is rendered.
    columns: Vec<String>,
}

thread_local! {
    static GATHERED: RefCell<Gathered> = RefCell::default();
}

/// Begins a rendering on this thread.
pub(super) fn begin(columns: &[String]) {
    GATHERED.replace(Gathered { columns: columns.to_vec(), ..Gathered::default() });
}

/// Ends it: the places that read an unknown key.
pub(super) fn missing() -> Vec<usize> {
    GATHERED.take().missing
}

/// goctl's `hasField`: whether the table has a column of this very name (contract: model 9).
fn has_field(args: &[Value]) -> Answer {
    match exactly("hasField", args)? {
        [Value::String(name)] => Ok(Value::from(GATHERED.with_borrow(|gathered| gathered.columns.contains(name)))),
        [_] => Err(no("`hasField` takes the name of a column, a string")),
    }
}

/// A method of goctl's texts and of its lists of names (contract: model 9.1).
fn method(args: &[Value]) -> Answer {
    let [receiver, Value::String(name), rest @ ..] = args else { return Err(no("a method needs its receiver")) };
    match (receiver, name.as_str(), rest) {
        (Value::Object(text), "ReplaceAll", [Value::String(old), Value::String(new)]) => match text.get("Source") {
            Some(Value::String(source)) => made(source.replace(old.as_str(), new)),
            _ => Err(no("there is no method `ReplaceAll` here")),
        },
        (Value::Array(names), "With", [Value::String(between)]) => {
            let names: Vec<String> = names.iter().map(ToString::to_string).collect();
            Ok(value::text(&names.join(between)))
        }
        (Value::Array(names), _, []) => {
            let change = match name.as_str() {
                "Title" => naming::words_title,
                "Camel" => naming::camel,
                "Snake" => naming::snake,
                "Untitle" => naming::untitle,
                "Upper" => |text: &str| text.to_uppercase(),
                "Lower" => |text: &str| text.to_lowercase(),
                _ => return Err(no(format!("there is no method `{name}` here"))),
            };
            Ok(Value::Array(names.iter().map(|one| Value::from(change(&one.to_string()))).collect()))
        }
        _ => Err(no(format!("there is no method `{name}` here, or it takes other arguments"))),
    }
}

/// So many bytes may functions make in one rendering, besides what is written.
const MAX_MADE: usize = 4 * MAX_BYTES;

fn no(message: impl Into<String>) -> FuncError {
    FuncError::Generic(message.into())
}

fn made(text: String) -> Answer {
    let bytes = GATHERED.with_borrow_mut(|gathered| {
        gathered.bytes = gathered.bytes.saturating_add(text.len());
        gathered.bytes
    });
    if bytes > MAX_MADE { Err(no(TOO_MANY_BYTES)) } else { Ok(Value::String(text)) }
}

fn exactly<'a, const N: usize>(name: &str, args: &'a [Value]) -> Result<&'a [Value; N], FuncError> {
    args.try_into().map_err(|_| no(format!("`{name}` takes {N} argument{}, not {}", if N == 1 { "" } else { "s" }, args.len())))
}

/// Notes an unknown key at a place.
fn note(place: &Value, value: &Value) {
    let Value::Number(number) = place else { return };
    if let (Value::NoValue, Some(place)) = (value, number.as_u64().and_then(|n| usize::try_from(n).ok())) {
        GATHERED.with_borrow_mut(|gathered| {
            if gathered.seen.insert(place) {
                gathered.missing.push(place);
            }
        });
    }
}

fn show(args: &[Value]) -> Answer {
    let [place, value] = exactly("__show", args)?;
    note(place, value);
    match value {
        Value::Nil | Value::NoValue => Ok(Value::String("<no value>".to_owned())),
        // The commonest; the limit of the output holds it.
        Value::String(_) | Value::Bool(_) => Ok(value.clone()),
        other => Ok(Value::String(format::plain(other).map_err(no)?)),
    }
}

fn read(args: &[Value]) -> Answer {
    let [place, value] = exactly("__read", args)?;
    note(place, value);
    Ok(value.clone())
}

fn each(args: &[Value]) -> Answer {
    match exactly::<1>("range", args)? {
        [value @ (Value::Array(_) | Value::Map(_) | Value::Number(_) | Value::Nil | Value::NoValue)] => Ok(value.clone()),
        [other] => Err(no(format!("`range` cannot go over {}", format::kind(other)))),
    }
}

fn float(args: &[Value]) -> Answer {
    match args {
        [Value::String(text)] => Ok(Value::Number(Number::float(text.parse().map_err(|_| no("this is not a number"))?))),
        _ => Err(no("this is not a number")),
    }
}

/// Go's truth, which is the engine's but for floats.
fn not(args: &[Value]) -> Answer {
    let [value] = exactly("not", args)?;
    let truth = match value {
        Value::Nil | Value::NoValue => false,
        Value::Bool(value) => *value,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Map(entries) => !entries.is_empty(),
        Value::Number(number) => match number.kind() {
            NumberKind::Float(value) => value != 0.0,
            NumberKind::Signed(value) => value != 0,
            NumberKind::Unsigned(value) => value != 0,
        },
        Value::Object(_) | Value::Function(_) => true,
    };
    Ok(Value::Bool(!truth))
}

fn call(args: &[Value]) -> Answer {
    match args {
        [] => Err(no("`call` takes at least 1 argument")),
        // No view has functions.
        [other, ..] => Err(no(format!("`call` needs a function, not {}", format::kind(other)))),
    }
}

fn len(args: &[Value]) -> Answer {
    let [value] = exactly("len", args)?;
    match value {
        Value::String(text) => Ok(Value::from(text.len())),
        Value::Array(items) => Ok(Value::from(items.len())),
        Value::Map(entries) => Ok(Value::from(entries.len())),
        other => Err(no(format!("{} has no length", format::kind(other)))),
    }
}

/// An index into something so long.
fn position(index: &Value, length: usize) -> Result<usize, FuncError> {
    match index {
        Value::Number(number) if !matches!(number.kind(), NumberKind::Float(_)) => {
            let at = number.as_u64().and_then(|at| usize::try_from(at).ok());
            at.filter(|at| *at < length).ok_or_else(|| no(format!("index {number} is out of range: there are {length}")))
        }
        other => Err(no(format!("{} is no index", format::kind(other)))),
    }
}

fn index(args: &[Value]) -> Answer {
    let Some((whole, keys)) = args.split_first() else { return Err(no("`index` takes at least 1 argument")) };
    if matches!(whole, Value::Nil | Value::NoValue) {
        return Err(no("`index` of nil"));
    }
    let mut item = whole;
    for (at, key) in keys.iter().enumerate() {
        item = match (item, key) {
            (Value::Array(items), key) => &items[position(key, items.len())?],
            (Value::Map(entries), Value::String(key)) => match entries.get(key) {
                Some(value) => value,
                None if at + 1 == keys.len() => return Ok(Value::NoValue),
                None => return Err(no(format!("there is no `{key}` to index"))),
            },
            (Value::Map(_), key) => return Err(no(format!("{} is no key of a map", format::kind(key)))),
            (Value::String(text), key) if at + 1 == keys.len() => {
                // Go's byte. The engine never keeps a number that is not negative as signed: so this one is known.
                return Ok(Value::Number(Number::signed(i64::from(text.as_bytes()[position(key, text.len())?]))));
            }
            (other, _) => return Err(no(format!("{} cannot be indexed", format::kind(other)))),
        };
    }
    Ok(item.clone())
}

fn slice(args: &[Value]) -> Answer {
    match args.first() {
        Some(Value::String(_)) => match funcs::slice(args)? {
            Value::String(text) => made(text),
            other => Ok(other),
        },
        Some(Value::Array(_)) => funcs::slice(args),
        Some(other) => Err(no(format!("{} cannot be sliced", format::kind(other)))),
        None => Err(no("`slice` takes at least 1 argument")),
    }
}

fn invalid(value: &Value) -> bool {
    matches!(value, Value::Nil | Value::NoValue)
}

/// Whether two values are equal in Go, or cannot be asked.
fn equal(a: &Value, b: &Value) -> Result<bool, FuncError> {
    let refused = || Err(no(format!("{} cannot be compared to {}", format::kind(a), format::kind(b))));
    match (a, b) {
        (Value::Bool(a), Value::Bool(b)) => Ok(a == b),
        (Value::String(a), Value::String(b)) => Ok(a == b),
        (Value::Number(x), Value::Number(y)) => match (x.kind(), y.kind()) {
            (NumberKind::Float(x), NumberKind::Float(y)) => Ok(x == y),
            (NumberKind::Float(_), _) | (_, NumberKind::Float(_)) => refused(),
            _ => Ok(x == y),
        },
        _ if invalid(a) || invalid(b) => match if invalid(a) { b } else { a } {
            // Go's nil slice is nil, its empty one is not; here they are one.
            Value::Array(items) if items.is_empty() => refused(),
            other => Ok(invalid(other)),
        },
        _ => refused(),
    }
}

fn eq(args: &[Value]) -> Answer {
    let Some((first, others @ [_, ..])) = args.split_first() else { return Err(no("`eq` takes at least 2 arguments")) };
    for other in others {
        if equal(first, other)? {
            return Ok(Value::Bool(true));
        }
    }
    Ok(Value::Bool(false))
}

fn ne(args: &[Value]) -> Answer {
    let [a, b] = exactly("ne", args)?;
    Ok(Value::Bool(!equal(a, b)?))
}

fn order(name: &str, args: &[Value]) -> Result<Option<Ordering>, FuncError> {
    let [a, b] = exactly(name, args)?;
    match (a, b) {
        (Value::String(a), Value::String(b)) => Ok(Some(a.cmp(b))),
        (Value::Number(x), Value::Number(y)) => match (x.kind(), y.kind()) {
            (NumberKind::Float(x), NumberKind::Float(y)) => Ok(x.partial_cmp(&y)),
            (NumberKind::Float(_), _) | (_, NumberKind::Float(_)) => Err(no("a float cannot be compared to an integer")),
            _ => Ok(x.partial_cmp(y)),
        },
        _ => Err(no(format!("{} and {} have no order", format::kind(a), format::kind(b)))),
    }
}

fn lt(args: &[Value]) -> Answer {
    Ok(Value::Bool(order("lt", args)? == Some(Ordering::Less)))
}

fn le(args: &[Value]) -> Answer {
    Ok(Value::Bool(order("le", args)?.is_some_and(Ordering::is_le)))
}

fn gt(args: &[Value]) -> Answer {
    Ok(Value::Bool(order("gt", args)? == Some(Ordering::Greater)))
}

fn ge(args: &[Value]) -> Answer {
    Ok(Value::Bool(order("ge", args)?.is_some_and(Ordering::is_ge)))
}

fn print(args: &[Value]) -> Answer {
    made(format::print(args).map_err(no)?)
}

fn println(args: &[Value]) -> Answer {
    made(format::println(args).map_err(no)?)
}

fn printf(args: &[Value]) -> Answer {
    match args.split_first() {
        Some((Value::String(text), rest)) => made(format::printf(text, rest).map_err(no)?),
        Some((other, _)) => Err(no(format!("`printf` needs a text first, not {}", format::kind(other)))),
        None => Err(no("`printf` takes at least 1 argument")),
    }
}

/// `html`, `js` and `urlquery` print nil as an action does.
fn escaped(args: &[Value], escape: Func) -> Answer {
    let shown: Vec<Value> =
        args.iter().map(|arg| if invalid(arg) { Value::String("<no value>".to_owned()) } else { arg.clone() }).collect();
    let text = match &shown[..] {
        [Value::String(text)] => text.clone(),
        shown => format::print(shown).map_err(no)?,
    };
    match escape(&[Value::String(text)])? {
        Value::String(text) => made(text),
        other => Ok(other),
    }
}

fn html(args: &[Value]) -> Answer {
    escaped(args, funcs::html)
}

fn js(args: &[Value]) -> Answer {
    escaped(args, funcs::js)
}

fn urlquery(args: &[Value]) -> Answer {
    escaped(args, funcs::urlquery)
}
