//! An API as large as asked for, shaped as real ones are; the same bytes each time.

use std::fmt::Write;

/// The text of an API with `routes` routes in `groups` groups, two types a route.
pub(crate) fn make_api(routes: usize, groups: usize) -> String {
    let mut text = String::from("syntax = \"v1\"\n\ninfo (\n\ttitle: \"made for a bench\"\n)\n");
    for i in 0..routes {
        let _ = write!(
            text,
            "\ntype (\n\t// Thing{i}Req asks for one thing.\n\tThing{i}Req {{\n\t\tId    int64    `path:\"id\"` // the key\n\
             \t\tQuery string   `form:\"query,optional\"`\n\t\tTags  []string `form:\"tags,optional\"`\n\t}}\n\n\
             \tThing{i}Resp {{\n\t\tId    int64             `json:\"id\"`\n\t\tName  string            `json:\"name\"`\n\
             \t\tItems []*Thing{i}Req      `json:\"items\"`\n\t\tExtra map[string]string `json:\"extra,optional\"`\n\t}}\n)\n",
        );
    }
    for group in 0..groups {
        let _ = write!(
            text,
            "\n@server (\n\tgroup:      area{}/part{group}\n\tprefix:     /v1/part{group}\n\tjwt:        Auth\n\tmiddleware: Trace,Limit\n\ttimeout:    3s\n)\nservice bench-api {{\n",
            group % 5,
        );
        for i in (group..routes).step_by(groups) {
            let method = ["get", "post", "put", "delete"][i % 4];
            let _ = write!(
                text,
                "\t@doc \"what thing {i} does\"\n\t@handler doThing{i}\n\t{method} /things{i}/:id (Thing{i}Req) returns (Thing{i}Resp)\n\n"
            );
        }
        text.push_str("}\n");
    }
    text
}
