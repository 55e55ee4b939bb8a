//! How much a container asks for and may take. Source: Kubernetes, "Resource Management for Pods and Containers".

use super::{MAX_COUNT, number, wrong};
use crate::diagnostic::Report;
use crate::diagnostic::flag::shown;
use crate::kube::request::Amounts;

/// Both, checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Checked {
    pub request: u32,
    pub limit: u32,
}

/// The flags of a resource, and goctl's defaults (contract: cli-and-ops 7.1).
struct Resource {
    request: &'static str,
    limit: &'static str,
    /// What it is counted in.
    unit: &'static str,
    usual: Checked,
}

const CPU: Resource =
    Resource { request: "--requestCpu", limit: "--limitCpu", unit: "a number of millicores", usual: Checked { request: 500, limit: 1000 } };
const MEMORY: Resource =
    Resource { request: "--requestMem", limit: "--limitMem", unit: "a number of mebibytes", usual: Checked { request: 512, limit: 1024 } };

/// Processors, in thousandths.
pub(super) fn cpu(asked: Amounts, report: &mut Report) -> Checked {
    CPU.checked(asked, report)
}

/// Memory, in mebibytes.
pub(super) fn memory(asked: Amounts, report: &mut Report) -> Checked {
    MEMORY.checked(asked, report)
}

impl Resource {
    /// A default gives way to what was given: goctl's own pair beside it would be refused by the cluster.
    fn checked(&self, asked: Amounts, report: &mut Report) -> Checked {
        let mut given = |flag, value: Option<i64>| value.and_then(|value| number(flag, value, 1..=MAX_COUNT, self.unit, report));
        let (request, limit) = (given(self.request, asked.request), given(self.limit, asked.limit));
        if let (Some(request), Some(limit)) = (request, limit)
            && request > limit
        {
            let [request, limit] = [(self.request, request), (self.limit, limit)].map(|(flag, value)| shown(flag, &value.to_string()));
            let rule = "a container cannot ask for more than it may take (Kubernetes, Resource Management for Pods and Containers)";
            report.push(wrong(format!("{request} is above {limit}")).help(rule));
        }
        let usual = self.usual;
        Checked {
            request: request.unwrap_or_else(|| limit.map_or(usual.request, |limit| usual.request.min(limit))),
            limit: limit.unwrap_or_else(|| request.map_or(usual.limit, |request| usual.limit.max(request))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_give_way() {
        // (asked for, request and limit)
        let rows = [
            ((None, None), (500, 1000)),
            ((Some(200), None), (200, 1000)),
            ((Some(2000), None), (2000, 2000)),
            ((None, Some(300)), (300, 300)),
            ((None, Some(4000)), (500, 4000)),
            ((Some(200), Some(300)), (200, 300)),
        ];
        for ((request, limit), (expected_request, expected_limit)) in rows {
            let mut report = Report::new();
            let checked = cpu(Amounts { request, limit }, &mut report);
            assert_eq!(checked, Checked { request: expected_request, limit: expected_limit });
            assert!(!report.has_errors());
        }
    }
}
