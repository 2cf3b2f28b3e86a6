//! Go to type definition: the chain of a resolution's versions.

use super::definition::{Destination, Target};
use super::target::{identity_of, language_at, place_of, resolutions_at};
use super::types::{series, versions};
use crate::citation::{ResolutionId, Version};
use crate::syntax::{Language, TextSize};
use crate::workspace::{Definition, File, FileId, Snapshot};

/// The versions of the resolution that is cited at `offset` or whose title stands there, oldest first: each as its text
/// in the workspace, else as the catalogue's page about it. Of a resolution that is adopted once and never revised, the
/// series on its subject. Empty where no resolution is named, or nobody knows it.
pub fn type_definition(snapshot: &Snapshot, file: FileId, offset: TextSize) -> Vec<Target> {
    let Some(file) = snapshot.file(file) else { return Vec::new() };
    let language = language_at(file.facts(), offset);
    let mut targets: Vec<Target> = Vec::new();
    for named in resolutions_at(file, offset) {
        for destination in chain(snapshot, named.id, language) {
            let target = Target { origin: named.origin, destination };
            if !targets.contains(&target) {
                targets.push(target);
            }
        }
    }
    targets
}

/// The versions of a resolution, oldest first; of one that has none, its series.
pub(super) fn chain(snapshot: &Snapshot, id: &ResolutionId, language: Option<Language>) -> Vec<Destination> {
    let versions = versions(snapshot, id);
    if versions.is_empty() {
        let series = series(snapshot, id);
        let all = if series.is_empty() { vec![id] } else { series };
        return all.into_iter().flat_map(|id| places(snapshot, id, Which::Any, language)).collect();
    }
    let of_version = versions.iter().map(|view| Which::Version(view.version));
    // A text that does not say which version it is comes last: it is the one that is being written.
    let all = of_version.chain([Which::Unversioned]);
    all.flat_map(|which| places(snapshot, id, which, language)).collect()
}

/// Which texts of a resolution.
#[derive(Debug, Clone, Copy)]
pub(super) enum Which<'a> {
    /// Whatever their version.
    Any,
    /// Those of this version.
    Version(&'a Version),
    /// Those that do not say which version they are.
    Unversioned,
}

/// The texts of a resolution in the workspace, those in `language` alone where there are any; else the catalogue's page.
pub(super) fn places(
    snapshot: &Snapshot,
    id: &ResolutionId,
    which: Which<'_>,
    language: Option<Language>,
) -> Vec<Destination> {
    let wanted = |version: &Option<Version>| match which {
        Which::Any => true,
        Which::Version(wanted) => version.as_ref() == Some(wanted),
        Which::Unversioned => version.is_none(),
    };
    let texts = snapshot.defining(id).iter().filter(|text| wanted(&text.version));
    let texts = texts.filter_map(|text| Some((&**snapshot.file(text.file)?, text)));
    let mut texts: Vec<(&File, &Definition)> =
        texts.filter(|(file, text)| !file.facts().document.is_stub(text.resolution)).collect();
    let in_language = |(file, text): &(&File, &Definition)| {
        language.is_some() && identity_of(file, text.resolution).and_then(|identity| identity.language) == language
    };
    if texts.iter().any(in_language) {
        texts.retain(in_language);
    }
    if !texts.is_empty() {
        let places = texts.into_iter().filter_map(|(file, text)| {
            let (range, selection) = place_of(file, text)?;
            Some(Destination::File { file: file.id, range, selection })
        });
        return places.collect();
    }
    let page = |version| {
        snapshot.catalogue().get(id)?;
        Some(Destination::Page { id: id.clone(), version })
    };
    match which {
        Which::Any => page(None).into_iter().collect(),
        Which::Version(version) => page(Some(version.clone())).into_iter().collect(),
        Which::Unversioned => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::ide::tests::{shown, workspace};

    fn check(fixture: &str, expected: Expect) {
        let (snapshot, file, offset) = workspace(fixture);
        expected.assert_eq(&shown(&snapshot, file, type_definition(&snapshot, file, offset)));
    }

    const PP: &str = "The Plenipotentiary Conference of the International Telecommunication Union";

    #[test]
    fn the_versions_of_a_cited_resolution() {
        let fixture = format!(
            "//- a.resmark\n*recalling*\n\na) Resolution 1$040 (Rev. Dubai, 2018) of the Plenipotentiary Conference,\n\
             //- b.resmark\n# Resolution 140 (Rev. Dubai, 2018)\n\n{PP} (Dubai, 2018),\n\n*resolves*\n\n1. to go on.\n\
             //- c.resmark\n# Résolution 140 (Rév. Dubaï, 2018)\n\nLa Conférence de plénipotentiaires de l'Union \
             internationale des télécommunications (Dubaï, 2018),\n\n*décide*\n\n1. de continuer.\n"
        );
        check(
            &fixture,
            expect![[r#"
            Resolution 140 (Rev. Dubai, 2018) → page PP-140@2006
            Resolution 140 (Rev. Dubai, 2018) → page PP-140@2014
            Resolution 140 (Rev. Dubai, 2018) → b.resmark: # Resolution 140 (Rev. Dubai, 2018)
            Resolution 140 (Rev. Dubai, 2018) → page PP-140@2022
        "#]],
        );
        // Who reads French is shown the French text.
        let french = fixture.replace(
            "*recalling*\n\na) Resolution 1$040 (Rev. Dubai, 2018) of the Plenipotentiary Conference",
            "---\nlanguage: fr\n---\n\n*rappelant*\n\na) la Résolution 1$040 (Rév. Dubaï, 2018) de la Conférence de \
             plénipotentiaires",
        );
        check(
            &french,
            expect![[r#"
            Résolution 140 (Rév. Dubaï, 2018) → page PP-140@2006
            Résolution 140 (Rév. Dubaï, 2018) → page PP-140@2014
            Résolution 140 (Rév. Dubaï, 2018) → c.resmark: # Résolution 140 (Rév. Dubaï, 2018)
            Résolution 140 (Rév. Dubaï, 2018) → page PP-140@2022
        "#]],
        );
    }

    #[test]
    fn a_series_is_the_chain_of_what_is_adopted_once() {
        check(
            "*recalling*\n\na) General Assembly resolution 77/1$050,\n",
            expect![[r#"
            resolution 77/150 → page UNGA-74/197
            resolution 77/150 → page UNGA-75/202
            resolution 77/150 → page UNGA-76/189
            resolution 77/150 → page UNGA-77/150
            resolution 77/150 → page UNGA-78/132
            resolution 77/150 → page UNGA-79/194
        "#]],
        );
    }

    #[test]
    fn from_a_title_and_from_a_pinpoint() {
        let fixture = format!("# Reso$0lution 140 (Rev. Bucharest, 2022)\n\n{PP} (Bucharest, 2022),\n");
        check(
            &fixture,
            expect![[r#"
            # Resolution 140 (Rev. Bucharest, 2022) → page PP-140@2006
            # Resolution 140 (Rev. Bucharest, 2022) → page PP-140@2014
            # Resolution 140 (Rev. Bucharest, 2022) → page PP-140@2018
            # Resolution 140 (Rev. Bucharest, 2022) → main.resmark: # Resolution 140 (Rev. Bucharest, 2022)
        "#]],
        );
        check(
            "*recalling*\n\na) *reso$0lves* 2 of Resolution 209 (Rev. Bucharest, 2022) of the Plenipotentiary \
             Conference,\n",
            expect![[r#"
                *resolves* 2 → page PP-209
            "#]],
        );
    }

    #[test]
    fn what_nobody_knows_has_no_versions() {
        check(
            "*recalling*\n\na) Resolution 9$0999 (Bucharest, 2022) of the Plenipotentiary Conference,\n",
            expect![[""]],
        );
        check("*recalling*\n\na) the wo$0rds,\n", expect![[""]]);
    }
}
