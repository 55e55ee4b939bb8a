//! A Job, or a CronJob where there is a schedule.

use super::names::LABEL;
use super::{MAX_COUNT, checked_name, choice, cron, number, workload, wrong};
use crate::diagnostic::flag::shown;
use crate::diagnostic::{Diagnostic, Report, Severity};
use crate::kube::request;
use crate::kube::spec::{Concurrency, Job, Schedule, When};
use crate::time_zone;

/// The longest name of a CronJob: those of its Jobs have eleven characters more. Source: Kubernetes, "CronJob".
const MAX_CRON_NAME: usize = 52;
/// Of the Jobs that a CronJob made, so many are kept. Source: Kubernetes, "CronJob", whose defaults they are.
const SUCCESSFUL: u32 = 3;
const FAILED: u32 = 1;

/// Checks what `kube job` was asked for; `None` where the report says why not.
pub(in crate::kube) fn job(asked: &request::Job, report: &mut Report) -> Option<Job> {
    let name = &asked.workload.name;
    match asked.schedule {
        Some(_) => checked_name("--name", name, LABEL.at_most(MAX_CRON_NAME), "its Jobs are called after it, and it is ", report),
        None => checked_name("--name", name, LABEL, "", report),
    }
    let workload = workload(&asked.workload, report);
    if asked.command.first().is_some_and(String::is_empty) {
        report.push(wrong(format!("{}: the first word is the program, and is empty", shown("--command", ""))));
    }
    let mut seconds = |flag, value: Option<i64>, least| {
        let number = |value| number(flag, value, least..=MAX_COUNT, "a number of seconds", report);
        value.and_then(number)
    };
    let (deadline, ttl) = (seconds("--deadline", asked.deadline, 1), seconds("--ttl", asked.ttl, 0));
    let retries = number("--backoffLimit", asked.backoff_limit, 0..=MAX_COUNT, "a number of further tries", report);
    let when = match &asked.schedule {
        Some(schedule) => When::Scheduled(self::schedule(schedule, asked, report)),
        None => {
            once(asked, report);
            When::Once { ttl }
        }
    };
    if report.has_errors() {
        return None;
    }
    Some(Job { workload, command: asked.command.clone(), retries: retries?, deadline, when })
}

/// Reports the flags that only a schedule gives a sense.
fn once(asked: &request::Job, report: &mut Report) {
    let text = |value: &Option<String>| value.clone();
    let count = |value: Option<i64>| value.map(|value| value.to_string());
    let flags = [
        ("--tz", text(&asked.time_zone)),
        ("--concurrencyPolicy", text(&asked.concurrency_policy)),
        ("--successfulJobsHistoryLimit", count(asked.successful_jobs)),
        ("--failedJobsHistoryLimit", count(asked.failed_jobs)),
    ];
    for (flag, value) in flags {
        if let Some(value) = value {
            let help = "with `--schedule` it is a CronJob, which has it";
            report.push(wrong(format!("{}: a Job runs once, and has nothing of the kind", shown(flag, &value))).help(help));
        }
    }
}

fn schedule(schedule: &str, asked: &request::Job, report: &mut Report) -> Schedule {
    if let Some(ttl) = asked.ttl {
        let help = "a CronJob removes its Jobs by number: `--successfulJobsHistoryLimit`, `--failedJobsHistoryLimit`";
        report.push(wrong(format!("{} does not go with `--schedule`", shown("--ttl", &ttl.to_string()))).help(help));
    }
    for mistake in cron::mistakes(schedule) {
        let severity = if mistake.is_taken { Severity::Warning } else { Severity::Error };
        let found = Diagnostic { severity, ..wrong(format!("{}: {}", shown("--schedule", schedule), mistake.what)) };
        report.push(match mistake.help {
            Some(help) => found.help(help),
            None => found,
        });
    }
    if let Some((zone, help)) = asked.time_zone.as_ref().and_then(|zone| Some((zone, time_zone::help(zone)?))) {
        report.push(wrong(format!("{} {}", shown("--tz", zone), time_zone::UNKNOWN)).help(help));
    }
    let policy = asked.concurrency_policy.as_deref();
    let concurrency = policy.and_then(|policy| choice("--concurrencyPolicy", policy, &Concurrency::ALL, Concurrency::as_str, report));
    let mut kept = |flag, value: Option<i64>, usual| {
        value.map_or(Some(usual), |value| number(flag, value, 0..=MAX_COUNT, "a number of Jobs", report)).unwrap_or(usual)
    };
    let successful = kept("--successfulJobsHistoryLimit", asked.successful_jobs, SUCCESSFUL);
    let failed = kept("--failedJobsHistoryLimit", asked.failed_jobs, FAILED);
    let (cron, time_zone) = (schedule.to_owned(), asked.time_zone.clone());
    Schedule { cron, time_zone, concurrency: concurrency.unwrap_or_default(), successful, failed }
}
