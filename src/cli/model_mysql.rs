//! `ctl model mysql …`: the arguments and what is required of them. The work is the library's.

use clap::{Args, Subcommand, ValueHint};

use super::flags::Generation;
use super::model::TYPES;
use super::model_server::Datasource;
use super::run::{finish, root, unread};
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
    #[command(override_usage = "ctl model mysql ddl --src FILE [flags]", after_help = TYPES)]
    Ddl(Ddl),
    /// Generate models from the tables of a MySQL or MariaDB server
    #[command(override_usage = "ctl model mysql datasource --url DSN --table NAMES [flags]", after_help = TYPES)]
    Datasource(Datasource),
}

/// `ctl model mysql ddl`.
#[derive(Debug, Args)]
pub(super) struct Ddl {
    /// The SQL file, or a pattern of files in one directory: 'migrations/*.sql', in the order of their names; several with one flag each, in that order
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub src: Vec<String>,
    /// The database in cache keys
    #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true)]
    pub database: String,
    /// What models of SQL tables are made with.
    #[command(flatten)]
    pub models: Models,
    /// The files that the shell makes of a pattern without quotes.
    #[arg(hide = true)]
    pub words: Vec<String>,
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
        if self.src.iter().all(|pattern| pattern.trim().is_empty()) {
            return Err(Usage::new(&path, "missing --src".to_owned()));
        }
        if self.models.cache && columns.prefix.is_empty() {
            return Err(Usage::new(&path, "cache prefix is empty".to_owned()));
        }
        let (mut sources, mut report) = (Sources::default(), Report::new());
        let files = self.files(compat, &sources, &mut report);
        let draft = mysql::load(&files, &mut sources, &mut report);
        let Some(types) = self.models.types(columns, &mut sources, &mut report, console) else { return Ok(Exit::Unable) };
        Ok(self.models.write(draft, types, &self.database, columns, compat, sources, report, console))
    }

    /// What is to be read: each `--src`, and the files behind the flags.
    fn files(&self, compat: Compat, sources: &Sources, report: &mut Report) -> Vec<String> {
        if !compat.reads_all_files() {
            let (last, unread_flags) = self.src.split_last().map_or((None, &[][..]), |(last, rest)| (Some(last), rest));
            let help = "with `--compat goctl` one `--src` is read, as goctl does; quote the pattern: `--src 'sql/*.sql'`";
            unread(&[unread_flags, &self.words].concat(), true, "cache", help, report);
            return last.cloned().into_iter().collect();
        }
        let (behind, others) = mysql::sql_files(&self.words, sources);
        unread(&others, true, "cache", "a file is read where it exists and its name ends in `.sql`", report);
        // Of migrations that the shell lists, as of those that a pattern names, the ways back are not meant.
        let is_meant = |file: &String| behind.is_empty() || !mysql::is_down(file);
        self.src.iter().filter(|pattern| !pattern.trim().is_empty()).chain(&behind).filter(|file| is_meant(file)).cloned().collect()
    }
}

impl Models {
    /// The Go types that `goctl.yaml` gives, where it reads. `None` where ctl's own variables do not, which was told.
    pub(super) fn types(
        &self,
        columns: &Columns,
        sources: &mut Sources,
        report: &mut Report,
        console: &mut Console,
    ) -> Option<Option<TypesMap>> {
        let env = super::env::read(console)?;
        let experimental = env.values(&[Key::Experimental]).iter().all(|value| value == "on");
        let here = sources.disk().resolve(".".as_ref());
        Some(TypesMap::load(&here, Settings { strict: columns.strict, experimental }, sources, report))
    }

    /// Makes the models of what a source found, and writes them.
    #[allow(clippy::too_many_arguments)]
    pub(super) fn write(
        &self,
        draft: Option<Draft>,
        types: Option<TypesMap>,
        database: &str,
        columns: &Columns,
        compat: Compat,
        mut sources: Sources,
        mut report: Report,
        console: &mut Console,
    ) -> Exit {
        let root = root(&self.dir, &sources);
        let trimmed = |name: &String| if compat.trims_ignored_columns() { name.trim().to_owned() } else { name.clone() };
        let files = match (draft, types) {
            (Some(draft), Some(types)) => {
                let options = Options {
                    cache: self.cache,
                    prefix: columns.prefix.clone(),
                    database: database.to_owned(),
                    ignored: columns.ignored.iter().map(trimmed).filter(|name| !name.is_empty()).collect(),
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
        if files.is_ok() && self.strict_input && report.count(Severity::Warning) > 0 {
            console.report(&report, &sources);
            console.error("nothing is written: with --strict-input every warning counts as an error");
            return Exit::Wrong;
        }
        finish(files.map(|files| (vec![root], files)), &self.generation.output, &sources, &report, console)
    }
}
