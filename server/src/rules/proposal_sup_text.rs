//! `proposal/sup-text`: a resolution that is to be abrogated is quoted.

use super::proposal_common::{is_text, paragraphs, proposals};
use super::{Finding, Input, Place, Remedy, Rule, Scope, Severity};
use crate::syntax::{ParagraphKind, ProposalKind, ResolutionIndex, TextEdit, TextRange};

/// The rule.
pub const RULE: Rule = Rule {
    id: "proposal/sup-text",
    page: include_str!("../../../docs/rules/proposal-sup-text.md"),
    severity: Severity::Warning,
    scope: Scope::Document,
    check,
};

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    let document = &input.facts.document;
    for (resolution, mark) in proposals(input, &[ProposalKind::Suppress]) {
        let Some(first) = paragraphs(document, resolution).iter().find(|paragraph| is_text(paragraph)) else {
            continue;
        };
        let message =
            "SUP proposes to abrogate a resolution: only its title and the reasons belong here, not its text.";
        let mut finding = Finding::new(RULE.id, RULE.severity, mark.range, message)
            .related(Place::Here(first.range), "The text begins here");
        if let Some(text) = quoted(input, resolution) {
            finding = finding
                .fix("Remove the text, keep title and reasons", Remedy::Edits(vec![TextEdit::replace(text, "")]));
        }
        out.push(finding);
    }
}

/// The text behind the title and before the reasons, with the space behind it.
fn quoted(input: &Input<'_>, resolution: ResolutionIndex) -> Option<TextRange> {
    let document = &input.facts.document;
    let paragraphs = paragraphs(document, resolution);
    let is_head = |kind| matches!(kind, ParagraphKind::Title | ParagraphKind::Subject);
    let first = paragraphs.iter().find(|paragraph| !is_head(paragraph.kind))?;
    let reasons = paragraphs.iter().find(|paragraph| paragraph.kind == ParagraphKind::Reasons);
    let end = reasons.map_or(document.resolution(resolution).range.end(), |reasons| reasons.range.start());
    (first.range.start() < end).then(|| TextRange::new(first.range.start(), end))
}
