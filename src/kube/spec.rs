//! What runs in a cluster, checked: every name, number and relation is one that Kubernetes takes.

/// A container and where it runs: what all kinds of workload have.
#[derive(Debug, Clone)]
pub(super) struct Workload {
    /// The name of the object, of its container and of its label `app`.
    pub name: String,
    pub namespace: String,
    /// A reference, as typed.
    pub image: String,
    pub pull_policy: Option<PullPolicy>,
    /// The Secret that the image is pulled with.
    pub pull_secret: Option<String>,
    pub service_account: Option<String>,
    pub request: Resources,
    pub limit: Resources,
    /// Whether it meets the Pod Security Standard `restricted`, and writes nowhere but to `/tmp`.
    pub is_restricted: bool,
}

/// When the kubelet asks the registry for an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PullPolicy {
    Always,
    IfNotPresent,
    Never,
}

impl PullPolicy {
    pub(super) const ALL: [Self; 3] = [Self::Always, Self::IfNotPresent, Self::Never];

    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Always => "Always",
            Self::IfNotPresent => "IfNotPresent",
            Self::Never => "Never",
        }
    }
}

/// An amount of each resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Resources {
    /// Thousandths of a processor.
    pub cpu: u32,
    /// Mebibytes.
    pub memory: u32,
}

/// A service that runs all the time, behind one name.
#[derive(Debug, Clone)]
pub(super) struct Deployment {
    pub workload: Workload,
    /// What the Service listens on.
    pub port: u16,
    /// What the container listens on.
    pub target_port: u16,
    /// What each node listens on, where the Service is to be reached from outside.
    pub node_port: Option<u16>,
    /// How many there are at first.
    pub replicas: u32,
    pub scaling: Scaling,
    /// How many earlier versions can be rolled back to.
    pub revisions: u32,
}

/// How many there may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scaling {
    pub min: u32,
    pub max: u32,
}

/// Work that ends.
#[derive(Debug, Clone)]
pub(super) struct Job {
    pub workload: Workload,
    /// The program and its arguments; empty for what the image says.
    pub command: Vec<String>,
    /// How often it is tried again.
    pub retries: u32,
    /// The seconds it may take, with all that is tried again.
    pub deadline: Option<u32>,
    pub when: When,
}

/// When work is done.
#[derive(Debug, Clone)]
pub(super) enum When {
    /// As soon as it is in the cluster.
    Once {
        /// The seconds after which it is removed, when it has ended.
        ttl: Option<u32>,
    },
    /// Again and again.
    Scheduled(Schedule),
}

/// When work is done again.
#[derive(Debug, Clone)]
pub(super) struct Schedule {
    /// Five fields, or a word for them.
    pub cron: String,
    /// Whose hours are meant; the controller's without one.
    pub time_zone: Option<String>,
    pub concurrency: Concurrency,
    /// How many that succeeded are kept.
    pub successful: u32,
    /// How many that failed are kept.
    pub failed: u32,
}

/// What happens when work is due, and the last is not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Concurrency {
    /// Both are.
    Allow,
    /// It is left out. The default: a run that takes longer than usual does not meet itself over the same data.
    #[default]
    Forbid,
    /// The last is ended.
    Replace,
}

impl Concurrency {
    pub(super) const ALL: [Self; 3] = [Self::Allow, Self::Forbid, Self::Replace];

    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Allow => "Allow",
            Self::Forbid => "Forbid",
            Self::Replace => "Replace",
        }
    }
}
