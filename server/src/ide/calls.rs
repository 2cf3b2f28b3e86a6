//! Who cites whom, one step at a time.

use super::definition::Destination;
use super::item::{self, Item};
use super::references::once_each;
use super::target::{Thing, identity_of, language_at, thing_at, titled_at};
use crate::citation::{Citation, ResolutionId};
use crate::syntax::{ResolutionIndex, TextRange, TextSize};
use crate::workspace::{File, FileId, Snapshot};

/// One end of citations: who cites, or what is cited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The resolution at the other end.
    pub item: Item,
    /// The text that the citations stand in.
    pub file: FileId,
    /// The citations, in text order.
    pub citations: Vec<TextRange>,
}

/// The resolution that a citation or title at `offset` names, to begin with, and what the cursor stands on. One that
/// nobody knows opens where it is cited.
pub fn prepare(snapshot: &Snapshot, file: FileId, offset: TextSize) -> Option<(Item, TextRange)> {
    let file = snapshot.file(file)?;
    let Some(citation) = citation_at(file, offset) else {
        let item = item::of_text(file, titled_at(file, offset)?)?;
        let Destination::File { selection, .. } = item.place else { return None };
        return Some((item, selection));
    };
    let id = citation.id.as_ref()?;
    let language = language_at(file.facts(), offset);
    let item = item::of_cited(snapshot, id, citation.version.as_ref(), language).unwrap_or_else(|| Item {
        id: Some(id.clone()),
        version: citation.version.clone(),
        name: citation.text.clone(),
        detail: id.at(citation.version.as_deref()),
        place: Destination::File { file: file.id, range: citation.range, selection: citation.range },
        resolution: None,
    });
    Some((item, citation.range))
}

/// The citation at a place, or the one whose clause is named there.
pub(super) fn citation_at(file: &File, offset: TextSize) -> Option<&Citation> {
    match thing_at(file.facts(), offset)? {
        Thing::Citation(citation) => Some(citation),
        Thing::Reference(reference) => file.facts().citation_of(reference),
        Thing::Provision(_) | Thing::Footnote { .. } => None,
    }
}

/// Who cites a resolution, in whatever version, in the order of files and texts.
pub fn incoming(snapshot: &Snapshot, id: &ResolutionId) -> Vec<Call> {
    let mut calls: Vec<Call> = Vec::new();
    for file in snapshot.citing(id).iter().filter_map(|file| snapshot.file(*file)) {
        for (range, resolution) in file.summary().citations_of(id) {
            match calls.last_mut() {
                Some(last) if last.file == file.id && last.item.resolution == Some(resolution) => {
                    last.citations.push(range);
                }
                _ => calls.extend(item::of_text(file, resolution).map(|item| Call {
                    item,
                    file: file.id,
                    citations: vec![range],
                })),
            }
        }
    }
    calls
}

/// What a resolution of a file cites, in the order in which it does so first. What nobody knows is left out.
pub fn outgoing(snapshot: &Snapshot, file: FileId, resolution: ResolutionIndex) -> Vec<Call> {
    let Some(file) = snapshot.file(file) else { return Vec::new() };
    let facts = file.facts();
    let in_it = |citation: &&Citation| {
        let paragraph = facts.document.paragraphs.get(citation.paragraph.index());
        paragraph.is_some_and(|paragraph| paragraph.resolution == resolution)
    };
    let language = identity_of(file, resolution).and_then(|identity| identity.language);
    let mut calls: Vec<Call> = Vec::new();
    for citation in once_each(facts.citations.iter().filter(in_it)) {
        let Some(id) = &citation.id else { continue };
        // Several versions may stand in one text or on one page; they are one.
        let same = |call: &&mut Call| {
            call.item.id.as_ref() == Some(id)
                && (call.item.version == citation.version
                    || citation.version.is_none()
                    || call.item.resolution.is_none())
        };
        if let Some(call) = calls.iter_mut().find(same) {
            call.citations.push(citation.range);
            continue;
        }
        let Some(item) = item::of_cited(snapshot, id, citation.version.as_ref(), language) else { continue };
        match calls.iter_mut().find(|call| call.item.id == item.id && call.item.place == item.place) {
            Some(call) => call.citations.push(citation.range),
            None => calls.push(Call { item, file: file.id, citations: vec![citation.range] }),
        }
    }
    calls
}

/// The resolution of a file that an item named when the tree was drawn: still at its place, or wherever its id stands
/// now.
pub fn resolution_of(
    snapshot: &Snapshot,
    file: FileId,
    id: Option<&ResolutionId>,
    place: Option<ResolutionIndex>,
) -> Option<ResolutionIndex> {
    let file = snapshot.file(file)?;
    let at_place = place.and_then(|place| identity_of(file, place)).filter(|identity| identity.id.as_ref() == id);
    let by_id = || file.facts().identities.iter().find(|identity| id.is_some() && identity.id.as_ref() == id);
    at_place.or_else(by_id).map(|identity| identity.resolution)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::ide::tests::workspace;

    /// What the cursor stands on, who cites that (`←`) and what it cites (`→`).
    fn check(fixture: &str, expected: Expect) {
        let (snapshot, file, offset) = workspace(fixture);
        let Some((item, origin)) = prepare(&snapshot, file, offset) else { return expected.assert_eq("nothing\n") };
        let text = |file: FileId| snapshot.file(file).expect("loaded").text();
        let mut out = format!("[{}] {} ({})\n", &text(file)[origin], item.name, item.detail);
        let mut list = |arrow: &str, calls: Vec<Call>| {
            for call in calls {
                let words: Vec<&str> = call.citations.iter().map(|range| &text(call.file)[*range]).collect();
                let place = match call.item.place {
                    Destination::File { file, selection, .. } => {
                        let name = snapshot.file(file).expect("loaded").location.name();
                        format!("{name}: {}", &text(file)[selection])
                    }
                    Destination::Page { id, version } => format!("page {}", id.at(version.as_deref())),
                };
                out += &format!("{arrow} {} at {place} by {words:?}\n", call.item.name);
            }
        };
        list("←", item.id.as_ref().map(|id| incoming(&snapshot, id)).unwrap_or_default());
        if let (Destination::File { file, .. }, Some(resolution)) = (&item.place, item.resolution) {
            list("→", outgoing(&snapshot, *file, resolution));
        }
        expected.assert_eq(&out);
    }

    const PP: &str = "The Plenipotentiary Conference of the International Telecommunication Union (Bucharest, 2022),";

    #[test]
    fn a_title_begins_a_graph() {
        check(
            &format!(
                "//- a.resmark\n# Resol$0ution 9001 (Bucharest, 2022)\n## Benches\n\n{PP}\n\n*recalling*\n\na) \
                 Resolutions 9002 and 140 (Rev. Bucharest, 2022) of this conference;\nb) Resolution 9002 (Bucharest, \
                 2022) of this conference,\n//- b.resmark\n# Resolution 9002 (Bucharest, 2022)\n\n{PP}\n\n\
                 *recalling*\n\na) Resolution 9001 (Bucharest, 2022) of this conference;\nb) *resolves* 1 of \
                 Resolution 9001 (Bucharest, 2022) of this conference,\n//- c.resmark\nNote by the secretariat on \
                 Resolution 9001 (Bucharest, 2022) of the Plenipotentiary Conference.\n"
            ),
            expect![[r#"
                [# Resolution 9001 (Bucharest, 2022)] Resolution 9001 (Bucharest, 2022) (PP-9001@2022 · Benches)
                ← Resolution 9002 (Bucharest, 2022) at b.resmark: # Resolution 9002 (Bucharest, 2022) by ["Resolution 9001 (Bucharest, 2022)", "Resolution 9001 (Bucharest, 2022)"]
                ← c.resmark at c.resmark:  by ["Resolution 9001 (Bucharest, 2022)"]
                → Resolution 9002 (Bucharest, 2022) at b.resmark: # Resolution 9002 (Bucharest, 2022) by ["Resolutions 9002", "Resolution 9002 (Bucharest, 2022)"]
                → Resolution 140 (Rev. Bucharest, 2022) at page PP-140@2022 by ["140 (Rev. Bucharest, 2022)"]
            "#]],
        );
    }

    #[test]
    fn a_citation_begins_a_graph_where_it_leads() {
        check(
            "//- a.resmark\n*recalling*\n\na) Resolution 1$040 (Rev. Dubai, 2018) of the Plenipotentiary Conference;\n\
             b) Resolution 140 (Rev. Bucharest, 2022) of the Plenipotentiary Conference,\n",
            expect![[r#"
                [Resolution 140 (Rev. Dubai, 2018)] Resolution 140 (Rev. Dubai, 2018) (PP-140@2018 · ITU's role in implementing the outcomes of the World Summit on the Infor…)
                ← a.resmark at a.resmark:  by ["Resolution 140 (Rev. Dubai, 2018)", "Resolution 140 (Rev. Bucharest, 2022)"]
            "#]],
        );
        check(
            "*recalling*\n\na) *reso$0lves* 2 of Resolution 140 (Rev. Dubai, 2018) of the Plenipotentiary Conference,\n",
            expect![[r#"
                [Resolution 140 (Rev. Dubai, 2018)] Resolution 140 (Rev. Dubai, 2018) (PP-140@2018 · ITU's role in implementing the outcomes of the World Summit on the Infor…)
                ← main.resmark at main.resmark:  by ["Resolution 140 (Rev. Dubai, 2018)"]
            "#]],
        );
    }

    #[test]
    fn what_nobody_knows_begins_where_it_is_cited() {
        check(
            "*recalling*\n\na) Resolution 9$0003 (Bucharest, 2022) of the Plenipotentiary Conference,\n",
            expect![[r#"
                [Resolution 9003 (Bucharest, 2022)] Resolution 9003 (Bucharest, 2022) (PP-9003@2022)
                ← main.resmark at main.resmark:  by ["Resolution 9003 (Bucharest, 2022)"]
            "#]],
        );
    }

    #[test]
    fn other_words_begin_nothing() {
        check(
            "*recalling*\n\na) the wo$0rds,\n",
            expect![[r#"
            nothing
        "#]],
        );
        check(
            "*recalling*\n\na) Resolution 6$09,\n",
            expect![[r#"
            nothing
        "#]],
        );
    }

    #[test]
    fn a_text_is_found_again_when_lines_moved() {
        let (snapshot, file, _) = workspace(&format!("$0# Resolution 9001 (Bucharest, 2022)\n\n{PP}\n"));
        let id: ResolutionId = "PP-9001".parse().expect("an id");
        let own = Some(ResolutionIndex(0));
        assert_eq!(resolution_of(&snapshot, file, Some(&id), own), own);
        assert_eq!(resolution_of(&snapshot, file, Some(&id), Some(ResolutionIndex(7))), own);
        assert_eq!(resolution_of(&snapshot, file, Some(&"PP-1".parse().expect("an id")), own), None);
    }
}
