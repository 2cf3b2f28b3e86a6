//! `numbering/style`: a label is written otherwise than those of its list.

use super::numbering_common::report;
use super::{Finding, Input, Rule, Scope, Severity};
use crate::numbering::ProblemKind;

/// The rule.
pub const RULE: Rule = Rule {
    id: "numbering/style",
    page: include_str!("../../../docs/rules/numbering-style.md"),
    severity: Severity::Information,
    scope: Scope::Document,
    check,
};

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    let kind = (RULE.id, RULE.severity, ProblemKind::Style);
    report(
        input,
        kind,
        |problem| {
            format!(
                "“{}” is written in another way than the other labels of this list; here it would be “{}”.",
                problem.label, problem.expected
            )
        },
        "The list is written like this",
        out,
    );
}
