//! gofmt in process.
//!
//! In: the text of a Go file. Out: the text as `gofmt` of Go 1.26 writes it, without a Go toolchain; or where and why
//! gofmt would refuse it. Invariant: the output says what the input says ([`check`] compares their tokens, always).
//!
//! ```text
//! text ─► scan ─► tokens ─► parse ─► tree ─► imports ─► print ─► text with tab stops ─► align ─► text ─► check
//! ```
//!
//! Only whole files are formatted, not fragments. The behaviour is that of go/parser, go/printer, go/doc/comment and
//! text/tabwriter; where a rule comes from one of them, the code says so.

mod align;
pub(super) mod build_constraint;
mod check;
mod doc_block;
mod doc_comment;
mod doc_text;
mod imports;
mod lines;
mod measure;
mod outline;
mod parse;
mod parse_expr;
mod parse_params;
mod parse_stmt;
mod parse_type;
mod print;
mod print_comment;
mod print_decl;
mod print_expr;
mod print_list;
mod print_stmt;
mod scan;
mod scan_literal;
mod size_mean;
mod token;
mod tree;
mod unicode;

pub(super) use outline::outline;
use parse::Failure;
use token::Token;

/// Where and why gofmt would refuse the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// Byte offset in the source.
    pub offset: usize,
    /// What is wrong.
    pub message: String,
}

/// So deep a file is formatted on the stack of the caller, which is at least 2 MB; almost every file is.
const SHALLOW: u32 = 100;
/// So deep a file is formatted at all. (go/parser stops at 100,000.)
const DEEP: u32 = 10_000;
/// The stack for files that are not shallow. It is reserved, and used as far as a file needs it.
const DEEP_STACK: usize = 512 << 20;

/// Formats one Go source file as `gofmt` does.
///
/// # Errors
///
/// The first mistake of a file that is not Go, and any file this module would change in more than its layout.
pub fn format(source: &str) -> Result<String, SyntaxError> {
    if source.len() >= (u32::MAX / 2) as usize {
        return Err(SyntaxError { offset: 0, message: "file is too large".to_owned() });
    }
    let scanned = scan::scan(source);
    let lexical = scanned.error;
    match run(source, &scanned.tokens, lexical.as_ref(), SHALLOW) {
        Err(Failure::Syntax(error)) => Err(error),
        Err(Failure::TooDeep(_)) => deep(source, &scanned.tokens, lexical.as_ref()),
        Ok(text) => Ok(text),
    }
}

/// Formats a file that is deeply nested, on a stack of its own.
fn deep(source: &str, tokens: &[Token], lexical: Option<&SyntaxError>) -> Result<String, SyntaxError> {
    let result = std::thread::scope(|scope| {
        let builder = std::thread::Builder::new().stack_size(DEEP_STACK);
        let thread = builder.spawn_scoped(scope, || run(source, tokens, lexical, DEEP)).ok()?;
        thread.join().ok()
    });
    match result {
        Some(Ok(text)) => Ok(text),
        Some(Err(Failure::Syntax(error))) => Err(error),
        Some(Err(Failure::TooDeep(pos))) => Err(SyntaxError { offset: pos as usize, message: "nested too deeply".to_owned() }),
        None => Err(SyntaxError { offset: 0, message: "no memory for a deeply nested file".to_owned() }),
    }
}

/// The passes in order.
fn run(source: &str, tokens: &[Token], lexical: Option<&SyntaxError>, max_depth: u32) -> Result<String, Failure> {
    let mut lines = lines::Lines::new(source);
    let parsed = parse::parse(source, tokens, &lines, max_depth);
    // The first mistake counts, be it in a token or in their order.
    if let Some(lexical) = lexical {
        return Err(match parsed {
            Err(Failure::TooDeep(pos)) if (pos as usize) < lexical.offset => Failure::TooDeep(pos),
            Err(Failure::Syntax(error)) if error.offset < lexical.offset => Failure::Syntax(error),
            _ => Failure::Syntax(lexical.clone()),
        });
    }
    let mut tree = parsed?;
    imports::sort_imports(&mut tree, &mut lines);
    let mut printer = print::Printer::new(&tree, &lines);
    printer.file();
    let print::Printer { mut output, go_build, plus_build, .. } = printer;
    build_constraint::place_constraints(&mut output, &go_build, &plus_build);
    let bug = |offset: usize| {
        let message = "formatting would change the meaning of the file; this is a bug in ctl, please report it";
        Failure::Syntax(SyntaxError { offset, message: message.to_owned() })
    };
    let text = String::from_utf8(align::align(&output)).map_err(|_| bug(0))?;
    check::check(&tree, tokens, &text, max_depth + 100).map_err(bug)?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::format;

    #[test]
    fn a_formatted_file_stays_as_it_is() {
        let src = "// Package p does.\npackage p\n\nimport \"fmt\"\n\n// F prints.\nfunc F() { fmt.Println(\"x\") }\n";
        assert_eq!(format(src).as_deref(), Ok(src));
    }

    #[test]
    fn deep_nesting_needs_no_deep_stack() {
        let nested = |n: usize| format!("package p\n\nvar x = {}1{}\n", "(".repeat(n), ")".repeat(n));
        assert!(format(&nested(5_000)).is_ok());
        assert!(format(&nested(200_000)).is_err());
        let chain = format!("package p\n\nvar x = 1{}\n", " + 1".repeat(100_000));
        assert_eq!(format(&chain).as_deref(), Ok(chain.as_str()));
    }
}
