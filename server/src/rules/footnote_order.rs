//! `footnote/order`: footnotes are not numbered in the order in which they are mentioned.

use std::collections::{BTreeMap, BTreeSet};

use super::footnote_common::{Note, Notes, notes};
use super::{Finding, Input, Remedy, Rule, Scope, Severity};
use crate::syntax::{ResolutionIndex, TextEdit};

/// The rule.
pub const RULE: Rule = Rule {
    id: "footnote/order",
    page: include_str!("../../../docs/rules/footnote-order.md"),
    severity: Severity::Information,
    scope: Scope::Document,
    check,
};

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    for (index, notes) in notes(&input.facts.document).enumerate() {
        // The numbers in the order of their first mention.
        let mut numbers: Vec<(u32, &Note)> = Vec::new();
        let mut seen = BTreeMap::new();
        for mark in &notes.marks {
            let Some(number) = mark.number() else { continue };
            if seen.insert(number, mark).is_none() {
                numbers.push((number, mark));
            }
        }
        let wrong = numbers.windows(2).find_map(|pair| match pair {
            [(before, _), (number, mark)] if number < before => Some((*before, *number, *mark)),
            _ => None,
        });
        let Some((before, number, mark)) = wrong else { continue };
        let message =
            format!("Footnote {number} is mentioned behind footnote {before}. Number the footnotes in their order.");
        let mut finding = Finding::new(RULE.id, RULE.severity, mark.range, message);
        // In a proposal the numbers of the text in force stay what they are.
        if !input.is_tracked(ResolutionIndex(index as u32)) {
            let order: Vec<u32> = numbers.iter().map(|(number, _)| *number).collect();
            finding = finding.fix("Number the footnotes in their order", Remedy::Edits(renumber(&notes, &order)));
        }
        out.push(finding);
    }
}

/// The edits that give the footnotes the same numbers in their order; those that no mark mentions come last.
fn renumber(notes: &Notes, order: &[u32]) -> Vec<TextEdit> {
    let mentioned: BTreeSet<u32> = order.iter().copied().collect();
    let texts: BTreeSet<u32> = notes.texts.iter().filter_map(Note::number).collect();
    let unused: Vec<u32> = texts.difference(&mentioned).copied().collect();
    let all = || order.iter().chain(&unused).copied();
    let mut numbers: Vec<u32> = all().collect();
    numbers.sort_unstable();
    let new: BTreeMap<u32, u32> = all().zip(numbers).collect();
    let edit = |note: &Note| {
        let number = note.number()?;
        let new = new.get(&number).filter(|new| **new != number)?;
        Some(TextEdit::replace(note.name_range(), new.to_string()))
    };
    notes.marks.iter().chain(&notes.texts).filter_map(edit).collect()
}
