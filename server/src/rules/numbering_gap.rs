//! `numbering/gap`: a number or letter is left out.

use super::numbering_common::report;
use super::{Finding, Input, Rule, Scope, Severity};
use crate::numbering::ProblemKind;

/// The rule.
pub const RULE: Rule = Rule {
    id: "numbering/gap",
    page: include_str!("../../../docs/rules/numbering-gap.md"),
    severity: Severity::Warning,
    scope: Scope::Document,
    check,
};

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    let kind = (RULE.id, RULE.severity, ProblemKind::Gap);
    report(
        input,
        kind,
        |problem| {
            let missing = match &problem.missing_to {
                Some(last) => format!("“{}” to “{last}” are missing", problem.expected),
                None => format!("“{}” is missing", problem.expected),
            };
            format!("{missing} before “{}”. Add what is missing, or renumber the list.", problem.label)
        },
        "The clause before it",
        out,
    );
}
