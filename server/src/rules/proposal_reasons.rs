//! `proposal/reasons`: a proposal says not why.

use super::proposal_common::{paragraphs, proposals};
use super::{Finding, Input, Remedy, Rule, Scope, Severity};
use crate::syntax::{Language, ParagraphKind, ProposalKind, ResolutionIndex, TextEdit, TextRange};

/// The rule.
pub const RULE: Rule = Rule {
    id: "proposal/reasons",
    page: include_str!("../../../docs/rules/proposal-reasons.md"),
    severity: Severity::Hint,
    scope: Scope::Document,
    check,
};

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    let document = &input.facts.document;
    let kinds = [ProposalKind::Modify, ProposalKind::Add, ProposalKind::Suppress];
    for (resolution, mark) in proposals(input, &kinds) {
        let paragraphs = paragraphs(document, resolution);
        // Behind a mark without anything a proposal is only begun.
        if paragraphs.is_empty() || paragraphs.iter().any(|paragraph| paragraph.kind == ParagraphKind::Reasons) {
            continue;
        }
        let word = reasons(language(input, resolution));
        let message = format!("This proposal gives no reasons. Add them below its text: “{word}”");
        let mut finding = Finding::new(RULE.id, RULE.severity, mark.range, message);
        let last = paragraphs.iter().rev().find(|paragraph| paragraph.kind != ParagraphKind::Footnote);
        if let Some(last) = last {
            let edit = TextEdit::replace(TextRange::empty(last.range.end()), format!("\n\n{word}"));
            finding = finding.fix(format!("Add “{}” below the text", word.trim_end()), Remedy::Edits(vec![edit]));
        }
        out.push(finding);
    }
}

fn language(input: &Input<'_>, resolution: ResolutionIndex) -> Language {
    let own = || input.facts.identities.iter().find(|identity| identity.resolution == resolution)?.language;
    let guess = || {
        let range = input.facts.document.resolution(resolution).range;
        Language::guess(input.text.get(std::ops::Range::<usize>::from(range))?)
    };
    own().or_else(guess).unwrap_or(Language::En)
}

/// The words that reasons begin with, as the markup knows them.
fn reasons(language: Language) -> &'static str {
    match language {
        Language::En => "Reasons: ",
        Language::Fr => "Motifs : ",
        Language::Es => "Motivos: ",
        Language::Ru => "Основания: ",
        Language::Zh => "理由：",
        Language::Ar => "الأسباب: ",
    }
}
