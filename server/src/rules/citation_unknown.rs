//! `citation/unknown`: there is no such resolution.

use super::citation_common::{Judge, Judged, day, name, organ, range, sentence, with_resolution};
use super::{Finding, Input, Rule, Scope, Severity};
use crate::catalogue::Existence;
use crate::citation::Instrument;

/// The rule.
pub const RULE: Rule = Rule {
    id: "citation/unknown",
    page: include_str!("../../../docs/rules/citation-unknown.md"),
    severity: Severity::Warning,
    scope: Scope::Catalogue,
    check,
};

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    let judge = Judge::new(input);
    for cited in judge.all().filter(|cited| cited.citation.instrument != Instrument::Draft) {
        if !*cited
            .answers
            .missing
            .get_or_init(|| !matches!(existence(input, &cited), Existence::Listed | Existence::Open))
        {
            continue;
        }
        let finding = |message| Finding::new(RULE.id, RULE.severity, range(&cited), message);
        match existence(input, &cited) {
            Existence::Listed | Existence::Open => {}
            Existence::NotYet { from } => out.push(finding(format!(
                "There is no {} yet: its number belongs to a session that begins on {}. Check the number.",
                name(cited.id),
                day(from)
            ))),
            Existence::OtherYear { id } => {
                let message = format!(
                    "{} has adopted no resolution {}, but {}. Check the year.",
                    sentence(&organ(cited.id)),
                    cited.id.number,
                    id.number
                );
                out.push(with_resolution(finding(message), &id, None, name(&id)));
            }
            Existence::Never { coverage } => {
                let (organ, until) = (organ(cited.id), coverage.value.to);
                let why = match coverage.value.last_number {
                    Some(last) => format!("by {until} {organ} had given out the numbers up to {last}"),
                    None => format!("the list of the resolutions of {organ} is complete until {until} and has none"),
                };
                out.push(finding(format!("There is no {}: {why}. Check the number.", name(cited.id))));
            }
        }
    }
}

/// Whether what is cited exists.
fn existence<'a>(input: &'a Input<'_>, cited: &Judged<'_>) -> Existence<'a> {
    let year = cited.citation.cited_version.as_ref().map(|version| version.year);
    match input.catalogue.existence(cited.id, year, cited.written) {
        // The date of a text may be that of its beginning; what does not exist even today does not exist.
        Existence::NotYet { .. } => input.catalogue.existence(cited.id, year, input.today),
        existence => existence,
    }
}
