//! `numbering/duplicate`: a number or letter is used twice in a list.

use super::numbering_common::report;
use super::{Finding, Input, Rule, Scope, Severity};
use crate::numbering::ProblemKind;

/// The rule.
pub const RULE: Rule = Rule {
    id: "numbering/duplicate",
    page: include_str!("../../../docs/rules/numbering-duplicate.md"),
    severity: Severity::Warning,
    scope: Scope::Document,
    check,
};

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    let kind = (RULE.id, RULE.severity, ProblemKind::Duplicate);
    report(
        input,
        kind,
        |problem| format!("“{}” is used twice in this list; “{}” is due here.", problem.label, problem.expected),
        "The same label is here already",
        out,
    );
}
