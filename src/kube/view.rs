//! What the templates of manifests see.

use serde::{Serialize, Serializer};

use super::spec::{self, Concurrency, PullPolicy, When};
use crate::compat::Compat;
use crate::naming::yaml_word;
use crate::view::{Shape, Shaped, View, view};

/// Why the template of a CronJob may be broken through no fault of whose home it is.
const FROM_GOCTL: &str = "`goctl template init` writes one that cannot be read: remove it, or mend it";

/// A text as a value of YAML: in quotes where it would be read as something else. A `.tpl` sees the text itself, as goctl's
/// do.
#[derive(Debug, Clone)]
struct Word(String);

impl Serialize for Word {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&yaml_word(&self.0))
    }
}

impl Shaped for Word {
    const SHAPE: Shape = Shape::Text;
}

view! {
    /// The manifest of a service: a Deployment, a Service, a HorizontalPodAutoscaler.
    struct Deployment {
        /// Its name, and that of its container; in quotes where YAML needs them, as all texts here.
        name: Word,
        /// The namespace of all objects.
        namespace: Word,
        /// The name of the Service.
        service: Word,
        /// The name of the HorizontalPodAutoscaler.
        autoscaler: Word,
        /// The container.
        container: Container,
        /// Whether the number of Pods is written, though the autoscaler decides it; with `--compat goctl`.
        writes_replicas: bool,
        /// The number of Pods at first.
        replicas: u32,
        /// How many earlier versions can be rolled back to.
        revisions: u32,
        /// What the Service listens on.
        port: u16,
        /// What the container listens on.
        target_port: u16,
        /// What each node listens on; 0 where none does.
        node_port: u16,
        /// The fewest Pods.
        min_replicas: u32,
        /// The most Pods.
        max_replicas: u32,
    }

    /// A container, and what its Pod says for it.
    struct Container {
        /// The image.
        image: Word,
        /// When the registry is asked for it: Always, IfNotPresent, Never; nothing where Kubernetes decides.
        pull_policy: Option<&'static str>,
        /// The Secret that it is pulled with.
        pull_secret: Option<Word>,
        /// The ServiceAccount.
        service_account: Option<Word>,
        /// What it asks for, in thousandths of a processor.
        request_cpu: u32,
        /// What it asks for, in mebibytes.
        request_memory: u32,
        /// What it may take, in thousandths of a processor.
        limit_cpu: u32,
        /// What it may take, in mebibytes.
        limit_memory: u32,
        /// Whether it meets the Pod Security Standard `restricted` and writes to `/tmp` alone.
        is_restricted: bool,
    }

    /// The manifest of work that ends: a Job, or a CronJob where there is a schedule.
    struct Job {
        /// Its name, and that of its container; in quotes where YAML needs them, as all texts here.
        name: Word,
        /// The namespace.
        namespace: Word,
        /// The container.
        container: Container,
        /// The program and its arguments; empty for what the image says.
        command: Vec<Word>,
        /// How often it is tried again.
        backoff_limit: u32,
        /// The seconds it may take, with all that is tried again.
        deadline: Option<String>,
        /// The seconds after which a Job is removed, when it has ended.
        ttl: Option<String>,
        /// When it is done; nothing for once.
        schedule: Option<Word>,
        /// The time zone of the schedule.
        time_zone: Option<Word>,
        /// What happens when it is due, and the last is not done: Allow, Forbid, Replace.
        concurrency_policy: &'static str,
        /// How many that succeeded are kept.
        successful_jobs: u32,
        /// How many that failed are kept.
        failed_jobs: u32,
    }

    /// goctl's names, of a template that it ships and never uses (contract: cli-and-ops 7.3).
    struct GoctlJob {
        /// The name.
        Name: String,
        /// The namespace.
        Namespace: String,
        /// The ServiceAccount; may be empty.
        ServiceAccount: String,
        /// When it is done.
        Schedule: String,
        /// How many that succeeded are kept.
        SuccessfulJobsHistoryLimit: u32,
        /// The program in the image: the name.
        ServiceName: String,
        /// What it asks for, in thousandths of a processor.
        RequestCpu: u32,
        /// What it asks for, in mebibytes.
        RequestMem: u32,
        /// What it may take, in thousandths of a processor.
        LimitCpu: u32,
        /// What it may take, in mebibytes.
        LimitMem: u32,
    }

    /// goctl's names (contract: cli-and-ops 7.2).
    struct GoctlDeployment {
        /// The name.
        Name: String,
        /// The namespace.
        Namespace: String,
        /// The image.
        Image: String,
        /// The Secret that it is pulled with; may be empty.
        Secret: String,
        /// The number of Pods at first.
        Replicas: u32,
        /// How many earlier versions can be rolled back to.
        Revisions: u32,
        /// What the Service listens on.
        Port: u16,
        /// What the container listens on.
        TargetPort: u16,
        /// What each node listens on; 0 where none does.
        NodePort: u16,
        /// Whether nodes listen.
        UseNodePort: bool,
        /// What it asks for, in thousandths of a processor.
        RequestCpu: u32,
        /// What it asks for, in mebibytes.
        RequestMem: u32,
        /// What it may take, in thousandths of a processor.
        LimitCpu: u32,
        /// What it may take, in mebibytes.
        LimitMem: u32,
        /// The fewest Pods.
        MinReplicas: u32,
        /// The most Pods.
        MaxReplicas: u32,
        /// The ServiceAccount; may be empty.
        ServiceAccount: String,
        /// When the registry is asked for the image; may be empty.
        ImagePullPolicy: &'static str,
    }
}

/// The manifest of a service.
pub(super) fn deployment(spec: &spec::Deployment, compat: Compat) -> View {
    let name = &spec.workload.name;
    let ours = Deployment {
        name: Word(name.clone()),
        namespace: Word(spec.workload.namespace.clone()),
        service: Word(format!("{name}-svc")),
        // The name of goctl's first one: what is applied over a manifest of goctl's takes its place.
        autoscaler: Word(format!("{name}-hpa-c")),
        container: Container::new(&spec.workload),
        writes_replicas: compat.writes_replicas(),
        replicas: spec.replicas,
        revisions: spec.revisions,
        port: spec.port,
        target_port: spec.target_port,
        node_port: spec.node_port.unwrap_or(0),
        min_replicas: spec.scaling.min,
        max_replicas: spec.scaling.max,
    };
    let view = View::new("kube/deployment", ours, GoctlDeployment::new);
    if spec.workload.is_restricted { view.in_tera("--restricted") } else { view }
}

/// The manifest of a Job or a CronJob. goctl's own template of it cannot be read, and is in every home that goctl filled.
pub(super) fn job(spec: &spec::Job) -> View {
    // As text: a template takes the number 0 for nothing.
    let number = |number: Option<u32>| number.map(|number| number.to_string());
    let word = |text: &str| Word(text.to_owned());
    let (schedule, ttl) = match &spec.when {
        When::Once { ttl } => (None, *ttl),
        When::Scheduled(schedule) => (Some(schedule), None),
    };
    let ours = Job {
        name: word(&spec.workload.name),
        namespace: word(&spec.workload.namespace),
        container: Container::new(&spec.workload),
        command: spec.command.iter().map(|text| word(text)).collect(),
        backoff_limit: spec.retries,
        deadline: number(spec.deadline),
        ttl: number(ttl),
        schedule: schedule.map(|schedule| word(&schedule.cron)),
        time_zone: schedule.and_then(|schedule| schedule.time_zone.as_deref()).map(word),
        concurrency_policy: schedule.map_or(Concurrency::default(), |schedule| schedule.concurrency).as_str(),
        successful_jobs: schedule.map_or(0, |schedule| schedule.successful),
        failed_jobs: schedule.map_or(0, |schedule| schedule.failed),
    };
    let view = View::new("kube/job", ours, GoctlJob::new).or_built_in(FROM_GOCTL);
    match schedule {
        _ if spec.workload.is_restricted => view.in_tera("--restricted"),
        None => view.in_tera("a Job without a schedule"),
        Some(_) => view,
    }
}

impl Container {
    fn new(workload: &spec::Workload) -> Self {
        let word = |text: &Option<String>| text.clone().map(Word);
        Self {
            image: Word(workload.image.clone()),
            pull_policy: workload.pull_policy.map(PullPolicy::as_str),
            pull_secret: word(&workload.pull_secret),
            service_account: word(&workload.service_account),
            request_cpu: workload.request.cpu,
            request_memory: workload.request.memory,
            limit_cpu: workload.limit.cpu,
            limit_memory: workload.limit.memory,
            is_restricted: workload.is_restricted,
        }
    }
}

/// As goctl has it: empty for none.
fn text(word: &Option<Word>) -> String {
    word.as_ref().map(|word| word.0.clone()).unwrap_or_default()
}

impl GoctlJob {
    fn new(ours: &Job) -> Self {
        let container = &ours.container;
        Self {
            Name: ours.name.0.clone(),
            Namespace: ours.namespace.0.clone(),
            ServiceAccount: text(&container.service_account),
            Schedule: text(&ours.schedule),
            SuccessfulJobsHistoryLimit: ours.successful_jobs,
            ServiceName: ours.name.0.clone(),
            RequestCpu: container.request_cpu,
            RequestMem: container.request_memory,
            LimitCpu: container.limit_cpu,
            LimitMem: container.limit_memory,
        }
    }
}

impl GoctlDeployment {
    fn new(ours: &Deployment) -> Self {
        let container = &ours.container;
        Self {
            Name: ours.name.0.clone(),
            Namespace: ours.namespace.0.clone(),
            Image: container.image.0.clone(),
            Secret: text(&container.pull_secret),
            Replicas: ours.replicas,
            Revisions: ours.revisions,
            Port: ours.port,
            TargetPort: ours.target_port,
            NodePort: ours.node_port,
            UseNodePort: ours.node_port > 0,
            RequestCpu: container.request_cpu,
            RequestMem: container.request_memory,
            LimitCpu: container.limit_cpu,
            LimitMem: container.limit_memory,
            MinReplicas: ours.min_replicas,
            MaxReplicas: ours.max_replicas,
            ServiceAccount: text(&container.service_account),
            ImagePullPolicy: container.pull_policy.unwrap_or_default(),
        }
    }
}
