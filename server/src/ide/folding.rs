//! Folding: metadata, resolutions, divisions, sections, lists, tracked changes, comments, reasons and footnotes.

use std::cmp::Reverse;

use super::block::without_footnotes;
use super::symbols::{heading_words, shortened, words};
use crate::syntax::{
    ChangeKind, Document, Paragraph, ParagraphIndex, ParagraphKind, Resolution, Side, TextRange, TextSize,
};
use crate::workspace::{FileId, Snapshot};

/// What is folded away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FoldKind {
    /// The metadata at the top.
    Metadata,
    /// A resolution with its title.
    Resolution,
    /// An annex or a part.
    Division,
    /// A section with its heading.
    Section,
    /// A clause with its sub-clauses.
    Clause,
    /// A tracked change over several lines, or clauses one behind the other that are all inserted or all deleted.
    Change,
    /// A comment.
    Comment,
    /// The reasons of a proposal.
    Reasons,
    /// Footnotes one behind the other.
    Footnotes,
}

/// A stretch that can be folded away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fold {
    /// From the line that stays visible to the last line that goes.
    pub range: TextRange,
    /// What it is.
    pub kind: FoldKind,
    /// What stands for all of it while it is folded: the words of its first line, and what it holds.
    pub collapsed: String,
}

/// The folds of a file in text order, outer ones first. Each runs over several lines, and of two that share text one holds
/// the other. Empty for a file that is not there.
pub fn folding(snapshot: &Snapshot, file: FileId) -> Vec<Fold> {
    let Some(file) = snapshot.file(file) else { return Vec::new() };
    nested(Folder { text: file.text(), document: &file.facts().document, folds: Vec::new() }.folds())
}

/// The outermost `most` of some nested folds, in their order.
pub fn outermost(folds: Vec<Fold>, most: usize) -> Vec<Fold> {
    if folds.len() <= most {
        return folds;
    }
    let mut open: Vec<TextSize> = Vec::new();
    let depths: Vec<usize> = folds
        .iter()
        .map(|fold| {
            open.retain(|end| *end >= fold.range.end());
            open.push(fold.range.end());
            open.len()
        })
        .collect();
    let mut kept: Vec<usize> = (0..folds.len()).collect();
    kept.sort_by_key(|fold| (depths.get(*fold).copied(), *fold));
    kept.truncate(most);
    kept.sort_unstable();
    let mut kept = kept.into_iter().peekable();
    folds.into_iter().enumerate().filter(|(at, _)| kept.next_if_eq(at).is_some()).map(|(_, fold)| fold).collect()
}

/// In text order; of two that cross the later one is left out, and of two that begin in the same place the shorter.
fn nested(mut folds: Vec<Fold>) -> Vec<Fold> {
    folds.sort_by_key(|fold| (fold.range.start(), Reverse(fold.range.end())));
    let mut open: Vec<TextRange> = Vec::new();
    folds.retain(|fold| {
        while open.last().is_some_and(|last| last.end() <= fold.range.start()) {
            open.pop();
        }
        let fits = open.last().is_none_or(|last| last.contains_range(fold.range) && last.start() != fold.range.start());
        if fits {
            open.push(fold.range);
        }
        fits
    });
    folds
}

struct Folder<'a> {
    text: &'a str,
    document: &'a Document,
    folds: Vec<Fold>,
}

impl Folder<'_> {
    fn folds(mut self) -> Vec<Fold> {
        self.metadata();
        let document = self.document;
        for resolution in &document.resolutions {
            if resolution.title.is_some() || resolution.proposal.is_some() {
                self.push(resolution.range, FoldKind::Resolution, resolution_name(document, resolution));
            }
        }
        for division in &document.divisions {
            let heading = document.paragraph(division.heading);
            self.push(division.range, FoldKind::Division, shortened(words(heading)));
        }
        for section in &document.sections {
            let inside = document.paragraphs.get(section.paragraphs.clone()).unwrap_or_default();
            if let Some(heading) = section.heading.map(|heading| document.paragraph(heading)) {
                let level = inside.iter().map(|paragraph| paragraph.level).min().unwrap_or(0);
                let name = with_labels(heading_words(heading), inside, level);
                self.push(without_footnotes(document, section), FoldKind::Section, name);
            }
            self.runs(section.paragraphs.clone());
        }
        for (index, paragraph) in document.iter() {
            let behind = document.paragraphs.get(index.index() + 1..).unwrap_or_default();
            let below = behind.iter().take_while(|next| next.level > paragraph.level).count();
            let below = behind.get(..below).unwrap_or_default();
            if let Some(last) = below.last().filter(|_| paragraph.kind == ParagraphKind::Clause) {
                let range = paragraph.range.cover(last.range);
                let name = with_labels(&quoted(paragraph), below, paragraph.level.saturating_add(1));
                self.push(range, FoldKind::Clause, name);
            }
            self.changes(paragraph);
        }
        self.folds
    }

    /// The lines between `---` and `---`, these included.
    fn metadata(&mut self) {
        let (Some(first), Some(last)) = (self.document.metadata.first(), self.document.metadata.last()) else { return };
        let end = usize::from(last.range.end());
        let behind = self.text.get(end..).unwrap_or_default();
        let closing = behind.find("---").filter(|at| behind[..*at].trim().is_empty()).map_or(end, |at| end + at + 3);
        let before = self.text.get(..usize::from(first.range.start())).unwrap_or_default();
        let start = before.find("---").unwrap_or(before.len());
        let said = self.document.metadata.iter().map(|entry| format!("{}: {}", entry.key, entry.value));
        let name = shortened(&said.collect::<Vec<_>>().join(", "));
        self.push(
            TextRange::new(TextSize::new(start as u32), TextSize::new(closing as u32)),
            FoldKind::Metadata,
            format!("--- {name} ---"),
        );
    }

    /// The tracked changes and comments in a paragraph, where they run over several lines.
    fn changes(&mut self, paragraph: &Paragraph) {
        for change in &paragraph.changes {
            let (kind, open, close) = match change.kind {
                ChangeKind::Comment => (FoldKind::Comment, "{>>", "<<}"),
                ChangeKind::Insertion => (FoldKind::Change, "{++", "++}"),
                ChangeKind::Deletion => (FoldKind::Change, "{--", "--}"),
                ChangeKind::Substitution => (FoldKind::Change, "{~~", "~~}"),
            };
            let inside = self.slice(change.range);
            let inside = inside.strip_prefix(open).unwrap_or(inside);
            let inside = inside.strip_suffix(close).unwrap_or(inside);
            let said: Vec<&str> = inside.split_whitespace().collect();
            let name = format!("{open}{}{close}", shortened(&said.join(" ")));
            self.push(change.range, kind, name);
        }
    }

    /// Among the paragraphs of a section: the reasons with what follows them, footnotes, and tracked clauses, where
    /// several stand one behind the other.
    fn runs(&mut self, section: std::ops::Range<usize>) {
        let Some(paragraphs) = self.document.paragraphs.get(section) else { return };
        let mut rest = paragraphs;
        while let Some((first, behind)) = rest.split_first() {
            let count = match first.kind {
                ParagraphKind::Reasons => {
                    let of_them = |next: &&Paragraph| next.kind == ParagraphKind::Text;
                    behind.iter().take_while(of_them).count()
                }
                ParagraphKind::Footnote => {
                    behind.iter().take_while(|next| next.kind == ParagraphKind::Footnote).count()
                }
                // As long as they are as deep: what comes behind may stand outside of the list.
                _ => {
                    let alike = |next: &&Paragraph| only_side(next).is_some() && only_side(next) == only_side(first);
                    behind.iter().take_while(|next| next.level >= first.level).take_while(alike).count()
                }
            };
            let last = count.checked_sub(1).and_then(|last| behind.get(last));
            let range = first.range.cover(last.unwrap_or(first).range);
            match (first.kind, only_side(first)) {
                (ParagraphKind::Reasons, _) => self.push(range, FoldKind::Reasons, shortened(words(first))),
                (ParagraphKind::Footnote, _) => {
                    let name = |note: &Paragraph| note.footnote.clone().unwrap_or_default();
                    let name = match last {
                        Some(last) => format!("[^{}] – [^{}]", name(first), name(last)),
                        None => format!("[^{}]: {}", name(first), shortened(words(first))),
                    };
                    self.push(range, FoldKind::Footnotes, name);
                }
                (_, Some(side)) if last.is_some() => {
                    let (open, close) = if side == Side::Amended { ("{++", "++}") } else { ("{--", "--}") };
                    let name = with_last_label(first, behind.get(..count).unwrap_or_default());
                    self.push(range, FoldKind::Change, format!("{open}{name}{close}"));
                }
                _ => {}
            }
            rest = behind.get(count..).unwrap_or_default();
        }
    }

    fn slice(&self, range: TextRange) -> &str {
        self.text.get(usize::from(range.start())..usize::from(range.end())).unwrap_or_default()
    }

    /// Adds a fold without the white space at its end, if it has several lines.
    fn push(&mut self, range: TextRange, kind: FoldKind, collapsed: String) {
        let words = self.slice(range).trim_end();
        if words.contains(['\n', '\r']) {
            let range = TextRange::at(range.start(), TextSize::of(words));
            self.folds.push(Fold { range, kind, collapsed });
        }
    }
}

/// The only reading in which a paragraph stands; `None` for one that stands in both.
fn only_side(paragraph: &Paragraph) -> Option<Side> {
    match (paragraph.is_in(Side::InForce), paragraph.is_in(Side::Amended)) {
        (true, false) => Some(Side::InForce),
        (false, true) => Some(Side::Amended),
        _ => None,
    }
}

/// “3. to mend – 5.”: a clause, and the label of the last one beside it.
fn with_last_label(first: &Paragraph, behind: &[Paragraph]) -> String {
    let last = behind.iter().rfind(|paragraph| paragraph.level == first.level).and_then(label_of);
    match last {
        Some(last) => format!("{} – {last}", quoted(first)),
        None => quoted(first),
    }
}

fn resolution_name(document: &Document, resolution: &Resolution) -> String {
    let paragraph = |index: Option<ParagraphIndex>| index.map(|index| words(document.paragraph(index)));
    let mark = resolution.proposal.as_ref().map(|mark| mark.number.as_str()).filter(|number| !number.is_empty());
    let parts = [mark, paragraph(resolution.title), paragraph(resolution.subject)];
    shortened(&parts.into_iter().flatten().collect::<Vec<_>>().join(" · "))
}

/// A clause with its label, shortened.
fn quoted(paragraph: &Paragraph) -> String {
    match label_of(paragraph) {
        Some(label) => format!("{label} {}", shortened(words(paragraph))),
        None => shortened(words(paragraph)),
    }
}

fn label_of(paragraph: &Paragraph) -> Option<&str> {
    let label = &paragraph.label.as_ref()?.text;
    label.amended.as_deref().or(label.in_force.as_deref())
}

/// “recalling a) – d)”: a heading or clause, and the labels of the first and the last clause of a level below it. In every
/// language the same.
fn with_labels(name: &str, below: &[Paragraph], level: u16) -> String {
    let mut labels = below.iter().filter(|paragraph| paragraph.level == level).filter_map(label_of);
    let name = shortened(name);
    match (labels.next(), labels.next_back()) {
        (Some(first), Some(last)) => format!("{name} {first} – {last}"),
        (Some(only), None) => format!("{name} {only}"),
        (None, _) => name,
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    use super::*;
    use crate::syntax::{lower, parse};

    fn folds(text: &str) -> Vec<Fold> {
        nested(Folder { text, document: &lower(text, &parse(text)), folds: Vec::new() }.folds())
    }

    /// The lines of each fold, counted from 1, what it is, and what stands for it.
    fn check(text: &str, expected: Expect) {
        let line = |at: TextSize| text[..at.into()].matches('\n').count() + 1;
        let shown = folds(text).into_iter().map(|fold| {
            format!("{}–{} {:?}: {}\n", line(fold.range.start()), line(fold.range.end()), fold.kind, fold.collapsed)
        });
        expected.assert_eq(&shown.collect::<String>());
    }

    #[test]
    fn what_a_resolution_is_made_of() {
        check(
            "---\nbody: PP\nlanguage: en\n---\n\nMOD A/1\n\n# Resolution 9001\n## On benches\n\nThe Conference,\n\n*recalling*\n\n\
             a) one;\nb) two,\n\n*resolves*\n\n1. to mend:\n   a) now;\n   b) later;\n2. to wait.\n\n### Annex 1\n\n*aims*\n\n\
             1. one.\n\n# Resolution 9002\n\n*resolves*\n\n1. to end.\n",
            expect![[r#"
                1–4 Metadata: --- body: PP, language: en ---
                6–29 Resolution: A/1 · Resolution 9001 · On benches
                13–16 Section: recalling a) – b)
                18–23 Section: resolves 1. – 2.
                20–22 Clause: 1. to mend: a) – b)
                25–29 Division: Annex 1
                27–29 Section: aims 1.
                31–35 Resolution: Resolution 9002
                33–35 Section: resolves 1.
            "#]],
        );
    }

    #[test]
    fn tracked_changes_and_comments_over_several_lines() {
        check(
            "*resolves*\n\n1. to act;\n2. to {++mend\n   the benches++} {>>as was\n   asked<<};\n{++3. to paint;++}\n{++4. to \
             rest:++}\n   {++a) here;++}\n{--5. to go.--}\n",
            expect![[r#"
                1–10 Section: resolves 1. – 5.
                4–5 Change: {++mend the benches++}
                5–6 Comment: {>>as was asked<<}
                7–9 Change: {++3. to paint; – 4.++}
                8–9 Clause: 4. to rest: a)
            "#]],
        );
        check(
            "*resolves*\n\n{++1. to act;++}\n{--2. to rest.--}\n",
            expect![[r#"
            1–4 Section: resolves 1. – 2.
        "#]],
        );
    }

    #[test]
    fn reasons_and_footnotes() {
        check(
            "# Resolution 1\n\n*resolves*\n\n1. to act[^1][^2].\n\nReasons: It is time\nto act.\n\nAnd more.\n\n[^1]: One.\n\n\
             [^2]: Two.\n",
            expect![[r#"
                1–14 Resolution: Resolution 1
                3–5 Section: resolves 1.
                7–10 Reasons: Reasons: It is time to act.
                12–14 Footnotes: [^1] – [^2]
            "#]],
        );
        check("a) one[^1]\n\n[^1]: One.\n", expect![[""]]);
    }

    #[test]
    fn the_outer_ones_are_kept() {
        let all = folds("# Resolution 1\n\n*recalling*\n\na) one:\n   i) x;\n\n*resolves*\n\n1. to act:\n   a) now.\n");
        let kinds = |folds: Vec<Fold>| folds.into_iter().map(|fold| fold.kind).collect::<Vec<_>>();
        use FoldKind::{Clause, Resolution, Section};
        assert_eq!(kinds(outermost(all.clone(), 9)), [Resolution, Section, Clause, Section, Clause]);
        assert_eq!(kinds(outermost(all.clone(), 3)), [Resolution, Section, Section]);
        assert_eq!(kinds(outermost(all, 0)), []);
    }

    proptest! {
        #[test]
        fn folds_are_nested(lines in prop::collection::vec(prop::sample::select(vec![
            "# Resolution 1\n", "### Annex 1\n", "*recalling*\n", "a) one\n", "   i) two\n", "{++b) new\n", "++}\n",
            "{++c) new++}\n", "   {++ii) new++}\n", "{--d) old--}\n", "{>>why\n", "<<}\n", "[^1]: note\n", "Reasons: so\n",
            "---\n", "body: PP\n", "\n", "words\n", "MOD A/1\n", "\r\n",
        ]), 0..30)) {
            let text = lines.concat();
            let folds = folds(&text);
            for (at, fold) in folds.iter().enumerate() {
                prop_assert!(text[fold.range].trim_end().contains('\n'));
                for other in &folds[at + 1..] {
                    let apart = other.range.start() >= fold.range.end();
                    let inside = fold.range.contains_range(other.range) && fold.range.start() < other.range.start();
                    prop_assert!(apart || inside, "{fold:?} and {other:?} of {text:?}");
                }
            }
        }
    }
}
