//! The command lines of `kube deploy`: those of our cases, and each flag with values at the ends of its range.

use crate::both::{Home, Job, Module};
use crate::support::machine::{cases, words};

/// What goctl does not know, or what decides where its output goes.
const NOT_THEIRS: [&str; 6] = ["--home", "--restricted", "--dry-run", "--json", "--compat", "--force"];

const PLAIN: &str = "-name user -namespace shop -image shop/user:1.4.0 -port 80 -o user.yaml";

/// Flags, beside those that must be given.
const FLAGS: [&str; 24] = [
    "",
    "-targetPort 8080",
    "-targetPort 1 -port 65535",
    "-nodePort 30000",
    "-nodePort 32767 -targetPort 9000",
    "-nodePort 0 -targetPort 0",
    "-secret login",
    "-secret 123 -serviceAccount true",
    "-serviceAccount user.name",
    "-imagePullPolicy Always",
    "-imagePullPolicy IfNotPresent -secret a.b",
    "-imagePullPolicy Never",
    "-requestCpu 1 -limitCpu 1 -requestMem 1 -limitMem 1",
    "-requestCpu 250 -limitCpu 2000 -requestMem 128 -limitMem 4096",
    "-requestCpu 1000 -requestMem 1024",
    "-limitCpu 500 -limitMem 512",
    "-replicas 1",
    "-replicas 20",
    "-replicas 5 -minReplicas 5 -maxReplicas 5",
    "-minReplicas 1",
    "-minReplicas 10",
    "-maxReplicas 3",
    "-revisions 0",
    "-revisions 2147483647 -port 0x50",
];

/// The jobs, in the row.
pub(crate) fn jobs(row: usize, home: &Home) -> Vec<Job> {
    let job = |name: String, line: &str| Job { row, name, inputs: None, module: Module::Nowhere, args: words(line), home: home.clone() };
    let mut jobs = Vec::new();
    for (number, flags) in FLAGS.iter().enumerate() {
        for name in ["user", "true", "a1-b2"] {
            let line = format!("kube deploy {} {flags}", PLAIN.replace("-name user", &format!("-name {name}")));
            jobs.push(job(format!("kube/flags/{number}"), &line));
        }
    }
    for case in cases("ok").into_iter().filter(|case| case.command == "kube-deploy") {
        for line in case.lines.iter().filter(|line| !NOT_THEIRS.iter().any(|flag| line.contains(flag)) && !line.contains("-o - ")) {
            jobs.push(job(format!("kube-deploy/{}", case.name), line));
        }
    }
    jobs
}
