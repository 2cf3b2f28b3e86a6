//! Entries that were made apart, put together in the order of a file.

use std::collections::BTreeMap;

use super::format::{Abrogation, Entry, Link, Title, VersionFact, VersionKind};
use crate::citation::ResolutionId;

/// One entry for each resolution, sorted; in each the facts sorted, and each fact once. Of two that say the same the one
/// that is surer and came first is kept; two versions of one name that differ in more than what one leaves open are
/// both kept, if different sources say so.
pub fn merge(entries: impl IntoIterator<Item = Entry>) -> Vec<Entry> {
    let mut merged: BTreeMap<ResolutionId, Entry> = BTreeMap::new();
    for entry in entries {
        let all = merged.entry(entry.id.clone()).or_insert_with(|| Entry::new(entry.id.clone()));
        entry.versions.into_iter().for_each(|fact| all.add_version(fact));
        entry.titles.into_iter().for_each(|fact| add_title(&mut all.titles, fact));
        for fact in entry.in_force {
            if all.in_force.iter().all(|known| known.year != fact.year) {
                all.in_force.push(fact);
            }
        }
        entry.succeeded_by.into_iter().for_each(|fact| add_link(&mut all.succeeded_by, fact));
        entry.adopted_as.into_iter().for_each(|fact| add_link(&mut all.adopted_as, fact));
        add_abrogation(&mut all.abrogated, entry.abrogated);
        all.versions_complete |= entry.versions_complete;
        all.source = all.source.take().or(entry.source);
    }
    let entries = merged.into_values().map(|mut entry| {
        entry.versions.sort_by(|a, b| (&a.version, a.year).cmp(&(&b.version, b.year)));
        entry.titles.sort_by(|a, b| {
            let key = |title: &Title| (title.language, title.version.clone(), title.kind, title.text.clone());
            key(a).cmp(&key(b))
        });
        entry.in_force.sort_by_key(|fact| fact.year);
        if !entry.says_nothing() {
            // Each fact has its own.
            entry.source = None;
        }
        entry
    });
    entries.collect()
}

fn add_title(titles: &mut Vec<Title>, title: Title) {
    let same =
        |known: &&mut Title| (known.language, &known.text, known.kind) == (title.language, &title.text, title.kind);
    let Some(known) = titles.iter_mut().find(same) else { return titles.push(title) };
    // Repeated with another version, it says nothing of either.
    let version = if known.version == title.version { known.version.take() } else { None };
    if title.certainty > known.certainty {
        *known = title;
    }
    known.version = version;
}

fn add_link(links: &mut Vec<Link>, link: Link) {
    match links.iter_mut().find(|known| known.id == link.id) {
        Some(known) if link.certainty > known.certainty => *known = link,
        Some(_) => {}
        None => links.push(link),
    }
}

fn add_abrogation(known: &mut Option<Abrogation>, other: Option<Abrogation>) {
    let rank = |fact: &Abrogation| (fact.certainty, fact.date.is_some(), fact.not_later_than.is_some());
    if let Some(other) = other
        && known.as_ref().is_none_or(|known| rank(&other) > rank(known))
    {
        *known = Some(other);
    }
}

impl Entry {
    /// Whether it says no more than that the resolution exists.
    pub fn says_nothing(&self) -> bool {
        self.titles.is_empty()
            && self.versions.is_empty()
            && self.in_force.is_empty()
            && self.abrogated.is_none()
            && self.succeeded_by.is_empty()
            && self.adopted_as.is_empty()
    }

    /// Adds a version, or what it says beyond the one of that name that is already there.
    pub fn add_version(&mut self, fact: VersionFact) {
        let Some(known) = self.versions.iter_mut().find(|known| known.version == fact.version) else {
            self.versions.push(fact);
            return;
        };
        let differ = |a: &Option<String>, b: &Option<String>| a.is_some() && b.is_some() && a != b;
        let dates = known.date.is_some() && fact.date.is_some() && known.date != fact.date;
        if (differ(&known.place, &fact.place) || dates) && differ(&known.source, &fact.source) {
            if !self.versions.contains(&fact) {
                self.versions.push(fact);
            }
            return;
        }
        // `Rev.` or not, said outright, is worth more than a kind left open; a proposal never unmakes an adoption.
        let rank = |fact: &VersionFact| (fact.kind != VersionKind::Proposed, fact.certainty, fact.kind);
        let place = known.place.clone().or_else(|| fact.place.clone());
        let date = known.date.or(fact.date);
        if rank(&fact) > rank(known) || (fact.date.is_some() && known.date.is_none() && rank(&fact) == rank(known)) {
            *known = fact;
        }
        known.place = place;
        known.date = date;
    }
}
