//! `numbering/indentation`: clauses of a list stand at different columns, or sub-clauses are set flush with the clause
//! that they are of.

use std::collections::{HashMap, HashSet};

use super::numbering_odd::{Odd, report, typed};
use super::{Finding, Fix, Input, Remedy, Rule, Scope, Severity};
use crate::numbering::{List, is_heading};
use crate::syntax::{ParagraphIndex, Side, TextEdit, TextRange, TextSize};

/// The rule.
pub const RULE: Rule = Rule {
    id: "numbering/indentation",
    page: include_str!("../../../docs/rules/numbering-indentation.md"),
    severity: Severity::Hint,
    scope: Scope::Document,
    check,
};

/// Columns by which a sub-clause is set in, as formatting does it.
const STEP: u32 = 3;

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    report(input, &RULE, |side| find(input, side), out);
}

fn find(input: &Input<'_>, side: Side) -> Vec<Odd> {
    let lists = input.lists(side);
    lists
        .iter()
        .filter(|list| is_read_as_clauses(input, list, side))
        .filter_map(|list| flush(input, list, lists, side).or_else(|| uneven(input, list, side)))
        .collect()
}

/// Whether a list is one of clauses: annexes, reports and headings have their own layout.
fn is_read_as_clauses(input: &Input<'_>, list: &List, side: Side) -> bool {
    let document = &input.facts.document;
    document.section(list.section).division.is_none()
        && !list.torn
        && list.items.len() > 1
        && list
            .items
            .iter()
            .all(|item| item.label.path.is_empty() && !is_heading(document.paragraph(item.paragraph), side))
}

/// Sub-clauses that stand at the column of their clause.
fn flush(input: &Input<'_>, list: &List, lists: &[List], side: Side) -> Option<Odd> {
    let document = &input.facts.document;
    let parent = list.parent.filter(|_| list.depth > 0)?;
    let column = document.paragraph(parent).indent;
    let is_flush = |paragraph: ParagraphIndex| document.paragraph(paragraph).indent <= column + 1;
    if !list.items.iter().all(|item| is_flush(item.paragraph)) {
        return None;
    }
    let outer = lists.iter().find(|outer| outer.items.iter().any(|item| item.paragraph == parent))?;
    let (first, last) = (list.items.first()?, list.items.last()?);
    // Another count, announced by a colon or with the outer list going on behind it: nothing else can be meant.
    let announced = document.paragraph(parent).views[side].text.trim_end().ends_with([':', '：']);
    let goes_on = outer.items.iter().any(|item| item.paragraph > last.paragraph);
    let certain =
        !outer.style.numeral.same_kind(list.style.numeral) && first.label.rank() == (1, 0) && (announced || goes_on);
    if !certain || !is_read_as_clauses(input, outer, side) {
        return None;
    }
    let depth = u32::try_from(list.depth).unwrap_or(1);
    let base = column.saturating_sub(STEP * (depth - 1).min(column / STEP));
    let target = base + STEP * depth;
    let moves: Vec<(ParagraphIndex, u32)> = list.items.iter().map(|item| (item.paragraph, target)).collect();
    let message = format!(
        "“{}” is a sub-clause of “{}” and stands at the same column. Set the list in.",
        typed(input, first.paragraph, side),
        typed(input, parent, side)
    );
    let fixes = fix(input, &moves, "Set this list in").into_iter().collect();
    Some(Odd { paragraph: first.paragraph, message, related: Some((parent, "The clause that it is of")), fixes })
}

/// Clauses of one list at different columns.
fn uneven(input: &Input<'_>, list: &List, side: Side) -> Option<Odd> {
    let document = &input.facts.document;
    let column = |paragraph: ParagraphIndex| document.paragraph(paragraph).indent;
    let first = list.items.first()?;
    if list.items.iter().all(|item| column(item.paragraph) == column(first.paragraph)) {
        return None;
    }
    // Clauses of one section, or of one clause; one may be set in below another of the list.
    let own =
        |parent: ParagraphIndex| Some(parent) == list.parent || list.items.iter().any(|item| item.paragraph == parent);
    let shared = list.items.iter().all(|item| {
        document.paragraph(item.paragraph).parent == list.parent
            || document.paragraph(item.paragraph).parent.is_some_and(own)
    });
    let labelled = list.parent.is_none_or(|parent| document.paragraph(parent).label.is_some());
    if !shared || !labelled {
        return None;
    }
    let members: HashSet<ParagraphIndex> = list.items.iter().map(|item| item.paragraph).collect();
    let mut counts: HashMap<u32, usize> = HashMap::new();
    list.items.iter().for_each(|item| *counts.entry(column(item.paragraph)).or_default() += 1);
    let at = |wanted: u32| counts.get(&wanted).copied().unwrap_or(0);
    let is_inside = |paragraph: ParagraphIndex| {
        document.paragraph(paragraph).parent.is_some_and(|parent| members.contains(&parent))
    };
    // Where one is set in below another of the list, the outer one stands right: to set that in would take the inner one
    // along. Elsewhere most of them do; among equals the first.
    let outermost = list.items.iter().find(|item| !is_inside(item.paragraph)).map(|item| column(item.paragraph));
    let outermost = outermost.filter(|_| list.items.iter().any(|item| is_inside(item.paragraph)));
    let usual = outermost.or_else(|| {
        let most = list.items.iter().map(|item| at(column(item.paragraph))).max()?;
        list.items.iter().map(|item| column(item.paragraph)).find(|column| at(*column) == most)
    })?;
    let odd = list.items.iter().find(|item| column(item.paragraph) != usual)?;
    let model = list.items.iter().find(|item| column(item.paragraph) == usual)?;
    let moves: Vec<(ParagraphIndex, u32)> =
        list.items.iter().filter(|item| column(item.paragraph) != usual).map(|item| (item.paragraph, usual)).collect();
    let message = format!(
        "“{}” stands at another column than “{}” of the same list.",
        typed(input, odd.paragraph, side),
        typed(input, model.paragraph, side)
    );
    let fixes = fix(input, &moves, "Set the clauses of this list at one column").into_iter().collect();
    Some(Odd {
        paragraph: odd.paragraph,
        message,
        related: Some((model.paragraph, "The list stands at this column")),
        fixes,
    })
}

/// The fix that sets clauses at new columns, and with each what stands below it. It changes white space alone.
fn fix(input: &Input<'_>, moves: &[(ParagraphIndex, u32)], title: &str) -> Option<Fix> {
    let document = &input.facts.document;
    let mut edits = Vec::new();
    for (index, target) in moves {
        let paragraph = document.paragraph(*index);
        let from = paragraph.indent;
        edits.push(set(input, *index, *target)?);
        let below = document.paragraphs.iter().enumerate().skip(index.index() + 1);
        for (inner, _) in
            below.take_while(|(_, inner)| inner.level > paragraph.level && inner.section == paragraph.section)
        {
            let inner = ParagraphIndex(u32::try_from(inner).ok()?);
            if moves.iter().any(|(other, _)| *other == inner) {
                continue;
            }
            let column = document.paragraph(inner).indent;
            edits.push(set(input, inner, (column + target).saturating_sub(from))?);
        }
    }
    edits.sort_by_key(|edit| edit.range.start());
    edits.dedup_by_key(|edit| edit.range);
    Some(Fix { title: title.to_owned(), remedy: Remedy::Edits(edits), certain: true })
}

/// The edit that sets a paragraph at a column; `None` where something else stands before it on its line.
fn set(input: &Input<'_>, index: ParagraphIndex, column: u32) -> Option<TextEdit> {
    let start = input.facts.document.paragraph(index).range.start();
    let before = input.text.get(..usize::from(start))?;
    let line = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    before[line..].chars().all(char::is_whitespace).then_some(())?;
    let range = TextRange::new(TextSize::new(u32::try_from(line).ok()?), start);
    Some(TextEdit::replace(range, " ".repeat(column as usize)))
}
