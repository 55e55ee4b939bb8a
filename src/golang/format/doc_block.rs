//! Doc comments: blocks of text.
//!
//! In: the text of a doc comment without its markers. Out: the text as gofmt prints it: paragraphs, headings, lists and
//! code set off by empty lines, link definitions last. Invariant: what is a block follows go/doc/comment parse.go.

use super::doc_text::{Links, link_definition};
use super::unicode::{is_digit, is_letter, is_upper};

/// A block of a doc comment.
enum Block {
    Heading(String),
    Paragraph(String),
    Code(Vec<String>),
    List(List),
}

/// A list and how its items are set off.
struct List {
    items: Vec<Item>,
    blank_before: bool,
    blank_between: bool,
}

/// An item: its number, if it has one, and its paragraphs.
struct Item {
    number: String,
    paragraphs: Vec<String>,
}

impl List {
    fn is_loose(&self) -> bool {
        self.blank_between || self.items.iter().any(|item| item.paragraphs.len() != 1)
    }
}

/// Reformats the text of a doc comment.
pub(super) fn reformat(text: &str) -> String {
    let lines: Vec<&str> = text.split('\n').collect();
    let lines = unindent(&lines);
    let mut links = Links::default();
    let mut blocks = Vec::new();
    let mut previous_end = 0;
    for span in spans(&lines) {
        let part = lines.get(span.start..span.end).unwrap_or_default();
        let first = part.first().copied().unwrap_or_default();
        let block = match span.kind {
            Kind::List => Some(Block::List(list(part, previous_end < span.start, &mut links))),
            Kind::Code => Some(Block::Code(unindent(part).into_iter().map(str::to_owned).collect())),
            Kind::OldHeading => Some(Block::Heading(first.trim().to_owned())),
            Kind::Heading => Some(Block::Heading(first.get(1..).unwrap_or_default().trim().to_owned())),
            Kind::Paragraph => paragraph(part, &mut links).map(Block::Paragraph),
        };
        blocks.extend(block);
        previous_end = span.end;
    }
    print(&blocks, &mut links)
}

/// Prints the blocks and the link definitions.
fn print(blocks: &[Block], links: &mut Links) -> String {
    let mut out = String::new();
    for (i, block) in blocks.iter().enumerate() {
        let blank = match block {
            Block::List(list) => list.blank_before || list.is_loose(),
            _ => true,
        };
        if i > 0 && blank {
            out.push('\n');
        }
        match block {
            Block::Paragraph(text) => {
                links.write(text, "", &mut out);
                out.push('\n');
            }
            Block::Heading(text) => {
                out.push_str("# ");
                out.push_str(text);
                out.push('\n');
            }
            Block::Code(lines) => {
                for line in lines {
                    if !line.is_empty() {
                        out.push('\t');
                        out.push_str(line);
                    }
                    out.push('\n');
                }
            }
            Block::List(list) => print_list(list, links, &mut out),
        }
    }
    links.write_definitions(&mut out);
    out
}

fn print_list(list: &List, links: &mut Links, out: &mut String) {
    const INDENT: &str = "    ";
    for (i, item) in list.items.iter().enumerate() {
        if i > 0 && list.is_loose() {
            out.push('\n');
        }
        out.push(' ');
        if item.number.is_empty() {
            out.push_str(" - ");
        } else {
            out.push_str(&item.number);
            out.push_str(". ");
        }
        for (i, text) in item.paragraphs.iter().enumerate() {
            if i > 0 {
                out.push('\n');
                out.push_str(INDENT);
            }
            links.write(text, INDENT, out);
            out.push('\n');
        }
    }
}

/// A paragraph, unless it only defines links.
fn paragraph(lines: &[&str], links: &mut Links) -> Option<String> {
    let definitions: Option<Vec<_>> = lines.iter().map(|line| link_definition(line)).collect();
    match definitions {
        Some(definitions) => {
            links.define(definitions);
            None
        }
        None => Some(lines.join("\n")),
    }
}

/// The items of a list.
fn list(lines: &[&str], blank_before: bool, links: &mut Links) -> List {
    let numbered = lines.first().and_then(|line| list_marker(line)).is_some_and(|(number, _)| !number.is_empty());
    let mut list = List { items: Vec::new(), blank_before, blank_between: false };
    let mut text: Vec<&str> = Vec::new();
    let flush = |items: &mut Vec<Item>, text: &mut Vec<&str>, links: &mut Links| {
        if let Some(item) = items.last_mut() {
            item.paragraphs.extend(paragraph(text, links));
        }
        text.clear();
    };
    for &line in lines {
        let mut line = line;
        if let Some((number, rest)) = list_marker(line)
            && numbered != number.is_empty()
        {
            flush(&mut list.items, &mut text, links);
            list.items.push(Item { number: number.to_owned(), paragraphs: Vec::new() });
            line = rest;
        }
        let line = line.trim();
        if line.is_empty() {
            list.blank_between = true;
            flush(&mut list.items, &mut text, links);
            continue;
        }
        text.push(line);
    }
    flush(&mut list.items, &mut text, links);
    list
}

/// What a run of lines is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Code,
    Heading,
    List,
    OldHeading,
    Paragraph,
}

struct Span {
    start: usize,
    end: usize,
    kind: Kind,
}

/// Cuts lines into blocks (go/doc/comment, parseSpans). Indented lines are a list or code; code may also take the
/// lines before or after it: an unindented list item or a line that ends in `{` or `\` before it, a `}` after it.
fn spans(lines: &[&str]) -> Vec<Span> {
    let line = |i: usize| lines.get(i).copied().unwrap_or_default();
    let mut spans = Vec::new();
    let mut i = 0;
    // Lines before this one count as indented.
    let mut indented_until = 0;
    loop {
        while i < lines.len() && line(i).is_empty() {
            i += 1;
        }
        if i >= lines.len() {
            return spans;
        }
        let start = i;
        let mut end;
        let kind;
        if i < indented_until || is_indented(line(i)) {
            let mut takes_items = is_list(line(i)) && i < indented_until;
            i += 1;
            while i < lines.len() && (line(i).is_empty() || i < indented_until || is_indented(line(i)) || takes_items && is_list(line(i))) {
                if line(i).is_empty() {
                    takes_items = false;
                }
                i += 1;
            }
            end = i;
            while end > start && line(end - 1).is_empty() {
                end -= 1;
            }
            if line(end).starts_with('}') {
                end += 1;
            }
            kind = if is_list(line(start)) { Kind::List } else { Kind::Code };
        } else {
            i += 1;
            while i < lines.len() && !line(i).is_empty() && !is_indented(line(i)) {
                i += 1;
            }
            end = i;
            if i < lines.len() && !line(i).is_empty() && !is_list(line(i)) {
                let last = line(i - 1);
                if is_list(last) {
                    indented_until = end;
                    end -= 1;
                    while end > start && is_list(line(end - 1)) {
                        end -= 1;
                    }
                } else if last.ends_with('{') || last.ends_with('\\') {
                    indented_until = end;
                    end -= 1;
                }
                if start == end && indented_until > start {
                    i = start;
                    continue;
                }
            }
            kind = if end - start == 1 && is_heading(line(start)) {
                Kind::Heading
            } else if end - start == 1 && is_old_heading(lines, start) {
                Kind::OldHeading
            } else {
                Kind::Paragraph
            };
        }
        spans.push(Span { start, end, kind });
        i = end;
    }
}

fn is_indented(line: &str) -> bool {
    line.starts_with([' ', '\t'])
}

/// Lines without the white space they all start with, without empty lines around them; blank lines become empty.
fn unindent<'a>(lines: &[&'a str]) -> Vec<&'a str> {
    let mut lines = lines;
    while let [first, rest @ ..] = lines
        && first.is_empty()
    {
        lines = rest;
    }
    while let [rest @ .., last] = lines
        && last.is_empty()
    {
        lines = rest;
    }
    let Some(first) = lines.first() else { return Vec::new() };
    let mut prefix = leading_space(first);
    for line in lines.iter().skip(1).filter(|line| !line.is_empty()) {
        let space = leading_space(line);
        let common = prefix.bytes().zip(space.bytes()).take_while(|(a, b)| a == b).count();
        prefix = prefix.get(..common).unwrap_or_default();
    }
    let mut out: Vec<&str> = lines
        .iter()
        .map(|line| line.strip_prefix(prefix).unwrap_or(line))
        .map(|line| if line.trim().is_empty() { "" } else { line })
        .collect();
    let blank_lines = out.iter().take_while(|line| line.is_empty()).count();
    out.drain(..blank_lines);
    while out.last().is_some_and(|line| line.is_empty()) {
        out.pop();
    }
    out
}

fn leading_space(line: &str) -> &str {
    let len = line.len() - line.trim_start_matches([' ', '\t']).len();
    line.get(..len).unwrap_or_default()
}

/// `# Heading`
fn is_heading(line: &str) -> bool {
    (line.starts_with("# ") || line.starts_with("#\t")) && line.trim() != "#"
}

/// A heading as it was before `#`: a line on its own between paragraphs, in words that start with a capital letter.
fn is_old_heading(lines: &[&str], at: usize) -> bool {
    let empty = |i: usize| lines.get(i).is_some_and(|line| line.is_empty());
    if at == 0 || !empty(at - 1) || !empty(at + 1) || lines.get(at + 2).is_none_or(|line| is_indented(line)) {
        return false;
    }
    let line = lines.get(at).copied().unwrap_or_default().trim();
    if !line.chars().next().is_some_and(is_upper) || !line.chars().last().is_some_and(|c| is_letter(c) || is_digit(c)) {
        return false;
    }
    if line.contains(|c| ";:!?+*/=[]{}_^°&§~%#@<\">\\".contains(c)) {
        return false;
    }
    // An apostrophe only as in "Go's", a full stop only inside a word.
    let possessive = line.match_indices('\'').all(|(i, _)| {
        let rest = line.get(i + 1..).unwrap_or_default();
        rest == "s" || rest.starts_with("s ")
    });
    let stops = line.match_indices('.').all(|(i, _)| {
        let rest = line.get(i + 1..).unwrap_or_default();
        !rest.is_empty() && !rest.starts_with(' ')
    });
    possessive && stops
}

/// The number of a list item, empty for a bullet, and the text after it.
fn list_marker(line: &str) -> Option<(&str, &str)> {
    let line = line.trim();
    let (number, rest) = match line.strip_prefix(['•', '*', '+', '-']) {
        Some(rest) => ("", rest),
        None => {
            let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let (number, rest) = line.split_at_checked(digits)?;
            if number.is_empty() {
                return None;
            }
            (number, rest.strip_prefix(['.', ')'])?)
        }
    };
    (is_indented(rest) && !rest.trim().is_empty()).then_some((number, rest))
}

fn is_list(line: &str) -> bool {
    list_marker(line).is_some()
}

#[cfg(test)]
mod tests {
    use super::reformat;

    #[test]
    fn lists() {
        assert_eq!(reformat("A:\n* a\n* b\n  c\n"), "A:\n  - a\n  - b\n    c\n");
        assert_eq!(reformat("A:\n 1) a\n 2) b\n"), "A:\n 1. a\n 2. b\n");
        assert_eq!(reformat("A:\n - a\n\n - b\n"), "A:\n\n  - a\n\n  - b\n");
    }

    #[test]
    fn code_and_headings() {
        assert_eq!(reformat("A\n   b\nC\n"), "A\n\n\tb\n\nC\n");
        assert_eq!(reformat("A b.\n\nGo's Way\n\nC d.\n"), "A b.\n\n# Go's Way\n\nC d.\n");
        assert_eq!(reformat("#  A\n"), "# A\n");
    }

    #[test]
    fn link_definitions_come_last() {
        let text = "See [b].\n\n[a]: http://a\n[b]: http://b\n\nEnd ``x''.\n";
        assert_eq!(reformat(text), "See [b].\n\nEnd “x”.\n\n[b]: http://b\n\n[a]: http://a\n");
    }
}
