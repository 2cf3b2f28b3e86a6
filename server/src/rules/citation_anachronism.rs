//! `citation/anachronism`: a text cites what was adopted only after its own day.

use std::collections::HashMap;

use jiff::civil::Date;

use super::citation_common::{Judge, Judged, cite_alone, day, name, range, with_resolution};
use super::{Finding, Input, Rule, Scope, Severity};
use crate::catalogue::{adoption_window, sessions_of};
use crate::citation::Identity;
use crate::syntax::ResolutionIndex;

/// The rule.
pub const RULE: Rule = Rule {
    id: "citation/anachronism",
    page: include_str!("../../../docs/rules/citation-anachronism.md"),
    severity: Severity::Warning,
    scope: Scope::Catalogue,
    check,
};

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    let judge = Judge::new(input);
    let mut days: HashMap<ResolutionIndex, Option<Date>> = HashMap::new();
    for cited in judge.all() {
        let Some(identity) = cited.identity else { continue };
        let Some(own) = *days.entry(identity.resolution).or_insert_with(|| own_day(input, identity)) else { continue };
        let first = *cited.answers.first_day.get_or_init(|| first_day(&cited));
        let Some(first) = first.filter(|first| *first > own) else { continue };
        let what = name(cited.id);
        let what = match &cited.citation.cited_version {
            Some(version) => format!("the version of {} of {what}", version.year),
            None => what,
        };
        let message = format!(
            "This text is of {}, but {what} cannot have been adopted before {}. Correct the citation, or the title and \
             the date of this text.",
            day(own),
            day(first)
        );
        let mut finding = Finding::new(RULE.id, RULE.severity, range(&cited), message);
        let in_force = input.catalogue.version_in_force(cited.id, own);
        if let Some(fix) = in_force.and_then(|view| cite_alone(&cited, &view)) {
            finding.fixes.push(fix);
        }
        out.push(with_resolution(finding, cited.id, None, name(cited.id)));
    }
}

/// The last day of the session that adopts the text, where the text says which. In a proposal whose title is not amended
/// yet the title is of the text in force, and the words are of today.
fn own_day(input: &Input<'_>, identity: &Identity) -> Option<Date> {
    let amended = identity.version_in_force.is_some() || !input.is_tracked(identity.resolution);
    identity.date.filter(|_| amended)
}

/// The first day on which the cited text can have been there: the session's, or that of the year.
fn first_day(cited: &Judged<'_>) -> Option<Date> {
    let Some(version) = &cited.citation.cited_version else {
        return adoption_window(cited.id).map(|window| window.earliest);
    };
    let session = sessions_of(&cited.id.body).iter().find(|session| {
        session.year == version.year && (version.place.is_none() || session.place.as_deref() == version.place)
    });
    let new_year = || Date::new(i16::try_from(version.year).ok()?, 1, 1).ok();
    session.and_then(|session| session.start).or_else(new_year)
}
