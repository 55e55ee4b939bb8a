//! Text as Go comments, with nothing in it that Go would take for more than text.

/// A line of text as a comment.
pub fn comment_of(line: &str) -> String {
    clean(format!("// {line}").trim_end())
}

/// A comment as Go takes it: characters that no Go file may contain are dropped, a line that Go would take for a directive
/// gets the blank that makes it text, and one that would part the file from the build (`+build`) a backslash.
pub fn clean(comment: &str) -> String {
    let text = go_text(comment);
    match text.strip_prefix("//") {
        Some(rest) if is_directive(rest) => format!("// {rest}"),
        Some(rest) => match rest.trim_start().strip_prefix("+build") {
            Some(tail) => format!("// \\+build{tail}"),
            None => text,
        },
        None => text,
    }
}

/// Text without the characters that no Go file may contain.
pub fn go_text(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, '\0' | '\u{feff}' | '\r')).collect()
}

fn is_directive(text: &str) -> bool {
    ["go:", "line ", "export ", "extern "].iter().any(|directive| text.starts_with(directive))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        let rows = [("a", "// a"), ("", "//"), ("  a  ", "//   a"), ("+build x", "// \\+build x"), ("a\r\u{feff}", "// a")];
        for (line, comment) in rows {
            assert_eq!(comment_of(line), comment);
        }
        assert_eq!(clean("//go:build x"), "// go:build x");
    }
}
