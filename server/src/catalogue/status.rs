//! What a resolution is on a day.

use jiff::civil::Date;

use super::dates::adoption_window;
use super::entry::{EntryView, Fact, VersionView};
use super::format::{Abrogation, Certainty, Link, VersionKind};
use super::store::Catalogue;
use crate::citation::ResolutionId;

/// What a resolution is on a day, as far as is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status<'a> {
    /// In force, in this version; `None` where no version is known.
    InForce {
        /// The version in force.
        version: Option<VersionView<'a>>,
    },
    /// No longer in force.
    Abrogated {
        /// Since when and by what.
        abrogation: Fact<'a, Abrogation>,
        /// The last version.
        last: Option<VersionView<'a>>,
    },
    /// One of a series on a subject that comes back, and not the newest of that day.
    NewerInSeries {
        /// The newest of the series on that day.
        newest: &'a ResolutionId,
        /// Not later than this day, the newest was there.
        since: Date,
        /// The fact that makes it a series.
        link: Fact<'a, Link>,
    },
    /// The symbol of a draft whose text was adopted.
    DraftAdopted {
        /// The resolution that it became.
        link: Fact<'a, Link>,
    },
    /// It was proposed, and is not known to have been adopted.
    ProposedOnly,
    /// The day is before its first known version.
    NotAdoptedYet {
        /// The day from which on it is there, or the first day on which it can be.
        from: Date,
    },
    /// Not in the catalogue.
    Unknown,
}

/// The status by the facts of one resolution, series left aside.
pub(super) fn of_entry<'a>(entry: &EntryView<'a>, as_of: Date) -> Status<'a> {
    if let Some(link) = entry.adopted_as().into_iter().next() {
        return Status::DraftAdopted { link };
    }
    let versions = entry.versions();
    // What is only said and never checked decides nothing as long as there is something better.
    let sure = |view: &&VersionView<'a>| view.certainty > Certainty::Unproven;
    let adopted: Vec<&VersionView<'a>> = {
        let all: Vec<_> = versions.iter().filter(|view| view.kind != VersionKind::Proposed).collect();
        let sure: Vec<_> = all.iter().copied().filter(sure).collect();
        if sure.is_empty() { all } else { sure }
    };
    let current = adopted.iter().rev().find(|view| view.date <= as_of).map(|view| (*view).clone());
    if let Some(abrogation) = entry.abrogation()
        && let Some(since) = abrogation.value.certain_from()
        && since <= as_of
        // A version of the same year or later says that it lived on.
        && current.as_ref().is_none_or(|version| i32::from(version.year) < i32::from(since.year()))
    {
        return Status::Abrogated { abrogation, last: current };
    }
    if current.is_some() {
        return Status::InForce { version: current };
    }
    // It was in force, in a version that is not known, before any that is.
    let year = as_of.year();
    let was_there = entry.in_force().iter().any(|fact| i32::from(fact.value.year) <= i32::from(year));
    match adopted.first() {
        _ if was_there => Status::InForce { version: None },
        // A first version is the beginning; a revision had something before it.
        Some(first) if first.kind == VersionKind::Adopted => Status::NotAdoptedYet { from: first.date },
        Some(_) => Status::InForce { version: None },
        None if !versions.is_empty() => Status::ProposedOnly,
        None => match adoption_window(entry.id()) {
            Some(window) if window.earliest > as_of => Status::NotAdoptedYet { from: window.earliest },
            _ => Status::InForce { version: None },
        },
    }
}

/// The newest resolution of the same series that was there on a day, if it is newer than this one.
pub(super) fn newest_in_series<'a>(catalogue: &'a Catalogue, entry: &EntryView<'a>, as_of: Date) -> Option<Status<'a>> {
    let own = order(catalogue, entry.id());
    let mut best: Option<(&'a ResolutionId, Date, Order<'_>, Fact<'a, Link>)> = None;
    for link in entry.succeeded_by() {
        if link.certainty == Certainty::Unproven {
            continue;
        }
        let latest = &link.value.id;
        // What another organ has adopted on the subject counts only where the catalogue names it outright.
        let body = &entry.id().body;
        let siblings = catalogue.predecessors(latest, body).into_iter().filter(|id| id.body == *body);
        for id in siblings.chain([latest]) {
            let order = order(catalogue, id);
            let newer = match (&own.0, &order.0) {
                _ if id == latest => true,
                (Some(own_window), Some(window)) => (window, &order.1) > (own_window, &own.1),
                _ => false,
            };
            // Where nothing says when it was adopted, it cannot be said to have been there.
            let Some((_, there)) = order.0 else { continue };
            if newer && there <= as_of && best.as_ref().is_none_or(|(_, _, best, _)| *best < order) {
                best = Some((id, there, order, link));
            }
        }
    }
    best.map(|(newest, since, _, link)| Status::NewerInSeries { newest, since, link })
}

/// The order of a series: by the days between which a resolution was adopted, then by the numbers in its number.
type Order<'a> = (Option<(Date, Date)>, Vec<u64>, &'a ResolutionId);

fn order<'a>(catalogue: &Catalogue, id: &'a ResolutionId) -> Order<'a> {
    let first = catalogue.get(id).and_then(|entry| {
        let versions = entry.versions();
        let first = versions.iter().find(|view| view.kind != VersionKind::Proposed)?;
        Some((first.date, first.day_is_given))
    });
    // A year without a day is worth less than what the number says.
    let given = first.filter(|(_, day_is_given)| *day_is_given);
    let by_number = || adoption_window(id).map(|window| (window.earliest, window.latest));
    let window = given.map(|(day, _)| (day, day)).or_else(by_number).or_else(|| first.map(|(day, _)| (day, day)));
    let numbers = id.number.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok()).collect();
    (window, numbers, id)
}
