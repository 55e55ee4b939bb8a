//! The files of a workload: one each.

use super::spec::{Concurrency, Deployment, Job, PullPolicy, Resources, Scaling, Schedule, When, Workload};
use super::view;
use crate::compat::Compat;
use crate::plan::{Destination, Ownership, Plan, Root};
use crate::view::View;

/// Plans the manifest that `view` says.
pub(super) fn plan(output: Destination, view: View) -> Plan {
    let (root, file) = match output {
        Destination::File(root, file) => (root, file),
        Destination::Printed => (Root { dir: ".".into(), shown: ".".to_owned() }, "manifest.yaml".to_owned()),
    };
    let mut plan = Plan::default();
    let root = plan.root(root.dir, root.shown);
    plan.file(root, Ownership::Target, file, view);
    plan
}

/// A plan in which every template of this slice has a view.
pub(crate) fn samples() -> Plan {
    let file = |name: &str| Destination::File(Root { dir: "/shop".into(), shown: "shop".to_owned() }, name.to_owned());
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
    let mut all = plan(file("user.yaml"), view::deployment(&deployment, Compat::Ctl));
    all.append(plan(file("report.yaml"), view::job(&job)));
    all
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
