//! What the grammar's rules are called in messages.

use super::grammar::Rule;

/// The name of a rule for people: what stands first where the rule applies.
///
/// There is no wildcard, so that a new rule does not compile before it has a name. `None` is for rules that say nothing
/// to a person, since another rule expected at the same place does.
pub(super) fn name(rule: Rule) -> Option<&'static str> {
    Some(match rule {
        Rule::syntax | Rule::kw_syntax => "`syntax`",
        Rule::import | Rule::kw_import => "`import`",
        Rule::info | Rule::kw_info => "`info`",
        Rule::type_decl | Rule::kw_type => "`type`",
        Rule::service | Rule::kw_service => "`service`",
        Rule::type_spec => "the name of a type",
        Rule::data_type | Rule::named_type => "a type",
        Rule::open_array | Rule::ellipsis => "`...`",
        Rule::array | Rule::int => "a number",
        Rule::interface | Rule::kw_interface => "`interface{}`",
        Rule::structure => "`{`",
        Rule::field | Rule::named | Rule::embedded | Rule::embedded_pointer => "a field",
        Rule::entries => "`(`",
        Rule::entry | Rule::server_entry => "a key",
        Rule::plain | Rule::line_text | Rule::text | Rule::list | Rule::bare | Rule::value_word | Rule::value_text => "a value",
        Rule::at_server | Rule::kw_at_server => "`@server`",
        Rule::item | Rule::handler | Rule::kw_at_handler => "`@handler`",
        Rule::at_doc | Rule::kw_at_doc => "`@doc`",
        Rule::service_name => "the name of the service",
        Rule::route | Rule::method => "an HTTP method",
        Rule::path | Rule::segment | Rule::tight_segment => "a path",
        Rule::path_word => "a word of the path",
        Rule::returns | Rule::kw_returns => "`returns`",
        Rule::kw_struct => "`struct`",
        Rule::ident => "a name",
        Rule::string => "a string in double quotes",
        Rule::raw_string => "a tag in backticks",
        Rule::body | Rule::open_paren => "`(`",
        Rule::close_paren => "`)`",
        Rule::open_brace => "`{`",
        Rule::close_brace => "`}`",
        Rule::close_bracket => "`]`",
        Rule::equals => "`=`",
        Rule::comma => "`,`",
        Rule::colon | Rule::colon_in_path => "`:`",
        Rule::end => "the end of the statement",
        Rule::map
        | Rule::kw_map
        | Rule::slice
        | Rule::open_bracket
        | Rule::pointer
        | Rule::star
        | Rule::semicolon
        | Rule::slash
        | Rule::minus
        | Rule::dot
        | Rule::next_entry
        | Rule::same_line
        | Rule::long_comment
        | Rule::line_text_end
        | Rule::line_comment
        | Rule::block_comment
        | Rule::EOI => return None,
        Rule::statement
        | Rule::returns_body
        | Rule::gap
        | Rule::separator
        | Rule::list_word
        | Rule::segment_mark
        | Rule::ident_char
        | Rule::blank
        | Rule::WHITESPACE
        | Rule::COMMENT => return None,
    })
}

/// `a, b or c` of the rules a place could have had.
pub(super) fn list(rules: &[Rule]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for name in rules.iter().filter_map(|rule| name(*rule)) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    match names.split_last() {
        None => String::new(),
        Some((only, [])) => (*only).to_owned(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
    }
}
