//! Words, case and the `--style` of file names: every rule by which a name of the input becomes another name.
//!
//! Source of the rules: contract cli-and-ops 12 and 13, api-go 4 and 5.

use std::fmt;

/// How file names are spelled, from a `--style` such as `goZero` or `go_zero`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Style {
    prefix: String,
    first: Case,
    through: String,
    rest: Case,
    suffix: String,
}

/// How the letters of a word are cased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    Lower,
    Upper,
    Title,
}

/// Why a `--style` is no style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StyleError {
    /// Only blanks.
    Blank,
    /// `go` or `zero` is missing, or `zero` stands first.
    Unsupported,
    /// Mixed case, as in `gO`.
    MixedCase(String),
    /// A character that no file name may hold.
    BadCharacter(char),
}

impl fmt::Display for StyleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Blank => f.write_str("the style is blank"),
            Self::Unsupported => f.write_str("the style must contain `go` and, behind it, `zero`"),
            Self::MixedCase(word) => write!(f, "`{word}` must be all lower case, all upper case, or start with one capital"),
            Self::BadCharacter(c) => write!(f, "no file name may contain `{}`", c.escape_default()),
        }
    }
}

impl Style {
    /// Reads a style; an empty one is `gozero`.
    pub fn parse(style: &str) -> Result<Self, StyleError> {
        if style.is_empty() {
            return Self::parse("gozero");
        }
        if style.trim().is_empty() {
            return Err(StyleError::Blank);
        }
        let lower = style.to_ascii_lowercase();
        let (Some(go), Some(zero)) = (lower.find("go"), lower.find("zero")) else {
            return Err(StyleError::Unsupported);
        };
        let through = style.get(go + 2..zero).ok_or(StyleError::Unsupported)?;
        let style = Self {
            prefix: style[..go].to_owned(),
            first: Case::of(&style[go..go + 2])?,
            through: through.to_owned(),
            rest: Case::of(&style[zero..zero + 4])?,
            suffix: style[zero + 4..].to_owned(),
        };
        // A separator would make directories.
        let parts = [&style.prefix, &style.through, &style.suffix];
        match parts.iter().flat_map(|p| p.chars()).find(|c| matches!(c, '/' | '\\' | ':') || c.is_control()) {
            Some(c) => Err(StyleError::BadCharacter(c)),
            None => Ok(style),
        }
    }

    /// The file name (without extension) for `content`.
    ///
    /// Words are cut at each `_`, which is dropped, and before each ASCII capital, which is kept.
    pub fn file(&self, content: &str) -> String {
        let mut out = self.prefix.clone();
        for (i, word) in words(content).iter().enumerate() {
            if i > 0 {
                out.push_str(&self.through);
            }
            out.push_str(&if i == 0 { self.first } else { self.rest }.apply(word));
        }
        out.push_str(&self.suffix);
        out
    }
}

impl Case {
    fn of(token: &str) -> Result<Self, StyleError> {
        let tail_is_lower = token.chars().skip(1).all(|c| c.is_ascii_lowercase());
        let starts_upper = token.starts_with(|c: char| c.is_ascii_uppercase());
        match (starts_upper, tail_is_lower) {
            (false, true) => Ok(Self::Lower),
            (true, true) => Ok(Self::Title),
            (true, false) if token.chars().all(|c| c.is_ascii_uppercase()) => Ok(Self::Upper),
            _ => Err(StyleError::MixedCase(token.to_owned())),
        }
    }

    fn apply(self, word: &str) -> String {
        match self {
            Self::Lower => word.to_lowercase(),
            Self::Upper => word.to_uppercase(),
            Self::Title => title(word),
        }
    }
}

fn words(content: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for c in content.chars() {
        if (c == '_' || c.is_ascii_uppercase()) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if c != '_' {
            word.push(c);
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// Each letter that follows a separator (anything but letters, digits and `_`) upper-cased, the rest kept: `listUsers`
/// becomes `ListUsers`, `user-api` becomes `User-Api`.
pub fn title(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut inside = false;
    for c in name.chars() {
        if inside {
            out.push(c)
        } else {
            out.extend(c.to_uppercase())
        }
        inside = c == '_' || c.is_alphanumeric() || (!c.is_ascii() && !c.is_whitespace());
    }
    out
}

/// `name` as a Go identifier: each other character becomes one `_`, a leading digit gets one in front.
pub fn identifier(name: &str) -> String {
    let safe: String = name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '_' }).collect();
    if safe.starts_with(|c: char| c.is_ascii_digit()) { format!("_{safe}") } else { safe }
}

/// Cut at each `_`, which is dropped; each word of a piece with a capital; joined: `user_id` is `UserId`.
pub fn camel(name: &str) -> String {
    name.split('_').map(words_title).collect()
}

/// The first cased letter of each word upper-cased, the rest kept. Words are cut as Unicode cuts them (UAX 29), as far as
/// names need it: at anything but letters, digits and what stands between two letters (`_`, `.`, `:`, `'`).
pub fn words_title(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut letters = name.chars().peekable();
    let (mut started, mut last_is_letter) = (false, false);
    while let Some(c) = letters.next() {
        if c.is_lowercase() || c.is_uppercase() {
            if started {
                out.push(c)
            } else {
                out.extend(c.to_uppercase())
            }
            started = true;
            last_is_letter = true;
            continue;
        }
        let joins = matches!(c, '.' | ':' | '\'' | '’' | '·') && last_is_letter && letters.peek().is_some_and(|next| next.is_alphabetic());
        // A letter without case is a word of its own, as in Chinese.
        started = started && (joins || c.is_numeric() || c == '_');
        last_is_letter = joins;
        out.push(c);
    }
    out
}

/// The first letter lower-cased, the rest kept.
pub fn untitle(name: &str) -> String {
    let mut letters = name.chars();
    match letters.next() {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// A `_` before each capital, all in lower case: `userID` is `user_i_d`.
pub fn snake(name: &str) -> String {
    let mut pieces = vec![String::new()];
    for c in name.chars() {
        if c.is_uppercase() && pieces.last().is_some_and(|piece| !piece.is_empty()) {
            pieces.push(String::new());
        }
        if let Some(piece) = pieces.last_mut() {
            piece.extend(c.to_lowercase());
        }
    }
    pieces.join("_")
}

/// What a handler is about: its name without one trailing `handler`, then without one trailing `Handler`.
pub fn handler_base(name: &str) -> &str {
    let name = name.strip_suffix("handler").unwrap_or(name);
    name.strip_suffix("Handler").unwrap_or(name)
}

/// A word as a YAML value on one line: in quotes where YAML, 1.1 (which Go's yaml.v2 reads) or 1.2, would read something
/// else, a boolean, a number or a date say.
pub fn yaml_word(word: &str) -> String {
    let one_line = serde_saphyr::ser_options! { prefer_block_scalars: false };
    match serde_saphyr::to_string_with_options(&word, one_line) {
        // Readers drop blanks at the ends, those of all scripts, and one that is left alone is nothing.
        Ok(text) if word == word.trim() => text.trim_end().to_owned(),
        // JSON's text is YAML's too, but for the signs that no reader of YAML takes as they are.
        _ => {
            let is_escaped = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}');
            let visible = |c: char| if is_escaped(c) { format!("\\u{:04x}", u32::from(c)) } else { c.to_string() };
            serde_json::Value::from(word).to_string().chars().map(visible).collect()
        }
    }
}

/// The candidate nearest to `word`: at most two edits away (one, for words below six letters), case aside.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let limit = if word.chars().count() < 6 { 1 } else { 2 };
    candidates
        .into_iter()
        .map(|candidate| (edits(&word, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// The Levenshtein distance, in characters; two neighbours that changed places are one edit.
fn edits(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut least = (row[j] + usize::from(x != y)).min(row[j + 1] + 1).min(next[j] + 1);
            if i > 0 && j > 0 && (*x, a[i - 1]) == (b[j - 1], *y) {
                least = least.min(before[j - 1] + 1);
            }
            next.push(least);
        }
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(style: &str, content: &str) -> String {
        Style::parse(style).unwrap().file(content)
    }

    /// The table of contract cli-and-ops 12.
    #[test]
    fn words_of_yaml() {
        let long = "x ".repeat(99) + "x";
        for word in ["shop", "user-api", "3d-api", "/v1/users/:id", "user.v1", "用户", "a b", "-a", "a#", "a\\\"b", &long] {
            assert_eq!(yaml_word(word), word);
        }
        for word in ["", "true", "No", "12", "1e3", "0x1f", "0777", "1_0", "2024-01-02", "1:30", "~", "a:", ".5", "a #", "*", "{a}", "a\nb"]
        {
            assert_eq!(yaml_word(word), format!("{word:?}"));
        }
        // Blanks at the ends, beside what no reader takes as it is.
        assert_eq!(yaml_word("\n\u{7f}é\u{feff} "), "\"\\n\\u007fé\\ufeff \"");
    }

    #[test]
    fn styles() {
        let styles = ["gozero", "goZero", "go_zero", "GoZero", "Go_Zero", "GO_ZERO", "go#zero", "pre_goZero_suf"];
        let rows = [
            (
                "WelcomeToGoZero",
                "welcometogozero welcomeToGoZero welcome_to_go_zero WelcomeToGoZero Welcome_To_Go_Zero WELCOME_TO_GO_ZERO welcome#to#go#zero pre_welcomeToGoZero_suf",
            ),
            ("userID", "userid userID user_i_d UserID User_I_D USER_I_D user#i#d pre_userID_suf"),
            (
                "HTTPServer",
                "httpserver hTTPServer h_t_t_p_server HTTPServer H_T_T_P_Server H_T_T_P_SERVER h#t#t#p#server pre_hTTPServer_suf",
            ),
            ("user2_info", "user2info user2Info user2_info User2Info User2_Info USER2_INFO user2#info pre_user2Info_suf"),
            ("_lead__dbl_", "leaddbl leadDbl lead_dbl LeadDbl Lead_Dbl LEAD_DBL lead#dbl pre_leadDbl_suf"),
            ("user-info", "user-info user-info user-info User-Info User-Info USER-INFO user-info pre_user-info_suf"),
            ("S3Bucket", "s3bucket s3Bucket s3_bucket S3Bucket S3_Bucket S3_BUCKET s3#bucket pre_s3Bucket_suf"),
        ];
        for (content, expected) in rows {
            let got: Vec<String> = styles.iter().map(|style| file(style, content)).collect();
            assert_eq!(got.join(" "), expected, "{content}");
        }
        let more = [
            ("GOzero", "WELCOMEtogozero"),
            ("GoZERO", "WelcomeTOGOZERO"),
            ("{go###zero}", "{welcome###to###go###zero}"),
            ("Mongo_zero", "Monwelcome_to_go_zero"),
            ("gogozero", "welcomegotogogogozero"),
            ("_go#zero_", "_welcome#to#go#zero_"),
            ("", "welcometogozero"),
        ];
        for (style, expected) in more {
            assert_eq!(file(style, "welcome_to_go_zero"), expected, "{style}");
        }
    }

    #[test]
    fn styles_refused() {
        let rows = [
            (" ", StyleError::Blank),
            ("go", StyleError::Unsupported),
            ("zerogozero", StyleError::Unsupported),
            ("gOzero", StyleError::MixedCase("gO".into())),
            ("goZEro", StyleError::MixedCase("ZEro".into())),
            ("go/zero", StyleError::BadCharacter('/')),
        ];
        for (style, expected) in rows {
            assert_eq!(Style::parse(style), Err(expected), "{style}");
        }
    }

    #[test]
    fn titles_and_identifiers() {
        assert_eq!(title("Get_User_info"), "Get_User_info");
        assert_eq!(title("listUsers"), "ListUsers");
        assert_eq!(title("A, b"), "A, B");
        assert_eq!(title("2x"), "2x");
        assert_eq!(identifier("a-b/c"), "a_b_c");
        assert_eq!(identifier("1a"), "_1a");
    }

    #[test]
    fn goctls_words_of_models() {
        let rows = [
            ("user_id", "UserId", "userId", "user_id"),
            ("userID", "UserID", "userID", "user_i_d"),
            ("USER_NAME", "USERNAME", "uSERNAME", "u_s_e_r__n_a_m_e"),
            ("user_2fa", "User2Fa", "user2Fa", "user_2fa"),
            ("a1b2", "A1b2", "a1b2", "a1b2"),
            ("user__id", "UserId", "userId", "user__id"),
            ("_x_", "X", "x", "_x_"),
            ("2fa", "2Fa", "2Fa", "2fa"),
            ("go-zero", "Go-Zero", "go-Zero", "go-zero"),
            ("go.zero", "Go.zero", "go.zero", "go.zero"),
            ("go zero", "Go Zero", "go Zero", "go zero"),
            ("a#b", "A#B", "a#B", "a#b"),
            ("1abc", "1Abc", "1Abc", "1abc"),
            ("abc1def", "Abc1def", "abc1def", "abc1def"),
            ("__", "", "", "__"),
        ];
        for (name, upper, lower, snaked) in rows {
            assert_eq!(camel(name), upper);
            assert_eq!(untitle(&camel(name)), lower);
            assert_eq!(snake(name), snaked, "{name}");
        }
        assert_eq!(snake("goZero"), "go_zero");
    }

    #[test]
    fn nearest_word() {
        assert_eq!(nearest("middlewares", ["middleware", "group"]), Some("middleware"));
        assert_eq!(nearest("maxbytes", ["maxBytes"]), Some("maxBytes"));
        assert_eq!(nearest("tpye", ["type"]), Some("type"));
        assert_eq!(nearest("priority", ["prefix", "group"]), None);
    }
}
