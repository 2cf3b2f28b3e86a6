//! `citation/flattened`: an old and a new version are printed into one another.

use super::flattened::citations_among;
use super::{Finding, Input, Remedy, Rule, Scope, Severity};
use crate::syntax::TextEdit;

/// The rule.
pub const RULE: Rule = Rule {
    id: "citation/flattened",
    page: include_str!("../../../docs/rules/citation-flattened.md"),
    severity: Severity::Warning,
    scope: Scope::Document,
    check,
};

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    for (range, markup) in citations_among(input.text, &input.facts.document, input.flattened_citations()) {
        let words = input.text.get(std::ops::Range::<usize>::from(range)).unwrap_or_default();
        let message = format!(
            "“{words}” looks like two versions printed into one: a tracked change was lost when this text was copied. \
             Make it a tracked change again: {markup}"
        );
        let edits = vec![TextEdit::replace(range, markup)];
        let fix = "Make the old and the new version a tracked change again";
        out.push(Finding::new(RULE.id, RULE.severity, range, message).fix(fix, Remedy::Edits(edits)));
    }
}
