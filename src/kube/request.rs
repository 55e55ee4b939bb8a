//! What the commands were asked for: the flags as typed, nothing checked. `None` where a flag was not given.

/// What all workloads have.
#[derive(Debug, Clone, Default)]
pub struct Workload {
    /// `--name`
    pub name: String,
    /// `--namespace`
    pub namespace: String,
    /// `--image`
    pub image: String,
    /// `--imagePullPolicy`; empty for none.
    pub pull_policy: String,
    /// `--secret`, which the image is pulled with; empty for none.
    pub secret: String,
    /// `--serviceAccount`; empty for none.
    pub service_account: String,
    /// Thousandths of a processor.
    pub cpu: Amounts,
    /// Mebibytes.
    pub memory: Amounts,
    /// `--restricted`
    pub is_restricted: bool,
}

/// How much a container asks for, and how much it may take.
#[derive(Debug, Clone, Copy, Default)]
pub struct Amounts {
    /// `--requestCpu`, `--requestMem`
    pub request: Option<i64>,
    /// `--limitCpu`, `--limitMem`
    pub limit: Option<i64>,
}

/// `ctl kube deploy`
#[derive(Debug, Clone, Default)]
pub struct Deploy {
    /// What runs.
    pub workload: Workload,
    /// `--port`
    pub port: i64,
    /// `--targetPort`; 0 for the same.
    pub target_port: i64,
    /// `--nodePort`; 0 for none.
    pub node_port: i64,
    /// `--replicas`
    pub replicas: Option<i64>,
    /// `--minReplicas`
    pub min_replicas: Option<i64>,
    /// `--maxReplicas`
    pub max_replicas: Option<i64>,
    /// `--revisions`
    pub revisions: i64,
}

/// `ctl kube job`
#[derive(Debug, Clone, Default)]
pub struct Job {
    /// What runs.
    pub workload: Workload,
    /// `--command`, a word each; none for the image's own.
    pub command: Vec<String>,
    /// `--backoffLimit`
    pub backoff_limit: i64,
    /// `--deadline`, in seconds.
    pub deadline: Option<i64>,
    /// `--ttl`, in seconds.
    pub ttl: Option<i64>,
    /// `--schedule`
    pub schedule: Option<String>,
    /// `--tz`
    pub time_zone: Option<String>,
    /// `--concurrencyPolicy`
    pub concurrency_policy: Option<String>,
    /// `--successfulJobsHistoryLimit`
    pub successful_jobs: Option<i64>,
    /// `--failedJobsHistoryLimit`
    pub failed_jobs: Option<i64>,
}
