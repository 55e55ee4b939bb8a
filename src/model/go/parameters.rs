//! The parameters of a model's methods: told apart from each other, and from what the methods say.

use std::collections::BTreeSet;

use super::Options;
use super::table::{Model, distinct};

impl Model {
    /// A parameter may not hide what the body of its method says.
    pub(super) fn name_parameters(&mut self, options: &Options) {
        let mut taken: BTreeSet<String> = self.hidden(options).into_iter().map(str::to_owned).collect();
        if options.cache {
            taken.extend(self.keys().flat_map(|key| [key.prefix_var.clone(), key.key_var.clone()]));
            taken.extend(self.uniques.iter().map(|unique| unique.new_key_var.clone()));
        }
        if options.cache && self.is_composite() {
            taken.extend(["text", "parts"].map(str::to_owned));
        }
        taken.insert(format!("{}Rows", self.lower));
        for field in &mut self.columns {
            if taken.contains(&field.parameter) {
                field.parameter.push('_');
            }
            field.parameter = distinct(field.parameter.clone(), &mut taken);
        }
    }

    /// The words of the methods' bodies. Where bytes are to be goctl's: those that its Go does not build with, as a primary key
    /// some more.
    fn hidden(&self, options: &Options) -> Vec<&'static str> {
        const ALWAYS: [&str; 9] = ["ctx", "m", "err", "resp", "query", "fmt", "nil", "sqlx", "append"];
        const CACHED: [&str; 14] =
            ["v", "conn", "sql", "sqlc", "context", "any", "error", "i", "e", "result", "data", "newData", "json", "primary"];
        const GOCTL: [&str; 7] = ["ctx", "m", "err", "resp", "fmt", "nil", "sqlx"];
        const GOCTL_CACHED: [&str; 4] = ["sqlc", "context", "any", "error"];
        let primary = |name: &str| self.at(&self.primary).any(|field| field.parameter == name);
        let cache = options.cache;
        if options.compat.keeps_parameters_in_sight() || self.is_composite() {
            return ALWAYS.into_iter().chain(CACHED.into_iter().filter(|_| cache)).collect();
        }
        let mut hidden = GOCTL.to_vec();
        hidden.extend(GOCTL_CACHED.into_iter().filter(|_| cache));
        hidden.extend((!cache).then_some("query"));
        hidden.extend((cache && primary("sql")).then_some("sql"));
        hidden.extend((cache && primary("data") && !self.uniques.is_empty()).then_some("data"));
        hidden
    }
}
