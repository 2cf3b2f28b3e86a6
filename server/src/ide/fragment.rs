//! The part of an id that names a clause, behind `#`: `resolves-2-b` in `PP-140@2022#resolves-2-b`.
//!
//! It is the name of the section, as many of its first words as tell it from the others, and the labels that lead to the
//! clause, joined by hyphens. Where no section has a name, the labels alone: `3-a`.

use crate::ide::symbols::heading_words;
use crate::numbering::core;
use crate::syntax::{Document, ParagraphIndex, ParagraphKind, ResolutionIndex, SectionIndex, Side, fold};

/// A clause and the words that name it.
pub(super) struct NamedClause {
    pub clause: ParagraphIndex,
    /// The section that it stands in.
    pub section: SectionIndex,
    /// Its labels, the outer clause first, as typed.
    pub labels: Vec<String>,
}

/// The labelled clauses of a resolution, annexes left out, in text order. As amended; of a clause that is deleted, as in
/// force.
pub(super) fn clauses(document: &Document, resolution: ResolutionIndex) -> Vec<NamedClause> {
    let Some(own) = document.resolutions.get(resolution.index()) else { return Vec::new() };
    let mut found: Vec<NamedClause> = Vec::new();
    // The labels of the clauses that the one at hand may stand in, by level.
    let mut path: Vec<(u16, String)> = Vec::new();
    for index in own.paragraphs.clone().map(|index| ParagraphIndex(index as u32)) {
        let Some(paragraph) = document.paragraphs.get(index.index()) else { continue };
        let Some(section) = paragraph.section else {
            path.clear();
            continue;
        };
        if document.section(section).division.is_some() || paragraph.kind != ParagraphKind::Clause {
            continue;
        }
        path.retain(|(level, _)| *level < paragraph.level);
        let side = if paragraph.is_in(Side::Amended) { Side::Amended } else { Side::InForce };
        let label = paragraph.label.as_ref().and_then(|label| label.text[side].as_deref());
        let Some(label) = label.filter(|label| core(label).is_some()) else { continue };
        path.push((paragraph.level, label.trim().to_owned()));
        let labels = path.iter().map(|(_, label)| label.clone()).collect();
        found.push(NamedClause { clause: index, section, labels });
    }
    found
}

/// The fragment of each clause.
pub(super) fn fragments(document: &Document, resolution: ResolutionIndex) -> Vec<(String, NamedClause)> {
    let names = section_names(document, resolution);
    let clauses = clauses(document, resolution).into_iter();
    let fragments = clauses.map(|clause| {
        let name = names.iter().find(|(section, _)| *section == clause.section).map(|(_, name)| name);
        let mut parts: Vec<String> = name.map(|name| telling(name, &names)).unwrap_or_default();
        parts.extend(clause.labels.iter().map(|label| core_of(label)));
        (parts.join("-"), clause)
    });
    fragments.collect()
}

/// The clause, or the heading of the section, that a fragment names; `None` where there is none.
pub(super) fn named(document: &Document, resolution: ResolutionIndex, fragment: &str) -> Option<ParagraphIndex> {
    let asked: Vec<String> = words_of(fragment);
    let names = section_names(document, resolution);
    // How many words of the name stand there; the clause's labels are the rest.
    let rest = |name: &[String]| {
        let same = name.iter().zip(&asked).take_while(|(one, other)| one == other).count();
        (same > 0).then(|| asked.get(same..).unwrap_or_default())
    };
    let clauses = clauses(document, resolution);
    let labels = |clause: &NamedClause| clause.labels.iter().map(|label| core_of(label)).collect::<Vec<_>>();
    let by_name = names.iter().find_map(|(section, name)| {
        let left = rest(name)?;
        if left.is_empty() {
            return document.section(*section).heading;
        }
        clauses.iter().find(|clause| clause.section == *section && labels(clause) == left).map(|clause| clause.clause)
    });
    by_name.or_else(|| {
        let mut of_number = clauses.iter().filter(|clause| labels(clause) == asked);
        let first = of_number.next()?;
        // The same label in two sections names neither.
        of_number.next().is_none().then_some(first.clause)
    })
}

/// The named sections of a resolution with the words of their names.
fn section_names(document: &Document, resolution: ResolutionIndex) -> Vec<(SectionIndex, Vec<String>)> {
    let sections = document.sections.iter().enumerate();
    let own = sections.filter(|(_, section)| section.resolution == resolution && section.division.is_none());
    own.filter_map(|(index, section)| {
        let heading = document.paragraphs.get(section.heading?.index())?;
        Some((SectionIndex(index as u32), words_of(heading_words(heading))))
    })
    .collect()
}

/// As many first words of a section's name as no other section begins with.
fn telling(name: &[String], all: &[(SectionIndex, Vec<String>)]) -> Vec<String> {
    let count = (1..=name.len()).find(|count| {
        let head = name.get(..*count);
        all.iter().filter(|(_, other)| other.get(..*count) == head).count() == 1
    });
    name.iter().take(count.unwrap_or(name.len())).cloned().collect()
}

fn words_of(text: &str) -> Vec<String> {
    let folded = fold(text);
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// `b` of `(b)`, `2` of `2.`.
fn core_of(label: &str) -> String {
    fold(core(label).and_then(|core| label.get(core)).unwrap_or(label))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::{lower, parse};

    const TEXT: &str = "# Resolution 1 (Kigali, 2022)\n\n*considering*\n\na) one;\n\n*resolves*\n\n1. two:\n   a) three;\n\n\
        *instructs the Director*\n\n1. four;\n\n*instructs the Council*\n\n1. five.\n\n### Annex\n\n1. six\n";

    #[test]
    fn a_clause_is_named_by_section_and_labels() {
        let document = lower(TEXT, &parse(TEXT));
        let fragments = fragments(&document, ResolutionIndex(0));
        let names: Vec<&str> = fragments.iter().map(|(fragment, _)| fragment.as_str()).collect();
        assert_eq!(
            names,
            ["considering-a", "resolves-1", "resolves-1-a", "instructs-the-director-1", "instructs-the-council-1"]
        );
        for (fragment, clause) in &fragments {
            assert_eq!(named(&document, ResolutionIndex(0), fragment), Some(clause.clause), "{fragment}");
        }
    }

    #[test]
    fn a_name_may_be_given_otherwise() {
        let document = lower(TEXT, &parse(TEXT));
        let words = |fragment: &str| {
            let index = named(&document, ResolutionIndex(0), fragment)?;
            Some(document.paragraph(index).views.amended.text.clone())
        };
        assert_eq!(words("Resolves-1-(a)").as_deref(), Some("three;"));
        assert_eq!(words("resolves").as_deref(), Some("resolves"));
        assert_eq!(words("resolves-7"), None);
        assert_eq!(words("a").as_deref(), Some("one;"));
        assert_eq!(words("1"), None, "three sections have one");
    }
}
