//! `markup/unclosed-change`: a tracked change or a comment begins and does not end in its paragraph.

use super::{Finding, Input, Rule, Scope, Severity};
use crate::syntax::SyntaxProblemKind;

/// The rule.
pub const RULE: Rule = Rule {
    id: "markup/unclosed-change",
    page: include_str!("../../../docs/rules/markup-unclosed-change.md"),
    severity: Severity::Warning,
    scope: Scope::Document,
    check,
};

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    let unclosed = |kind| kind == SyntaxProblemKind::UnclosedChange;
    for problem in input.facts.document.problems.iter().filter(|problem| unclosed(problem.kind)) {
        let sigil = input.text.get(usize::from(problem.range.start())..usize::from(problem.range.end())).unwrap_or("{");
        let (what, end) = match sigil.get(..3) {
            Some("{--") => ("deletion", "--}"),
            Some("{~~") => ("substitution", "~~}"),
            Some("{>>") => ("comment", "<<}"),
            _ => ("insertion", "++}"),
        };
        let message =
            format!("This {what} has no end in its paragraph. Type “{end}” where it ends; each paragraph has its own.");
        out.push(Finding::new(RULE.id, RULE.severity, problem.range, message));
    }
}
