//! `numbering/order`: a clause stands where its number or letter does not belong.

use super::numbering_common::report;
use super::{Finding, Input, Rule, Scope, Severity};
use crate::numbering::ProblemKind;

/// The rule.
pub const RULE: Rule = Rule {
    id: "numbering/order",
    page: include_str!("../../../docs/rules/numbering-order.md"),
    severity: Severity::Warning,
    scope: Scope::Document,
    check,
};

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    let kind = (RULE.id, RULE.severity, ProblemKind::Order);
    report(
        input,
        kind,
        |problem| {
            format!(
                "“{}” is out of order; “{}” is due here. Move the clause, or renumber the list.",
                problem.label, problem.expected
            )
        },
        "The clause before it",
        out,
    );
}
