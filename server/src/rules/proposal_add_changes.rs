//! `proposal/add-changes`: a new text shows tracked changes.

use super::proposal_common::{proposals, remark};
use super::{Finding, Input, Remedy, Rule, Scope, Severity};
use crate::drafting::{changes, settle};
use crate::syntax::{ChangeKind, ProposalKind, Side};

/// The rule.
pub const RULE: Rule = Rule {
    id: "proposal/add-changes",
    page: include_str!("../../../docs/rules/proposal-add-changes.md"),
    severity: Severity::Information,
    scope: Scope::Document,
    check,
};

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    let document = &input.facts.document;
    for (resolution, mark) in proposals(input, &[ProposalKind::Add]) {
        let mut changes = changes(document, resolution).peekable();
        if changes.peek().is_none() {
            continue;
        }
        let insertions_only = changes.all(|change| change.kind == ChangeKind::Insertion);
        let accept = Remedy::Edits(settle(input.text, document, resolution, Side::Amended));
        let title = "Accept all changes of this resolution";
        let finding = if insertions_only {
            let message =
                "ADD proposes a new text: all of it is new, and nothing in it needs to be marked as inserted.";
            Finding::new(RULE.id, RULE.severity, mark.range, message).sure_fix(title, accept)
        } else {
            let message = "ADD proposes a new text, but this one changes words of another. Use MOD to amend a text, or accept the changes.";
            let mut finding = Finding::new(RULE.id, RULE.severity, mark.range, message);
            if let Some(edit) = remark(input, mark, "MOD") {
                finding = finding.fix("Propose an amendment: MOD", Remedy::Edits(vec![edit]));
            }
            finding.fix(title, accept)
        };
        out.push(finding);
    }
}
