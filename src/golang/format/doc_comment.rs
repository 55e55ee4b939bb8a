//! Doc comments: markers and directives.
//!
//! In: the comments right above a declaration in the first column. Out: the same text as gofmt writes it, directives
//! such as `//go:embed` last. Invariant: words are kept; only marks of lists, headings and quotes, blanks and empty
//! lines change (go/printer comment.go).

use super::doc_block::reformat;
use super::token::Pos;
use super::tree::Comment;
use std::borrow::Cow;

/// The comments that replace a doc comment; none for a comment that is to stay as it is.
pub(super) fn format_doc_comment<'s>(list: &[Comment<'s>]) -> Option<Vec<Comment<'s>>> {
    let first = list.first()?;
    let pos = first.pos;
    if let ([_], Some(rest)) = (list, first.text.strip_prefix("/*")) {
        let inner = rest.strip_suffix("*/")?;
        if !first.text.contains('\n') || has_stars(&first.text) {
            return None;
        }
        if inner.is_empty() {
            return None;
        }
        return Some(vec![comment(pos, format!("/*\n{}*/", reformat(inner)))]);
    }
    let mut text = String::new();
    let mut directives = Vec::new();
    for line in list {
        let after = line.text.strip_prefix("//")?;
        if is_directive(after) {
            directives.push(Comment { pos, text: line.text.clone() });
            continue;
        }
        text.push_str(after.strip_prefix(' ').unwrap_or(after));
        text.push('\n');
    }
    if text.is_empty() {
        return None;
    }
    let text = reformat(&text);
    let mut out: Vec<Comment<'s>> = text
        .lines()
        .map(|line| {
            let blank = if line.is_empty() || line.starts_with('\t') { "" } else { " " };
            comment(pos, format!("//{blank}{line}"))
        })
        .collect();
    if !directives.is_empty() {
        out.push(comment(pos, "//".to_owned()));
        out.append(&mut directives);
    }
    Some(out)
}

fn comment<'s>(pos: Pos, text: String) -> Comment<'s> {
    Comment { pos, text: Cow::Owned(text) }
}

/// Whether the text after `//` is a directive: `line `, `extern `, `export `, or `word:word` without blanks.
pub(super) fn is_directive(text: &str) -> bool {
    if ["line ", "extern ", "export "].iter().any(|word| text.starts_with(word)) {
        return true;
    }
    let Some((tool, name)) = text.split_once(':') else { return false };
    let is_lower = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    !tool.is_empty() && tool.bytes().all(is_lower) && name.bytes().next().is_some_and(is_lower)
}

/// Whether every line of a `/* */` comment but the first starts with a star.
fn has_stars(text: &str) -> bool {
    text.split('\n').skip(1).all(|line| {
        let line = line.trim_start_matches([' ', '\t']);
        line.is_empty() || line.starts_with('*')
    })
}

#[cfg(test)]
mod tests {
    use super::super::format;
    use super::is_directive;

    #[test]
    fn directives() {
        for text in ["go:embed x", "line a:1", "export F", "nolint:all"] {
            assert!(is_directive(text), "{text}");
        }
        for text in [" go:embed", "Note: x", "go: x", ":x", "http://x"] {
            assert!(!is_directive(text), "{text}");
        }
    }

    #[test]
    fn doc_comments_are_reformatted() {
        let src = "package p\n\n//go:noinline\n//F does.\n// * a\n// * b\n//   code\nfunc F() {}\n";
        let want = "package p\n\n// F does.\n//   - a\n//   - b\n//     code\n//\n//go:noinline\nfunc F() {}\n";
        assert_eq!(format(src).as_deref(), Ok(want));
        // A comment that is not right above a declaration is not.
        let apart = "package p\n\n//F does.\n\nfunc F() {}\n";
        assert_eq!(format(apart).as_deref(), Ok(apart));
    }
}
