//! `drafting/tracked-change`: tracked changes are left in a final text.

use super::{Finding, Input, Remedy, Rule, Scope, Severity};
use crate::drafting::{changes, settle};
use crate::syntax::{ResolutionIndex, Side};

/// The rule.
pub const RULE: Rule = Rule {
    id: "drafting/tracked-change",
    page: include_str!("../../../docs/rules/drafting-tracked-change.md"),
    severity: Severity::Warning,
    scope: Scope::Document,
    check,
};

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    if !input.config.is_final {
        return;
    }
    let document = &input.facts.document;
    for index in 0..document.resolutions.len() {
        let resolution = ResolutionIndex(index as u32);
        let mut all = changes(document, resolution);
        let Some(first) = all.next() else { continue };
        let message = match all.count() {
            0 => "This text is final, and a tracked change is left in it. Accept or reject it.".to_owned(),
            more => format!(
                "This text is final, and {} tracked changes are left in this resolution. Accept or reject them.",
                more + 1
            ),
        };
        let edits = |side| Remedy::Edits(settle(input.text, document, resolution, side));
        out.push(
            Finding::new(RULE.id, RULE.severity, first.range, message)
                .fix("Accept all changes of this resolution", edits(Side::Amended))
                .fix("Reject all changes of this resolution", edits(Side::InForce)),
        );
    }
}
