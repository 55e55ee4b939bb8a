//! What was asked for, to a spec: all that Kubernetes would refuse is told in one run, each with its flag and the rule.

mod amounts;
mod cron;
mod deploy;
mod job;
mod names;

pub(super) use deploy::deploy;
pub(super) use job::job;

use std::ops::RangeInclusive;

use super::request;
use super::spec::{PullPolicy, Resources, Workload};
use crate::diagnostic::flag::shown;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::image::Reference;
use crate::naming::nearest;
use names::{Kind, LABEL, SUBDOMAIN};

/// What all workloads have. `name` is checked by the kind of workload: what is called after it differs.
fn workload(asked: &request::Workload, report: &mut Report) -> Workload {
    checked_name("--namespace", &asked.namespace, LABEL, "", report);
    let given = |value: &String| (!value.is_empty()).then(|| value.clone());
    let (pull_secret, service_account) = (given(&asked.secret), given(&asked.service_account));
    for (flag, value) in [("--secret", &pull_secret), ("--serviceAccount", &service_account)] {
        if let Some(value) = value {
            checked_name(flag, value, SUBDOMAIN, "", report);
        }
    }
    image(&asked.image, report);
    let (cpu, memory) = (amounts::cpu(asked.cpu, report), amounts::memory(asked.memory, report));
    let pull_policy =
        given(&asked.pull_policy).and_then(|policy| choice("--imagePullPolicy", &policy, &PullPolicy::ALL, PullPolicy::as_str, report));
    Workload {
        name: asked.name.clone(),
        namespace: asked.namespace.clone(),
        image: asked.image.clone(),
        pull_policy,
        pull_secret,
        service_account,
        request: Resources { cpu: cpu.request, memory: memory.request },
        limit: Resources { cpu: cpu.limit, memory: memory.limit },
        is_restricted: asked.is_restricted,
    }
}

/// Reports a name that is none of its kind; `why` says where the kind comes from, if the flag alone does not.
fn checked_name(flag: &str, name: &str, kind: Kind, why: &str, report: &mut Report) {
    let Some(fault) = kind.fault(name) else { return };
    let near = kind.nearest(name).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
    report.push(wrong(format!("{}: it {fault}", shown(flag, name))).help(format!("{why}{kind}{near}")));
}

fn image(image: &str, report: &mut Report) {
    match Reference::parse(image) {
        Err(error) => report.push(wrong(format!("{} is no image: {error}", shown("--image", image)))),
        Ok(reference) => report.extend(reference.floating("--image", image)),
    }
}

/// What a flag chooses by its word; a word that is none of those it takes is reported.
fn choice<T: Copy>(flag: &str, value: &str, all: &[T], word: fn(T) -> &'static str, report: &mut Report) -> Option<T> {
    let words = || all.iter().map(|one| word(*one));
    let found = all.iter().copied().find(|one| word(*one) == value);
    if found.is_none() {
        let none = wrong(format!("{} is none of {}", shown(flag, value), words().collect::<Vec<_>>().join(", ")));
        report.push(match nearest(value, words()) {
            Some(near) => none.help(format!("did you mean `{near}`?")),
            None => none,
        });
    }
    found
}

/// A number in its range; one that is not is reported.
fn number(flag: &str, value: i64, range: RangeInclusive<u32>, what: &str, report: &mut Report) -> Option<u32> {
    let found = u32::try_from(value).ok().filter(|value| range.contains(value));
    if found.is_none() {
        let message = format!("{} is not {what}: {} to {}", shown(flag, &value.to_string()), range.start(), range.end());
        report.push(wrong(message));
    }
    found
}

/// What Kubernetes counts with: the greatest int32.
const MAX_COUNT: u32 = i32::MAX as u32;

fn wrong(message: String) -> Diagnostic {
    Diagnostic::error(Code::FlagValue, message)
}
