//! `drafting/punctuation`: a clause ends with another mark than its place wants, or with none.

use super::drafting_marks::{Judgement, Mistake, report, report_as, shown};
use super::{Finding, Input, Rule, Scope, Severity};
use crate::drafting::{Follows, Written};

/// The rule.
pub const RULE: Rule = Rule {
    id: "drafting/punctuation",
    page: include_str!("../../../docs/rules/drafting-punctuation.md"),
    severity: Severity::Information,
    scope: Scope::Document,
    check,
};

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    let rule = (RULE.id, RULE.severity);
    for found in input.marks() {
        match found.text {
            Judgement::Unmarked => {
                let words = "No clause of this resolution has a closing mark.".to_owned();
                report_as(rule, &found.slips, words, out);
            }
            // Most likely not a list of clauses at all, but a table or an annex that is not marked as one.
            Judgement::NoList => {
                let slips = || found.slips.iter().filter(|mistake| !mistake.is_of_full_stop());
                let Some(first) = slips().next() else { continue };
                let words =
                    format!("{} clauses of this resolution end otherwise than their places want.", slips().count());
                out.push(Finding::new(RULE.id, Severity::Hint, first.range, words));
            }
            Judgement::Clauses => {
                found.habits.iter().for_each(|same| report(rule, same, message, out));
                let slips = found.slips.iter().filter(|mistake| !mistake.is_of_full_stop());
                slips.for_each(|mistake| report(rule, std::slice::from_ref(mistake), message, out));
            }
        }
    }
}

fn message(mistake: &Mistake) -> String {
    let place = match mistake.ending.follows {
        Follows::SubClauses => "Sub-clauses follow",
        Follows::Section if mistake.headings => {
            "This clause is the last one of its section and another section follows"
        }
        Follows::Section => "The operative part follows",
        _ => "Another clause follows",
    };
    match mistake.ending.written {
        Written::Nothing => format!("{place}: end this one with “{}”.", shown(mistake)),
        _ => format!("{place}: end this one with “{}”, not “{}”.", shown(mistake), mistake.words),
    }
}
