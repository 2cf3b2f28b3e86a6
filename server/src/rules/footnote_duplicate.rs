//! `footnote/duplicate`: a footnote has two texts.

use std::collections::BTreeMap;

use super::footnote_common::{Note, notes};
use super::{Finding, Input, Place, Rule, Scope, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    id: "footnote/duplicate",
    page: include_str!("../../../docs/rules/footnote-duplicate.md"),
    severity: Severity::Warning,
    scope: Scope::Document,
    check,
};

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    for notes in notes(&input.facts.document) {
        let mut first: BTreeMap<&str, &Note> = BTreeMap::new();
        for text in &notes.texts {
            match first.get(text.name.as_str()) {
                None => {
                    first.insert(&text.name, text);
                }
                Some(other) => {
                    let message = format!("Footnote {} has a text already. Give this one another name.", text.name);
                    let finding = Finding::new(RULE.id, RULE.severity, text.range, message);
                    out.push(finding.related(Place::Here(other.whole), "The first text"));
                }
            }
        }
    }
}
