//! `numbering/start`: a list does not begin at its beginning.

use super::numbering_common::report;
use super::{Finding, Input, Rule, Scope, Severity};
use crate::numbering::ProblemKind;

/// The rule.
pub const RULE: Rule = Rule {
    id: "numbering/start",
    page: include_str!("../../../docs/rules/numbering-start.md"),
    severity: Severity::Warning,
    scope: Scope::Document,
    check,
};

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    let kind = (RULE.id, RULE.severity, ProblemKind::Start);
    report(
        input,
        kind,
        |problem| format!("This list begins with “{}” instead of “{}”.", problem.label, problem.expected),
        "The clause before it",
        out,
    );
}
