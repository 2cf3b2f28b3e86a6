//! The versions of a resolution as a chain, with what came before the first and behind the last in its series.

use jiff::civil::Date;

use super::calls::citation_at;
use super::item::{self, Item};
use super::target::{identity_of, language_at, titled_at};
use crate::catalogue::{VersionKind, VersionView, adoption_window};
use crate::citation::{ResolutionId, Version};
use crate::syntax::{Language, TextSize};
use crate::workspace::{FileId, Snapshot};

/// The version that a citation or title at `offset` names; where it names none, the one in force. `None` elsewhere, and
/// for what nobody knows.
pub fn prepare(snapshot: &Snapshot, file: FileId, offset: TextSize) -> Option<Item> {
    let file = snapshot.file(file)?;
    let Some(citation) = citation_at(file, offset) else {
        let resolution = titled_at(file, offset)?;
        identity_of(file, resolution)?.id.as_ref()?;
        return item::of_text(file, resolution);
    };
    let id = citation.id.as_ref()?;
    let in_force = || Some(snapshot.catalogue().version_in_force(id, snapshot.today())?.version.clone());
    at_version(snapshot, id, citation.version.clone().or_else(in_force).as_ref(), language_at(file.facts(), offset))
}

/// The versions right before the one named; before the first, what it took the place of in its series.
pub fn older(
    snapshot: &Snapshot,
    id: &ResolutionId,
    version: Option<&Version>,
    language: Option<Language>,
) -> Vec<Item> {
    let versions = versions(snapshot, id);
    let before = version.and_then(|version| versions.iter().rev().find(|view| view.version < version));
    if let Some(view) = before {
        return at_version(snapshot, id, Some(view.version), language).into_iter().collect();
    }
    let (before, _) = neighbours(snapshot, id);
    before.and_then(|id| newest(snapshot, &id, language)).into_iter().collect()
}

/// The versions right behind the one named; behind the last, what took its place: the next in its series, or what a
/// draft became.
pub fn newer(
    snapshot: &Snapshot,
    id: &ResolutionId,
    version: Option<&Version>,
    language: Option<Language>,
) -> Vec<Item> {
    let versions = versions(snapshot, id);
    let behind = version.and_then(|version| versions.iter().find(|view| view.version > version));
    if let Some(view) = behind {
        return at_version(snapshot, id, Some(view.version), language).into_iter().collect();
    }
    let adopted = snapshot.catalogue().get(id).map(|entry| entry.adopted_as()).unwrap_or_default();
    let (_, next) = neighbours(snapshot, id);
    let ids = adopted.into_iter().map(|link| link.value.id.clone()).chain(next);
    ids.filter_map(|id| oldest(snapshot, &id, language)).collect()
}

/// The text in the workspace that has exactly this version, else the catalogue's page about it.
fn at_version(
    snapshot: &Snapshot,
    id: &ResolutionId,
    version: Option<&Version>,
    language: Option<Language>,
) -> Option<Item> {
    let texts = snapshot.defining(id).iter().filter(|text| version.is_none() || text.version.as_ref() == version);
    let text = texts.filter_map(|text| Some((snapshot.file(text.file)?, text.resolution)));
    let text = text.into_iter().find(|(file, resolution)| !file.facts().document.is_stub(*resolution));
    match text {
        Some((file, resolution)) => item::of_text(file, resolution),
        None => item::of_catalogue(snapshot, id, version, language),
    }
}

fn newest(snapshot: &Snapshot, id: &ResolutionId, language: Option<Language>) -> Option<Item> {
    let versions = versions(snapshot, id);
    at_version(snapshot, id, versions.last().map(|view| view.version), language)
}

fn oldest(snapshot: &Snapshot, id: &ResolutionId, language: Option<Language>) -> Option<Item> {
    let versions = versions(snapshot, id);
    at_version(snapshot, id, versions.first().map(|view| view.version), language)
}

/// The versions, oldest first. A text that was adopted once and is never revised has none: a year is that of the text.
pub(super) fn versions<'a>(snapshot: &'a Snapshot, id: &ResolutionId) -> Vec<VersionView<'a>> {
    if adoption_window(id).is_some() { Vec::new() } else { snapshot.catalogue().versions(id) }
}

/// The series that a resolution belongs to, oldest first, itself included; empty where it belongs to none.
pub(super) fn series<'a>(snapshot: &'a Snapshot, id: &ResolutionId) -> Vec<&'a ResolutionId> {
    let mut series = snapshot.catalogue().series(id);
    series.sort_by_cached_key(|other| order(snapshot, other));
    series.dedup();
    series
}

/// The resolutions right before and right behind one in its series.
fn neighbours(snapshot: &Snapshot, id: &ResolutionId) -> (Option<ResolutionId>, Option<ResolutionId>) {
    let own = order(snapshot, id);
    let series = snapshot.catalogue().series(id).into_iter().filter(|other| *other != id);
    let placed: Vec<_> = series.map(|other| (order(snapshot, other), other)).collect();
    let before = placed.iter().filter(|(order, _)| *order < own).max().map(|(_, other)| (*other).clone());
    let behind = placed.iter().filter(|(order, _)| *order > own).min().map(|(_, other)| (*other).clone());
    (before, behind)
}

/// The order of a series: by the days between which a resolution was adopted, then by the numbers in its number.
fn order(snapshot: &Snapshot, id: &ResolutionId) -> (Option<Date>, Vec<u64>) {
    let window = adoption_window(id).map(|window| window.earliest);
    let first = || {
        let versions = snapshot.catalogue().versions(id);
        versions.iter().find(|view| view.kind != VersionKind::Proposed).map(|view| view.date)
    };
    let numbers = id.number.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok()).collect();
    (window.or_else(first), numbers)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::ide::definition::Destination;
    use crate::ide::tests::workspace;

    /// The chain that the cursor stands in, from its oldest link to its newest; `>` is where it stands.
    fn check(fixture: &str, expected: Expect) {
        let (snapshot, file, offset) = workspace(fixture);
        let Some(here) = prepare(&snapshot, file, offset) else { return expected.assert_eq("nothing\n") };
        let show = |mark: &str, item: &Item| {
            let place = match &item.place {
                Destination::File { file, .. } => snapshot.file(*file).expect("loaded").location.name(),
                Destination::Page { id, version } => format!("page {}", id.at(version.as_deref())),
            };
            format!("{mark} {} at {place}\n", item.name)
        };
        let step = |item: &Item, up: bool| {
            let id = item.id.clone().expect("an item of a chain has an id");
            let next = if up { newer } else { older };
            next(&snapshot, &id, item.version.as_ref(), None).into_iter().next()
        };
        let mut before: Vec<Item> =
            std::iter::successors(step(&here, false), |item| step(item, false)).take(9).collect();
        before.reverse();
        let mut out: String = before.iter().map(|item| show(" ", item)).collect();
        out += &show(">", &here);
        out.extend(
            std::iter::successors(step(&here, true), |item| step(item, true)).take(9).map(|item| show(" ", &item)),
        );
        expected.assert_eq(&out);
    }

    #[test]
    fn the_versions_of_a_cited_resolution() {
        check(
            "*recalling*\n\na) Resolution 1$040 (Rev. Busan, 2014) of the Plenipotentiary Conference,\n",
            expect![[r#"
                  Resolution 140 (Antalya, 2006) at page PP-140@2006
                > Resolution 140 (Rev. Busan, 2014) at page PP-140@2014
                  Resolution 140 (Rev. Dubai, 2018) at page PP-140@2018
                  Resolution 140 (Rev. Bucharest, 2022) at page PP-140@2022
            "#]],
        );
        // Where no version is named, the one in force is meant.
        check(
            "*recalling*\n\na) Resolution 1$040 of the Plenipotentiary Conference,\n",
            expect![[r#"
              Resolution 140 (Antalya, 2006) at page PP-140@2006
              Resolution 140 (Rev. Busan, 2014) at page PP-140@2014
              Resolution 140 (Rev. Dubai, 2018) at page PP-140@2018
            > Resolution 140 (Rev. Bucharest, 2022) at page PP-140@2022
        "#]],
        );
    }

    #[test]
    fn a_version_in_the_workspace_is_its_file() {
        check(
            "//- a.resmark\n# Resolution 1$040 (Rev. Bucharest, 2022)\n\nThe Plenipotentiary Conference of the \
             International Telecommunication Union (Bucharest, 2022),\n//- b.resmark\n# Resolution 140 (Rev. Dubai, \
             2018)\n\nThe Plenipotentiary Conference of the International Telecommunication Union (Dubai, 2018),\n",
            expect![[r#"
                  Resolution 140 (Antalya, 2006) at page PP-140@2006
                  Resolution 140 (Rev. Busan, 2014) at page PP-140@2014
                  Resolution 140 (Rev. Dubai, 2018) at b.resmark
                > Resolution 140 (Rev. Bucharest, 2022) at a.resmark
            "#]],
        );
    }

    #[test]
    fn a_series_is_a_chain() {
        check(
            "*recalling*\n\na) General Assembly resolution 77/1$050,\n",
            expect![[r#"
              General Assembly resolution 74/197 at page UNGA-74/197
              General Assembly resolution 75/202 at page UNGA-75/202
              General Assembly resolution 76/189 at page UNGA-76/189
            > General Assembly resolution 77/150 at page UNGA-77/150
              General Assembly resolution 78/132 at page UNGA-78/132
              General Assembly resolution 79/194 at page UNGA-79/194
        "#]],
        );
    }

    #[test]
    fn what_nobody_knows_has_no_chain() {
        check(
            "*recalling*\n\na) Resolution 9$0999 (Bucharest, 2022) of the Plenipotentiary Conference,\n",
            expect![[r#"
                nothing
            "#]],
        );
        check(
            "*recalling*\n\na) the wo$0rds,\n",
            expect![[r#"
            nothing
        "#]],
        );
    }
}
