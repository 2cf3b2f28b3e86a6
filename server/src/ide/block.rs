//! A clause with everything that stands below it, as a stretch of text that can be moved.

use std::collections::HashMap;
use std::ops::Range;

use crate::numbering::List;
use crate::syntax::{ChangeKind, Document, Paragraph, ParagraphIndex, ParagraphKind, Section, Side, TextRange};

/// The clause that each sub-clause is below: by indentation or, in a text set flush left, by what its labels say.
pub(super) struct Nesting(HashMap<ParagraphIndex, ParagraphIndex>);

impl Nesting {
    /// Of a document with these lists.
    pub fn new(document: &Document, lists: &[List]) -> Nesting {
        let mut parents: HashMap<ParagraphIndex, ParagraphIndex> =
            document.iter().filter_map(|(index, paragraph)| Some((index, paragraph.parent?))).collect();
        for list in lists {
            let Some(parent) = list.parent else { continue };
            for item in &list.items {
                parents.entry(item.paragraph).or_insert(parent);
            }
        }
        Nesting(parents)
    }

    /// The clause that a paragraph stands below.
    pub fn parent(&self, paragraph: ParagraphIndex) -> Option<ParagraphIndex> {
        self.0.get(&paragraph).copied()
    }

    /// A clause and what stands below it: sub-clauses and further paragraphs, in [`Document::paragraphs`]. A footnote's
    /// text is not part of it.
    pub fn block(&self, document: &Document, clause: ParagraphIndex) -> Range<usize> {
        let first = clause.index();
        let below = document.paragraphs.iter().enumerate().skip(first + 1).take_while(|(index, paragraph)| {
            let parent = self.0.get(&ParagraphIndex(*index as u32));
            paragraph.kind != ParagraphKind::Footnote && parent.is_some_and(|parent| parent.index() >= first)
        });
        first..first + 1 + below.count()
    }
}

/// Where paragraphs stand, from the first byte of the first to the last of the last, indentation in front not included.
pub(super) fn range_of(document: &Document, block: &Range<usize>) -> Option<TextRange> {
    let paragraphs = document.paragraphs.get(block.clone())?;
    Some(paragraphs.first()?.range.cover(paragraphs.last()?.range))
}

/// A section without the footnotes behind its last clause, which belong to the resolution; with white space at its end.
pub(super) fn without_footnotes(document: &Document, section: &Section) -> TextRange {
    let paragraphs = document.paragraphs.get(section.paragraphs.clone()).unwrap_or_default();
    let notes = paragraphs.iter().rev().take_while(|paragraph| paragraph.kind == ParagraphKind::Footnote).count();
    let first = paragraphs.get(paragraphs.len() - notes..).and_then(|notes| notes.first());
    first.map_or(section.range, |note| TextRange::new(section.range.start(), note.range.start()))
}

/// The source of a paragraph in one reading: what the other reading has is left out, and no change is marked. Comments
/// stay in the text as amended.
pub(super) fn source_of(text: &str, paragraph: &Paragraph, side: Side) -> String {
    let mut source = String::new();
    push(text, paragraph, paragraph.range, side, &mut source);
    source
}

fn push(text: &str, paragraph: &Paragraph, range: TextRange, side: Side, source: &mut String) {
    let slice = |range: TextRange| text.get(usize::from(range.start())..usize::from(range.end())).unwrap_or_default();
    let mut at = range.start();
    // Nested changes stand behind their outer one, which deals with them.
    for change in paragraph.changes.iter().filter(|change| range.contains_range(change.range)) {
        if change.range.start() < at {
            continue;
        }
        source.push_str(slice(TextRange::new(at, change.range.start())));
        at = change.range.end();
        let kept = match (change.kind, side) {
            (ChangeKind::Comment, Side::Amended) => {
                source.push_str(slice(change.range));
                None
            }
            (ChangeKind::Comment, Side::InForce) => None,
            (_, Side::Amended) => change.new,
            (_, Side::InForce) => change.old,
        };
        // A change in itself is none; depth is bounded by the grammar.
        if let Some(kept) = kept.filter(|kept| kept.len() < range.len()) {
            push(text, paragraph, kept, side, source);
        }
    }
    source.push_str(slice(TextRange::new(at, range.end().max(at))));
}
