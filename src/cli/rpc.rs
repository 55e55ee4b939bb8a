//! `ctl rpc …`: the arguments and what is required of them. The work is the library's.

use clap::{ArgAction, Args, Subcommand};

use super::flags::{Generation, ProtoReading, TemplateHome};
use super::run::{finish, required, root, shell_word, surroundings};
use super::sample::Sample;
use super::{Console, Exit, Usage};
use crate::compat::Compat;
use crate::diagnostic::Report;
use crate::env::tools::Places;
use crate::render::{Failure, Made};
use crate::rpc::generate::{Generated, Request, generate, new_service};
use crate::rpc::go;
use crate::rpc::go_package::PbOptions;
use crate::source::Sources;

/// `ctl rpc`.
#[derive(Debug, Args)]
#[command(override_usage = "ctl rpc <COMMAND>\n       ctl rpc -o FILE", disable_help_subcommand = true)]
pub(super) struct Rpc {
    /// The command below it.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Without a command.
    #[command(flatten)]
    pub sample: Sample,
}

/// The commands below `ctl rpc`.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Generate zRPC services from .proto files: servers, logic, clients, and the code of the messages
    #[command(override_usage = "ctl rpc protoc FILE... --zrpc_out DIR [--go_out DIR --go-grpc_out DIR] [flags]")]
    Protoc(Protoc),
    /// Create a new zRPC service that builds and runs: one method, its server, its client
    #[command(override_usage = "ctl rpc new NAME [flags]")]
    New(New),
    /// Write a sample .proto file; `ctl rpc -o FILE` does the same
    #[command(hide = true, override_usage = "ctl rpc template -o FILE")]
    Template(Sample),
    /// What goctl had before `rpc protoc`
    #[command(hide = true)]
    Proto(Proto),
}

/// `ctl rpc protoc`. Its `-v` is goctl's (contract: rpc 2.2, 2.3), as that of `rpc new`.
#[derive(Debug, Args)]
#[command(mut_arg("verbose", |arg| arg.short('v')))]
pub(super) struct Protoc {
    /// The .proto files of the service
    #[arg(value_name = "FILE")]
    pub files: Vec<String>,
    /// The directory of the service; made if it does not exist
    #[arg(long = "zrpc_out", value_name = "DIR", default_value = "", hide_default_value = true)]
    pub zrpc_out: String,
    /// Where protoc-gen-go writes messages; without it they are left alone
    #[arg(long = "go_out", value_name = "DIR")]
    pub go_out: Vec<String>,
    /// Where protoc-gen-go-grpc writes services; without it they are left alone
    #[arg(long = "go-grpc_out", value_name = "DIR")]
    pub go_grpc_out: Vec<String>,
    /// A plugin's program, if it is not in the path: protoc-gen-go=FILE
    #[arg(long = "plugin", value_name = "NAME=FILE")]
    pub plugins: Vec<String>,
    /// How they are read.
    #[command(flatten)]
    pub reading: ProtoReading,
    /// A group of files for each service, so that there can be several
    #[arg(short, long)]
    pub multiple: bool,
    /// What both ways to a service have.
    #[command(flatten)]
    pub service: Service,
}

/// `ctl rpc new`.
#[derive(Debug, Args)]
#[command(mut_arg("verbose", |arg| arg.short('v')))]
pub(super) struct New {
    /// The name of the service, and of its directory
    #[arg(value_name = "NAME", required = true)]
    pub name: String,
    /// What both ways to a service have.
    #[command(flatten)]
    pub service: Service,
}

/// What `rpc protoc` and `rpc new` share.
#[derive(Debug, Args)]
pub(super) struct Service {
    /// Write the client package; `--client=false` leaves it out
    #[arg(short, long, action = ArgAction::Set, default_value_t = true, hide_default_value = true)]
    pub client: bool,
    /// The module of a new go.mod; the directory's name if not given
    #[arg(long, value_name = "PATH", default_value = "", hide_default_value = true)]
    pub module: String,
    /// Name the service after the .proto file instead of its package
    #[arg(long)]
    pub name_from_filename: bool,
    /// An option for protoc-gen-go: paths=source_relative, module=PATH, MFILE=PATH
    #[arg(long = "go_opt", value_name = "OPTION")]
    pub go_opt: Vec<String>,
    /// The same for protoc-gen-go-grpc
    #[arg(long = "go-grpc_opt", value_name = "OPTION")]
    pub go_grpc_opt: Vec<String>,
    /// Accepted for old scripts; has no effect
    #[arg(long, hide = true)]
    pub idea: bool,
    /// What all Go is made with.
    #[command(flatten)]
    pub generation: Generation,
}

/// `ctl rpc proto`, which goctl had before 1.3.
#[derive(Debug, Args)]
pub(super) struct Proto {
    /// The .proto file
    #[arg(short, long, value_name = "FILE", default_value = "FILE.proto")]
    pub src: String,
    /// The directory of the service
    #[arg(short, long, value_name = "DIR", default_value = ".")]
    pub dir: String,
    /// Where imports are looked for
    #[arg(short = 'I', long = "proto_path", value_name = "DIR")]
    pub proto_path: Vec<String>,
    /// How file names are spelled
    #[arg(long, value_name = "STYLE", default_value = "", hide_default_value = true)]
    pub style: String,
    /// Accepted, as all else of that command
    #[arg(long)]
    pub idea: bool,
}

impl Rpc {
    /// Runs the command that was asked for.
    ///
    /// # Errors
    ///
    /// [`Usage`] when something required is missing.
    pub(super) fn run(&self, console: &mut Console) -> Result<Exit, Usage> {
        match &self.command {
            None => self.sample.run(&["rpc"], sample, console),
            Some(Command::Template(args)) => args.run(&["rpc", "template"], sample, console),
            Some(Command::Protoc(args)) => args.run(console),
            Some(Command::New(args)) => args.run(console),
            Some(Command::Proto(args)) => Err(args.refusal()),
        }
    }
}

/// The sample of a service.
fn sample(file: &str, home: &TemplateHome, sources: &mut Sources, report: &mut Report) -> Result<Made, Failure> {
    go::sample_proto(file, &home.places(), sources, report)
}

impl Protoc {
    fn run(&self, console: &mut Console) -> Result<Exit, Usage> {
        let path = ["rpc", "protoc"];
        console.set(self.service.generation.output.reporting.manner());
        if self.files.is_empty() {
            return Err(Usage::new(&path, "missing FILE: the .proto file of the service".to_owned()));
        }
        required(&path, "--zrpc_out", &self.zrpc_out)?;
        let mut request = self.service.request(self.service.generation.compat.value(&path)?);
        request.files.clone_from(&self.files);
        request.proto = self.reading.options();
        request.pb.go_out.clone_from(&self.go_out);
        request.pb.go_grpc_out.clone_from(&self.go_grpc_out);
        request.pb.plugins.clone_from(&self.plugins);
        request.go.multiple = self.multiple;
        let (mut sources, mut report) = (Sources::default(), Report::new());
        let root = root(&self.zrpc_out, &sources);
        let generated = generate(&request, &root, &mut sources, &mut report);
        Ok(self.service.finish(generated, &sources, &report, console))
    }
}

impl New {
    fn run(&self, console: &mut Console) -> Result<Exit, Usage> {
        let path = ["rpc", "new"];
        console.set(self.service.generation.output.reporting.manner());
        required(&path, "NAME", &self.name)?;
        let request = self.service.request(self.service.generation.compat.value(&path)?);
        let (mut sources, mut report) = (Sources::default(), Report::new());
        let root = root(&self.name, &sources);
        let generated = new_service(&root, &request, &mut sources, &mut report);
        Ok(self.service.finish(generated, &sources, &report, console))
    }
}

impl Service {
    /// What is asked for, without the files.
    fn request(&self, compat: Compat) -> Request {
        Request {
            go: go::Options {
                style: self.generation.style.clone(),
                client: self.client,
                name_from_filename: self.name_from_filename,
                compat,
                templates: self.generation.home.places(),
                ..go::Options::default()
            },
            pb: PbOptions { go_opt: self.go_opt.clone(), go_grpc_opt: self.go_grpc_opt.clone(), ..PbOptions::default() },
            module: Some(self.module.clone()).filter(|module| !module.is_empty()),
            surroundings: surroundings(),
            tools: Places::of_process(),
            ..Request::default()
        }
    }

    fn finish(&self, generated: Result<Generated, Failure>, sources: &Sources, report: &Report, console: &mut Console) -> Exit {
        finish(generated.map(|made| (made.roots, made.files)), &self.generation.output, sources, report, console)
    }
}

impl Proto {
    /// The line that does today what was asked for (decisions, Picks).
    fn refusal(&self) -> Usage {
        let (file, dir) = (shell_word(&self.src), shell_word(&self.dir));
        let paths: String = self.proto_path.iter().map(|path| format!(" -I {}", shell_word(path))).collect();
        let style = if self.style.is_empty() { String::new() } else { format!(" --style {}", shell_word(&self.style)) };
        let line = format!("ctl rpc protoc {file}{paths} --go_out={dir} --go-grpc_out={dir} --zrpc_out={dir}{style}");
        Usage::refusal(&["rpc", "proto"], "`rpc proto` is now `rpc protoc`".to_owned(), format!("run `{line}`"))
    }
}
