//! `drafting/full-stop`: a full stop stands before the end of the resolution, or none at its end.

use std::collections::HashMap;

use super::drafting_marks::{Due, HABIT, Judgement, Mistake, report, shown};
use super::{Finding, Input, Rule, Scope, Severity};
use crate::drafting::{Ending, Written};
use crate::profile::Mark;
use crate::syntax::ParagraphIndex;

/// The rule.
pub const RULE: Rule = Rule {
    id: "drafting/full-stop",
    page: include_str!("../../../docs/rules/drafting-full-stop.md"),
    severity: Severity::Information,
    scope: Scope::Document,
    check,
};

/// How many places where that happens are one mistake.
const FLOOD: usize = 8;

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    let rule = (RULE.id, RULE.severity);
    for found in input.marks() {
        // Other texts are told once, by the rule on punctuation.
        if found.text != Judgement::Clauses {
            continue;
        }
        let (inside, end): (Vec<Mistake>, Vec<Mistake>) = found
            .slips
            .iter()
            .filter(|mistake| mistake.is_of_full_stop())
            .cloned()
            .partition(|mistake| mistake.ending.written == Written::Mark(Mark::Stop));
        for same in runs(inside, &found.judged) {
            // Sentences that no verb opens are no clauses, as in a declaration, and end as sentences do.
            if same.len() < 2 || same.iter().any(|mistake| mistake.ending.opened) {
                report(rule, &same, inside_message, out);
            }
        }
        for mistake in &end {
            // A clause without any mark may not be finished yet.
            let unfinished = mistake.ending.written == Written::Nothing;
            let severity = if unfinished { Severity::Hint } else { RULE.severity };
            report((RULE.id, severity), std::slice::from_ref(mistake), end_message, out);
        }
    }
}

/// Puts together the mistakes that are one: where several clauses in a row end with a full stop. Clauses that no verb
/// opens are put together wherever they stand.
fn runs(inside: Vec<Mistake>, judged: &[(Ending, Due)]) -> Vec<Vec<Mistake>> {
    let places: HashMap<ParagraphIndex, usize> =
        judged.iter().enumerate().map(|(place, (ending, _))| (ending.paragraph, place)).collect();
    let place = |mistake: &Mistake| places.get(&mistake.paragraph).copied();
    let (opened, unopened): (Vec<Mistake>, Vec<Mistake>) =
        inside.into_iter().partition(|mistake| mistake.ending.opened);
    let mut runs: Vec<Vec<Mistake>> = Vec::new();
    for mistake in opened {
        let next = |last: &Mistake| place(last).zip(place(&mistake)).is_some_and(|(one, two)| one + 1 == two);
        match runs.last_mut() {
            Some(run) if run.last().is_some_and(next) => run.push(mistake),
            _ => runs.push(vec![mistake]),
        }
    }
    // Two in a row are two slips; more are a habit.
    let mut grouped: Vec<Vec<Mistake>> = Vec::new();
    for run in runs {
        if run.len() >= HABIT { grouped.push(run) } else { grouped.extend(run.into_iter().map(|one| vec![one])) }
    }
    // So are many runs.
    if grouped.len() >= FLOOD {
        grouped = vec![grouped.into_iter().flatten().collect()];
    }
    if !unopened.is_empty() {
        grouped.push(unopened);
    }
    grouped
}

fn inside_message(mistake: &Mistake) -> String {
    let here = match shown(mistake).as_str() {
        "" => String::new(),
        mark => format!(": end it with “{mark}”"),
    };
    format!("Only the last clause of a resolution ends with a full stop, and this is not the last one{here}.")
}

fn end_message(mistake: &Mistake) -> String {
    let mark = shown(mistake);
    match mistake.ending.written {
        Written::Nothing => format!("The resolution ends here: close it with a full stop, “{mark}”."),
        _ => format!("The resolution ends here: close it with a full stop, “{mark}”, not with “{}”.", mistake.words),
    }
}
