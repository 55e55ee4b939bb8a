//! `ctl model mysql …`: the arguments and what is required of them. The work is the library's.

use clap::{Args, Subcommand};

use super::api::{failed, root, write_files};
use super::flags::Generation;
use super::model_server::Datasource;
use super::{Console, Exit, Usage};
use crate::compat::Compat;
use crate::diagnostic::{Report, Severity};
use crate::env::Key;
use crate::model::draft::Draft;
use crate::model::go::{self, Options};
use crate::model::types_map::{Settings, TypesMap};
use crate::model::{check, mysql};
use crate::source::Sources;

/// `ctl model mysql`.
#[derive(Debug, Args)]
pub(super) struct Mysql {
    /// The command below it.
    #[command(subcommand)]
    pub command: Command,
    /// What all of them have, before or behind the command's word.
    #[command(flatten)]
    pub columns: Columns,
}

/// The flags that goctl keeps on `mysql` itself.
#[derive(Debug, Args)]
pub(super) struct Columns {
    /// The columns that neither an insert nor an update writes; several with commas, or with one flag each
    #[arg(
        short = 'i',
        long = "ignore-columns",
        value_name = "NAMES",
        global = true,
        default_values = go::IGNORED_COLUMNS,
        hide_default_value = true
    )]
    pub ignored: Vec<String>,
    /// What cache keys start with
    #[arg(short, long, value_name = "PREFIX", default_value = "cache", global = true)]
    pub prefix: String,
    /// Use uint64 for unsigned columns that no types map knows
    #[arg(long, global = true)]
    pub strict: bool,
}

/// The commands below `ctl model mysql`.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Generate models from SQL files
    #[command(override_usage = "ctl model mysql ddl --src FILE [flags]")]
    Ddl(Ddl),
    /// Generate models from the tables of a MySQL or MariaDB server
    #[command(override_usage = "ctl model mysql datasource --url DSN --table NAMES [flags]")]
    Datasource(Datasource),
}

/// `ctl model mysql ddl`.
#[derive(Debug, Args)]
pub(super) struct Ddl {
    /// The SQL file, or a pattern of files in one directory: 'migrations/*.sql'
    #[arg(short, long, value_name = "FILE", default_value = "", hide_default_value = true)]
    pub src: String,
    /// The database in cache keys
    #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true)]
    pub database: String,
    /// What models of SQL tables are made with.
    #[command(flatten)]
    pub models: Models,
}

/// What models of SQL tables are made with, whatever they come from.
#[derive(Debug, Args)]
pub(super) struct Models {
    /// The directory of the package; made if it does not exist
    #[arg(short, long, value_name = "DIR", default_value = ".")]
    pub dir: String,
    /// Keep rows in a Redis cache
    #[arg(short, long)]
    pub cache: bool,
    /// Give nullable columns with a default a type that can hold NULL, also where goctl does not
    #[arg(long)]
    pub null_defaults: bool,
    /// Exit 1 and write nothing when any table, column or statement cannot be used
    #[arg(long)]
    pub strict_input: bool,
    /// Accepted for old scripts; has no effect
    #[arg(long, hide = true)]
    pub idea: bool,
    /// What all Go is made with.
    #[command(flatten)]
    pub generation: Generation,
}

impl Mysql {
    /// Runs the command that was asked for.
    ///
    /// # Errors
    ///
    /// [`Usage`] when something required is missing.
    pub(super) fn run(&self, console: &mut Console) -> Result<Exit, Usage> {
        match &self.command {
            Command::Ddl(ddl) => ddl.run(&self.columns, console),
            Command::Datasource(datasource) => datasource.run(&self.columns, console),
        }
    }
}

impl Ddl {
    fn run(&self, columns: &Columns, console: &mut Console) -> Result<Exit, Usage> {
        let path = ["model", "mysql", "ddl"];
        console.set(self.models.generation.output.reporting.manner());
        let compat = self.models.generation.compat.value(&path)?;
        if self.src.trim().is_empty() {
            return Err(Usage::new(&path, "missing --src".to_owned()));
        }
        if self.models.cache && columns.prefix.is_empty() {
            return Err(Usage::new(&path, "cache prefix is empty".to_owned()));
        }
        let (mut sources, mut report) = (Sources::default(), Report::new());
        let draft = mysql::load(&self.src, &mut sources, &mut report);
        Ok(self.models.write(draft, &self.database, columns, compat, sources, report, console))
    }
}

impl Models {
    /// Makes the models of what a source found, and writes them.
    #[allow(clippy::too_many_arguments)]
    pub(super) fn write(
        &self,
        draft: Option<Draft>,
        database: &str,
        columns: &Columns,
        compat: Compat,
        mut sources: Sources,
        mut report: Report,
        console: &mut Console,
    ) -> Exit {
        let root = root(&self.dir, &sources);
        let Some(env) = super::env::read(console) else { return Exit::Unable };
        let experimental = env.values(&[Key::Experimental]).iter().all(|value| value == "on");
        let here = sources.disk().resolve(".".as_ref());
        let types = TypesMap::load(&here, Settings { strict: columns.strict, experimental }, &mut sources, &mut report);
        let files = match (draft, types) {
            (Some(draft), Some(types)) => {
                let options = Options {
                    cache: self.cache,
                    prefix: columns.prefix.clone(),
                    database: database.to_owned(),
                    ignored: columns.ignored.iter().filter(|name| !name.is_empty()).cloned().collect(),
                    style: self.generation.style.clone(),
                    null_defaults: self.null_defaults,
                    compat,
                    types,
                    templates: self.generation.home.places(),
                };
                let schema = check::check(draft, &mut report);
                go::generate(&schema, &root, &options, &mut sources, &mut report)
            }
            _ => Err(crate::render::Failure::Input),
        };
        console.report(&report, &sources);
        match files {
            Ok(_) if self.strict_input && report.count(Severity::Warning) > 0 => {
                console.error("nothing is written: with --strict-input every warning counts as an error");
                Exit::Wrong
            }
            Ok(files) => write_files(&[root], &files, self.generation.output.options(), console),
            Err(failure) => failed(&failure, console),
        }
    }
}
