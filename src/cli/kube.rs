//! `ctl kube …`: the arguments and what is required of them. The work is the library's.

use clap::{Args, Subcommand, ValueHint};

use super::flags::{Compatibility, Output, TemplateHome};
use super::run::{self, failed, print, unread, write_files};
use super::{Console, Exit, Usage};
use crate::compat::Compat;
use crate::diagnostic::Report;
use crate::kube::{self, Target, request};
use crate::plan::{Destination, RenderedFile};
use crate::render::Failure;
use crate::source::Sources;

/// `ctl kube`.
#[derive(Debug, Args)]
#[command(disable_help_subcommand = true)]
pub(super) struct Kube {
    /// The command below it.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands below `ctl kube`.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Write the manifest of a service: a Deployment, a Service, an autoscaler
    #[command(override_usage = "ctl kube deploy --name NAME --namespace NAME --image IMAGE --port PORT -o FILE [flags]")]
    Deploy(Box<Deploy>),
    /// Write the manifest of work that ends: a Job, or with --schedule a CronJob
    #[command(override_usage = "ctl kube job --name NAME --namespace NAME --image IMAGE -o FILE [--schedule \"0 3 * * *\"] [flags]")]
    Job(Box<Job>),
}

/// What all workloads have. The names are goctl's (contract: cli-and-ops 7.1).
#[derive(Debug, Args)]
pub(super) struct Workload {
    /// Its name, and that of its container
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// The namespace of all objects
    #[arg(long, value_name = "NAME")]
    pub namespace: Option<String>,
    /// The image, with a tag or a digest
    #[arg(long, value_name = "IMAGE")]
    pub image: Option<String>,
    /// The Secret that the image is pulled with
    #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true)]
    pub secret: String,
    /// When the registry is asked for the image: Always, IfNotPresent, Never; Kubernetes decides by the tag if not given
    #[arg(long = "imagePullPolicy", value_name = "WHEN", default_value = "", hide_default_value = true)]
    pub image_pull_policy: String,
    /// The ServiceAccount that it runs as
    #[arg(long = "serviceAccount", value_name = "NAME", default_value = "", hide_default_value = true)]
    pub service_account: String,
    /// The processor time that it asks for, in thousandths; 500, or less with a lower limit
    #[arg(long = "requestCpu", value_name = "COUNT")]
    pub request_cpu: Option<i64>,
    /// The processor time that it may take, in thousandths; 1000, or more with a higher request
    #[arg(long = "limitCpu", value_name = "COUNT")]
    pub limit_cpu: Option<i64>,
    /// The memory that it asks for, in mebibytes; 512, or less with a lower limit
    #[arg(long = "requestMem", value_name = "COUNT")]
    pub request_mem: Option<i64>,
    /// The memory that it may take, in mebibytes; 1024, or more with a higher request
    #[arg(long = "limitMem", value_name = "COUNT")]
    pub limit_mem: Option<i64>,
    /// Meet the Pod Security Standard `restricted`, with a root file system that cannot be written to
    #[arg(long)]
    pub restricted: bool,
}

/// Where the manifest goes, and what it is made with.
#[derive(Debug, Args)]
pub(super) struct Making {
    /// The file of the manifest; `-` is standard output
    #[arg(long = "o", value_name = "FILE")]
    pub o: Option<String>,
    /// Where templates come from.
    #[command(flatten)]
    pub home: TemplateHome,
    /// How to write and report.
    #[command(flatten)]
    pub output: Output,
    /// What nothing reads.
    #[arg(hide = true)]
    pub words: Vec<String>,
}

/// `ctl kube deploy`.
#[derive(Debug, Args)]
pub(super) struct Deploy {
    /// What runs.
    #[command(flatten)]
    pub workload: Workload,
    /// What the Service listens on, and the container too without --targetPort
    #[arg(long, value_name = "PORT")]
    pub port: Option<i64>,
    /// What the container listens on, if that is another port
    #[arg(long = "targetPort", value_name = "PORT", default_value_t = 0, hide_default_value = true)]
    pub target_port: i64,
    /// What each node listens on, to be reached from outside: 30000 to 32767
    #[arg(long = "nodePort", value_name = "PORT", default_value_t = 0, hide_default_value = true)]
    pub node_port: i64,
    /// How many Pods there are; 3 if not given
    #[arg(long, value_name = "COUNT")]
    pub replicas: Option<i64>,
    /// The fewest Pods; as --replicas if not given
    #[arg(long = "minReplicas", value_name = "COUNT")]
    pub min_replicas: Option<i64>,
    /// The most Pods; 10, or more with more --minReplicas
    #[arg(long = "maxReplicas", value_name = "COUNT")]
    pub max_replicas: Option<i64>,
    /// How many earlier versions can be rolled back to
    #[arg(long, value_name = "COUNT", default_value_t = 5)]
    pub revisions: i64,
    /// Whose output to match.
    #[command(flatten)]
    pub compat: Compatibility,
    /// Where it goes.
    #[command(flatten)]
    pub making: Making,
}

/// `ctl kube job`. What is not goctl's is named after Kubernetes' field, where that is not longer than a line.
#[derive(Debug, Args)]
pub(super) struct Job {
    /// What runs.
    #[command(flatten)]
    pub workload: Workload,
    /// The program, then each of its arguments, with one flag each; what the image says if not given
    #[arg(long, value_name = "WORD", value_hint = ValueHint::CommandString)]
    pub command: Vec<String>,
    /// How often it is tried again
    #[arg(long = "backoffLimit", value_name = "COUNT", default_value_t = 3)]
    pub backoff_limit: i64,
    /// The seconds it may take, with all that is tried again; no end if not given
    #[arg(long, value_name = "SECONDS")]
    pub deadline: Option<i64>,
    /// The seconds after which a Job is removed, when it has ended; it stays if not given
    #[arg(long, value_name = "SECONDS")]
    pub ttl: Option<i64>,
    /// When it is done, as cron says it: minute, hour, day, month, day of the week; or @daily and the like
    #[arg(long, value_name = "CRON")]
    pub schedule: Option<String>,
    /// The time zone of the schedule, such as Asia/Shanghai; the cluster's if not given
    #[arg(long, value_name = "ZONE")]
    pub tz: Option<String>,
    /// When it is due and the last is not done: Forbid leaves it out, Allow does both, Replace ends the last; Forbid if not given
    #[arg(long = "concurrencyPolicy", value_name = "POLICY")]
    pub concurrency_policy: Option<String>,
    /// How many Jobs that succeeded are kept; 3 if not given
    #[arg(long = "successfulJobsHistoryLimit", value_name = "COUNT")]
    pub successful_jobs: Option<i64>,
    /// How many Jobs that failed are kept; 1 if not given
    #[arg(long = "failedJobsHistoryLimit", value_name = "COUNT")]
    pub failed_jobs: Option<i64>,
    /// Where it goes.
    #[command(flatten)]
    pub making: Making,
}

impl Kube {
    /// Runs the command that was asked for.
    ///
    /// # Errors
    ///
    /// [`Usage`] when something required is missing.
    pub(super) fn run(&self, console: &mut Console) -> Result<Exit, Usage> {
        match &self.command {
            Command::Deploy(deploy) => deploy.run(console),
            Command::Job(job) => job.run(console),
        }
    }
}

impl Deploy {
    fn run(&self, console: &mut Console) -> Result<Exit, Usage> {
        let path = ["kube", "deploy"];
        let port = ("port", self.port.is_some());
        self.making.begin(&path, self.workload.required().into_iter().chain([port]), console)?;
        let compat = self.compat.value(&path)?;
        let asked = request::Deploy {
            workload: self.workload.request(),
            port: self.port.unwrap_or_default(),
            target_port: self.target_port,
            node_port: self.node_port,
            replicas: self.replicas,
            min_replicas: self.min_replicas,
            max_replicas: self.max_replicas,
            revisions: self.revisions,
        };
        Ok(self.making.finish(
            compat,
            "a value stands behind its flag",
            |target, sources, report| kube::deploy(&asked, target, sources, report),
            console,
        ))
    }
}

impl Job {
    fn run(&self, console: &mut Console) -> Result<Exit, Usage> {
        let path = ["kube", "job"];
        self.making.begin(&path, self.workload.required(), console)?;
        let asked = request::Job {
            workload: self.workload.request(),
            command: self.command.clone(),
            backoff_limit: self.backoff_limit,
            deadline: self.deadline,
            ttl: self.ttl,
            schedule: self.schedule.clone(),
            time_zone: given(&self.tz),
            concurrency_policy: given(&self.concurrency_policy),
            successful_jobs: self.successful_jobs,
            failed_jobs: self.failed_jobs,
        };
        // goctl has no such command whose bytes could be matched.
        let make = |target: Target, sources: &mut Sources, report: &mut Report| kube::job(&asked, target, sources, report);
        Ok(self.making.finish(Compat::Ctl, "of `--command` each word has its own: `--command ./import --command users.csv`", make, console))
    }
}

/// What a flag says; an empty text, such as an unset variable of a pipeline leaves, counts as none.
fn given(value: &Option<String>) -> Option<String> {
    value.clone().filter(|value| !value.is_empty())
}

impl Workload {
    /// The flags that must be given, and whether they are.
    fn required(&self) -> [(&'static str, bool); 3] {
        [("image", self.image.is_some()), ("name", self.name.is_some()), ("namespace", self.namespace.is_some())]
    }

    fn request(&self) -> request::Workload {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        request::Workload {
            name: text(&self.name),
            namespace: text(&self.namespace),
            image: text(&self.image),
            pull_policy: self.image_pull_policy.clone(),
            secret: self.secret.clone(),
            service_account: self.service_account.clone(),
            cpu: request::Amounts { request: self.request_cpu, limit: self.limit_cpu },
            memory: request::Amounts { request: self.request_mem, limit: self.limit_mem },
            is_restricted: self.restricted,
        }
    }
}

impl Making {
    /// Refuses a command line without one of the flags that must be given, in goctl's words. Presence counts: what is empty is
    /// told with everything else.
    fn begin(&self, path: &[&str], required: impl IntoIterator<Item = (&'static str, bool)>, console: &mut Console) -> Result<(), Usage> {
        console.set(self.output.reporting.manner());
        let all = required.into_iter().chain([("o", self.o.is_some())]);
        let mut missing: Vec<String> = all.filter(|(_, is_given)| !is_given).map(|(name, _)| format!("\"{name}\"")).collect();
        missing.sort_unstable();
        if missing.is_empty() { Ok(()) } else { Err(Usage::new(path, format!("required flag(s) {} not set", missing.join(", ")))) }
    }

    /// Makes the manifest, and writes or prints it; `of_words` helps with words that nothing reads.
    fn finish(
        &self,
        compat: Compat,
        of_words: &str,
        make: impl Fn(Target, &mut Sources, &mut Report) -> Result<Vec<RenderedFile>, Failure>,
        console: &mut Console,
    ) -> Exit {
        let (mut sources, mut report) = (Sources::default(), Report::new());
        unread(&self.words, true, "restricted", of_words, &mut report);
        let output = run::destination(self.o.as_deref().unwrap_or_default(), &sources, &mut report);
        let target = Target { output: output.clone(), templates: self.home.places(), compat };
        let made = make(target, &mut sources, &mut report);
        console.report(&report, &sources);
        match (made, output) {
            (Ok(files), Destination::Printed) => print(files.first().map_or("", |file| file.body.text()), &self.output, console),
            (Ok(files), Destination::File(root, _)) => write_files(&[root], &files, self.output.options(), console),
            (Err(failure), _) => failed(&failure, console),
        }
    }
}
