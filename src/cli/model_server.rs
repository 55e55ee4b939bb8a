//! `ctl model mysql datasource` and `ctl model pg …`: the arguments and what is required of them. The work is the library's.

use clap::{Args, Subcommand};

use super::model_mysql::{Columns, Models};
use super::{Console, Exit, Usage};
use crate::diagnostic::Report;
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
    #[command(override_usage = "ctl model pg datasource --url URL --table NAMES [flags]")]
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
        run(&Server::MySql, &self.url, &self.table, &self.models, columns, console)
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
        run(&Server::Postgres { schema: &args.schema }, &args.url, &args.table, &args.models, &self.columns, console)
    }
}

/// goctl ends a run without `--url` or `--table` as if all were well (decisions, Command line: exit 1).
fn run(
    server: &Server<'_>,
    url: &str,
    tables: &[String],
    models: &Models,
    columns: &Columns,
    console: &mut Console,
) -> Result<Exit, Usage> {
    let path = ["model", if matches!(server, Server::MySql) { "mysql" } else { "pg" }, "datasource"];
    let compat = models.generation.compat.value(&path)?;
    if url.trim().is_empty() {
        return Err(Usage::new(&path, "missing --url".to_owned()));
    }
    if tables.iter().all(|names| names.trim_matches([',', ' ']).is_empty()) {
        return Err(Usage::new(&path, "missing --table: `--table '*'` means all tables".to_owned()));
    }
    let mut report = Report::new();
    let (draft, database) = match load(server, url, tables, &mut report, console) {
        Ok(found) => found,
        Err(exit) => {
            console.report(&report, &Sources::default());
            return Ok(exit);
        }
    };
    Ok(models.write(Some(draft), &database, columns, compat, Sources::default(), report, console))
}

#[cfg(feature = "datasource")]
fn load(
    server: &Server<'_>,
    url: &str,
    tables: &[String],
    report: &mut Report,
    console: &mut Console,
) -> Result<(crate::model::draft::Draft, String), Exit> {
    use crate::model::server::{self, Wanted};

    let wanted = Wanted::new(tables.iter().map(String::as_str), report);
    let mut waiting = |doing: &str| console.hint(&format!("{doing} …"));
    let found = match server {
        Server::MySql => server::mysql(url, &wanted, report, &mut waiting),
        Server::Postgres { schema } => server::postgres(url, schema, &wanted, report, &mut waiting),
    };
    found.map(|found| (found.draft, found.database)).map_err(|failure| {
        match &failure.help {
            Some(help) => console.error_with_help(&failure.message, help),
            None => console.error(&failure.message),
        }
        if failure.unable { Exit::Unable } else { Exit::Wrong }
    })
}

#[cfg(not(feature = "datasource"))]
fn load(
    server: &Server<'_>,
    _: &str,
    _: &[String],
    _: &mut Report,
    console: &mut Console,
) -> Result<(crate::model::draft::Draft, String), Exit> {
    let of = match server {
        Server::MySql => "MySQL".to_owned(),
        Server::Postgres { schema } => format!("PostgreSQL (schema `{schema}`)"),
    };
    console.error_with_help(
        &format!("this ctl cannot ask a server: {of}"),
        "build it with its default features, or make models of SQL files: `ctl model mysql ddl`",
    );
    Err(Exit::Unable)
}
