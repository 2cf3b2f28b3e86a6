//! `reference/direction`: “above” for what stands below, or “below” for what stands above.

use super::reference_common::{side_of, words_at};
use super::{Finding, Input, Place, Remedy, Rule, Scope, Severity};
use crate::numbering::{is_tracked, rewrite};
use crate::reference::{Direction, Meaning, Owner, Reference, Resolver, Target, opposite, stale};
use crate::syntax::{Document, ParagraphIndex, ParagraphKind};

/// The rule.
pub const RULE: Rule = Rule {
    id: "reference/direction",
    page: include_str!("../../../docs/rules/reference-direction.md"),
    severity: Severity::Warning,
    scope: Scope::Document,
    check,
};

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    let document = &input.facts.document;
    let pointing = |reference: &&Reference| reference.owner == Owner::This && !reference.direction_word.is_empty();
    let suspects: Vec<(&Reference, Direction, ParagraphIndex)> = input
        .facts
        .references
        .iter()
        .filter(pointing)
        .filter_map(|reference| {
            let direction = reference.direction?;
            Some((reference, direction, elsewhere(document, reference, direction)?))
        })
        .collect();
    if suspects.is_empty() {
        return;
    }
    let (resolver, meaning) = (Resolver::new(document), Meaning::new(document));
    for (reference, direction, target) in suspects {
        // Where the number has gone stale, the number is what is wrong.
        if stale(document, &resolver, &meaning, reference).is_empty() {
            out.push(finding(input, reference, direction, target));
        }
    }
}

/// The clause that a reference names, where all that it names stands on the other side of it.
fn elsewhere(document: &Document, reference: &Reference, direction: Direction) -> Option<ParagraphIndex> {
    let from = reference.paragraph;
    // A footnote and the reasons stand wherever the page has room for them.
    let placed = matches!(document.paragraph(from).kind, ParagraphKind::Clause | ParagraphKind::Text);
    let side = side_of(reference);
    let mut named: Vec<ParagraphIndex> = Vec::new();
    for pinpoint in &reference.pinpoints {
        match pinpoint.steps.last().map(|step| step.target[side]) {
            Some(Target::Clause(clause)) => named.push(clause),
            _ => return None,
        }
    }
    if reference.pinpoints.is_empty() {
        let headings = reference.sections[side].iter().map(|section| document.section(*section).heading);
        named.extend(headings.collect::<Option<Vec<_>>>()?);
    }
    let wrong = |clause: &ParagraphIndex| match direction {
        Direction::Above => *clause > from,
        // A clause that the reference stands in is neither above nor below.
        Direction::Below => *clause < from && !holds(document, *clause, from),
    };
    (placed && named.iter().all(wrong)).then(|| named.first().copied()).flatten()
}

/// Whether a clause, or the section of a heading, holds another paragraph.
fn holds(document: &Document, outer: ParagraphIndex, inner: ParagraphIndex) -> bool {
    let own_heading = document.paragraph(inner).section.and_then(|section| document.section(section).heading);
    let parents = std::iter::successors(document.paragraph(inner).parent, |index| document.paragraph(*index).parent);
    own_heading == Some(outer) || parents.take(64).any(|parent| parent == outer)
}

fn finding(input: &Input<'_>, reference: &Reference, direction: Direction, target: ParagraphIndex) -> Finding {
    let document = &input.facts.document;
    let pieces = &reference.direction_word;
    let range = pieces.iter().copied().reduce(|a, b| a.cover(b)).unwrap_or(reference.range);
    let word = words_at(input.text, pieces);
    let stands = match direction {
        Direction::Above => "below",
        Direction::Below => "above",
    };
    let other = opposite(&word);
    let step = match other {
        Some(other) => format!("Write “{other}”, or name the clause that is meant."),
        None => "Name the clause that is meant.".to_owned(),
    };
    let message = format!("“{word}”, but what is named here stands {stands}. {step}");
    let place = document.paragraph(target).range;
    let finding =
        Finding::new(RULE.id, RULE.severity, range, message).related(Place::Here(place), "What the reference names");
    let paragraph = document.paragraph(reference.paragraph);
    let tracked = is_tracked(document, paragraph.resolution);
    match other.and_then(|other| Some((other, rewrite(input.text, paragraph, pieces, other, tracked)?))) {
        Some((other, edit)) => finding.sure_fix(format!("Change to “{other}”"), Remedy::Edits(vec![edit])),
        None => finding,
    }
}
