//! Document highlight: what in this text means the same as what the cursor stands on.

use std::collections::HashSet;

use super::references::{citations_in, clause_at, marks_of, mentions_of, note_at, step_at};
use super::target::{Thing, footnote_name, identity_of, labelled_at, thing_at, titled_at};
use crate::citation::{Citation, ResolutionId};
use crate::facts::Facts;
use crate::reference::{Owner, Reference};
use crate::syntax::{MarkKind, Paragraph, ParagraphIndex, ParagraphKind, SectionIndex, Side, TextRange, TextSize};
use crate::workspace::{File, FileId, Snapshot};

/// What a stretch has to do with what the cursor stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum HighlightKind {
    /// It names it: a citation, a reference, the mark of a footnote.
    Mention,
    /// It is its own name: a title, a clause's label, the words of a heading, the `[^1]` of a footnote.
    Name,
    /// It is the word under the cursor, and nothing else belongs to it.
    Word,
}

/// A stretch of the text that belongs to what the cursor stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Highlight {
    /// Where.
    pub range: TextRange,
    /// What it has to do with it.
    pub kind: HighlightKind,
}

/// What in a file means the same as what stands at `offset`, in text order.
///
/// On a citation or a title: all citations of that resolution, in whatever version, and its title where this is its text.
/// On a label of a clause or of a reference: the label and every reference to it. On the name of a section: its heading
/// and every reference to it. On a footnote or its mark: both. On the opening verb of a clause: that verb alone. Empty
/// elsewhere, and on a title that the text does not cite.
pub fn highlights(snapshot: &Snapshot, file: FileId, offset: TextSize) -> Vec<Highlight> {
    let Some(file) = snapshot.file(file) else { return Vec::new() };
    let mut found = at(snapshot, file, offset).unwrap_or_default();
    let mut seen = HashSet::new();
    found.retain(|highlight| !highlight.range.is_empty() && seen.insert(highlight.range));
    found.sort_by_key(|highlight| (highlight.range.start(), highlight.range.end()));
    found
}

fn at(snapshot: &Snapshot, file: &File, offset: TextSize) -> Option<Vec<Highlight>> {
    let facts = file.facts();
    match thing_at(facts, offset) {
        Some(Thing::Citation(citation)) => Some(of_citation(file, citation)),
        Some(Thing::Reference(reference)) => of_reference(snapshot, file, reference, offset),
        Some(Thing::Provision(provision)) => {
            let same = facts
                .provisions
                .iter()
                .filter(|other| other.treaty == provision.treaty && other.parts == provision.parts);
            Some(same.map(|other| mention(other.range)).collect())
        }
        Some(Thing::Footnote { text, .. }) => Some(of_footnote(file, text)),
        None => of_name(snapshot, file, offset),
    }
}

/// The cursor stands on a name: a label, a heading, a title, a footnote's; or on a verb.
fn of_name(snapshot: &Snapshot, file: &File, offset: TextSize) -> Option<Vec<Highlight>> {
    let facts = file.facts();
    let document = &facts.document;
    if let Some((clause, _)) = labelled_at(document, offset) {
        return Some(of_clause(snapshot, file, file, clause));
    }
    if let Some(note) = note_at(facts, offset) {
        return Some(of_footnote(file, note));
    }
    let index = document.paragraph_at(offset)?;
    let paragraph = document.paragraph(index);
    if paragraph.kind == ParagraphKind::SectionHeading {
        let section = document.sections.iter().position(|section| section.heading == Some(index))?;
        return Some(of_sections(facts, &[SectionIndex(section as u32)]));
    }
    if let Some(verb) = verb_at(paragraph, offset) {
        return Some(vec![Highlight { range: verb, kind: HighlightKind::Word }]);
    }
    let resolution = titled_at(file, offset)?;
    let id = identity_of(file, resolution)?.id.as_ref()?;
    let found = of_resolution(file, id);
    found.iter().any(|highlight| highlight.kind == HighlightKind::Mention).then_some(found)
}

fn mention(range: TextRange) -> Highlight {
    Highlight { range, kind: HighlightKind::Mention }
}

fn name(range: TextRange) -> Highlight {
    Highlight { range, kind: HighlightKind::Name }
}

fn of_citation(file: &File, citation: &Citation) -> Vec<Highlight> {
    if let Some(id) = &citation.id {
        return of_resolution(file, id);
    }
    // Whose it is is open: what is written alike is the same.
    let alike = |other: &&Citation| {
        other.id.is_none() && (other.instrument, &other.number) == (citation.instrument, &citation.number)
    };
    file.facts().citations.iter().filter(alike).map(|other| mention(other.range)).collect()
}

fn of_resolution(file: &File, id: &ResolutionId) -> Vec<Highlight> {
    let facts = file.facts();
    let own = facts.identities.iter().filter(|identity| identity.id.as_ref() == Some(id));
    let titles = own.filter_map(|identity| {
        let title = facts.document.resolutions.get(identity.resolution.index())?.title?;
        Some(name(facts.document.paragraph(title).body))
    });
    titles.chain(citations_in(facts, id).map(|citation| mention(citation.range))).collect()
}

fn of_reference(snapshot: &Snapshot, file: &File, reference: &Reference, offset: TextSize) -> Option<Vec<Highlight>> {
    let facts = file.facts();
    let on_name = reference.section.as_ref().is_some_and(|section| section.range.contains_inclusive(offset));
    let on_step = step_at(reference, offset).is_some_and(|step| step.range.contains_inclusive(offset));
    if reference.owner == Owner::This && !on_step && (on_name || reference.pinpoints.is_empty()) {
        let sections = [Side::Amended, Side::InForce].map(|side| &reference.sections[side]);
        let sections = sections.into_iter().find(|sections| !sections.is_empty())?;
        return Some(of_sections(facts, sections));
    }
    match clause_at(snapshot, file, reference, offset) {
        Some((there, clause)) => Some(of_clause(snapshot, file, there, clause)),
        None => Some(of_citation(file, facts.citation_of(reference)?)),
    }
}

/// A clause, of this file or of the one `there`: its label, if it is of this file, and what in this file names it.
fn of_clause(snapshot: &Snapshot, file: &File, there: &File, clause: ParagraphIndex) -> Vec<Highlight> {
    let label = there.facts().document.paragraph(clause).label.as_ref().filter(|_| there.id == file.id);
    let mentions = mentions_of(snapshot, there, clause, Some(file.id)).into_iter();
    label.map(|label| name(label.range)).into_iter().chain(mentions.map(|(_, range)| mention(range))).collect()
}

/// The headings of sections, and the names by which references name one of them.
fn of_sections(facts: &Facts, sections: &[SectionIndex]) -> Vec<Highlight> {
    let headings = sections.iter().filter_map(|section| {
        let heading = facts.document.paragraph(facts.document.sections.get(section.index())?.heading?);
        Some(name(verb_of(heading).unwrap_or(heading.range)))
    });
    let names = facts.references.iter().filter(|reference| reference.owner == Owner::This).filter(|reference| {
        Side::BOTH.iter().any(|side| reference.sections[*side].iter().any(|section| sections.contains(section)))
    });
    let names = names.filter_map(|reference| reference.section.as_ref());
    headings.chain(names.map(|section| mention(section.range))).collect()
}

fn of_footnote(file: &File, note: ParagraphIndex) -> Vec<Highlight> {
    let own = footnote_name(file.facts().document.paragraph(note)).map(name);
    own.into_iter().chain(marks_of(file, note, false).into_iter().map(|(_, range)| mention(range))).collect()
}

/// The words of a heading, or the opening verb of a clause, without their stars.
fn verb_of(paragraph: &Paragraph) -> Option<TextRange> {
    let side = if paragraph.is_in(Side::Amended) { Side::Amended } else { Side::InForce };
    let view = &paragraph.views[side];
    let words = paragraph.opening(side).or_else(|| view.marks_of(MarkKind::Emphasis).next().map(|mark| mark.range))?;
    view.to_source(words)
}

fn verb_at(paragraph: &Paragraph, offset: TextSize) -> Option<TextRange> {
    let opens = matches!(paragraph.kind, ParagraphKind::Clause);
    verb_of(paragraph).filter(|verb| opens && verb.contains_inclusive(offset))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::ide::tests::workspace;

    fn check(fixture: &str, expected: Expect) {
        expected.assert_eq(&shown(fixture));
    }

    /// The same from two places.
    fn check_both(one: &str, other: &str, expected: Expect) {
        assert_eq!(shown(one), shown(other));
        check(one, expected);
    }

    /// Each highlight with its line, counted from 1.
    fn shown(fixture: &str) -> String {
        let (snapshot, file, offset) = workspace(fixture);
        let text = snapshot.file(file).expect("loaded").text();
        let mut out = String::new();
        for highlight in highlights(&snapshot, file, offset) {
            let line = text[..highlight.range.start().into()].matches('\n').count() + 1;
            out += &format!("{line}: {:?} {}\n", highlight.kind, &text[highlight.range]);
        }
        out
    }

    const TEXT: &str = "# Resolution 9001 (Bucharest, 2022)\n\nThe Plenipotentiary Conference of the International \
        Telecommunication Union (Bucharest, 2022),\n\n*recalling*\n\na) Resolution 140 (Rev. Dubai, 2018) of this \
        conference[^1];\nb) that Resolution 140 (Rev. Bucharest, 2022) of this conference is newer;\nc) Resolution 9001 \
        (Bucharest, 2022) of this conference,\n\n*resolves*\n\n1. to act on *recalling* a) and b) above[^1];\n2. to go on with the *recalling* \
        section above and resolves 1 above;\n3. to end as in resolves 1 and 2.\n\n[^1]: A note.\n";

    fn on(words: &str, at: usize) -> String {
        let (before, behind) = words.split_at(at);
        TEXT.replacen(words, &format!("{before}$0{behind}"), 1)
    }

    #[test]
    fn a_citation_finds_the_others_of_that_resolution() {
        check(
            &on("Resolution 140 (Rev. Dubai", 3),
            expect![[r#"
            7: Mention Resolution 140 (Rev. Dubai, 2018)
            8: Mention Resolution 140 (Rev. Bucharest, 2022)
        "#]],
        );
    }

    #[test]
    fn the_text_itself_is_found_by_its_title() {
        check_both(
            &on("Resolution 9001 (Buch", 3),
            &on("c) Resolution 9001", 6),
            expect![[r#"
            1: Name Resolution 9001 (Bucharest, 2022)
            9: Mention Resolution 9001 (Bucharest, 2022)
        "#]],
        );
    }

    #[test]
    fn a_title_that_is_not_cited_is_left_alone() {
        check(
            &TEXT
                .replace("c) Resolution 9001 (Bucharest, 2022) of this conference", "c) nothing")
                .replace("# Res", "# R$0es"),
            expect![[""]],
        );
    }

    #[test]
    fn a_label_finds_what_refers_to_the_clause() {
        check_both(
            &on("1. to act", 1),
            &on("resolves 1 and 2.", 10),
            expect![[r#"
            13: Name 1.
            14: Mention 1
            15: Mention 1
        "#]],
        );
    }

    #[test]
    fn the_name_of_a_section_finds_the_section() {
        check_both(
            &on("*recalling* a) and", 4),
            &on("*recalling*\n", 4),
            expect![[r#"
            5: Name recalling
            13: Mention recalling
            14: Mention recalling
        "#]],
        );
    }

    #[test]
    fn a_footnote_finds_its_marks() {
        check_both(
            &on("[^1];", 2),
            &on("[^1]: A note", 2),
            expect![[r#"
            7: Mention [^1]
            13: Mention [^1]
            17: Name [^1]
        "#]],
        );
    }

    #[test]
    fn an_opening_verb_finds_itself_and_other_words_nothing() {
        let text = "The General Assembly,\n\n1. *Dec$0ides* to act;\n2. *Decides* to go on.\n";
        check(
            text,
            expect![[r#"
            3: Word Decides
        "#]],
        );
        check(&on("to go on", 3), expect![[""]]);
    }

    #[test]
    fn a_pinpoint_finds_the_others_to_that_clause() {
        let of_another = "//- a.resmark\n*recalling*\n\na) *resolves* $01 of Resolution 9001 (Bucharest, 2022) of the \
            Plenipotentiary Conference;\nb) *resolves* 2 and 1 of Resolution 9001 (Bucharest, 2022) of the Plenipotentiary \
            Conference.\n//- b.resmark\n";
        check(
            &format!("{of_another}{TEXT}"),
            expect![[r#"
            3: Mention 1
            4: Mention 1
        "#]],
        );
        check(
            of_another,
            expect![[r#"
            3: Mention Resolution 9001 (Bucharest, 2022)
            4: Mention Resolution 9001 (Bucharest, 2022)
        "#]],
        );
    }
}
