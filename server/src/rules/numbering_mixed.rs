//! `numbering/mixed`: lists of the same rank are labelled in different ways, or clauses of one list have a label and
//! others none.

use std::collections::HashMap;

use super::numbering_level::due;
use super::numbering_odd::{Odd, are_clauses, are_sentences, is_of_body, level, report, restyle, typed};
use super::{Finding, Fix, Input, Remedy, Rule, Scope, Severity};
use crate::drafting::Part;
use crate::numbering::{List, Style, is_heading};
use crate::syntax::{Language, ParagraphIndex, ParagraphKind, ResolutionIndex, Side, TextEdit, TextRange};

/// The rule.
pub const RULE: Rule = Rule {
    id: "numbering/mixed",
    page: include_str!("../../../docs/rules/numbering-mixed.md"),
    severity: Severity::Hint,
    scope: Scope::Document,
    check,
};

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    report(input, &RULE, |side| find(input, side), out);
}

fn find(input: &Input<'_>, side: Side) -> Vec<Odd> {
    let mut found = Vec::new();
    // Lists of one rank: of the same part of a resolution, and of the same level.
    let mut ranks: HashMap<(ResolutionIndex, Part, usize), Vec<&List>> = HashMap::new();
    for list in input.lists(side) {
        let Some(first) = list.items.first() else { continue };
        found.extend(unlabelled(input, list, side));
        if let Some(part) = part(input, list, side) {
            let resolution = input.facts.document.paragraph(first.paragraph).resolution;
            ranks.entry((resolution, part, level(input, list))).or_default().push(list);
        }
    }
    for ((resolution, part, level), lists) in &ranks {
        // What stands in a section whose part is not sure is not compared: numbers are of the operative part, letters
        // of the preamble.
        let other = if *part == Part::Preamble { Part::Operative } else { Part::Preamble };
        let there = ranks.get(&(*resolution, other, *level)).map(Vec::as_slice).unwrap_or_default();
        found.extend(different(input, lists, if *level == 0 { there } else { &[] }, side));
    }
    found.sort_by_key(|odd| odd.paragraph);
    found
}

/// The part whose habits a list follows; `None` for one that is not compared with others.
fn part(input: &Input<'_>, list: &List, side: Side) -> Option<Part> {
    let document = &input.facts.document;
    let first = list.items.first()?.paragraph;
    let part = *input.facts.parts.get(first.index())?;
    let headed = document.section(list.section).heading.is_some();
    // A section without a heading has one list alone, and below headings each section has its own.
    let own = || headed || level(input, list) > 0;
    let heads = || list.items.iter().any(|item| is_heading(document.paragraph(item.paragraph), side));
    let sentences = || headed && part == Part::Operative && are_sentences(input, list, side);
    let compared = part != Part::Other
        && list.items.len() > 1
        && own()
        && is_of_body(input, list)
        && are_clauses(input, list, side)
        && !heads()
        && !sentences();
    compared.then_some(part)
}

/// The first list that looks otherwise than most of its rank.
/// `there` are the lists of the other part.
fn different(input: &Input<'_>, lists: &[&List], there: &[&List], side: Side) -> Option<Odd> {
    let language = |list: &List| {
        let words: String = list
            .items
            .iter()
            .map(|item| input.facts.document.paragraph(item.paragraph).views[side].text.as_str())
            .collect();
        Language::guess(&words)
    };
    // There are few styles, and many lists.
    let mut styles: Vec<(&Style, usize)> = Vec::new();
    for list in lists {
        match styles.iter_mut().find(|(style, _)| style.same(&list.style)) {
            Some((_, count)) => *count += 1,
            None => styles.push((&list.style, 1)),
        }
    }
    let alike = |style: &Style| styles.iter().find(|(other, _)| other.same(style)).map_or(0, |(_, count)| *count);
    // Among equals the first.
    let most = lists.iter().map(|list| alike(&list.style)).max()?;
    let usual = lists.iter().find(|list| alike(&list.style) == most)?;
    let odd = lists.iter().find(|list| {
        !list.style.same(&usual.style)
            && due(input, list, side).is_none()
            && !there.iter().any(|other| other.style.same(&list.style))
            && language(list) == language(usual)
    })?;
    let (first, other) = (odd.items.first()?.paragraph, usual.items.first()?.paragraph);
    let message = format!(
        "This list is counted “{}”, others of the same level “{}”. Count them alike.",
        typed(input, first, side),
        typed(input, other, side)
    );
    let fixes = restyle(input, odd, &usual.style).into_iter().collect();
    Some(Odd { paragraph: first, message, related: Some((other, "Another list is counted like this")), fixes })
}

/// The first clause of a list that has no label although those before and behind it have one.
fn unlabelled(input: &Input<'_>, list: &List, side: Side) -> Option<Odd> {
    let document = &input.facts.document;
    if !is_of_body(input, list) {
        return None;
    }
    let (clause, before) = list.items.windows(2).find_map(|pair| {
        let [before, behind] = pair else { return None };
        let range = before.paragraph.0.saturating_add(1)..behind.paragraph.0;
        let own = document.paragraph(before.paragraph);
        let clauses = |index: &ParagraphIndex| {
            let paragraph = document.paragraph(*index);
            paragraph.parent == own.parent && paragraph.indent == own.indent && paragraph.is_in(side)
        };
        let between: Vec<ParagraphIndex> = range.map(ParagraphIndex).filter(clauses).collect();
        let ends =
            |index: ParagraphIndex| document.paragraph(index).views[side].text.trim_end().ends_with([';', '；', '؛']);
        // Both end as a clause does behind which another one stands; a paragraph that goes on a clause does not.
        let index = between.first().copied()?;
        let paragraph = document.paragraph(index);
        let is_clause =
            matches!(paragraph.kind, ParagraphKind::Text | ParagraphKind::Clause) && paragraph.label.is_none();
        (is_clause && ends(before.paragraph) && ends(index) && ends_alike(document, before.paragraph, side))
            .then_some((index, before))
    })?;
    let label = typed(input, before.paragraph, side);
    let next = before.label.successor().to_string();
    let message =
        format!("This clause has no label, but the one before it has “{label}”. Give it one, or join the two.");
    let paragraph = document.paragraph(clause);
    let fixes = if input.is_tracked(paragraph.resolution) {
        Vec::new()
    } else {
        let edit = TextEdit::replace(TextRange::empty(paragraph.range.start()), format!("{next} "));
        vec![Fix { title: format!("Label it “{next}”"), remedy: Remedy::Edits(vec![edit]), certain: false }]
    };
    Some(Odd { paragraph: clause, message, related: Some((before.paragraph, "The clause before it")), fixes })
}

/// Whether nothing is set in below a clause that its end could belong to.
fn ends_alike(document: &crate::syntax::Document, clause: ParagraphIndex, side: Side) -> bool {
    let next = document.paragraphs.get(clause.index() + 1);
    next.is_none_or(|next| next.parent != Some(clause) || !next.is_in(side))
}
