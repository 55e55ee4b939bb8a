//! The rules a diagnostic can name.

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $text:literal,)+) => {
        /// The rule a diagnostic is about. `docs/diagnostics.md` explains each with a wrong and a right snippet.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Code {
            /// Every rule, in the order of the documentation.
            pub const ALL: &'static [Code] = &[$(Code::$name),+];

            /// The name as printed: `duplicate_route`.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Code::$name => $text,)+
                }
            }
        }
    };
}

codes! {
    /// An input file is missing, unreadable, too large or not UTF-8.
    UnreadableFile = "unreadable_file",
    /// The text is not of the `.api` grammar.
    SyntaxError = "syntax_error",
    /// Something nests deeper than the parser goes.
    NestingTooDeep = "nesting_too_deep",
    /// A form of older goctl versions; still understood.
    LegacyForm = "legacy_form",
    /// Blanks inside a route's path.
    BlankInPath = "blank_in_path",
}
