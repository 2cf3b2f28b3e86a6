//! What the findings on how lists look share: each is looked for in both readings and told once.

use super::{Finding, Fix, Input, Place, Rule};
use crate::numbering::{Item, Label, LabelChange, List, Numeral, Style, is_heading, label_edits};
use crate::syntax::{Paragraph, ParagraphIndex, Side, Sides};

/// Something odd about a label.
pub(super) struct Odd {
    /// The clause.
    pub paragraph: ParagraphIndex,
    /// What to say.
    pub message: String,
    /// A clause to compare it with, and what is to be seen there.
    pub related: Option<(ParagraphIndex, &'static str)>,
    /// How to put it right.
    pub fixes: Vec<Fix>,
}

/// Appends a finding for each odd thing that `find` sees in a reading. What both readings have is told once; fixes are
/// offered for the text as amended. Where the number itself is wrong that is the mistake, and nothing else is told.
pub(super) fn report(input: &Input<'_>, rule: &Rule, find: impl Fn(Side) -> Vec<Odd>, out: &mut Vec<Finding>) {
    let document = &input.facts.document;
    let mut found: Vec<(Odd, Option<Side>)> = find(Side::Amended).into_iter().map(|odd| (odd, None)).collect();
    if document.paragraphs.iter().any(Paragraph::is_tracked) {
        let in_force = find(Side::InForce);
        for (odd, side) in &mut found {
            if !in_force.iter().any(|other| other.paragraph == odd.paragraph) {
                *side = Some(Side::Amended);
            }
        }
        for odd in in_force {
            if !found.iter().any(|(other, _)| other.paragraph == odd.paragraph) {
                found.push((Odd { fixes: Vec::new(), ..odd }, Some(Side::InForce)));
            }
        }
    }
    for (odd, side) in found {
        let known = input.facts.numbering.iter().any(|problem| problem.paragraph == odd.paragraph)
            || input.flattened().iter().any(|list| list.clauses.contains(&odd.paragraph));
        if known {
            continue;
        }
        let message = match side {
            Some(side) => format!("In the text {}: {}", side.name(), odd.message),
            None => odd.message,
        };
        let range = document.paragraph(odd.paragraph).label_range();
        let mut finding = Finding::new(rule.id, rule.severity, range, message);
        if let Some((other, words)) = odd.related {
            finding = finding.related(Place::Here(document.paragraph(other).label_range()), words);
        }
        finding.fixes = odd.fixes;
        out.push(finding);
    }
}

/// The label of a clause as a reading shows it.
pub(super) fn typed(input: &Input<'_>, paragraph: ParagraphIndex, side: Side) -> String {
    let label = input.facts.document.paragraph(paragraph).label.as_ref();
    label.and_then(|label| label.text[side].clone()).unwrap_or_default()
}

/// How deep the clauses of a list stand: below how many clauses that have a label. A paragraph without one that
/// introduces a list does not count.
pub(super) fn level(input: &Input<'_>, list: &List) -> usize {
    let document = &input.facts.document;
    let mut level = list.depth;
    let mut clause = list.items.first().and_then(|item| document.paragraph(item.paragraph).parent);
    while let Some(parent) = clause {
        let parent = document.paragraph(parent);
        level += usize::from(parent.label.is_some());
        clause = parent.parent;
    }
    level
}

/// Whether its items end as clauses do behind which others stand, and not as those of an agenda or a table.
pub(super) fn are_clauses(input: &Input<'_>, list: &List, side: Side) -> bool {
    let document = &input.facts.document;
    let marked = |item: &Item| is_marked(document.paragraph(item.paragraph), side);
    let others = list.items.len().saturating_sub(1);
    list.items.iter().take(others).filter(|item| marked(item)).count() * 2 >= others
}

/// Whether a clause's words end as those of a clause do behind which others stand, in each reading.
struct Marked(Sides<bool>);

fn is_marked(paragraph: &Paragraph, side: Side) -> bool {
    let read = |side| {
        let words = paragraph.views[side].text.trim_end();
        words.contains([';', '；', '؛']) || words.ends_with([',', '，', '،', '、', ':', '：'])
    };
    paragraph.remembered(|| Marked(paragraph.for_both(read))).0[side]
}

/// Whether a list is in the body of a resolution, where drafting habits hold, and counts clauses: no decimal numbers and
/// no headings of parts.
pub(super) fn is_of_body(input: &Input<'_>, list: &List) -> bool {
    let document = &input.facts.document;
    let capital = matches!(list.style.numeral, Numeral::Roman { upper: true } | Numeral::Letters { upper: true, .. });
    let below_heading = |parent| is_heading(document.paragraph(parent), Side::Amended);
    document.section(list.section).division.is_none()
        && !capital
        && !list.torn
        && !list.parent.is_some_and(below_heading)
        && list.items.iter().all(|item| item.label.path.is_empty())
}

/// Whether its clauses, or the one that they are of, begin as sentences of their own, which clauses of an operative part below headings do not: “to
/// carry out …”.
pub(super) fn are_sentences(input: &Input<'_>, list: &List, side: Side) -> bool {
    let document = &input.facts.document;
    let is_sentence = |clause: ParagraphIndex| {
        let words = document.paragraph(clause).views[side].text.trim_start();
        words.starts_with(char::is_uppercase)
    };
    list.parent.is_some_and(is_sentence) || list.items.iter().all(|item| is_sentence(item.paragraph))
}

/// The fix that writes the labels of a list in another style.
pub(super) fn restyle(input: &Input<'_>, list: &List, style: &Style) -> Option<Fix> {
    relabel(input, list, |label| Label { style: style.clone(), ..label.clone() })
}

/// The fix that counts a list from another number.
pub(super) fn recount(input: &Input<'_>, list: &List, first: u32) -> Option<Fix> {
    let from = list.items.first()?.label.value;
    relabel(input, list, |label| label.with(label.value.saturating_sub(from).saturating_add(first), label.suffix))
}

fn relabel(input: &Input<'_>, list: &List, new: impl Fn(&Label) -> Label) -> Option<Fix> {
    let changes: Vec<LabelChange> = list
        .items
        .iter()
        .map(|item| LabelChange { paragraph: item.paragraph, old: item.label.clone(), new: new(&item.label) })
        .collect();
    let first = changes.first()?.new.to_string();
    let edits = label_edits(input.text, &input.facts.document, &changes);
    (!edits.is_empty()).then(|| Fix {
        title: format!("Count this list “{first}” and so on"),
        remedy: super::Remedy::Edits(edits),
        certain: false,
    })
}
