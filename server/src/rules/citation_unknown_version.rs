//! `citation/unknown-version`: the resolution never had this version.

use super::citation_common::{
    Judge, Judged, cite_alone, has_unknown_version, name, organ, range, sentence, with_pin, with_resolution,
};
use super::{Finding, Input, Rule, Scope, Severity};
use crate::catalogue::{Certainty, VersionKind, sessions_of};
use crate::citation::{CitedVersion, body};

/// The rule.
pub const RULE: Rule = Rule {
    id: "citation/unknown-version",
    page: include_str!("../../../docs/rules/citation-unknown-version.md"),
    severity: Severity::Warning,
    scope: Scope::Catalogue,
    check,
};

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    let judge = Judge::new(input);
    for cited in judge.all() {
        let Some(version) = &cited.citation.cited_version else { continue };
        if !has_unknown_version(&cited) {
            continue;
        }
        let Some(problem) = problem(&cited) else { continue };
        let mut finding = Finding::new(RULE.id, RULE.severity, range(&cited), problem);
        let known = input.catalogue.versions(cited.id);
        let known = || known.iter().filter(|view| view.kind != VersionKind::Proposed);
        // Most often the version in force was meant; or else the place is wrong, or the year.
        let near = known().filter(|view| view.year == version.year || view.place == version.place);
        let in_force = input.catalogue.version_in_force(cited.id, cited.written);
        let in_force = known().filter(|view| in_force.as_ref().is_some_and(|current| current.version == view.version));
        for fix in in_force.chain(near).filter_map(|view| cite_alone(&cited, view)) {
            if finding.fixes.iter().all(|other| other.title != fix.title) {
                finding.fixes.push(fix);
            }
        }
        if let Some(last) = known().next_back() {
            let related = name(cited.id);
            finding = with_resolution(finding, cited.id, Some(last.version), related);
        }
        out.push(with_pin(finding, &cited));
    }
}

/// Why the resolution cannot have had the version that a citation names; `None` where it had, or may have had.
pub(super) fn problem(cited: &Judged<'_>) -> Option<String> {
    let version = cited.citation.cited_version.as_ref()?;
    no_session(cited, version).or_else(|| no_version(cited, version))
}

/// The body did not meet in that place and year.
pub(super) fn no_session(cited: &Judged<'_>, version: &CitedVersion) -> Option<String> {
    let sessions = sessions_of(&cited.id.body);
    let years = || sessions.iter().map(|session| session.year);
    // Outside of the list nothing is known, of the days to come nothing is certain, and of the radio conferences before
    // 1992, when they were called otherwise, only some are listed.
    let coded = body(&cited.id.body).is_some_and(|facts| facts.coded);
    if !(years().min()?..=years().max()?).contains(&version.year)
        || i32::from(version.year) > i32::from(cited.judge.input.today.year())
        || (coded && version.year < 1992)
    {
        return None;
    }
    let that_year = || sessions.iter().filter(|session| session.year == version.year);
    if that_year().any(|session| {
        version.place.is_none()
            || session.place.is_none()
            || version.place == session.place.as_deref()
            || !session.certain
    }) {
        return None;
    }
    let organ = sentence(&organ(cited.id));
    let met = that_year().find_map(|session| session.place.as_deref());
    Some(match (version.place, met) {
        (Some(place), Some(met)) => {
            format!("{organ} met in {met} in {}, not in {place}. Check place and year.", version.year)
        }
        (Some(_), None) => format!("{organ} did not meet in {}. Check place and year.", version.year),
        _ => format!("{organ} did not meet in {}. Check the year.", version.year),
    })
}

/// The resolution is known with all its versions, or was first adopted later.
fn no_version(cited: &Judged<'_>, version: &CitedVersion) -> Option<String> {
    let catalogue = cited.judge.input.catalogue;
    let entry = catalogue.get(cited.id)?;
    let named = cited.citation.version.as_deref()?;
    let versions = entry.versions();
    if versions.iter().any(|view| view.version == named) {
        return None;
    }
    let name = name(cited.id);
    let coverage = catalogue.coverage(&cited.id.body);
    // Only where a number is given out once is that of an earlier year not another resolution's.
    let numbered_through =
        coverage.iter().any(|fact| fact.value.last_number.is_some() && version.year >= fact.value.from);
    let first = versions.iter().find(|view| view.kind == VersionKind::Adopted && view.certainty == Certainty::Proven);
    if let Some(first) = first.filter(|first| numbered_through && version.year < first.year) {
        let (year, first) = (version.year, first.name());
        return Some(format!(
            "{name} was first adopted in {first}, so it had no version of {year}. Check place and year."
        ));
    }
    let until = coverage.iter().map(|fact| fact.value.to).chain(versions.iter().map(|view| view.year)).max()?;
    if !entry.versions_complete() || version.year > until {
        return None;
    }
    let all = versions.iter().filter(|view| view.kind != VersionKind::Proposed).map(|view| view.name());
    let all = all.collect::<Vec<_>>().join("; ");
    Some(format!("{name} never had a version of {}. Its versions: {all}. Check place and year.", version.year))
}
