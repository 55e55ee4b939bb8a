//! A Deployment with its Service and its autoscaler.

use std::ops::RangeInclusive;

use super::names::SERVICE;
use super::{MAX_COUNT, checked_name, number, workload, wrong};
use crate::compat::Compat;
use crate::diagnostic::flag::shown;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::kube::request::Deploy;
use crate::kube::spec::{Deployment, Scaling};

/// The longest name: that of its Service, `<name>-svc`, has 63 characters.
const MAX_NAME: usize = 59;
/// How many there are where nothing is said, and how many more there may be (contract: cli-and-ops 7.1).
const REPLICAS: u32 = 3;
const MAX_REPLICAS: u32 = 10;
/// From here on every user may listen, unless a node was told otherwise. Source: Linux, `net.ipv4.ip_unprivileged_port_start`.
const UNPRIVILEGED: u16 = 1024;
const PORTS: RangeInclusive<u32> = 1..=65535;
/// Ports of nodes, where a cluster was not told otherwise. Source: Kubernetes, "Service", type NodePort.
const NODE_PORTS: RangeInclusive<u32> = 30000..=32767;

/// Checks what `kube deploy` was asked for; `None` where the report says why not.
pub(in crate::kube) fn deploy(asked: &Deploy, compat: Compat, report: &mut Report) -> Option<Deployment> {
    let name = &asked.workload.name;
    checked_name("--name", name, SERVICE.at_most(MAX_NAME), "its Service is called `<name>-svc`, which is ", report);
    let workload = workload(&asked.workload, report);
    let mut port = |flag, value| port_in(PORTS, flag, value, "a port", report);
    let port_of_service = port("--port", asked.port);
    let target_port = if asked.target_port == 0 { port_of_service } else { port("--targetPort", asked.target_port) };
    let nodes = "a port that nodes give away (Kubernetes, Service, type NodePort)";
    let node_port = if asked.node_port == 0 { None } else { port_in(NODE_PORTS, "--nodePort", asked.node_port, nodes, report) };
    let (replicas, scaling) = scaling(asked, compat, report);
    let revisions = number("--revisions", asked.revisions, 0..=MAX_COUNT, "a number of earlier versions", report);
    if report.has_errors() {
        return None;
    }
    if let Some(port) = target_port.filter(|port| workload.is_restricted && *port < UNPRIVILEGED) {
        let message = format!("`--restricted`: the program is to listen on {port}, which a user without capabilities may not everywhere");
        let help = "let it listen on a port from 1024 on, and give that with `--targetPort`";
        report.push(Diagnostic::warning(Code::FlagValue, message).help(help));
    }
    Some(Deployment { workload, port: port_of_service?, target_port: target_port?, node_port, replicas, scaling, revisions: revisions? })
}

fn port_in(range: RangeInclusive<u32>, flag: &str, value: i64, what: &str, report: &mut Report) -> Option<u16> {
    number(flag, value, range, what, report).and_then(|port| u16::try_from(port).ok())
}

/// How many there are at first, and how many there may be. A default gives way to what was given.
fn scaling(asked: &Deploy, compat: Compat, report: &mut Report) -> (u32, Scaling) {
    let mut given = |flag, value: Option<i64>| value.and_then(|value| number(flag, value, 1..=MAX_COUNT, "a number of Pods", report));
    let replicas = given("--replicas", asked.replicas);
    let [min, max] = [given("--minReplicas", asked.min_replicas), given("--maxReplicas", asked.max_replicas)];
    let at_first = replicas.unwrap_or(REPLICAS);
    if let (Some(min), Some(max)) = (min, max)
        && min > max
    {
        let [min, max] = [shown("--minReplicas", &min.to_string()), shown("--maxReplicas", &max.to_string())];
        report.push(wrong(format!("{min} is above {max}")));
    }
    let usual = min.unwrap_or_else(|| compat.min_replicas(at_first, REPLICAS));
    let scaling = Scaling { min: max.map_or(usual, |max| usual.min(max)), max: max.unwrap_or(usual.max(MAX_REPLICAS)) };
    if let Some(replicas) = replicas.filter(|replicas| !(scaling.min..=scaling.max).contains(replicas) && !report.has_errors()) {
        let Scaling { min, max } = scaling;
        let message = format!("{} has no effect: the autoscaler keeps {min} to {max}", shown("--replicas", &replicas.to_string()));
        report.push(Diagnostic::warning(Code::FlagValue, message));
    }
    (at_first, scaling)
}
