//! `proposal/noc-changes`: a text that is to stay as it is shows tracked changes.

use super::proposal_common::{proposals, remark};
use super::{Finding, Input, Place, Remedy, Rule, Scope, Severity};
use crate::drafting::{changes, settle};
use crate::syntax::{ProposalKind, Side};

/// The rule.
pub const RULE: Rule = Rule {
    id: "proposal/noc-changes",
    page: include_str!("../../../docs/rules/proposal-noc-changes.md"),
    severity: Severity::Warning,
    scope: Scope::Document,
    check,
};

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    let document = &input.facts.document;
    for (resolution, mark) in proposals(input, &[ProposalKind::NoChange]) {
        let Some(first) = changes(document, resolution).next() else { continue };
        let message = "NOC proposes no change, but this text is changed. Use MOD to amend it, or reject the changes.";
        let mut finding = Finding::new(RULE.id, RULE.severity, mark.range, message)
            .related(Place::Here(first.range), "The first change");
        if let Some(edit) = remark(input, mark, "MOD") {
            finding = finding.fix("Propose an amendment: MOD", Remedy::Edits(vec![edit]));
        }
        let reject = Remedy::Edits(settle(input.text, document, resolution, Side::InForce));
        out.push(finding.fix("Reject all changes of this resolution", reject));
    }
}
