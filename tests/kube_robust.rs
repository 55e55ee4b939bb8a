//! `kube` from flags to YAML, in memory, over flags of any text: never a panic, and either errors or a manifest that says what
//! the flags say, read by a parser of YAML.

// Tests may fail loudly; what they share reads and writes real folders.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod support;

use std::collections::BTreeSet;

use ctl::compat::Compat;
use ctl::diagnostic::Report;
use ctl::kube::request::{Amounts, Deploy, Job, Workload};
use ctl::kube::{self, Target};
use ctl::plan::{Destination, RenderedFile, Root};
use ctl::render::Failure;
use ctl::render::home::Places;
use ctl::source::{Disk, Sources};
use serde_json::Value;
use support::Dice;

/// What YAML, a template or a shell gives a meaning, and what they do not.
const PIECES: [&str; 56] = [
    "a",
    "user",
    "true",
    "no",
    "null",
    "~",
    "1e3",
    "0x1f",
    "1_000",
    "0777",
    "12:30",
    "2024-01-01",
    ".inf",
    "=",
    "<<",
    "\n",
    "\r\n",
    "\t",
    " ",
    "  ",
    "\"",
    "'",
    "`",
    "\\",
    "{{",
    "}}",
    "{{.Name}}",
    "<$ name $>",
    "<% if x %>",
    "$(id)",
    "${HOME}",
    "#",
    " #",
    ": ",
    ":",
    "- ",
    "-",
    "---",
    "...",
    "&a",
    "*",
    "!",
    "!!str",
    "|",
    ">",
    "%",
    "@",
    "[",
    "{",
    ",",
    "\u{7f}",
    "\u{85}",
    "\u{2028}",
    "\u{feff}",
    "用户",
    "é",
];

fn text(dice: &mut Dice) -> String {
    (0..dice.roll(5)).map(|_| PIECES[dice.roll(PIECES.len())]).collect()
}

/// Most often one of those that are taken.
fn pick(dice: &mut Dice, taken: &[&str]) -> String {
    if dice.roll(12) == 0 { text(dice) } else { taken[dice.roll(taken.len())].to_owned() }
}

fn amount(dice: &mut Dice) -> Option<i64> {
    [None, None, None, Some(1), Some(500), Some(600), Some(2048), Some(0), Some(i64::MAX), Some(-1)][dice.roll(40).saturating_sub(30)]
}

fn workload(dice: &mut Dice) -> Workload {
    Workload {
        name: pick(dice, &["user", "true", "no", "null", "a-1", "e1", "y", "on"]),
        namespace: pick(dice, &["shop", "123", "1e3", "0x1f", "2024-01-01", "null", "off", "0-0"]),
        image: pick(dice, &["shop/user:1", "1:2", "null:1.0", "localhost:5000/a/b:v1", "user", "12:30", "0.1/a:1_0"]),
        pull_policy: pick(dice, &["", "Always", "IfNotPresent", "Never"]),
        secret: pick(dice, &["", "1.5", "a.b", "0x1f", "1e3.4", "true"]),
        service_account: pick(dice, &["", "123", "1.2.3", "null", "no"]),
        cpu: Amounts { request: amount(dice), limit: amount(dice) },
        memory: Amounts { request: amount(dice), limit: amount(dice) },
        is_restricted: dice.roll(2) == 0,
    }
}

fn deploy(dice: &mut Dice) -> Deploy {
    let port = |dice: &mut Dice| [80, 65535, 1, 8888, 0, -1, 65536, i64::MIN][dice.roll(32).saturating_sub(24)];
    Deploy {
        workload: workload(dice),
        port: port(dice),
        target_port: [0, 0, 9000, 70000][dice.roll(16).saturating_sub(12)],
        node_port: [0, 30000, 32767, 32768][dice.roll(16).saturating_sub(12)],
        replicas: amount(dice),
        min_replicas: amount(dice),
        max_replicas: amount(dice),
        revisions: 5,
    }
}

fn job(dice: &mut Dice) -> Job {
    let schedule = pick(dice, &["0 3 * * *", "*/5 * * * *", "@daily", "? ? ? ? ?", "0 0 1,15 jan mon-fri", "  1 2 3 4 5\t"]);
    let schedule = (dice.roll(2) == 0).then_some(schedule);
    let zone = schedule.is_some().then(|| pick(dice, &["Asia/Shanghai", "UTC", "Etc/GMT+8"]));
    let mut command: Vec<String> = (0..dice.roll(4)).map(|_| text(dice)).collect();
    if !command.is_empty() && dice.roll(8) > 0 {
        command.insert(0, format!("x{}", text(dice)));
    }
    let ttl = if schedule.is_none() { amount(dice) } else { None };
    Job { workload: workload(dice), command, backoff_limit: 3, deadline: amount(dice), ttl, schedule, time_zone: zone, ..Job::default() }
}

/// The documents of the manifest, or `None` where errors were told.
fn made(make: impl Fn(Target, &mut Sources, &mut Report) -> Result<Vec<RenderedFile>, Failure>) -> Option<Vec<Value>> {
    let (mut sources, mut report) = (Sources::new(Disk::memory([])), Report::new());
    let root = Root { dir: "/out".into(), shown: "out".to_owned() };
    let target = Target { output: Destination::File(root, "a.yaml".to_owned()), templates: Places::default(), compat: Compat::Ctl };
    match make(target, &mut sources, &mut report) {
        Ok(files) => {
            assert!(!report.has_errors());
            let text = files[0].body.text();
            let documents: Vec<Value> = text.split("\n---\n").map(|text| serde_saphyr::from_str(text).expect(text)).collect();
            let all: Vec<Value> = serde_saphyr::from_multiple(text).expect(text);
            assert_eq!(documents, all, "no text of the flags parts the documents");
            Some(all)
        }
        Err(failure) => {
            assert!(failure == Failure::Input && report.has_errors(), "{failure:?}");
            let told = report.render(&sources, false);
            assert!(!told.chars().any(|c| c.is_control() && c != '\n'), "{told:?}");
            None
        }
    }
}

/// Compares what is at a place of the document; an empty text is not there.
fn holds(document: &Value, place: &str, expected: impl Into<Value>) {
    let expected = expected.into();
    let found = document.pointer(place);
    if expected == "" { assert_eq!(found, None, "{place}") } else { assert_eq!(found, Some(&expected), "{place} of {document:#}") }
}

fn pod_holds(pod: &Value, asked: &Workload) {
    holds(pod, "/containers/0/name", asked.name.as_str());
    holds(pod, "/containers/0/image", asked.image.as_str());
    holds(pod, "/containers/0/imagePullPolicy", asked.pull_policy.as_str());
    holds(pod, "/imagePullSecrets/0/name", asked.secret.as_str());
    holds(pod, "/serviceAccountName", asked.service_account.as_str());
    assert_eq!(pod["containers"].as_array().unwrap().len(), 1);
    let names = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<BTreeSet<String>>();
    let mut known: BTreeSet<String> = ["terminationGracePeriodSeconds", "securityContext", "containers"].map(str::to_owned).into();
    known.extend((!asked.secret.is_empty()).then(|| "imagePullSecrets".to_owned()));
    known.extend((!asked.service_account.is_empty()).then(|| "serviceAccountName".to_owned()));
    known.extend(asked.is_restricted.then(|| "volumes".to_owned()));
    known.extend(pod.get("restartPolicy").map(|_| "restartPolicy".to_owned()));
    assert_eq!(names(pod), known, "no flag adds a field");
    let amount = |text: &Value| text.as_str().unwrap().trim_end_matches(char::is_alphabetic).parse::<u64>().unwrap();
    let resources = &pod["containers"][0]["resources"];
    for resource in ["cpu", "memory"] {
        assert!(amount(&resources["requests"][resource]) <= amount(&resources["limits"][resource]), "{resources}");
    }
}

const ROUNDS: usize = if cfg!(debug_assertions) { 4_000 } else { 40_000 };

#[test]
fn a_deployment_says_what_the_flags_say() {
    let mut dice = Dice(0x6b75_6265_0000_0001);
    let mut count = 0;
    for _ in 0..ROUNDS {
        let asked = deploy(&mut dice);
        let Some(documents) = made(|target, sources, report| kube::deploy(&asked, target, sources, report)) else { continue };
        count += 1;
        let [deployment, service, autoscaler] = documents.as_slice() else { panic!("{documents:#?}") };
        let name = &asked.workload.name;
        for (document, ending) in [(deployment, ""), (service, "-svc"), (autoscaler, "-hpa-c")] {
            holds(document, "/metadata/name", format!("{name}{ending}"));
            holds(document, "/metadata/namespace", asked.workload.namespace.as_str());
            holds(document, "/metadata/labels/app", name.as_str());
        }
        for place in ["/spec/selector/matchLabels/app", "/spec/template/metadata/labels/app"] {
            holds(deployment, place, name.as_str());
        }
        holds(service, "/spec/selector/app", name.as_str());
        holds(autoscaler, "/spec/scaleTargetRef/name", name.as_str());
        holds(service, "/spec/ports/0/port", asked.port);
        let target = if asked.target_port == 0 { asked.port } else { asked.target_port };
        let container = &deployment["spec"]["template"]["spec"]["containers"][0];
        for place in ["/ports/0/containerPort", "/readinessProbe/tcpSocket/port", "/livenessProbe/tcpSocket/port"] {
            holds(container, place, target);
        }
        holds(service, "/spec/ports/0/targetPort", target);
        let scaling = &autoscaler["spec"];
        assert!(scaling["minReplicas"].as_u64() <= scaling["maxReplicas"].as_u64(), "{scaling}");
        pod_holds(&deployment["spec"]["template"]["spec"], &asked.workload);
    }
    assert!(count > ROUNDS / 8, "only {count} of {ROUNDS} are taken");
}

#[test]
fn a_job_says_what_the_flags_say() {
    let mut dice = Dice(0x6b75_6265_0000_0002);
    let mut count = 0;
    for _ in 0..ROUNDS {
        let asked = job(&mut dice);
        let Some(documents) = made(|target, sources, report| kube::job(&asked, target, sources, report)) else { continue };
        count += 1;
        let [document] = documents.as_slice() else { panic!("{documents:#?}") };
        holds(document, "/kind", if asked.schedule.is_some() { "CronJob" } else { "Job" });
        holds(document, "/metadata/name", asked.workload.name.as_str());
        holds(document, "/metadata/namespace", asked.workload.namespace.as_str());
        let spec = if let Some(schedule) = &asked.schedule {
            holds(document, "/spec/schedule", schedule.as_str());
            holds(document, "/spec/timeZone", asked.time_zone.as_deref().unwrap_or_default());
            &document["spec"]["jobTemplate"]["spec"]
        } else {
            &document["spec"]
        };
        for (place, seconds) in [("activeDeadlineSeconds", asked.deadline), ("ttlSecondsAfterFinished", asked.ttl)] {
            assert_eq!(spec[place].as_i64(), seconds, "{place}");
        }
        let pod = &spec["template"]["spec"];
        let words: Vec<&str> =
            pod["containers"][0]["command"].as_array().into_iter().flatten().map(|word| word.as_str().expect("a text")).collect();
        assert_eq!(words, asked.command);
        pod_holds(pod, &asked.workload);
    }
    assert!(count > ROUNDS / 8, "only {count} of {ROUNDS} are taken");
}

/// What both templates say of a pod, each in its own words, is the same: a change of one is to be made in the other.
#[test]
fn pods_of_a_deployment_and_of_a_job_are_the_same() {
    let mut dice = Dice(0x6b75_6265_0000_0003);
    let mut count = [0, 0];
    for _ in 0..ROUNDS / 8 {
        let workload = workload(&mut dice);
        let (restricted, [deploy, job]) = (usize::from(workload.is_restricted), [workload.clone(), workload]);
        let deploy = Deploy { workload: deploy, port: 80, ..Deploy::default() };
        let job = Job { workload: job, ..Job::default() };
        let deployments = made(|target, sources, report| kube::deploy(&deploy, target, sources, report));
        let jobs = made(|target, sources, report| kube::job(&job, target, sources, report));
        let (Some(mut deployments), Some(mut jobs)) = (deployments, jobs) else { continue };
        count[restricted] += 1;
        let mut pods = [&mut deployments[0], &mut jobs[0]].map(|document| document["spec"]["template"]["spec"].take());
        let mut taken = |at: usize, place: &str, name: &str| pods[at].pointer_mut(place).unwrap().as_object_mut().unwrap().remove(name);
        // A Deployment is asked over the network, a Job ends.
        let of_one = ["ports", "readinessProbe", "livenessProbe"].map(|name| taken(0, "/containers/0", name).is_some());
        assert!(of_one.into_iter().all(|there| there) && taken(1, "", "restartPolicy").is_some());
        assert_eq!(pods[0], pods[1]);
    }
    assert!(count.iter().all(|count| *count > ROUNDS / 64), "only {count:?} of {} are taken", ROUNDS / 8);
}
