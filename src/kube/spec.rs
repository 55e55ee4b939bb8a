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
