//! `citation/unknown-version`: the resolution never had this version.

use super::citation_common::{Judged, judged, name, organ, range, sentence, with_pin, with_resolution};
use super::{Finding, Input, Remedy, Rule, Scope, Severity, citation_fix};
use crate::catalogue::{Certainty, VersionKind};
use crate::citation::{CitedVersion, Session, data};

/// The rule.
pub const RULE: Rule =
    Rule { id: "citation/unknown-version", severity: Severity::Warning, scope: Scope::Catalogue, check };

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    for cited in judged(input) {
        let Some(version) = &cited.citation.cited_version else { continue };
        if let Some(finding) = no_session(input, &cited, version).or_else(|| no_version(input, &cited, version)) {
            out.push(finding);
        }
    }
}

/// The body did not meet in that place and year.
fn no_session(input: &Input<'_>, cited: &Judged<'_>, version: &CitedVersion) -> Option<Finding> {
    let base = cited.id.body.split(' ').next()?;
    let sessions: Vec<&Session> = data().sessions.iter().filter(|session| session.body == base).collect();
    let (first, last) = sessions
        .iter()
        .map(|session| session.year)
        .fold((u16::MAX, 0), |(first, last), year| (first.min(year), last.max(year)));
    // Outside of the list nothing is known.
    if !(first..=last).contains(&version.year) {
        return None;
    }
    let that_year = || sessions.iter().filter(|session| session.year == version.year);
    let fits =
        |session: &&&Session| version.place.is_none() || session.place.is_none() || version.place == session.place;
    if that_year().any(|session| fits(&session)) {
        return None;
    }
    let organ = organ(cited.id);
    let met = that_year().find_map(|session| session.place.as_deref());
    let message = match (version.place.as_deref(), met) {
        (Some(place), Some(met)) => {
            format!("{organ} met in {met} in {}, not in {place}. Check place and year.", version.year)
        }
        (Some(place), None) => {
            format!("{organ} did not meet in {place} in {}, nor elsewhere. Check place and year.", version.year)
        }
        _ => format!("{organ} did not meet in {}. Check the year.", version.year),
    };
    let mut finding = Finding::new(RULE.id, RULE.severity, range(cited), sentence(&message));
    // Either the place is wrong or the year: offer what is a version of the resolution, as far as is known.
    let known = input.catalogue.versions(cited.id);
    let known = known.iter().filter(|view| view.kind != VersionKind::Proposed);
    for view in known.filter(|view| view.year == version.year || view.place == version.place.as_deref()) {
        let revised = view.kind != VersionKind::Adopted;
        if let Some(edits) = citation_fix::alone(input, cited, |citation| {
            citation_fix::edits(input, citation, version, view.place, view.year, revised)
        }) {
            finding = finding.fix(format!("Cite the version of {}", view.name()), Remedy::Edits(edits));
        }
    }
    Some(with_pin(finding, input, cited))
}

/// The resolution is known with all its versions, or was first adopted later.
fn no_version(input: &Input<'_>, cited: &Judged<'_>, version: &CitedVersion) -> Option<Finding> {
    let entry = input.catalogue.get(cited.id)?;
    let named = cited.citation.version.as_deref()?;
    let versions = entry.versions();
    if versions.iter().any(|view| view.version == named) {
        return None;
    }
    let coverage = input.catalogue.coverage(&cited.id.body);
    let until = coverage.iter().map(|fact| fact.value.to).chain(versions.iter().map(|view| view.year)).max()?;
    let complete = entry.versions_complete() && version.year <= until;
    let first = versions.iter().find(|view| view.kind == VersionKind::Adopted && view.certainty == Certainty::Proven);
    // Only where numbers are given out once is a number of an earlier year not another resolution.
    let numbered_through =
        coverage.iter().any(|fact| fact.value.last_number.is_some() && version.year >= fact.value.from);
    let too_early = first.filter(|first| numbered_through && version.year < first.year);
    let name = name(cited.id, cited.citation.instrument);
    let message = if let Some(first) = too_early {
        format!(
            "{name} was first adopted in {}, so it had no version of {}. Check place and year.",
            first.name(),
            version.year
        )
    } else if complete {
        let all: Vec<String> =
            versions.iter().filter(|view| view.kind != VersionKind::Proposed).map(|view| view.name()).collect();
        format!("{name} never had a version of {}. Its versions: {}.", version.year, all.join("; "))
    } else {
        return None;
    };
    let last = versions.last().map(|view| view.version.as_str());
    let finding = Finding::new(RULE.id, RULE.severity, range(cited), message);
    Some(with_pin(with_resolution(finding, cited.id, last, name), input, cited))
}
