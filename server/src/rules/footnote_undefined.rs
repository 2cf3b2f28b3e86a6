//! `footnote/undefined`: a footnote mark has no text.

use std::collections::BTreeSet;

use super::footnote_common::notes;
use super::{Finding, Input, Remedy, Rule, Scope, Severity};
use crate::syntax::{ResolutionIndex, TextEdit, TextRange};

/// The rule.
pub const RULE: Rule = Rule {
    id: "footnote/undefined",
    page: include_str!("../../../docs/rules/footnote-undefined.md"),
    severity: Severity::Warning,
    scope: Scope::Document,
    check,
};

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    let document = &input.facts.document;
    for (index, notes) in notes(document).enumerate() {
        let mut known: BTreeSet<&str> = notes.texts.iter().map(|text| text.name.as_str()).collect();
        for mark in &notes.marks {
            // Told once, at the first mark.
            if !known.insert(&mark.name) {
                continue;
            }
            let message = format!("Footnote {0} has no text. Add a paragraph “[^{0}]: …”.", mark.name);
            let mut finding = Finding::new(RULE.id, RULE.severity, mark.range, message);
            let range = document.resolution(ResolutionIndex(index as u32)).paragraphs.clone();
            if let Some(last) = document.paragraphs.get(range).and_then(<[_]>::last) {
                let edit = TextEdit::replace(TextRange::empty(last.range.end()), format!("\n\n[^{}]: ", mark.name));
                finding = finding.fix("Add a text for this footnote at the end", Remedy::Edits(vec![edit]));
            }
            out.push(finding);
        }
    }
}
