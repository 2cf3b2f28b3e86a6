//! What stands above a title: by how many texts the resolution is cited, and how many it cites itself.

use std::collections::BTreeSet;

use super::overtaken::{Overtaken, overtaken};
use super::references::once_each;
use super::target::{identity_of, place_of_resolution};
use crate::citation::Citation;
use crate::syntax::{ResolutionIndex, Side, TextRange};
use crate::workspace::{File, FileId, Snapshot};

/// What a lens counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LensKind {
    /// The citations of this resolution in the workspace.
    CitedBy,
    /// What this resolution cites.
    Cites,
}

/// A line above a title that is still to be counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lens {
    /// The title, or else the first words.
    pub range: TextRange,
    /// The resolution of the file.
    pub resolution: ResolutionIndex,
    /// What it counts.
    pub kind: LensKind,
}

/// A lens that has been counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// What it says: “Cited 3 times in 2 texts”.
    pub title: String,
    /// What it opens, in the order of files and texts.
    pub places: Vec<(FileId, TextRange)>,
}

/// The lenses of a file, in text order. None says “0”.
pub fn lenses(snapshot: &Snapshot, file: FileId) -> Vec<Lens> {
    let Some(file) = snapshot.file(file) else { return Vec::new() };
    let mut lenses = Vec::new();
    for (index, own) in file.facts().document.resolutions.iter().enumerate() {
        let resolution = ResolutionIndex(index as u32);
        let id = identity_of(file, resolution).and_then(|identity| identity.id.as_ref());
        // What stands before the first title is no resolution.
        if id.is_none() && own.title.or(own.subject).is_none() && own.proposal.is_none() {
            continue;
        }
        let Some((_, range)) = place_of_resolution(file, resolution) else { continue };
        let is_cited = id.is_some_and(|id| {
            let mut citing = snapshot.citing(id).iter().filter_map(|file| snapshot.file(*file));
            citing.any(|file| file.summary().citations_of(id).next().is_some())
        });
        if is_cited {
            lenses.push(Lens { range, resolution, kind: LensKind::CitedBy });
        }
        if cited_by(file, resolution).next().is_some() {
            lenses.push(Lens { range, resolution, kind: LensKind::Cites });
        }
    }
    lenses
}

/// What a lens of a file says and opens. `None` where the text has changed so that there is nothing to count any more.
pub fn count(snapshot: &Snapshot, file: FileId, resolution: ResolutionIndex, kind: LensKind) -> Option<Counted> {
    let file = snapshot.file(file)?;
    match kind {
        LensKind::CitedBy => {
            let id = identity_of(file, resolution)?.id.as_ref()?;
            let citing = snapshot.citing(id).iter().filter_map(|file| snapshot.file(*file));
            let cited = citing.flat_map(|file| file.summary().citations_of(id).map(|(range, of)| (file.id, range, of)));
            let cited: Vec<(FileId, TextRange, ResolutionIndex)> = cited.collect();
            let texts = cited.iter().map(|(file, _, of)| (*file, *of)).collect::<BTreeSet<_>>().len();
            let places: Vec<(FileId, TextRange)> = cited.into_iter().map(|(file, range, _)| (file, range)).collect();
            let title = match (places.len(), texts) {
                (0, _) => return None,
                (1, _) => "Cited once".to_owned(),
                (times, 1) => format!("Cited {times} times in 1 text"),
                (times, texts) => format!("Cited {times} times in {texts} texts"),
            };
            Some(Counted { title, places })
        }
        LensKind::Cites => {
            let overtaken = overtaken(snapshot, file.id);
            let is_old = |citation: &&Citation| overtaken.get(&citation.range) == Some(&Overtaken::OutOfDate);
            let all: Vec<&Citation> = cited_by(file, resolution).collect();
            let old: Vec<&Citation> = all.iter().copied().filter(is_old).collect();
            let title = match (resolutions(&all), resolutions(&old)) {
                (0, _) => return None,
                (1, 0) => "Cites 1 resolution".to_owned(),
                (cited, 0) => format!("Cites {cited} resolutions"),
                (1, old) => format!("Cites 1 resolution, {old} out of date"),
                (cited, old) => format!("Cites {cited} resolutions, {old} out of date"),
            };
            // Who sees that something is out of date wants to see what.
            let shown = if old.is_empty() { all } else { old };
            Some(Counted { title, places: shown.into_iter().map(|citation| (file.id, citation.range)).collect() })
        }
    }
}

/// What one resolution of a file cites, as amended, itself left out.
fn cited_by(file: &File, resolution: ResolutionIndex) -> impl Iterator<Item = &Citation> {
    let facts = file.facts();
    let own = identity_of(file, resolution).and_then(|identity| identity.id.as_ref());
    let amended = facts.citations.iter().filter(move |citation| {
        let place = facts.document.paragraphs.get(citation.paragraph.index());
        citation.side == Side::Amended
            && citation.id.is_some()
            && citation.id.as_ref() != own
            && place.is_some_and(|paragraph| paragraph.resolution == resolution)
    });
    once_each(amended)
}

fn resolutions(citations: &[&Citation]) -> usize {
    citations.iter().filter_map(|citation| citation.id.as_ref()).collect::<BTreeSet<_>>().len()
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::ide::tests::workspace;

    fn check(fixture: &str, expected: Expect) {
        let (snapshot, file, _) = workspace(fixture);
        let text = snapshot.file(file).expect("loaded").text();
        let mut out = String::new();
        for lens in lenses(&snapshot, file) {
            let counted = count(&snapshot, file, lens.resolution, lens.kind).expect("a lens counts something");
            out += &format!("{} above {}\n", counted.title, &text[lens.range]);
            for (file, range) in counted.places {
                let file = snapshot.file(file).expect("loaded");
                out += &format!("  {}: {}\n", file.location.name(), &file.text()[range]);
            }
        }
        expected.assert_eq(&out);
    }

    #[test]
    fn a_title_says_who_cites_it_and_what_it_cites() {
        check(
            "//- a.resmark\n$0# Resolution 9001 (Rev. Bucharest, 2022)\n\nThe Plenipotentiary Conference of the \
             International Telecommunication Union (Bucharest, 2022),\n\n*recalling*\n\na) Resolution 140 (Rev. Dubai, \
             2018) of the Plenipotentiary Conference;\nb) Resolution 71 (Rev. Bucharest, 2022) of the \
             Plenipotentiary Conference,\n//- b.resmark\n*recalling*\n\na) Resolutions 9001 and 140 (Rev. Bucharest, \
             2022) of the Plenipotentiary Conference;\nb) Resolution 9001 (Bucharest, 2022) of the Plenipotentiary \
             Conference,\n//- c.resmark\n*recalling*\n\na) Resolution 9001 (Bucharest, 2022) of the Plenipotentiary \
             Conference,\n",
            expect![[r#"
                Cited 3 times in 2 texts above # Resolution 9001 (Rev. Bucharest, 2022)
                  b.resmark: Resolutions 9001
                  b.resmark: Resolution 9001 (Bucharest, 2022)
                  c.resmark: Resolution 9001 (Bucharest, 2022)
                Cites 2 resolutions, 1 out of date above # Resolution 9001 (Rev. Bucharest, 2022)
                  a.resmark: Resolution 140 (Rev. Dubai, 2018)
            "#]],
        );
    }

    #[test]
    fn what_is_out_of_date_is_opened_first() {
        check(
            "# Resolution 9001 (Bucharest, 2022)\n\n*recalling*\n\na) Resolution 140 (Rev. Busan, 2014) of the \
             Plenipotentiary Conference;\nb) Resolution 71 (Rev. Bucharest, 2022) of the Plenipotentiary Conference,\n",
            expect![[r#"
                Cites 2 resolutions, 1 out of date above # Resolution 9001 (Bucharest, 2022)
                  main.resmark: Resolution 140 (Rev. Busan, 2014)
            "#]],
        );
    }

    #[test]
    fn nothing_is_counted_where_nothing_is_cited() {
        check("# Resolution 9001 (Bucharest, 2022)\n\n*resolves*\n\n1. to go on.\n", expect![[""]]);
        check(
            "*recalling*\n\na) Resolution 140 (Rev. Dubai, 2018) of the Plenipotentiary Conference,\n",
            expect![[""]],
        );
    }

    #[test]
    fn a_tracked_version_is_one_citation() {
        check(
            "//- a.resmark\n$0# Resolution 9001 (Bucharest, 2022)\n\nThe Plenipotentiary Conference of the \
             International Telecommunication Union (Bucharest, 2022),\n\n*resolves*\n\n1. to go on.\n//- b.resmark\n\
             *recalling*\n\na) Resolution 9001 ({~~Dubai, 2018~>Bucharest, 2022~~}) of the Plenipotentiary \
             Conference,\n",
            expect![[r#"
                Cited once above # Resolution 9001 (Bucharest, 2022)
                  b.resmark: Resolution 9001 ({~~Dubai, 2018~>Bucharest, 2022~~})
            "#]],
        );
    }
}
