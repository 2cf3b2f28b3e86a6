//! `numbering/start`: a list does not begin at its beginning.

use std::collections::HashMap;

use super::numbering_common::report;
use super::numbering_odd::{Odd, is_of_body, level, recount, report as report_odd, typed};
use super::{Finding, Input, Rule, Scope, Severity};
use crate::drafting::Part;
use crate::numbering::{List, ProblemKind};
use crate::profile::Counting;
use crate::syntax::{ResolutionIndex, SectionIndex, Side};

/// The rule.
pub const RULE: Rule = Rule {
    id: "numbering/start",
    page: include_str!("../../../docs/rules/numbering-start.md"),
    severity: Severity::Warning,
    scope: Scope::Document,
    check,
};

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    let kind = (RULE.id, RULE.severity, ProblemKind::Start);
    report(
        input,
        kind,
        |problem| format!("This list begins with “{}” instead of “{}”.", problem.label, problem.expected),
        "The clause before it",
        out,
    );
    // How a house counts is its own affair; where a text does otherwise that is for the drafter to know.
    report_odd(input, &Rule { severity: Severity::Information, ..RULE }, |side| by_profile(input, side), out);
}

/// Sections that count on where the house counts each anew, and the other way round.
fn by_profile(input: &Input<'_>, side: Side) -> Vec<Odd> {
    let lists = input.lists(side);
    let mut found = Vec::new();
    // The last number of the list before of each resolution and part, how it looks, and its section.
    let mut last: HashMap<(ResolutionIndex, Part), (&List, SectionIndex)> = HashMap::new();
    for list in lists.iter().filter(|list| is_of_body(input, list) && level(input, list) == 0) {
        let document = &input.facts.document;
        let Some(first) = list.items.first() else { continue };
        let resolution = document.paragraph(first.paragraph).resolution;
        let Some(part) = input.facts.parts.get(first.paragraph.index()).copied() else { continue };
        let before = last.insert((resolution, part), (list, list.section));
        let Some(profile) = input.profile(resolution) else { continue };
        let habits = match part {
            Part::Preamble => &profile.preamble,
            Part::Operative => &profile.operative,
            Part::Other => continue,
        };
        let Some((earlier, section)) = before.filter(|(_, section)| *section != list.section) else { continue };
        let heading = |section: SectionIndex| {
            let heading = document.section(section).heading?;
            Some(document.paragraph(heading).views[side].text.to_lowercase())
        };
        // A section that is taken up again counts on.
        let anew = heading(list.section).is_some() && heading(list.section) != heading(section);
        let Some(end) = earlier.items.last().filter(|_| earlier.style.same(&list.style)) else { continue };
        // Another part of a resolution, with a preamble of its own.
        let between = end.paragraph.index()..first.paragraph.index();
        if input.facts.parts.get(between).unwrap_or_default().contains(&Part::Preamble) {
            continue;
        }
        let label = typed(input, first.paragraph, side);
        let (due, habit) = match habits.counting {
            Counting::PerSection if anew && list.continues.is_some() && first.label.value > 1 => {
                (1, "each section is counted from its beginning")
            }
            Counting::Continuous if anew && first.label.rank() == (1, 0) => {
                (end.label.value.saturating_add(1), "the count runs on through all sections")
            }
            _ => continue,
        };
        let expected = first.label.with(due, 0).to_string();
        let message =
            format!("This section begins with “{label}”; in texts of {} {habit}, here “{expected}”.", profile.name);
        let related = Some((end.paragraph, "The clause before it"));
        let fixes = recount(input, list, due).into_iter().collect();
        found.push(Odd { paragraph: first.paragraph, message, related, fixes });
    }
    found
}
