//! Every deliberate difference between our output and goctl's, each decided here and nowhere else.
//!
//! `docs/differences.md` lists them with their reasons. What goctl writes that does not compile, is random or loses the
//! user's text is never restored (decisions, `--compat goctl`), and so has no place here.

/// The goctl whose behaviour we follow: the version folder of template homes, and `version` in a goctl template.
pub const GOCTL_VERSION: &str = "1.10.2";

/// Whose bytes are written where the two differ by choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Compat {
    /// Ours.
    #[default]
    Ctl,
    /// goctl's, as of 1.10.2.
    Goctl,
}

impl Compat {
    fn ours(self) -> bool {
        self == Self::Ctl
    }

    /// Whether the comments above types and fields, and the tags and comments of embedded fields, reach the Go types.
    /// goctl leaves them in the `.api` file.
    pub fn keeps_type_docs(self) -> bool {
        self.ours()
    }

    /// Whether a `jwtTransition` hands over (secret, previous secret), as the library expects. goctl swaps the two.
    pub fn jwt_transition_secret_first(self) -> bool {
        self.ours()
    }

    /// Whether main's default for `-f` is the configuration file that was written. goctl lower-cases the service's name
    /// there, but not in the file's name.
    pub fn config_path_as_written(self) -> bool {
        self.ours()
    }

    /// Whether a new configuration has a section for each `jwt`, so that the service starts. goctl's has three keys.
    pub fn configures_jwt(self) -> bool {
        self.ours()
    }

    /// Whether a service block without routes is left out of `RegisterHandlers`. goctl adds an empty list.
    pub fn skips_empty_groups(self) -> bool {
        self.ours()
    }

    /// Whether an insert and an update give values to columns that the database computes, which it refuses.
    pub fn writes_generated_columns(self) -> bool {
        !self.ours()
    }

    /// Whether a row of a nullable unique column is found by NULL too. goctl asks for `= NULL`, which is never true.
    pub fn finds_null(self) -> bool {
        self.ours()
    }

    /// Whether an insert clears the cache key of the number that the database gave, and an update those of the new unique
    /// values, so that a remembered "not found" ends with them.
    pub fn clears_new_keys(self) -> bool {
        self.ours()
    }

    /// Whether every file that `--src` and the words behind the flags name is read: the shell spells out a pattern that is not
    /// quoted. goctl reads the last `--src` alone.
    pub fn reads_all_files(self) -> bool {
        self.ours()
    }

    /// Whether blanks around the names in `--ignore-columns` are no part of them. goctl keeps them: `-i 'a, b'` leaves `b` in.
    pub fn trims_ignored_columns(self) -> bool {
        self.ours()
    }

    /// Whether a row is looked up through the cache by columns that the database fills in, too. No insert knows such a key, so
    /// that goctl's remembered "not found" outlives the row's coming.
    pub fn caches_filled_in_keys(self) -> bool {
        !self.ours()
    }

    /// Whether a row is looked up through the cache by columns whose Go type, of `goctl.yaml`, does not print its value. The
    /// address behind a pointer is another row's by the next call.
    pub fn caches_unprinted_keys(self) -> bool {
        !self.ours()
    }

    /// A column's comment on one line. goctl joins the words around a line break, and leaves escapes as a file has them:
    /// `written`, where it comes from one.
    pub fn one_line(self, comment: &str, written: Option<&str>) -> String {
        match written {
            _ if self.ours() => {
                comment.split(char::is_control).map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
            }
            Some(written) => written.to_owned(),
            None => comment.replace(['\r', '\n'], ""),
        }
    }

    /// Whether a number with `ZEROFILL` is unsigned, as MySQL has it. goctl wants the word in a file; a server says it to both.
    pub fn zerofill_is_unsigned(self) -> bool {
        self.ours()
    }

    /// Whether each field of a row is one that Go exports, so that it can be read. goctl's begins with a `_` where the column
    /// does not begin with a letter of ASCII.
    pub fn exports_fields(self) -> bool {
        self.ours()
    }

    /// Whether a parameter never has a name that the body of its method gives to something else. goctl's lookups compile, but
    /// some ask for that other thing: by `v` for the row itself, by `e` for nil.
    pub fn keeps_parameters_in_sight(self) -> bool {
        self.ours()
    }

    /// Whether MongoDB models belong to the package of their directory. goctl's are of package `model` anywhere.
    pub fn names_mongo_package_by_directory(self) -> bool {
        self.ours()
    }

    /// Whether the whole comment above an rpc reaches the Go methods. goctl takes its first line.
    pub fn keeps_rpc_comments(self) -> bool {
        self.ours()
    }

    /// Whether an import says its package's name where the directory is called otherwise.
    pub fn names_imports(self) -> bool {
        self.ours()
    }

    /// Whether a client of several has an alias of a nested message that is reached by its short name.
    pub fn follows_short_names(self) -> bool {
        self.ours()
    }

    /// Whether a client has an alias of a group as of any nested message.
    pub fn names_groups(self) -> bool {
        self.ours()
    }

    /// Whether an image is built of the whole package `main`. goctl's is built of the one file that `-go` names.
    pub fn builds_main_package(self) -> bool {
        self.ours()
    }

    /// Whether an image is built in the workspace that lists the module, though it requires none of the others. goctl's is built
    /// in the module.
    pub fn builds_in_workspace(self) -> bool {
        self.ours()
    }

    /// Whether the images that a Dockerfile builds with and upon are named to the last number. goctl has `golang:alpine`, and
    /// `alpine` for `--base alpine`.
    pub fn pins_images(self) -> bool {
        self.ours()
    }

    /// Whether an image exposes the port of its configuration. goctl's exposes what `-port` says.
    pub fn exposes_configured_port(self) -> bool {
        self.ours()
    }

    /// Whether the configuration of an image is the one that `main` names, else the one called like the program. goctl takes the
    /// first `.yaml` whose name begins like the program's.
    pub fn finds_config_by_main(self) -> bool {
        self.ours()
    }

    /// What `-f` is given, of a file below `etc`. goctl leaves out the directories between.
    pub fn config_argument(self, file: &str) -> String {
        let name = if self.ours() { file } else { file.rsplit('/').next().unwrap_or(file) };
        format!("etc/{name}")
    }

    /// The time zone of an image where none is asked for; empty for none.
    pub fn time_zone(self) -> &'static str {
        if self.ours() { "" } else { "Asia/Shanghai" }
    }

    /// Whether a .dockerignore is written with a Dockerfile.
    pub fn writes_dockerignore(self) -> bool {
        self.ours()
    }

    /// Whether a Deployment says how many Pods there are, though an autoscaler decides it: each time it is applied, it takes the
    /// number back.
    pub fn writes_replicas(self) -> bool {
        !self.ours()
    }

    /// The fewest Pods, where that is not said: as many as there are at first. goctl has a number of its own, `usual`.
    pub fn min_replicas(self, at_first: u32, usual: u32) -> u32 {
        if self.ours() { at_first } else { usual }
    }

    /// The first lines of a zRPC server and client, made of the `.proto` file `source`. goctl's name goctl and its version.
    pub fn rpc_head(self, source: &str) -> String {
        match self {
            Self::Ctl => format!("// Code generated by ctl. DO NOT EDIT.\n// Source: {source}"),
            Self::Goctl => format!("// Code generated by goctl. DO NOT EDIT.\n// goctl {GOCTL_VERSION}\n// Source: {source}"),
        }
    }

    /// A timeout, given in nanoseconds, as a Go expression: the largest of goctl's units (nanosecond, microsecond, millisecond) that is exact.
    /// goctl picks the unit by the size of the value and cuts off what is smaller.
    pub fn timeout(self, nanos: i64) -> String {
        let (unit, name) = match self {
            Self::Ctl if nanos == 0 => (1, "Nanosecond"),
            Self::Ctl if nanos % 1_000_000 == 0 => (1_000_000, "Millisecond"),
            Self::Ctl if nanos % 1_000 == 0 => (1_000, "Microsecond"),
            Self::Goctl if nanos >= 1_000_000 => (1_000_000, "Millisecond"),
            Self::Goctl if nanos >= 1_000 => (1_000, "Microsecond"),
            _ => (1, "Nanosecond"),
        };
        format!("{} * time.{name}", nanos / unit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timeouts() {
        let rows = [
            (3_000_000_000, "3000 * time.Millisecond", "3000 * time.Millisecond"),
            (1_500_000, "1500 * time.Microsecond", "1 * time.Millisecond"),
            (1_001, "1001 * time.Nanosecond", "1 * time.Microsecond"),
            (0, "0 * time.Nanosecond", "0 * time.Nanosecond"),
            (-1_000_000, "-1 * time.Millisecond", "-1000000 * time.Nanosecond"),
        ];
        for (nanos, ours, theirs) in rows {
            assert_eq!(Compat::Ctl.timeout(nanos), ours);
            assert_eq!(Compat::Goctl.timeout(nanos), theirs);
        }
    }
}
