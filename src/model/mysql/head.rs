//! The words that statements begin with, and the pieces of a file that begin with none, or have no end.

use super::lex::{Kind, Token, tokens};
use super::reader::{Read, Reader, stray_comment};
use super::split::{Open, Piece, version};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::{FileId, Span};

/// What `CREATE`, `ALTER` and `DROP` are followed by (MySQL manual, 15.1 and 15.7; MariaDB; TiDB).
const OBJECTS: &[&str] = &[
    "AGGREGATE",
    "ALGORITHM",
    "BINDING",
    "CATALOG",
    "DATABASE",
    "DEFINER",
    "EVENT",
    "EXTERNAL",
    "FULLTEXT",
    "FUNCTION",
    "INDEX",
    "INSTANCE",
    "LIBRARY",
    "LOADABLE",
    "LOGFILE",
    "MATERIALIZED",
    "OFFLINE",
    "ONLINE",
    "OR",
    "PACKAGE",
    "PLACEMENT",
    "PREPARE",
    "PROCEDURE",
    "RANGE",
    "RESOURCE",
    "ROLE",
    "SCHEMA",
    "SEQUENCE",
    "SERVER",
    "SPATIAL",
    "SQL",
    "STATISTICS",
    "TABLE",
    "TABLES",
    "TABLESPACE",
    "TEMPORARY",
    "TRIGGER",
    "UNDO",
    "UNIQUE",
    "USER",
    "VECTOR",
    "VIEW",
];

/// Whether the second word of a statement is one that can stand there.
pub(super) fn check_object(reader: &mut Reader<'_>) -> Read<()> {
    if OBJECTS.iter().any(|word| reader.is(reader.ahead(1), word)) {
        return Ok(());
    }
    reader.advance();
    Err(reader.expected("`TABLE` or another thing that can be there"))
}

/// A file while it is read.
pub(super) struct Reading<'a> {
    pub(super) file: FileId,
    pub(super) text: &'a str,
    pub(super) report: &'a mut Report,
}

/// The words that statements begin with (MySQL manual, 15; MariaDB): these say nothing about tables.
const STATEMENTS: &[&str] = &[
    "ANALYZE",
    "BEGIN",
    "BINLOG",
    "CACHE",
    "CALL",
    "CASE",
    "CHANGE",
    "CHECK",
    "CHECKSUM",
    "CLONE",
    "CLOSE",
    "COMMIT",
    "DEALLOCATE",
    "DECLARE",
    "DELETE",
    "DELIMITER",
    "DESC",
    "DESCRIBE",
    "DO",
    "ELSE",
    "ELSEIF",
    "END",
    "EXECUTE",
    "EXPLAIN",
    "FETCH",
    "FLUSH",
    "FOR",
    "GET",
    "GRANT",
    "HANDLER",
    "HELP",
    "IF",
    "IMPORT",
    "INSERT",
    "INSTALL",
    "ITERATE",
    "KILL",
    "LEAVE",
    "LOAD",
    "LOCK",
    "LOOP",
    "OPEN",
    "OPTIMIZE",
    "PREPARE",
    "PURGE",
    "RELEASE",
    "REPAIR",
    "REPEAT",
    "REPLACE",
    "RESET",
    "RESIGNAL",
    "RESTART",
    "RETURN",
    "REVOKE",
    "ROLLBACK",
    "SAVEPOINT",
    "SELECT",
    "SET",
    "SHOW",
    "SHUTDOWN",
    "SIGNAL",
    "SOURCE",
    "START",
    "STOP",
    "TABLE",
    "TRUNCATE",
    "UNINSTALL",
    "UNLOCK",
    "UNTIL",
    "UPDATE",
    "VALUES",
    "WARNINGS",
    "WHILE",
    "WITH",
    "XA",
];

impl<'a> Reading<'a> {
    /// The word that a statement begins with, in a versioned comment or not.
    fn head(&self, start: usize) -> &'a str {
        let rest = self.text.get(start..).unwrap_or("");
        let skip = version(rest.as_bytes()).unwrap_or(0);
        let rest = rest.get(skip..).unwrap_or("").trim_start();
        rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or("")
    }

    /// Whether it is the body of a procedure, a trigger or the like, whose `;` end no statement of ours.
    pub(super) fn is_routine(&self, piece: Piece) -> bool {
        let head = self.head(piece.start);
        if !head.eq_ignore_ascii_case("CREATE") && !head.eq_ignore_ascii_case("ALTER") {
            return ["BEGIN", "IF", "DECLARE", "WHILE", "LOOP", "FOR", "CASE", "REPEAT"].iter().any(|word| head.eq_ignore_ascii_case(word));
        }
        let end = piece.end.min(piece.start + 500);
        let end = (end..=piece.end).find(|end| self.text.is_char_boundary(*end)).unwrap_or(piece.end);
        let words = tokens(self.text, piece.start, end);
        let reader = Reader::new(self.file, self.text, &words, end);
        let known = ["TABLE", "INDEX", "VIEW", "DATABASE", "SCHEMA", "PROCEDURE", "FUNCTION", "TRIGGER", "EVENT", "PACKAGE"];
        let kind = words.iter().find_map(|token| known.iter().find(|word| reader.is(Some(*token), word)));
        kind.is_some_and(|kind| ["PROCEDURE", "FUNCTION", "TRIGGER", "EVENT", "PACKAGE"].contains(kind))
    }

    /// Whether the statement that begins here says something about tables.
    pub(super) fn on_tables(&self, start: usize) -> bool {
        let head = self.head(start);
        ["CREATE", "ALTER", "DROP", "RENAME", "USE"].iter().any(|word| head.eq_ignore_ascii_case(word))
    }

    /// Reports a statement that begins with no word that statements begin with. Where it goes on, if a comment that did not
    /// begin ends in it.
    pub(super) fn check_head(&mut self, piece: Piece) -> Option<usize> {
        let head = self.head(piece.start);
        if STATEMENTS.iter().any(|word| head.eq_ignore_ascii_case(word)) {
            return None;
        }
        let rest = self.text.get(piece.start..piece.end).unwrap_or("");
        if rest.starts_with('(') || rest.starts_with('\\') {
            return None;
        }
        if let Some(stray) = rest.find("*/") {
            let end = piece.start + stray + 2;
            self.report.push(stray_comment(Span::new(self.file, end - 2, end)).warning("what is in front of it is left out"));
            let blank = self.text.get(end..piece.end).unwrap_or("");
            return Some(end + (blank.len() - blank.trim_start().len()));
        }
        let end = (piece.start + 100..piece.end).find(|end| self.text.is_char_boundary(*end)).unwrap_or(piece.end);
        let all = tokens(self.text, piece.start, end);
        let reader = Reader::new(self.file, self.text, &all, end);
        self.report.push(reader.expected("a statement").warning("everything up to the next `;` is left out"));
        None
    }

    /// Reports what breaks a statement, with the first text in it that goes over the end of a line, and where that is.
    pub(super) fn broken(&mut self, found: Diagnostic, tokens: &[Token]) -> Option<usize> {
        let lines = |token: &&Token| self.text.get(token.start..token.end).is_some_and(|text| text.contains('\n'));
        let over = tokens.iter().filter(|token| matches!(token.kind, Kind::Text | Kind::Double)).find(lines);
        self.report.push(match over {
            Some(token) => found.and(Span::new(self.file, token.start, token.start + 1), "is this text closed?"),
            None => found,
        });
        over.map(|token| token.start)
    }

    /// Reports what has no end. Where it may have begun, if that is another place.
    pub(super) fn unfinished(&mut self, piece: Piece, open: Open, at: usize) -> Option<usize> {
        let (what, len) = match open {
            Open::String => ("this text is", 1),
            Open::Name => ("this name is", 1),
            Open::Comment => ("this comment is", 2),
        };
        let lost = if piece.end >= self.text.len() { "everything behind it is left out" } else { "the statement is left out" };
        let found = Diagnostic::warning(Code::SyntaxError, format!("{what} never closed")).at(Span::new(self.file, at, at + len), lost);
        let tokens = if open == Open::String && self.on_tables(piece.start) { tokens(self.text, piece.start, at) } else { Vec::new() };
        self.broken(found, &tokens)
    }
}
