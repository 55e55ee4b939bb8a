//! `ctl model mysql datasource` and `ctl model pg …`: the arguments and what is required of them. The work is the library's.

use clap::{Args, Subcommand};

use super::model::TYPES;
use super::model_mysql::{Columns, Models};
use super::run::unread;
use super::{Console, Exit, Usage};
use crate::diagnostic::Report;
use crate::golang::files;
use crate::source::Sources;

/// `ctl model mysql datasource`.
#[derive(Debug, Args)]
pub(super) struct Datasource {
    /// The database, as in the service: user:password@tcp(127.0.0.1:3306)/shop
    #[arg(long, value_name = "DSN", default_value = "", hide_default_value = true)]
    pub url: String,
    /// The tables: names or patterns ('*', 'user_*'), several with commas, or with one flag each
    #[arg(short, long, value_name = "NAMES")]
    pub table: Vec<String>,
    /// What models of SQL tables are made with.
    #[command(flatten)]
    pub models: Models,
    /// Read by nothing, and told.
    #[arg(hide = true)]
    pub words: Vec<String>,
}

/// `ctl model pg`.
#[derive(Debug, Args)]
pub(super) struct Pg {
    /// The command below it.
    #[command(subcommand)]
    pub command: Option<PgCommand>,
    /// What all of them have, before or behind the command's word.
    #[command(flatten)]
    pub columns: Columns,
}

/// The commands below `ctl model pg`.
#[derive(Debug, Subcommand)]
pub(super) enum PgCommand {
    /// Generate models from the tables of a PostgreSQL server
    #[command(override_usage = "ctl model pg datasource --url URL --table NAMES [flags]", after_help = TYPES)]
    Datasource(PgDatasource),
}

/// `ctl model pg datasource`.
#[derive(Debug, Args)]
pub(super) struct PgDatasource {
    /// The database, as in the service: postgres://user:password@127.0.0.1:5432/shop?sslmode=disable
    #[arg(long, value_name = "URL", default_value = "", hide_default_value = true)]
    pub url: String,
    /// The tables: names or patterns ('*', 'user_*'), several with commas, or with one flag each
    #[arg(short, long, value_name = "NAMES")]
    pub table: Vec<String>,
    /// The schema of the tables
    #[arg(short, long, value_name = "NAME", default_value = "public")]
    pub schema: String,
    /// What models of SQL tables are made with.
    #[command(flatten)]
    pub models: Models,
    /// Read by nothing, and told.
    #[arg(hide = true)]
    pub words: Vec<String>,
}

/// What is asked of a server.
#[derive(Clone, Copy)]
struct Asked<'a> {
    url: &'a str,
    tables: &'a [String],
    words: &'a [String],
    models: &'a Models,
}

/// Whose tables are asked for.
enum Server<'a> {
    MySql,
    Postgres {
        /// The schema.
        schema: &'a str,
    },
}

impl Datasource {
    /// Runs `ctl model mysql datasource`.
    ///
    /// # Errors
    ///
    /// [`Usage`] when something required is missing.
    pub(super) fn run(&self, columns: &Columns, console: &mut Console) -> Result<Exit, Usage> {
        console.set(self.models.generation.output.reporting.manner());
        if self.models.cache && columns.prefix.is_empty() {
            return Err(Usage::new(&["model", "mysql", "datasource"], "cache prefix is empty".to_owned()));
        }
        let asked = Asked { url: &self.url, tables: &self.table, words: &self.words, models: &self.models };
        run(&Server::MySql, &asked, columns, console)
    }
}

impl Pg {
    /// Runs `ctl model pg` and what is below it.
    ///
    /// # Errors
    ///
    /// [`Usage`] when something required is missing.
    pub(super) fn run(&self, console: &mut Console) -> Result<Exit, Usage> {
        let Some(PgCommand::Datasource(args)) = &self.command else {
            return Err(Usage::new(&["model", "pg"], "missing the command `datasource`".to_owned()));
        };
        console.set(args.models.generation.output.reporting.manner());
        let asked = Asked { url: &args.url, tables: &args.table, words: &args.words, models: &args.models };
        run(&Server::Postgres { schema: &args.schema }, &asked, &self.columns, console)
    }
}

/// goctl ends a run without `--url` or `--table` as if all were well (decisions, Command line: exit 1).
fn run(server: &Server<'_>, asked: &Asked<'_>, columns: &Columns, console: &mut Console) -> Result<Exit, Usage> {
    let path = ["model", if matches!(server, Server::MySql) { "mysql" } else { "pg" }, "datasource"];
    let Asked { url, tables, words, models } = *asked;
    let compat = models.generation.compat.value(&path)?;
    if url.trim().is_empty() {
        return Err(Usage::new(&path, "missing --url".to_owned()));
    }
    if tables.iter().all(|names| names.trim_matches([',', ' ']).is_empty()) {
        return Err(Usage::new(&path, "missing --table: `--table '*'` means all tables".to_owned()));
    }
    let (mut sources, mut report) = (Sources::default(), Report::new());
    let help = "several tables: `--table user,order`; quote what the shell would change, as in `--table '*'` and `--url 'a b'`";
    unread(words, false, "cache", help, &mut report);
    // What is wrong without having asked the server is told without asking it.
    let Some(types) = models.types(columns, &mut sources, &mut report, console) else { return Ok(Exit::Unable) };
    let _ = files::style(&models.generation.style, &mut report);
    let found = load(server, url, tables, &mut report, console);
    match found {
        Ok((draft, database)) => Ok(models.write(Some(draft), types, &database, columns, compat, sources, report, console)),
        Err(failed) => {
            console.report(&report, &sources);
            Ok(failed.map_or(Exit::Wrong, |failed| failed.tell(console)))
        }
    }
}

/// Why no server was asked, or nothing was learned from it.
struct Failed {
    message: String,
    help: Option<String>,
    exit: Exit,
}

impl Failed {
    fn tell(&self, console: &mut Console) -> Exit {
        match &self.help {
            Some(help) => console.error_with_help(&self.message, help),
            None => console.error(&self.message),
        }
        self.exit
    }
}

/// The tables and the name of their database; `None` for what the report says already.
type Loaded = Result<(crate::model::draft::Draft, String), Option<Failed>>;

#[cfg(feature = "datasource")]
fn load(server: &Server<'_>, url: &str, tables: &[String], report: &mut Report, console: &mut Console) -> Loaded {
    use crate::model::server::{self, Failure, Wanted, dsn};

    let failed = |failure: Failure| {
        let exit = if failure.unable { Exit::Unable } else { Exit::Wrong };
        Some(Failed { message: failure.message, help: failure.help, exit })
    };
    let wanted = Wanted::new(tables.iter().map(String::as_str), report);
    let target = match server {
        Server::MySql => dsn::mysql(url),
        Server::Postgres { .. } => dsn::postgres(url),
    };
    target.map_err(failed)?;
    if report.has_errors() {
        return Err(None);
    }
    let mut waiting = |doing: &str| console.hint(&format!("{doing} …"));
    let found = match server {
        Server::MySql => server::mysql(url, &wanted, report, &mut waiting),
        Server::Postgres { schema } => server::postgres(url, schema, &wanted, report, &mut waiting),
    };
    found.map(|found| (found.draft, found.database)).map_err(failed)
}

#[cfg(not(feature = "datasource"))]
fn load(server: &Server<'_>, _: &str, _: &[String], _: &mut Report, _: &mut Console) -> Loaded {
    let of = match server {
        Server::MySql => "MySQL".to_owned(),
        Server::Postgres { schema } => format!("PostgreSQL (schema `{schema}`)"),
    };
    let help = "build it with its default features, or make models of SQL files: `ctl model mysql ddl`".to_owned();
    Err(Some(Failed { message: format!("this ctl cannot ask a server: {of}"), help: Some(help), exit: Exit::Unable }))
}
