//! `numbering/level`: the labels of a list are those of another level.

use std::collections::HashSet;

use super::numbering_odd::{Odd, are_clauses, are_sentences, is_of_body, level, report, restyle, typed};
use super::{Finding, Input, Rule, Scope, Severity};
use crate::drafting::Part;
use crate::numbering::{Label, List, Style, is_heading};
use crate::profile::{Openings, Profile};
use crate::syntax::Side;

/// The rule.
pub const RULE: Rule = Rule {
    id: "numbering/level",
    page: include_str!("../../../docs/rules/numbering-level.md"),
    severity: Severity::Hint,
    scope: Scope::Document,
    check,
};

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    report(input, &RULE, |side| find(input, side), out);
}

fn find(input: &Input<'_>, side: Side) -> Vec<Odd> {
    // One list shows the habit of a whole resolution; the others of its kind repeat it.
    let mut told = HashSet::new();
    let mut found = Vec::new();
    for list in input.lists(side).iter().filter(|list| list.items.first().is_some_and(|item| item.label.value == 1)) {
        let Some((due, profile)) = due(input, list, side) else { continue };
        let Some(first) = list.items.first() else { continue };
        let resolution = input.facts.document.paragraph(first.paragraph).resolution;
        if !told.insert((resolution, level(input, list), list.style.numeral)) {
            continue;
        }
        let label = typed(input, first.paragraph, side);
        let expected = Label { style: due.clone(), ..first.label.clone() };
        let message = format!(
            "“{label}” is the label of another level; in texts of {} clauses of this level are counted “{expected}” \
             and so on.",
            profile.name
        );
        let fixes = restyle(input, list, &due).into_iter().collect();
        found.push(Odd { paragraph: first.paragraph, message, related: None, fixes });
    }
    found
}

/// The style that is due for a list which has that of another level, with the profile that says so.
pub(super) fn due(input: &Input<'_>, list: &List, side: Side) -> Option<(Style, &'static Profile)> {
    let document = &input.facts.document;
    let first = list.items.first()?;
    let paragraph = document.paragraph(first.paragraph);
    if !is_of_body(input, list) {
        return None;
    }
    // Below a paragraph without a label nothing tells which level is the outermost.
    let mut outermost = paragraph;
    while let Some(parent) = outermost.parent {
        outermost = document.paragraph(parent);
    }
    outermost.label.as_ref()?;
    let profile = input.profile(paragraph.resolution)?;
    let habits = match input.facts.parts.get(first.paragraph.index())? {
        Part::Preamble => &profile.preamble,
        Part::Operative => &profile.operative,
        Part::Other => return None,
    };
    let style =
        |label: &String| Label::parse(label).into_iter().find(|label| label.value == 1).map(|label| label.style);
    // Where the outermost clauses have no labels, nothing tells the level of a list from the place of its lead-in.
    if habits.labels.first().is_none_or(String::is_empty) {
        return None;
    }
    let level = level(input, list);
    let due = habits.labels.get(level).and_then(style)?;
    if due.numeral.same_kind(list.style.numeral) {
        return None;
    }
    let other = habits.labels.iter().position(|label| style(label).is_some_and(|style| style.same(&list.style)))?;
    // `(a)` below `1.` is right however deep the `1.` itself stands, as in an agenda that a decision sets out.
    let above = other.checked_sub(1).and_then(|above| habits.labels.get(above)).and_then(style);
    let parent = list.parent.and_then(|parent| document.paragraph(parent).label.as_ref()?.text[side].as_deref());
    let is_below_its_own = above.zip(parent).is_some_and(|(above, parent)| {
        Label::parse(parent).iter().any(|label| label.style.numeral.same_kind(above.numeral))
    });
    if is_below_its_own {
        return None;
    }
    // Most lists have the labels that are due: their words are not looked at.
    if !are_clauses(input, list, side)
        || list.items.iter().any(|item| is_heading(document.paragraph(item.paragraph), side))
    {
        return None;
    }
    let headed = profile.openings == Openings::Headings;
    let operative = matches!(input.facts.parts.get(first.paragraph.index()), Some(Part::Operative));
    let usual = match (other > level, headed) {
        // Below headings both `a)` and `i)` are usual below a number; below a verb the section itself has numbers.
        (true, true) => level > 0 || !operative || document.section(list.section).heading.is_none(),
        // What stands below an unnumbered paragraph need not be set in; and some texts count `(i)` outside and `(a)`
        // inside throughout.
        (true, false) => level == 0 || is_exchanged(input, list, level, &due, side),
        (false, true) => operative && are_sentences(input, list, side),
        (false, false) => is_exchanged(input, list, level, &due, side),
    };
    (!usual).then_some((due, profile))
}

/// Whether another level of the resolution has the style that is due for this one.
fn is_exchanged(input: &Input<'_>, list: &List, own: usize, due: &Style, side: Side) -> bool {
    let document = &input.facts.document;
    let resolution = document.section(list.section).resolution;
    own > 0
        && input.lists(side).iter().any(|other| {
            document.section(other.section).resolution == resolution
                && level(input, other) > 0
                && (level(input, other) != own)
                && other.style.numeral.same_kind(due.numeral)
        })
}
