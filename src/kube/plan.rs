//! The files of a workload: one each.

use super::spec::{Concurrency, Deployment, Job, PullPolicy, Resources, Scaling, Schedule, When, Workload};
use super::view;
use crate::compat::Compat;
use crate::plan::{Ownership, Plan, Root};

/// Plans the manifest of a service as `file` of `root`.
pub(super) fn deployment(root: Root, file: &str, spec: &Deployment, compat: Compat) -> Plan {
    let mut plan = Plan::default();
    let root = plan.root(root.dir, root.shown);
    plan.file(root, Ownership::Target, file, view::deployment(spec, compat));
    plan
}

/// Plans the manifest of a Job or a CronJob as `file` of `root`.
pub(super) fn job(root: Root, file: &str, spec: &Job) -> Plan {
    let mut plan = Plan::default();
    let root = plan.root(root.dir, root.shown);
    plan.file(root, Ownership::Target, file, view::job(spec));
    plan
}

/// A plan in which every template of this slice has a view.
pub(crate) fn samples() -> Plan {
    let root = || Root { dir: "/shop".into(), shown: "shop".to_owned() };
    let deployment = Deployment {
        workload: sample(),
        port: 8888,
        target_port: 8888,
        node_port: Some(30888),
        replicas: 3,
        scaling: Scaling { min: 3, max: 10 },
        revisions: 5,
    };
    let text = |text: &str| text.to_owned();
    let schedule = Schedule {
        cron: text("0 3 * * *"),
        time_zone: Some(text("Asia/Shanghai")),
        concurrency: Concurrency::Forbid,
        successful: 3,
        failed: 1,
    };
    let command = ["./report", "-f", "etc/report.yaml"].map(text).to_vec();
    let job = Job { workload: sample(), command, retries: 3, deadline: Some(3600), when: When::Scheduled(schedule) };
    let mut plan = self::deployment(root(), "user.yaml", &deployment, Compat::Ctl);
    plan.append(self::job(root(), "report.yaml", &job));
    plan
}

fn sample() -> Workload {
    let text = |text: &str| Some(text.to_owned());
    Workload {
        name: "user-api".to_owned(),
        namespace: "shop".to_owned(),
        image: "registry.example/shop/user-api:1.4.0".to_owned(),
        pull_policy: Some(PullPolicy::IfNotPresent),
        pull_secret: text("registry-login"),
        service_account: text("user-api"),
        request: Resources { cpu: 500, memory: 512 },
        limit: Resources { cpu: 1000, memory: 1024 },
        is_restricted: false,
    }
}
