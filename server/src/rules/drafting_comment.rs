//! `drafting/comment`: a comment is left in a final text.

use std::collections::BTreeSet;

use super::{Finding, Input, Remedy, Rule, Scope, Severity};
use crate::syntax::{ChangeKind, TextEdit, TextSize};

/// The rule.
pub const RULE: Rule = Rule {
    id: "drafting/comment",
    page: include_str!("../../../docs/rules/drafting-comment.md"),
    severity: Severity::Warning,
    scope: Scope::Document,
    check,
};

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    if !input.config.is_final {
        return;
    }
    // An excuse, `allow numbering/gap: …`, is for Resmark to read and stays.
    let excuses: BTreeSet<TextSize> = input.facts.excuses.iter().map(|excuse| excuse.range.start()).collect();
    let changes = input.facts.document.paragraphs.iter().flat_map(|paragraph| &paragraph.changes);
    for change in changes {
        if change.kind != ChangeKind::Comment || excuses.contains(&change.range.start()) {
            continue;
        }
        let message = "This text is final, and a comment is left in it. Settle it and take it out.";
        let mut finding = Finding::new(RULE.id, RULE.severity, change.range, message);
        finding = finding.fix("Remove the comment", Remedy::Edits(vec![TextEdit::replace(change.range, "")]));
        out.push(finding);
    }
}
