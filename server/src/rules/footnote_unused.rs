//! `footnote/unused`: a footnote's text has no mark.

use std::collections::BTreeSet;

use super::footnote_common::notes;
use super::{Finding, Input, Remedy, Rule, Scope, Severity};
use crate::syntax::TextEdit;

/// The rule.
pub const RULE: Rule = Rule {
    id: "footnote/unused",
    page: include_str!("../../../docs/rules/footnote-unused.md"),
    severity: Severity::Warning,
    scope: Scope::Document,
    check,
};

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    for notes in notes(&input.facts.document) {
        let mut used: BTreeSet<&str> = notes.marks.iter().map(|mark| mark.name.as_str()).collect();
        for text in &notes.texts {
            // A second text of the same name is told by `footnote/duplicate`.
            if !used.insert(&text.name) {
                continue;
            }
            let message =
                format!("Nothing in this resolution refers to footnote {0}. Put “[^{0}]” where it belongs.", text.name);
            let edit = TextEdit::replace(text.whole, "");
            let finding = Finding::new(RULE.id, RULE.severity, text.range, message);
            out.push(finding.fix("Remove this footnote", Remedy::Edits(vec![edit])));
        }
    }
}
