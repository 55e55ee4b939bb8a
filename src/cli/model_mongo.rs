//! `ctl model mongo`: the arguments and one call into the library.

use clap::Args;

use super::flags::Generation;
use super::run::{finish, root, unread};
use super::{Console, Exit, Usage};
use crate::diagnostic::Report;
use crate::model::mongo::{self, Options};
use crate::source::Sources;

/// `ctl model mongo`.
#[derive(Debug, Args)]
pub(super) struct Mongo {
    /// The Go types to make models of; several with commas, or with one flag each
    #[arg(short = 't', long = "type", value_name = "NAMES")]
    pub types: Vec<String>,
    /// The directory of the package; made if it does not exist
    #[arg(short, long, value_name = "DIR", default_value = ".")]
    pub dir: String,
    /// Keep documents in a Redis cache
    #[arg(short, long)]
    pub cache: bool,
    /// Name each collection with a constant instead of a parameter
    #[arg(short, long)]
    pub easy: bool,
    /// What cache keys start with
    #[arg(short, long, value_name = "PREFIX", default_value = "", hide_default_value = true)]
    pub prefix: String,
    /// What all Go is made with.
    #[command(flatten)]
    pub generation: Generation,
    /// Read by nothing, and told.
    #[arg(hide = true)]
    pub words: Vec<String>,
}

impl Mongo {
    /// Runs the command.
    ///
    /// # Errors
    ///
    /// [`Usage`] where no type is named.
    pub(super) fn run(&self, console: &mut Console) -> Result<Exit, Usage> {
        let path = ["model", "mongo"];
        console.set(self.generation.output.reporting.manner());
        let options = Options {
            types: self.types.iter().filter(|name| !name.trim().is_empty()).cloned().collect(),
            cache: self.cache,
            easy: self.easy,
            prefix: self.prefix.clone(),
            style: self.generation.style.clone(),
            compat: self.generation.compat.value(&path)?,
            templates: self.generation.home.places(),
        };
        if options.types.is_empty() {
            return Err(Usage::new(&path, "missing --type".to_owned()));
        }
        let (mut sources, mut report) = (Sources::default(), Report::new());
        unread(&self.words, true, "cache", "several types: `--type User,Order`", &mut report);
        let root = root(&self.dir, &sources);
        let files = mongo::generate(&root, &options, &mut sources, &mut report);
        Ok(finish(files.map(|files| (vec![root], files)), &self.generation.output, &sources, &report, console))
    }
}
