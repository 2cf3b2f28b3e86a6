//! `proposal/mod-unchanged`: a text that is to be amended shows no change.

use super::proposal_common::{is_text, paragraphs, proposals, remark};
use super::{Finding, Input, Remedy, Rule, Scope, Severity, flattened};
use crate::drafting::changes;
use crate::syntax::{ProposalKind, TextRange};

/// The rule.
pub const RULE: Rule = Rule {
    id: "proposal/mod-unchanged",
    page: include_str!("../../../docs/rules/proposal-mod-unchanged.md"),
    severity: Severity::Warning,
    scope: Scope::Document,
    check,
};

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    let document = &input.facts.document;
    let mut lost: Option<Vec<TextRange>> = None;
    for (resolution, mark) in proposals(input, &[ProposalKind::Modify]) {
        // A text that is not there yet is not unchanged.
        if changes(document, resolution).next().is_some() || !paragraphs(document, resolution).iter().any(is_text) {
            continue;
        }
        // Changes that were printed into the text are found by rules of their own.
        let lost = lost.get_or_insert_with(|| flattened_changes(input));
        let range = document.resolution(resolution).range;
        if lost.iter().any(|place| range.contains_range(*place)) {
            continue;
        }
        let message = "MOD proposes an amendment, but no change is marked in this text. Mark what is new and what goes: {++new++}, {--old--}.";
        let mut finding = Finding::new(RULE.id, RULE.severity, mark.range, message);
        if let Some(edit) = remark(input, mark, "NOC") {
            finding = finding.fix("Propose no change: NOC", Remedy::Edits(vec![edit]));
        }
        out.push(finding);
    }
}

/// Where tracked changes were printed into the text.
fn flattened_changes(input: &Input<'_>) -> Vec<TextRange> {
    if !flattened::is_likely(input.text) {
        return Vec::new();
    }
    let document = &input.facts.document;
    let lists = flattened::lists(input.text, document).into_iter().map(|list| list.range);
    lists.chain(flattened::citations(input.text, document).into_iter().map(|(range, _)| range)).collect()
}
