//! What the rules about citations share: which citations are judged, as of when, and how a version is named.

use std::collections::HashMap;

use jiff::ToSpan;
use jiff::civil::Date;

use super::citation_unknown_version::problem as unknown_version;
use super::{Finding, Input, Place, Remedy};
use crate::catalogue::{AdoptionWindow, Certainty, Status, VersionKind, VersionView, adoption_window};
use crate::citation::{Citation, Identity, Instrument, ResolutionId, body, body_name};
use crate::numbering;
use crate::syntax::{Language, Side, TextRange};

/// A citation to be judged.
pub(super) struct Judged<'a> {
    pub citation: &'a Citation,
    pub id: &'a ResolutionId,
    /// The resolution of the file that it stands in.
    pub identity: Option<&'a Identity>,
    /// The day on which the text was written, or today where it does not say or lies ahead.
    pub written: Date,
    /// Whether the text was written before today, so that things may have changed since.
    pub past: bool,
    /// Whether an old version is meant: history recalled on purpose, or the version of this very resolution before
    /// this one.
    pub history: bool,
}

/// The citations that rules judge: of known resolutions, not pinned, in the text as amended. What stands only in the
/// text as in force is what the proposal takes away.
pub(super) fn judged<'a>(input: &'a Input<'_>) -> impl Iterator<Item = Judged<'a>> {
    let facts = input.facts;
    let dates: HashMap<u32, (Option<&Identity>, Option<Date>)> = facts
        .identities
        .iter()
        .map(|identity| (identity.resolution.0, (Some(identity), date_of(input, identity))))
        .collect();
    facts.citations.iter().filter_map(move |citation| {
        if citation.side != Side::Amended || citation.pinned {
            return None;
        }
        let id = citation.id.as_ref()?;
        let resolution = facts.document.paragraphs.get(citation.paragraph.index())?.resolution;
        let (identity, date) = dates.get(&resolution.0).copied().unwrap_or_default();
        let written = date.filter(|date| *date < input.today);
        let own = identity.is_some_and(|identity| identity.id.as_ref() == Some(id));
        Some(Judged {
            citation,
            id,
            identity,
            written: written.unwrap_or(input.today),
            past: written.is_some(),
            history: citation.historical || own,
        })
    })
}

/// The day as of which a resolution's citations are judged. A proposal is written before the session that it is made
/// to, and cannot know what that session adopts.
fn date_of(input: &Input<'_>, identity: &Identity) -> Option<Date> {
    let document = &input.facts.document;
    let resolution = document.resolutions.get(identity.resolution.index())?;
    let proposal = resolution.proposal.is_some() || numbering::is_tracked(document, identity.resolution);
    let date = identity.date?;
    if proposal { date.checked_sub(1.day()).ok() } else { Some(date) }
}

/// What is newer than what a citation names.
pub(super) enum Newer<'a> {
    /// A version of the same resolution.
    Version(VersionView<'a>),
    /// A resolution of the same series.
    Series(&'a ResolutionId),
    /// The resolution that a draft has become.
    Adopted(&'a ResolutionId),
}

/// What was newer, on a day, than what the citation names.
pub(super) fn newer<'a>(input: &'a Input<'_>, judged: &Judged<'_>, as_of: Date) -> Option<Newer<'a>> {
    let catalogue = input.catalogue;
    match catalogue.status(judged.id, as_of) {
        Status::DraftAdopted { link } if link.certainty > Certainty::Unproven => {
            let id = &link.value.id;
            // Before it was adopted, the draft was all there was to cite.
            let there = catalogue.versions(id).first().map(|version| version.date <= as_of);
            there.unwrap_or(true).then_some(Newer::Adopted(id))
        }
        Status::NewerInSeries { newest, .. } if !cites_the_series(input, judged) => Some(Newer::Series(newest)),
        Status::InForce { version: Some(version) } => {
            let cited = judged.citation.version.as_ref()?;
            // A body that adopts a text once has no versions of it; there a year is that of the text.
            let versions = adoption_window(judged.id).is_none() && version.certainty > Certainty::Unproven;
            // What never was cannot have been replaced: that is a finding of its own.
            let newer = versions && version.version > cited && unknown_version(input, judged).is_none();
            newer.then_some(Newer::Version(version))
        }
        _ => None,
    }
}

/// Whether the text is itself of the series, or cites a newer one of it as well: then it lists the series on purpose.
fn cites_the_series(input: &Input<'_>, judged: &Judged<'_>) -> bool {
    let series = input.catalogue.series(judged.id);
    let key = |id: &ResolutionId| adoption_window(id).map(|window: AdoptionWindow| (window.earliest, window.latest));
    let own = key(judged.id);
    let newer = |id: &&ResolutionId| *id != judged.id && series.contains(id) && key(id) >= own;
    let of_series = |identity: &Identity| identity.id.as_ref().is_some_and(|id| series.contains(&id));
    judged.identity.is_some_and(of_series)
        || input
            .facts
            .citations
            .iter()
            .filter(|other| other.side == Side::Amended)
            .filter_map(|other| other.id.as_ref())
            .any(|id| newer(&id))
}

/// “Resolution 140”, “Decision 5”, “resolution 70/125 of the General Assembly”: for messages.
pub(super) fn name(id: &ResolutionId, instrument: Instrument) -> String {
    let kind = match instrument {
        Instrument::Resolution => "Resolution",
        Instrument::Decision => "Decision",
        Instrument::Opinion => "Opinion",
        Instrument::Recommendation => "Recommendation",
        Instrument::Draft => "Draft",
    };
    format!("{kind} {}", id.number)
}

/// The parenthesis of a version in English: “(Rev. Bucharest, 2022)”, “(Minneapolis, 1998)”, “(Rev. WRC-19)”.
pub(super) fn parenthesis(id: &ResolutionId, version: &VersionView<'_>) -> String {
    let rev = if version.kind == VersionKind::Adopted { "" } else { "Rev. " };
    match body(&id.body).filter(|facts| facts.coded) {
        Some(facts) => format!("({rev}{}-{:02})", facts.id, version.year % 100),
        None => format!("({rev}{})", version.name()),
    }
}

/// A version's day, or its year where the day is not known: “14 October 2022”, “2016”.
pub(super) fn since(version: &VersionView<'_>) -> String {
    let rounded = !version.day_is_given && (version.date.month(), version.date.day()) == (12, 31);
    if rounded { version.year.to_string() } else { day(version.date) }
}

/// “14 October 2022”
pub(super) fn day(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// The body's short name in English, “the World Health Assembly”.
pub(super) fn organ(id: &ResolutionId) -> String {
    let base = id.body.split(' ').next().unwrap_or(&id.body);
    let name = body_name(base, Language::En).unwrap_or(base);
    format!("the {}", name.split(" of the International Telecommunication").next().unwrap_or(name))
}

/// What to underline: the citation; for a member of a group, its number with what it shares cut off.
pub(super) fn range(judged: &Judged<'_>) -> TextRange {
    judged.citation.range
}

/// Adds the pin, the fix that says that the old text is meant.
pub(super) fn with_pin(finding: Finding, input: &Input<'_>, judged: &Judged<'_>) -> Finding {
    match super::citation_fix::pin(input, judged.citation) {
        Some(edits) => finding.fix("Pin this citation: the old text is meant", Remedy::Edits(edits)),
        None => finding,
    }
}

/// Adds the page or file of the resolution.
pub(super) fn with_resolution(finding: Finding, id: &ResolutionId, version: Option<&str>, message: String) -> Finding {
    finding.related(Place::Resolution(id.clone(), version.map(str::to_owned)), message)
}

/// Adds the fix that brings the citation to a version.
pub(super) fn with_version(
    finding: Finding,
    input: &Input<'_>,
    judged: &Judged<'_>,
    version: &VersionView<'_>,
    as_of: Date,
) -> Finding {
    match super::citation_fix::bring_to(input, judged, version, as_of) {
        Some(edits) => finding.fix(format!("Cite {}", parenthesis(judged.id, version)), Remedy::Edits(edits)),
        None => finding,
    }
}

/// With a capital letter at the front.
pub(super) fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
