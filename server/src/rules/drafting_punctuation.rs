//! `drafting/punctuation`: a clause ends with another mark than its place wants, or with none.

use std::collections::HashMap;

use super::drafting_marks::{Due, Mistake, mistakes, report, shown};
use super::{Finding, Input, Rule, Scope, Severity};
use crate::drafting::{Ending, Follows, Written};
use crate::syntax::ResolutionIndex;

/// The rule.
pub const RULE: Rule = Rule {
    id: "drafting/punctuation",
    page: include_str!("../../../docs/rules/drafting-punctuation.md"),
    severity: Severity::Information,
    scope: Scope::Document,
    check,
};

/// How many clauses of one kind have to end in the same wrong way for that to be one mistake and not many.
const HABIT: usize = 3;

/// How many mistakes, when they are more than a quarter of all clauses, say that this is no text to be judged.
const FLOOD: usize = 8;

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    for index in 0..input.facts.document.resolutions.len() {
        let (found, judged) = mistakes(input, ResolutionIndex(index as u32));
        let rule = (RULE.id, RULE.severity);
        // A text without any closing mark lacks one thing.
        if judged.len() >= HABIT && judged.iter().all(|(ending, _)| ending.written == Written::Nothing) {
            report(rule, &found, |_| "No clause of this resolution has a closing mark.".to_owned(), out);
            continue;
        }
        let rest = found.into_iter().filter(|mistake| !mistake.is_of_full_stop()).collect();
        let (habits, slips) = habits(input, rest, &judged);
        habits.iter().for_each(|same| report(rule, same, message, out));
        if let Some(first) = slips.first()
            && slips.len() >= FLOOD
            && slips.len() * 4 > judged.len()
        {
            // Most likely not a list of clauses at all, but a table or an annex that is not marked as one.
            let words = format!("{} clauses of this resolution end otherwise than their places want.", slips.len());
            out.push(Finding::new(RULE.id, Severity::Hint, first.range, words));
        } else {
            slips.iter().for_each(|mistake| report(rule, std::slice::from_ref(mistake), message, out));
        }
    }
}

/// Tells mistakes in which all clauses of a kind share, which are one mistake, from single ones. A list of sub-clauses
/// that all end in the same way is as it was meant to be, and left out.
fn habits(input: &Input<'_>, rest: Vec<Mistake>, judged: &[(Ending, Due)]) -> (Vec<Vec<Mistake>>, Vec<Mistake>) {
    let document = &input.facts.document;
    let parent = |ending: &Ending| document.paragraph(ending.paragraph).parent;
    let mut written: HashMap<_, (usize, bool, Written)> = HashMap::new();
    for (ending, due) in judged {
        let (part, due, follows) = kind(ending, *due);
        let list = matches!(ending.follows, Follows::Clause(1..)).then(|| parent(ending)).flatten();
        let (count, same, first) = written.entry((part, due, follows, list)).or_insert((0, true, ending.written));
        *count += 1;
        *same &= *first == ending.written;
    }
    let habit = |mistake: &Mistake| {
        let (part, due, follows) = kind(&mistake.ending, mistake.due);
        let list = matches!(mistake.ending.follows, Follows::Clause(1..)).then(|| parent(&mistake.ending)).flatten();
        let known = written.get(&(part, due, follows, list)).copied();
        known.is_some_and(|(count, same, first)| count >= HABIT && same && first == mistake.ending.written)
    };
    let (shared, slips): (Vec<Mistake>, Vec<Mistake>) = rest.into_iter().partition(habit);
    let mut habits: Vec<Vec<Mistake>> = Vec::new();
    for mistake in shared {
        if matches!(mistake.ending.follows, Follows::Clause(1..)) && mistake.ending.written != Written::Nothing {
            continue;
        }
        let same = |known: &&mut Vec<Mistake>| {
            known.first().is_some_and(|first| kind(&first.ending, first.due) == kind(&mistake.ending, mistake.due))
        };
        match habits.iter_mut().find(same) {
            Some(known) => known.push(mistake),
            None => habits.push(vec![mistake]),
        }
    }
    (habits, slips)
}

/// Clauses of one kind want the same mark for the same reason.
fn kind(ending: &Ending, due: Due) -> (crate::drafting::Part, Due, u8) {
    let follows = match ending.follows {
        Follows::Clause(0) => 0,
        Follows::Clause(_) => 1,
        Follows::Section => 2,
        Follows::SubClauses => 3,
        Follows::End => 4,
        Follows::Unclear => 5,
    };
    (ending.part, due, follows)
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
