//! `numbering/lone`: a list of one clause.

use std::collections::HashSet;

use super::numbering_odd::{Odd, is_of_body, report, typed};
use super::{Finding, Fix, Input, Remedy, Rule, Scope, Severity};
use crate::numbering::{List, is_elided, is_heading, is_typed};
use crate::syntax::{ParagraphIndex, ParagraphKind, Side, TextEdit, TextRange, TextSize};

/// The rule.
pub const RULE: Rule = Rule {
    id: "numbering/lone",
    page: include_str!("../../../docs/rules/numbering-lone.md"),
    severity: Severity::Hint,
    scope: Scope::Document,
    check,
};

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    report(input, &RULE, |side| find(input, side), out);
}

fn find(input: &Input<'_>, side: Side) -> Vec<Odd> {
    let lists = input.lists(side);
    let continued: HashSet<usize> = lists.iter().filter_map(|list| list.continues).collect();
    lists
        .iter()
        .enumerate()
        .filter(|(index, list)| !continued.contains(index) && is_lone(input, list, side))
        .filter_map(|(_, list)| {
            let clause = list.items.first()?.paragraph;
            let label = typed(input, clause, side);
            let message = format!(
                "“{label}” is the only label of its list. Leave it out, or give the clauses that follow theirs."
            );
            Some(Odd { paragraph: clause, message, related: None, fixes: without(input, clause).into_iter().collect() })
        })
        .collect()
}

fn is_lone(input: &Input<'_>, list: &List, side: Side) -> bool {
    let document = &input.facts.document;
    let [item] = list.items.as_slice() else { return false };
    let paragraph = document.paragraph(item.paragraph);
    let next = ParagraphIndex(item.paragraph.0.saturating_add(1));
    let end = document.section(list.section).paragraphs.end.try_into().unwrap_or(u32::MAX);
    // What has no more than a label is still being typed.
    let empty = paragraph.views[side].text.trim().is_empty();
    is_of_body(input, list)
        && item.label.rank() == (1, 0)
        && list.continues.is_none()
        && !empty
        // Flush with the clause before it, it may be a slip for the next label of that one's list.
        && list.depth == 0
        && !is_heading(paragraph, side)
        && !is_typed(document, &item.label.successor(), item.paragraph, next, side)
        && !is_elided(document, next, ParagraphIndex(end), side)
        && list.parent.is_none_or(|parent| {
            let parent = document.paragraph(parent);
            let words = parent.views[side].text.trim_end();
            parent.kind == ParagraphKind::Clause && !words.ends_with(['.', '。', '!', '?'])
        })
}

/// The fix that takes the label away. Where changes are tracked the drafter does that, for the change has to be tracked.
fn without(input: &Input<'_>, clause: ParagraphIndex) -> Option<Fix> {
    let document = &input.facts.document;
    let paragraph = document.paragraph(clause);
    let label = paragraph.label.as_ref().filter(|_| !input.is_tracked(paragraph.resolution))?;
    let behind = input.text.get(usize::from(label.range.end())..)?;
    let space = behind.len() - behind.trim_start_matches([' ', '\t', '\u{3000}']).len();
    let end = label.range.end() + TextSize::new(u32::try_from(space).ok()?);
    let edit = TextEdit::replace(TextRange::new(label.range.start(), end), "");
    Some(Fix { title: "Leave the label out".to_owned(), remedy: Remedy::Edits(vec![edit]), certain: false })
}
