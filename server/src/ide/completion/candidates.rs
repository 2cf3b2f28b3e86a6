//! Which resolutions may be meant, the likeliest first, and in which version.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};

use super::typed::Typed;
use crate::catalogue::{Layer, Status, VersionKind, VersionView};
use crate::citation::{
    Begun, Body, Instrument, NumberShape, ResolutionId, Version, WrittenVersion, body, data, session_in_title,
};
use crate::syntax::Side;
use crate::workspace::Snapshot;

/// A resolution in a version.
pub(super) struct Candidate<'a> {
    pub id: ResolutionId,
    pub version: Option<VersionView<'a>>,
    /// Whether it is abrogated, or another has taken its place.
    pub outdated: bool,
}

/// What a body's name has behind it for other instruments than resolutions.
pub(super) fn kind_suffix(instrument: Instrument) -> &'static str {
    match instrument {
        Instrument::Resolution | Instrument::Draft => "",
        Instrument::Decision => " Decision",
        Instrument::Opinion => " Opinion",
        Instrument::Recommendation => " Recommendation",
    }
}

/// The body without the kind of instrument.
pub(super) fn base(body: &str) -> &str {
    let kinds = [" Decision", " Opinion", " Recommendation"];
    kinds.iter().find_map(|kind| body.strip_suffix(kind)).unwrap_or(body)
}

/// The organ that acts in the resolution at the cursor.
pub(super) fn acting<'a>(typed: &Typed<'a>) -> Option<&'a Body> {
    let identities = &typed.facts().identities;
    let own = identities.iter().find(|identity| identity.resolution == typed.resolution());
    own.or(identities.first()).and_then(|identity| identity.body.as_ref())
}

/// How often the document cites each resolution, that at the cursor left out: it is just being typed.
pub(super) fn cited<'a>(typed: &Typed<'a>) -> BTreeMap<&'a ResolutionId, usize> {
    let mut cited = BTreeMap::new();
    for citation in &typed.facts().citations {
        if let Some(id) = citation.id.as_ref().filter(|_| !citation.range.contains_inclusive(typed.offset)) {
            *cited.entry(id).or_insert(0) += 1;
        }
    }
    cited
}

/// The bodies that may be meant: those that are named; else the acting organ, then those that the document cites, then
/// those of the same house. `others` where any body may follow these.
pub(super) fn bodies<'a>(typed: &Typed<'a>, begun: &Begun, others: bool) -> Vec<&'a str> {
    let acting = acting(typed).map(String::as_str);
    let of_data = |id: &str| data().bodies.iter().find(|body| body.id == id).map(|body| body.id.as_str());
    let adopts = |id: &str| {
        body(id).is_none_or(|body| body.instruments.iter().any(|name| name.instrument() == begun.instrument))
    };
    if !begun.named.is_empty() && (!begun.generic || begun.named.len() == 1) {
        return begun.named.iter().filter_map(|id| of_data(id)).collect();
    }
    if begun.own && acting.is_some() {
        return acting.into_iter().collect();
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (id, count) in cited(typed) {
        *counts.entry(base(&id.body)).or_default() += count;
    }
    let mut of_text: Vec<&str> = counts.keys().copied().collect();
    of_text.sort_by_key(|id| Reverse(counts.get(id).copied()));
    let profile = acting.and_then(body).map(|body| body.profile.as_str());
    let house = data().bodies.iter().filter(|body| Some(body.profile.as_str()) == profile);
    let rest = data().bodies.iter().filter(|body| Some(body.profile.as_str()) != profile);
    let known = house.chain(rest).filter(|body| !body.various).map(|body| body.id.as_str());
    let mut all: Vec<&str> = acting.into_iter().chain(of_text).collect();
    if others || all.is_empty() {
        all.extend(known);
    }
    let mut seen = HashSet::new();
    all.retain(|id| seen.insert(*id) && (!begun.generic || begun.named.iter().any(|named| named == id)) && adopts(id));
    all
}

/// The resolution in the version that is in force today, or else the last that is known. `None` for what was never
/// adopted.
pub(super) fn current<'a>(typed: &Typed<'a>, id: &ResolutionId) -> Option<Candidate<'a>> {
    let catalogue = typed.snapshot.catalogue();
    let candidate = |version, outdated| Some(Candidate { id: id.clone(), version, outdated });
    match catalogue.status(id, typed.snapshot.today()) {
        Status::InForce { version } => candidate(version, false),
        Status::Abrogated { last, .. } => candidate(last, true),
        Status::NewerInSeries { .. } => candidate(None, true),
        Status::NotAdoptedYet { .. } => candidate(catalogue.versions(id).into_iter().next(), false),
        Status::Unknown => candidate(None, false),
        Status::ProposedOnly | Status::DraftAdopted { .. } => None,
    }
}

/// The order in which the numbers of a body are listed: upwards where it counts through, the newest session first where
/// the number begins with the session or the year.
pub(super) fn order(id: &ResolutionId) -> (Reverse<u64>, Vec<u64>, String) {
    let digits = id.number.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok());
    let numbers: Vec<u64> = digits.collect();
    let through = body(base(&id.body)).is_some_and(|body| body.numbers.contains(&NumberShape::Plain));
    let newest = if through { 0 } else { numbers.first().copied().unwrap_or_default() };
    (Reverse(newest), numbers, id.number.clone())
}

/// A version as it is to be written. Of a text of the workspace, its title says whether it is a revision.
pub(super) fn to_write<'a>(snapshot: &Snapshot, id: &ResolutionId, view: &VersionView<'a>) -> WrittenVersion<'a> {
    let revised = match view.kind {
        VersionKind::Adopted => false,
        VersionKind::Revised => true,
        VersionKind::AdoptedOrRevised | VersionKind::Proposed => {
            let titled = (view.layer == Layer::Resolution).then(|| revised_by_title(snapshot, id, view.version));
            titled.flatten().unwrap_or(true)
        }
    };
    WrittenVersion { place: view.place, year: view.year, revised }
}

fn revised_by_title(snapshot: &Snapshot, id: &ResolutionId, version: &Version) -> Option<bool> {
    let definition = snapshot.defining(id).iter().find(|definition| definition.version.as_ref() == Some(version))?;
    let document = &snapshot.file(definition.file)?.facts().document;
    session_in_title(document, definition.resolution, Side::Amended).map(|(_, session)| session.revised)
}
