//! The footnotes of a resolution: marks, and texts.

use std::collections::BTreeSet;

use crate::syntax::{Document, MarkKind, Paragraph, ParagraphKind, ResolutionIndex, Side, TextRange, TextSize};

/// A footnote mark, `[^1]`, or the beginning of a footnote's text, `[^1]:`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Note {
    /// What stands between `[^` and `]`.
    pub name: String,
    /// `[^1]`
    pub range: TextRange,
    /// For a text: all of it.
    pub whole: TextRange,
}

impl Note {
    /// The name's place.
    pub fn name_range(&self) -> TextRange {
        let start = self.range.start() + TextSize::of("[^");
        TextRange::at(start, TextSize::of(&*self.name))
    }

    /// The number that it is named by.
    pub fn number(&self) -> Option<u32> {
        self.name.parse().ok()
    }
}

/// The marks and the texts of a resolution's footnotes, each in text order.
pub(super) struct Notes {
    pub marks: Vec<Note>,
    pub texts: Vec<Note>,
}

/// The footnotes of every resolution of a document.
pub(super) fn notes(document: &Document) -> impl Iterator<Item = Notes> {
    (0..document.resolutions.len()).map(|index| of_resolution(document, ResolutionIndex(index as u32)))
}

fn of_resolution(document: &Document, resolution: ResolutionIndex) -> Notes {
    let range = document.resolution(resolution).paragraphs.clone();
    let mut notes = Notes { marks: Vec::new(), texts: Vec::new() };
    for paragraph in document.paragraphs.get(range).unwrap_or_default() {
        if let Some(name) = paragraph.footnote.clone() {
            let range = TextRange::at(paragraph.range.start(), TextSize::of("[^]") + TextSize::of(&*name));
            notes.texts.push(Note { name, range, whole: paragraph.range });
        }
        let has_mark = |side: Side| paragraph.views[side].marks_of(MarkKind::Footnote).next().is_some();
        if !Side::BOTH.into_iter().any(has_mark) {
            continue;
        }
        let mut seen = BTreeSet::new();
        let marks = Side::BOTH.into_iter().flat_map(|side| {
            let view = &paragraph.views[side];
            view.marks_of(MarkKind::Footnote).map(|mark| (mark, view.mark_source(mark)))
        });
        let mut found: Vec<Note> = marks
            .filter(|(_, source)| seen.insert(source.start()))
            .map(|(mark, source)| Note { name: mark.target.clone(), range: source, whole: source })
            .collect();
        found.sort_by_key(|note| note.range.start());
        if is_tracked_text(paragraph) && !found.is_empty() {
            let mut text = found.remove(0);
            text.whole = paragraph.range;
            notes.texts.push(text);
        }
        notes.marks.extend(found);
    }
    notes
}

/// Whether a paragraph is a footnote's text inside of a tracked change, which is read as words behind a mark:
/// `{++[^1]: text++}`.
fn is_tracked_text(paragraph: &Paragraph) -> bool {
    paragraph.kind == ParagraphKind::Text
        && Side::BOTH.into_iter().any(|side| {
            let view = &paragraph.views[side];
            let first = view.marks_of(MarkKind::Footnote).next();
            first.is_some_and(|mark| mark.range.start() == TextSize::new(0)) && view.text.starts_with(':')
        })
}
