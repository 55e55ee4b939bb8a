//! go.mod and go.work, line by line, with the place of every word.
//!
//! In: the text of a file. Out: its statements. Whether a directive exists, and what its words mean, is asked by whoever
//! reads it. Source of the rules: go.dev/ref/mod (go.mod file grammar, workspaces).

use std::ops::Range;

/// A line that says something: `go 1.25.0`, or one line of a block `use ( … )`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// `go`, `use`, `replace`.
    pub directive: String,
    /// What follows it.
    pub words: Vec<Word>,
}

/// A word of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Without its quotes.
    pub text: String,
    /// Where it stands, with them.
    pub range: Range<usize>,
}

/// The statements of a file, in their order.
pub fn statements(text: &str) -> Vec<Statement> {
    let mut all = Vec::new();
    let mut block: Option<String> = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let mut words = words(line, start);
        start += line.len();
        match block.take() {
            Some(_) if is(&words, &[")"]) => {}
            Some(directive) => {
                if !words.is_empty() {
                    all.push(Statement { directive: directive.clone(), words });
                }
                block = Some(directive);
            }
            None if words.len() == 2 && words[1].text == "(" => block = words.into_iter().next().map(|word| word.text),
            None if words.is_empty() => {}
            None => {
                let directive = words.remove(0).text;
                all.push(Statement { directive, words });
            }
        }
    }
    all
}

/// The words behind the last `directive`, which a file has once.
pub fn last<'a>(statements: &'a [Statement], directive: &str) -> Option<&'a Statement> {
    statements.iter().rev().find(|statement| statement.directive == directive)
}

/// The first word behind each `directive`: the paths that `require` names, the directories of `use`.
pub fn first_words<'a>(statements: &'a [Statement], directive: &'a str) -> impl Iterator<Item = &'a str> {
    let all = statements.iter().filter(move |statement| statement.directive == directive);
    all.filter_map(|statement| Some(statement.first()?.text.as_str()))
}

impl Statement {
    /// Its first word.
    pub fn first(&self) -> Option<&Word> {
        self.words.first()
    }

    /// The directory that a `replace` leads to; `None` where it leads to a module of another name or version.
    pub fn directory(&self) -> Option<&Word> {
        let arrow = self.words.iter().position(|word| word.text == "=>")?;
        match self.words.get(arrow + 1..)? {
            [target] => Some(target),
            _ => None,
        }
    }
}

fn is(words: &[Word], texts: &[&str]) -> bool {
    words.iter().map(|word| word.text.as_str()).eq(texts.iter().copied())
}

/// The words of a line that starts at byte `start`; a parenthesis is a word of its own, a comment none.
fn words(line: &str, start: usize) -> Vec<Word> {
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(rest) = line.get(at..).filter(|rest| !rest.is_empty()) {
        let Some(first) = rest.chars().next() else { break };
        if rest.starts_with("//") {
            break;
        }
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        let (length, text) = match first {
            '(' | ')' => (1, first.to_string()),
            '"' | '`' => {
                let inner = rest.get(1..).unwrap_or_default();
                let end = inner.find(first).unwrap_or(inner.trim_end().len());
                (inner.len().min(end + 1) + 1, inner.get(..end).unwrap_or_default().to_owned())
            }
            _ => {
                let is_end = |(at, c): (usize, char)| {
                    let ends = c.is_whitespace() || matches!(c, '(' | ')') || rest[at..].starts_with("//");
                    ends.then_some(at)
                };
                let length = rest.char_indices().find_map(is_end).unwrap_or(rest.len());
                (length, rest[..length].to_owned())
            }
        };
        words.push(Word { text, range: start + at..start + at + length });
        at += length;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_blocks() {
        let text = "module \"example.com/a\" // ours\n\ngo 1.25.0\nreplace (\n\t// none\n\ta.b/c v1.0.0 => ../c\n\ta.b/d => a.b/e v1.2.0 // x\n)\nuse `./a b`\nuse(\n./c\n)\n";
        let found: Vec<String> = statements(text)
            .iter()
            .map(|statement| {
                assert!(statement.words.iter().all(|word| text[word.range.clone()].contains(&word.text)));
                let words: Vec<&str> = statement.words.iter().map(|word| word.text.as_str()).collect();
                format!("{}: {}", statement.directive, words.join("|"))
            })
            .collect();
        assert_eq!(
            found,
            [
                "module: example.com/a",
                "go: 1.25.0",
                "replace: a.b/c|v1.0.0|=>|../c",
                "replace: a.b/d|=>|a.b/e|v1.2.0",
                "use: ./a b",
                "use: ./c"
            ]
        );
        let statements = statements(text);
        let directories: Vec<_> = statements.iter().filter_map(|one| one.directory().map(|word| word.text.as_str())).collect();
        assert_eq!(directories, ["../c"]);
        assert_eq!(last(&statements, "go").and_then(Statement::first).map(|word| word.text.as_str()), Some("1.25.0"));
    }

    #[test]
    fn any_text_has_words() {
        for text in ["\"", "`a", "a(b", ")", "(", "a => ", "\"a\n", "ä(“", "a (\nb"] {
            statements(text);
        }
    }
}
