//! `citation/contradiction`: what stands beside a citation says something else than the citation.

use jiff::ToSpan;
use jiff::civil::Date;

use super::citation_common::{
    Judge, Judged, base, body_in_words, cite_alone, day, name, range, sentence, with_pin, with_resolution,
};
use super::citation_fix::Writer;
use super::citation_fix_date as fix_date;
use super::citation_unknown_version::no_session;
use super::{Finding, Fix, Input, Remedy, Rule, Scope, Severity};
use crate::catalogue::{AdoptionWindow, Certainty, VersionKind, adoption_window, sessions_of};
use crate::citation::{BodyFacts, CitedDate, Instrument, ResolutionId, body, data};

/// The rule.
pub const RULE: Rule = Rule {
    id: "citation/contradiction",
    page: include_str!("../../../docs/rules/citation-contradiction.md"),
    severity: Severity::Warning,
    scope: Scope::Catalogue,
    check,
};

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    let judge = Judge::new(input);
    for cited in judge.contradictory() {
        let Some(problem) = problem(&cited) else { continue };
        let mut finding = Finding::new(RULE.id, RULE.severity, range(&cited), problem.message);
        finding.fixes.extend(problem.fixes);
        out.push(with_pin(with_resolution(finding, cited.id, None, name(cited.id)), &cited));
    }
}

/// What contradicts itself in a citation, and how it can be put right where there is one right form.
pub(super) struct Problem {
    message: String,
    fixes: Vec<Fix>,
}

/// What contradicts itself in a citation: the organ and its place and year, the number and the day, the number and the
/// organ.
pub(super) fn problem(cited: &Judged<'_>) -> Option<Problem> {
    session(cited).or_else(|| adoption(cited)).or_else(|| too_high(cited)).or_else(|| other_body(cited))
}

/// Whether the text says itself whose the citation is; `Some(true)` where it says “of this conference”.
fn says_whose(cited: &Judged<'_>) -> Option<bool> {
    let own = base(cited.id);
    let acts = || cited.identity.is_some_and(|identity| identity.body.as_deref() == Some(own));
    if cited.citation.named.len() == 1 && cited.citation.named.iter().any(|body| body == own) {
        return Some(false);
    }
    (cited.citation.of_this_organ && acts()).then_some(true)
}

/// The organ did not meet in that place and year, and another did.
fn session(cited: &Judged<'_>) -> Option<Problem> {
    let version = cited.citation.cited_version.as_ref()?;
    let place = version.place.as_deref()?;
    let own = base(cited.id);
    // A council that sits every year is cited by the year alone.
    if body(own).is_some_and(|facts| facts.session_letter.is_some()) {
        return None;
    }
    let this_organ = says_whose(cited)?;
    no_session(cited, version)?;
    let met = |facts: &&BodyFacts| {
        let mut sessions = sessions_of(&facts.id).iter();
        sessions
            .any(|session| session.certain && session.year == version.year && session.place.as_deref() == Some(place))
    };
    let others: Vec<&BodyFacts> = data()
        .bodies
        .iter()
        .filter(|facts| facts.id != own && facts.session_letter.is_none() && may_be(facts, cited))
        .filter(met)
        .collect();
    let names: Vec<String> = others.iter().map(|facts| body_in_words(&facts.id)).collect();
    let (year, own_words) = (version.year, body_in_words(own));
    let those = match &names[..] {
        [] => return None,
        names => names.join(" and "),
    };
    let message = if this_organ {
        format!(
            "The organ of this text is {own_words}, but it was {those} that met in {place} in {year}. Name the organ \
             that is meant, or correct place and year."
        )
    } else {
        format!(
            "{} did not meet in {place} in {year}, but {those} did. Correct the organ, or place and year.",
            sentence(&own_words)
        )
    };
    // Where the other organ has a resolution of this number and version, the name may be what is wrong.
    let catalogue = cited.judge.input.catalogue;
    let of_other = others.iter().any(|facts| {
        let id = ResolutionId::new(cited.id.body.replacen(own, &facts.id, 1), cited.id.number.as_str());
        catalogue.get(&id).is_some()
    });
    let near = catalogue
        .versions(cited.id)
        .into_iter()
        .filter(|view| view.kind != VersionKind::Proposed && (view.year == year || view.place == Some(place)));
    let near: Vec<_> = near.collect();
    let fixes = match &near[..] {
        [view] if !of_other => cite_alone(cited, view).into_iter().collect(),
        _ => Vec::new(),
    };
    Some(Problem { message, fixes })
}

/// Whether a citation's number may be one of a body.
fn may_be(facts: &BodyFacts, cited: &Judged<'_>) -> bool {
    let instrument = cited.citation.instrument;
    let number: Option<u32> = cited.id.number.parse().ok();
    let range = facts.ranges.iter().find(|(name, _)| name.instrument() == instrument).map(|(_, range)| *range);
    let range = range.or(facts.range);
    facts.instruments.iter().any(|own| own.instrument() == instrument)
        && number.zip(range).is_some_and(|(number, (first, last))| (first..=last).contains(&number))
}

/// The day beside the number is not the day on which it was adopted, or not of its session.
fn adoption(cited: &Judged<'_>) -> Option<Problem> {
    let CitedDate { date, .. } = cited.citation.date?;
    if !is_surely_of(cited, base(cited.id)) {
        return None;
    }
    let window = adoption_window(cited.id)?;
    let AdoptionWindow { earliest, latest } = generous(cited.id, window);
    let fits = |date: &Date| (earliest..=latest).contains(date);
    let name = name(cited.id);
    let known = cited.judge.input.catalogue.versions(cited.id).into_iter();
    let known = known.filter(|view| view.day_is_given && view.certainty > Certainty::Unproven);
    // A fact that its number belies is of another resolution.
    let known: Vec<Date> = known.map(|view| view.date).filter(fits).collect();
    match &known[..] {
        days if days.contains(&date) => return None,
        [adopted] => {
            let adopted = *adopted;
            let message = format!(
                "{name} was adopted on {}, not on {}. Correct the date, or the number.",
                day(adopted),
                day(date)
            );
            let edits = fix_date::replace(cited, adopted);
            let title = format!("Write {}", day(adopted));
            let fixes = edits.map(|edits| Fix { title, remedy: Remedy::Edits(edits), certain: false });
            return Some(Problem { message, fixes: fixes.into_iter().collect() });
        }
        _ => {}
    }
    if fits(&date) {
        return None;
    }
    let message = format!(
        "{name} cannot be of {}: by its number it is of a session from {} to {}. Correct the date, or the number.",
        day(date),
        day(window.earliest),
        day(window.latest)
    );
    Some(Problem { message, fixes: Vec::new() })
}

/// Whether there is no doubt that a citation is of a body: the text names it in full, or calls what is cited its own and
/// numbers as only this body does.
fn is_surely_of(cited: &Judged<'_>, own: &str) -> bool {
    let citation = cited.citation;
    let acts = || cited.identity.is_some_and(|identity| identity.body.as_deref() == Some(own));
    // The Assembly has numbered so since its thirty-first session; before, organs without a name in the data did.
    let modern = adoption_window(cited.id).is_some_and(|window| window.earliest.year() >= 1976);
    if own == "UNGA" && cited.id.number.contains('/') && !modern {
        return false;
    }
    match citation.named.as_slice() {
        [named] => named == own,
        [] => own == "UNGA" && acts() && modern,
        _ => false,
    }
}

/// The days between which a resolution may be dated: sessions begin and end some days off the rule, and are resumed.
fn generous(id: &ResolutionId, window: AdoptionWindow) -> AdoptionWindow {
    let (before, after) = match base(id) {
        "UNGA" => (21, 21),
        // Its year runs from July to July.
        "ECOSOC" => (184, 0),
        "HRC" => (21, 90),
        _ => (0, 0),
    };
    AdoptionWindow {
        earliest: window.earliest.checked_sub(before.days()).unwrap_or(window.earliest),
        latest: window.latest.checked_add(after.days()).unwrap_or(window.latest),
    }
}

/// The organ named has never counted so high, and another of the same house has a resolution of that number.
fn too_high(cited: &Judged<'_>) -> Option<Problem> {
    let own = base(cited.id);
    let facts = body(own)?;
    says_whose(cited)?;
    let number: u32 = cited.id.number.parse().ok()?;
    let instrument = cited.citation.instrument;
    let ranges = facts.ranges.iter().find(|(name, _)| name.instrument() == instrument).map(|(_, range)| *range);
    let (_, last) = ranges.or(facts.range)?;
    if number <= last {
        return None;
    }
    let catalogue = cited.judge.input.catalogue;
    let others = data().bodies.iter().filter(|other| other.id != own && other.profile == facts.profile);
    let mut others = others.filter(|other| may_be(other, cited));
    let id = others.find_map(|other| {
        let id = ResolutionId::new(cited.id.body.replacen(own, &other.id, 1), cited.id.number.as_str());
        catalogue.get(&id).map(|_| id)
    })?;
    let message = format!(
        "{} has not adopted as many resolutions as {number}, but {} has. Correct the organ, or the number.",
        sentence(&body_in_words(own)),
        body_in_words(base(&id)),
    );
    Some(Problem { message, fixes: Vec::new() })
}

/// The number is one that another organ gives than the one named.
fn other_body(cited: &Judged<'_>) -> Option<Problem> {
    let (citation, own) = (cited.citation, base(cited.id));
    let [named] = citation.named.as_slice() else { return None };
    // How the others number is not known well enough.
    let known = body(named).is_some_and(|facts| !facts.named_only && !facts.various);
    if named == own || !known || citation.instrument == Instrument::Draft || citation.pinned {
        return None;
    }
    if let Some(problem) = health_assembly(cited, named) {
        return Some(problem);
    }
    let message = format!(
        "{} is a number of {}, but the text names {}. Correct the organ, or the number.",
        citation.number,
        body_in_words(own),
        body_in_words(named)
    );
    Some(Problem { message, fixes: Vec::new() })
}

/// `72/7` for `WHA72.7`, where there is such a resolution.
fn health_assembly(cited: &Judged<'_>, named: &str) -> Option<Problem> {
    let number = format!("WHA{}", cited.citation.number.replace('/', "."));
    let id = ResolutionId::new("WHA", number.as_str());
    if named != "WHA" || cited.judge.input.catalogue.get(&id).is_none() {
        return None;
    }
    let writer = Writer::new(cited.judge.input, cited.citation.paragraph)?;
    let edit = writer.replace(cited.citation.number_range, &number);
    let fix =
        edit.map(|edit| Fix { title: format!("Write {number}"), remedy: Remedy::Edits(vec![edit]), certain: false });
    let message = format!(
        "{} is a number of {}. The World Health Assembly writes {number}.",
        cited.citation.number,
        body_in_words(base(cited.id))
    );
    Some(Problem { message, fixes: fix.into_iter().collect() })
}
