//! Go to implementation: who revised a resolution.

use super::definition::{Destination, Target};
use super::target::{identity_of, language_at, place_of, resolutions_at};
use super::type_definition::{Which, places};
use super::types::{series, versions};
use crate::citation::{ResolutionId, Version};
use crate::syntax::{Language, ProposalKind, TextSize};
use crate::workspace::{FileId, Snapshot};

/// What revised or replaced the resolution that is cited at `offset` or whose title stands there: its later versions,
/// what took its place in its series, what a draft was adopted as, and the texts of the workspace that propose to change
/// or to abrogate it. The version that the words name counts; where they name none, the one in force. Empty where nothing
/// is known that did.
pub fn implementation(snapshot: &Snapshot, file: FileId, offset: TextSize) -> Vec<Target> {
    let Some(file) = snapshot.file(file) else { return Vec::new() };
    let language = language_at(file.facts(), offset);
    let mut targets: Vec<Target> = Vec::new();
    for named in resolutions_at(file, offset) {
        let in_force = || Some(snapshot.catalogue().version_in_force(named.id, snapshot.today())?.version);
        let version = named.version.or_else(in_force);
        // On a title, what revised this text is another one.
        let own = |destination: &Destination| match destination {
            Destination::File { file: other, selection, .. } => {
                named.own.is_some() && *other == file.id && *selection == named.origin
            }
            Destination::Page { .. } => false,
        };
        let later = later(snapshot, named.id, version, language);
        for destination in later.into_iter().chain(proposals(snapshot, named.id, version)) {
            let target = Target { origin: named.origin, destination };
            if !own(&target.destination) && !targets.contains(&target) {
                targets.push(target);
            }
        }
    }
    targets
}

/// The versions behind one; of a resolution that has none, what came behind it in its series or took its place.
fn later(
    snapshot: &Snapshot,
    id: &ResolutionId,
    version: Option<&Version>,
    language: Option<Language>,
) -> Vec<Destination> {
    let versions = versions(snapshot, id);
    let behind = versions.iter().map(|view| view.version).filter(|other| version.is_none_or(|own| *other > own));
    let mut later: Vec<Destination> =
        behind.flat_map(|version| places(snapshot, id, Which::Version(version), language)).collect();
    let mut ids: Vec<ResolutionId> = Vec::new();
    if versions.is_empty() {
        let series = series(snapshot, id);
        ids.extend(series.into_iter().skip_while(|other| *other != id).skip(1).cloned());
    }
    if let Some(entry) = snapshot.catalogue().get(id) {
        let links = entry.succeeded_by().into_iter().chain(entry.adopted_as());
        ids.extend(links.map(|link| link.value.id.clone()));
    }
    let mut seen = std::collections::HashSet::new();
    ids.retain(|other| other != id && seen.insert(other.clone()));
    later.extend(ids.iter().flat_map(|id| places(snapshot, id, Which::Any, language)));
    later
}

/// The texts of the workspace that propose to change or to abrogate a version of a resolution, or a later one.
fn proposals(snapshot: &Snapshot, id: &ResolutionId, version: Option<&Version>) -> Vec<Destination> {
    let texts = snapshot.defining(id).iter().filter_map(|text| {
        let file = snapshot.file(text.file)?;
        let mark = file.facts().document.resolutions.get(text.resolution.index())?.proposal.as_ref()?;
        let identity = identity_of(file, text.resolution)?;
        // What they propose to change: the version that a tracked title takes away, else that of the title.
        let base = identity.version_in_force.as_ref().or(identity.version.as_ref());
        let changes = matches!(mark.kind, ProposalKind::Modify | ProposalKind::Suppress);
        let of_it = base.zip(version).is_none_or(|(base, version)| base >= version);
        let (range, selection) = place_of(file, text).filter(|_| changes && of_it)?;
        Some(Destination::File { file: file.id, range, selection })
    });
    texts.collect()
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::ide::tests::{shown, workspace};

    fn check(fixture: &str, expected: Expect) {
        let (snapshot, file, offset) = workspace(fixture);
        expected.assert_eq(&shown(&snapshot, file, implementation(&snapshot, file, offset)));
    }

    const PP: &str = "The Plenipotentiary Conference of the International Telecommunication Union";

    #[test]
    fn a_citation_leads_to_the_later_versions_and_to_proposals() {
        let fixture = format!(
            "//- a.resmark\n*recalling*\n\na) Resolution 1$040 (Rev. Dubai, 2018) of the Plenipotentiary Conference,\n\
             //- b.resmark\nMOD EUR/1/1\n\n# Resolution 140 (Rev. {{~~Bucharest, 2022~>Doha, 2026~~}})\n\n{PP} \
             ({{~~Bucharest, 2022~>Doha, 2026~~}}),\n\n*resolves*\n\n1. to go on.\n//- c.resmark\nSUP INS/2/1\n\n\
             # Resolution 140 (Rev. Bucharest, 2022)\n\nReasons: It has served its purpose.\n//- d.resmark\nNOC INS/2/2\n\n\
             # Resolution 140 (Rev. Bucharest, 2022)\n"
        );
        check(
            &fixture,
            expect![[r#"
            Resolution 140 (Rev. Dubai, 2018) → page PP-140@2022
            Resolution 140 (Rev. Dubai, 2018) → b.resmark: # Resolution 140 (Rev. {~~Bucharest, 2022~>Doha, 2026~~})
            Resolution 140 (Rev. Dubai, 2018) → c.resmark: # Resolution 140 (Rev. Bucharest, 2022)
        "#]],
        );
        // Of the version in force, only the proposals are left.
        check(
            &fixture.replace("(Rev. Dubai, 2018)", "(Rev. Bucharest, 2022)"),
            expect![[r#"
            Resolution 140 (Rev. Bucharest, 2022) → b.resmark: # Resolution 140 (Rev. {~~Bucharest, 2022~>Doha, 2026~~})
            Resolution 140 (Rev. Bucharest, 2022) → c.resmark: # Resolution 140 (Rev. Bucharest, 2022)
        "#]],
        );
        check(
            &fixture.replace(" (Rev. Dubai, 2018)", ""),
            expect![[r#"
            Resolution 140 → b.resmark: # Resolution 140 (Rev. {~~Bucharest, 2022~>Doha, 2026~~})
            Resolution 140 → c.resmark: # Resolution 140 (Rev. Bucharest, 2022)
        "#]],
        );
    }

    #[test]
    fn a_title_leads_to_what_revised_it() {
        let fixture = format!(
            "//- a.resmark\n# Resol$0ution 140 (Rev. Bucharest, 2022)\n\n{PP} (Bucharest, 2022),\n\n*resolves*\n\n1. to \
             go on.\n//- b.resmark\nMOD EUR/1/1\n\n# Resolution 140 (Rev. Bucharest, 2022)\n\n{PP} (Bucharest, 2022),\n\n\
             *resolves*\n\n1. to go {{++further ++}}on.\n"
        );
        check(
            &fixture,
            expect![[r#"
            # Resolution 140 (Rev. Bucharest, 2022) → b.resmark: # Resolution 140 (Rev. Bucharest, 2022)
        "#]],
        );
        // The proposal does not propose to change itself.
        let own = fixture.replace("$0", "").replace("1/1\n\n# Resol", "1/1\n\n# Resol$0");
        check(&own, expect![[r#""#]]);
    }

    #[test]
    fn in_a_series_what_came_behind() {
        check(
            "*recalling*\n\na) General Assembly resolution 77/1$050,\n",
            expect![[r#"
            resolution 77/150 → page UNGA-78/132
            resolution 77/150 → page UNGA-79/194
        "#]],
        );
        check("*recalling*\n\na) General Assembly resolution 79/1$094,\n", expect![[r#""#]]);
    }

    #[test]
    fn a_draft_leads_to_what_it_was_adopted_as() {
        check(
            "*recalling*\n\na) A/78/L$0.49,\n",
            expect![[r#"
            A/78/L.49 → page UNGA-78/265
        "#]],
        );
    }
}
