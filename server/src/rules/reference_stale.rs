//! `reference/stale`: a reference that tracked changes made name another clause.

use super::reference_common::{first_words, words_at};
use super::{Finding, Input, Place, Remedy, Rule, Scope, Severity};
use crate::reference::{Meaning, Owner, Reference, Resolver, Stale, restore, stale};
use crate::syntax::Side;

/// The rule.
pub const RULE: Rule = Rule {
    id: "reference/stale",
    page: include_str!("../../../docs/rules/reference-stale.md"),
    severity: Severity::Warning,
    scope: Scope::Document,
    check,
};

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    let document = &input.facts.document;
    let moved = |reference: &&Reference| {
        let steps = reference.pinpoints.iter().flat_map(|pinpoint| &pinpoint.steps);
        reference.owner == Owner::This
            && reference.in_both
            && steps.into_iter().any(|step| step.target.in_force != step.target.amended)
    };
    let suspects: Vec<&Reference> = input.facts.references.iter().filter(moved).collect();
    if suspects.is_empty() {
        return;
    }
    let (resolver, meaning) = (Resolver::new(document), Meaning::new(document));
    for reference in suspects {
        let stale = stale(document, &resolver, &meaning, reference);
        out.extend(finding(input, reference, &stale));
    }
}

/// One finding for a reference, however many of its labels are stale.
fn finding(input: &Input<'_>, reference: &Reference, stale: &[Stale<'_>]) -> Option<Finding> {
    let document = &input.facts.document;
    let first = stale.first()?;
    let range = stale.iter().map(|stale| stale.step.range).reduce(|a, b| a.cover(b))?;
    let cited = words_at(input.text, &first.step.core);
    let was = first_words(document, first.clause, Side::InForce);
    let is = first_words(document, first.instead, Side::Amended);
    let edits = restore(input.text, document, reference, stale);
    let next = match (&first.now, &edits) {
        (Some(now), Some(_)) if first.step.ordinal.is_none() => format!("That clause is now “{}”.", now.core()),
        (Some(_), _) => "That clause has another number now.".to_owned(),
        (None, _) => "That clause is deleted.".to_owned(),
    };
    let message = format!("In the text in force “{cited}” is “{was}”; as amended it is “{is}”. {next}");
    let mut finding = Finding::new(RULE.id, RULE.severity, range, message)
        .related(Place::Here(document.paragraph(first.clause).range), "What it named in the text in force")
        .related(Place::Here(document.paragraph(first.instead).range), "What it names as amended");
    if let Some(edits) = edits.filter(|edits| !edits.is_empty()) {
        let now = stale.iter().filter(|stale| stale.step.ordinal.is_none()).filter_map(|stale| stale.now.as_ref());
        let new = now.map(|label| format!("“{}”", label.core())).collect::<Vec<_>>().join(", ");
        let title = match new.as_str() {
            "" => "Name the same clause again".to_owned(),
            new => format!("Name the same clause again: {new}"),
        };
        finding = finding.fix(title, Remedy::Edits(edits));
    }
    Some(finding)
}
