//! Links in a text: citations, clauses named in other texts, footnote references and web addresses.

use linkify::{LinkFinder, LinkKind};

use super::definition::{Destination, of_citation, of_paragraph, outside};
use super::item;
use super::target::{footnotes, language_at};
use crate::citation::Citation;
use crate::reference::Owner;
use crate::syntax::{Side, TextRange, TextSize};
use crate::workspace::{File, FileId, Snapshot};

/// A link that has still to be followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The words that are the link.
    pub range: TextRange,
    /// The address, if the words are one.
    pub address: Option<String>,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Followed {
    /// The place.
    pub destination: Destination,
    /// What is there, in a line: the title.
    pub tooltip: Option<String>,
}

/// What ends a tracked change; an address runs up to the brace.
const ENDS: [&str; 3] = ["++", "--", "~~"];

/// The links of a file, in text order; only what can be opened. `pages` says whether the catalogue's pages can.
pub fn links(snapshot: &Snapshot, file: FileId, pages: bool) -> Vec<Link> {
    let Some(file) = snapshot.file(file) else { return Vec::new() };
    let facts = file.facts();
    let opens = |citation: &Citation| {
        citation.id.as_ref().is_some_and(|id| {
            let texts = snapshot.defining(id).iter();
            let mut texts = texts.filter_map(|text| Some((snapshot.file(text.file)?, text.resolution)));
            texts.any(|(file, resolution)| !file.facts().document.is_stub(resolution))
                || (pages && snapshot.catalogue().get(id).is_some())
        })
    };
    let citations = facts.citations.iter().filter(|citation| opens(citation)).map(|citation| citation.range);
    let pinpoints = facts.references.iter().filter(|reference| {
        matches!(reference.owner, Owner::Citation(_)) && facts.citation_of(reference).is_some_and(opens)
    });
    let words = citations.chain(pinpoints.map(|reference| reference.range));
    let words =
        words.chain(footnotes(facts).into_iter().map(|(range, _)| range)).map(|range| Link { range, address: None });
    let mut links: Vec<Link> = words.chain(addresses(file)).collect();
    // The longer of two that begin together comes first and wins; what overlaps it is left out.
    links.sort_by_key(|link| (link.range.start(), std::cmp::Reverse(link.range.len())));
    let mut end = TextSize::default();
    links.retain(|link| {
        let apart = link.range.start() >= end && !link.range.is_empty();
        if apart {
            end = link.range.end();
        }
        apart
    });
    links
}

/// Where the words of a link lead, for one that has no address.
pub fn follow(snapshot: &Snapshot, file: FileId, range: TextRange, pages: bool) -> Option<Followed> {
    let file = snapshot.file(file)?;
    let facts = file.facts();
    if let Some((_, text)) = footnotes(facts).into_iter().find(|(own, _)| *own == range) {
        let words = facts.document.paragraph(text).views[Side::Amended].text.trim().to_owned();
        return Some(Followed { destination: of_paragraph(file, text), tooltip: Some(words) });
    }
    let reference = facts.references.iter().find(|reference| reference.range == range);
    let pinpoint = reference.filter(|reference| matches!(reference.owner, Owner::Citation(_)));
    let citation = match pinpoint {
        Some(pinpoint) => facts.citation_of(pinpoint),
        None => facts.citations.iter().find(|citation| citation.range == range),
    }?;
    let clause = pinpoint.and_then(|pinpoint| outside(snapshot, facts, pinpoint).into_iter().next());
    let destination = clause.or_else(|| of_citation(snapshot, facts, citation))?;
    if matches!(destination, Destination::Page { .. }) && !pages {
        return None;
    }
    let language = language_at(facts, range.start());
    let item = item::of_cited(snapshot, citation.id.as_ref()?, citation.version.as_ref(), language);
    Some(Followed { destination, tooltip: item.map(|item| item.detail) })
}

/// The web addresses in a text.
fn addresses(file: &File) -> impl Iterator<Item = Link> {
    let text = file.text();
    let mut finder = LinkFinder::new();
    // An address in Chinese or Arabic running text ends where these letters begin.
    finder.kinds(&[LinkKind::Url]).url_must_have_scheme(true).url_can_be_iri(false);
    let found: Vec<Link> = finder
        .links(text)
        .filter(|link| link.as_str().starts_with("http://") || link.as_str().starts_with("https://"))
        .filter_map(|link| {
            let words = link.as_str();
            let behind = text.get(link.end()..).and_then(|behind| behind.chars().next());
            let words = match behind {
                Some('}') => ENDS.iter().find_map(|end| words.strip_suffix(end)).unwrap_or(words),
                Some('>') => words.strip_suffix('~').unwrap_or(words),
                _ => words,
            };
            // A footnote may follow at once.
            let words = words.split("[^").next()?;
            let start = TextSize::try_from(link.start()).ok()?;
            Some(Link { range: TextRange::at(start, TextSize::of(words)), address: Some(words.to_owned()) })
        })
        .collect();
    found.into_iter()
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::ide::tests::workspace;

    fn check(fixture: &str, expected: Expect) {
        let (snapshot, id, _) = workspace(fixture);
        let text = snapshot.file(id).expect("loaded").text();
        let mut out = String::new();
        for link in links(&snapshot, id, true) {
            let (place, tooltip) = match link.address {
                Some(address) => (address, None),
                None => {
                    let followed = follow(&snapshot, id, link.range, true).expect("a link can be followed");
                    let place = match followed.destination {
                        Destination::File { file, selection, .. } => {
                            let file = snapshot.file(file).expect("loaded");
                            format!("{}: {}", file.location.name(), &file.text()[selection])
                        }
                        Destination::Page { id, .. } => format!("page {id}"),
                    };
                    (place, followed.tooltip)
                }
            };
            let tooltip = tooltip.map(|tooltip| format!(" ({tooltip})")).unwrap_or_default();
            out += &format!("{} → {place}{tooltip}\n", &text[link.range]);
        }
        expected.assert_eq(&out);
    }

    #[test]
    fn citations_clauses_footnotes_and_addresses_are_links() {
        check(
            "//- a.resmark\n$0*recalling*\n\na) *resolves* 1 of Resolution 9001 (Bucharest, 2022) of the Plenipotentiary \
             Conference[^1];\nb) General Assembly resolution 70/125;\nc) Resolution 9999 (Bucharest, 2022) of the \
             Plenipotentiary Conference;\nd) the list at https://example.org/a_(b)?c=d, of which more is in \
             {++https://example.org/e++} and {~~https://example.org/g~>https://example.org/h~~}；見https://example.org/f[^1]。\n\n[^1]: With its annex.\n//- b.resmark\n# \
             Resolution 9001 (Bucharest, 2022)\n## Benches\n\nThe Plenipotentiary Conference of the International \
             Telecommunication Union (Bucharest, 2022),\n\n*resolves*\n\n1. to mend them.\n",
            expect![[r#"
                *resolves* 1 → b.resmark: 1. to mend them. (PP-9001@2022 · Benches)
                Resolution 9001 (Bucharest, 2022) → b.resmark: # Resolution 9001 (Bucharest, 2022) (PP-9001@2022 · Benches)
                [^1] → a.resmark: [^1]: With its annex. (With its annex.)
                resolution 70/125 → page UNGA-70/125 (UNGA-70/125 · overall review of the implementation of the outcomes of the World Summit…)
                https://example.org/a_(b)?c=d → https://example.org/a_(b)?c=d
                https://example.org/e → https://example.org/e
                https://example.org/g → https://example.org/g
                https://example.org/h → https://example.org/h
                https://example.org/f → https://example.org/f
                [^1] → a.resmark: [^1]: With its annex. (With its annex.)
            "#]],
        );
    }

    #[test]
    fn what_cannot_be_opened_is_no_link() {
        let (snapshot, file, _) = workspace("*recalling*\n\na) General Assembly resolution 70/125[^2];\n");
        assert_eq!(links(&snapshot, file, false), []);
    }
}
