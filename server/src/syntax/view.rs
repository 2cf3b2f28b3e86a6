//! The two readings of a tracked text.

use std::cmp::Reverse;
use std::fmt;
use std::ops::{Deref, Index, IndexMut};
use std::sync::Arc;

use text_size::{TextRange, TextSize};

use super::words::Words;

/// One of the two readings of a text with tracked changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Side {
    /// The text as in force: deletions kept, insertions left out.
    InForce,
    /// The text as amended: insertions kept, deletions left out.
    Amended,
}

impl Side {
    /// Both readings.
    pub const BOTH: [Side; 2] = [Side::InForce, Side::Amended];

    /// The name that a drafter reads: “as in force”, “as amended”.
    pub fn name(self) -> &'static str {
        match self {
            Side::InForce => "as in force",
            Side::Amended => "as amended",
        }
    }
}

/// One value for each reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sides<T> {
    /// The value in the text as in force.
    pub in_force: T,
    /// The value in the text as amended.
    pub amended: T,
}

impl<T> Sides<T> {
    /// Makes the value of each reading.
    pub fn from_fn(mut make: impl FnMut(Side) -> T) -> Sides<T> {
        Sides { in_force: make(Side::InForce), amended: make(Side::Amended) }
    }
}

impl<T> Index<Side> for Sides<T> {
    type Output = T;
    fn index(&self, side: Side) -> &T {
        match side {
            Side::InForce => &self.in_force,
            Side::Amended => &self.amended,
        }
    }
}

impl<T> IndexMut<Side> for Sides<T> {
    fn index_mut(&mut self, side: Side) -> &mut T {
        match side {
            Side::InForce => &mut self.in_force,
            Side::Amended => &mut self.amended,
        }
    }
}

/// What a stretch of a view is, beyond its letters. The sigils themselves are not in the view's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MarkKind {
    /// `*emphasis*`: a section's or clause's opening verb, or the name of a section in a reference.
    Emphasis,
    /// `[square brackets]`: text under negotiation. The brackets stay in the view's text and in the range.
    Bracketed,
    /// The words of a pinned citation, `[words](target)`.
    Pinned,
    /// A footnote reference; an empty range, at the place where `[^1]` stands.
    Footnote,
}

/// A stretch of a view with a meaning, in byte offsets of the view's text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Mark {
    /// What it is.
    pub kind: MarkKind,
    /// Where, in the view's text.
    pub range: TextRange,
    /// For [`MarkKind::Pinned`] the target between the parentheses, for [`MarkKind::Footnote`] the footnote's name;
    /// otherwise empty.
    pub target: String,
    /// Where it stands, its sigils included, from the beginning of the paragraph.
    pub(super) source: TextRange,
}

/// A paragraph's text in one reading, without sigils: no change marks, comments, emphasis stars, footnote references
/// or backslashes; a soft line break with its indentation is one space (nothing between two Chinese characters).
///
/// What it says is shared: between the readings where they do not differ, and with the same paragraph before an edit
/// that did not reach it. The view adds where in the source it stands.
#[derive(Clone)]
pub struct View {
    /// Where the paragraph begins in the source.
    base: TextSize,
    side: Side,
    words: Arc<Words>,
}

/// What a view says, wherever the paragraph stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ViewWords {
    /// The text that a reader of this reading sees. The clause's label is not part of it.
    pub text: String,
    /// Emphases, brackets, pins and footnotes, in order of their start.
    pub marks: Vec<Mark>,
    /// Where pieces of the text come from, in order; pieces of the same length on both sides.
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Piece {
    /// Start in the view's text.
    view: TextSize,
    /// The bytes in the source, from the beginning of the paragraph.
    source: TextRange,
}

impl ViewWords {
    /// Appends a piece of source text that starts at `start` of the paragraph.
    pub(super) fn push(&mut self, text: &str, start: TextSize) {
        if text.is_empty() {
            return;
        }
        let view = self.end();
        self.text.push_str(text);
        let source = TextRange::at(start, TextSize::of(text));
        match self.pieces.last_mut() {
            Some(last) if last.source.end() == start && last.view + last.source.len() == view => {
                last.source = last.source.cover(source);
            }
            _ => self.pieces.push(Piece { view, source }),
        }
    }

    /// Appends the space that stands for a soft line break; it belongs to no piece.
    pub(super) fn push_space(&mut self) {
        self.text.push(' ');
    }

    /// The length of the text so far.
    pub(super) fn end(&self) -> TextSize {
        TextSize::of(&self.text)
    }

    /// Puts the marks in order and gives back what is not needed.
    pub(super) fn finish(&mut self) {
        self.marks.sort_by_key(|mark| (mark.range.start(), Reverse(mark.range.end())));
        self.text.shrink_to_fit();
        self.marks.shrink_to_fit();
        self.pieces.shrink_to_fit();
    }

    /// The marks of one kind, in order.
    pub fn marks_of(&self, kind: MarkKind) -> impl Iterator<Item = &Mark> {
        self.marks.iter().filter(move |mark| mark.kind == kind)
    }

    /// Whether there is nothing in this reading.
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }
}

impl Deref for View {
    type Target = ViewWords;

    fn deref(&self) -> &ViewWords {
        match (self.side, &self.words.amended) {
            (Side::Amended, Some(amended)) => amended,
            _ => &self.words.in_force,
        }
    }
}

impl PartialEq for View {
    fn eq(&self, other: &View) -> bool {
        self.base == other.base && **self == **other
    }
}

impl Eq for View {}

impl fmt::Debug for View {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("View").field("base", &self.base).field("words", &**self).finish()
    }
}

impl View {
    /// The view of these words, of a paragraph that begins at `base`, in one reading.
    pub(super) fn of(words: &Arc<Words>, base: TextSize, side: Side) -> View {
        View { base, side, words: Arc::clone(words) }
    }

    pub(super) fn shared(&self) -> &Arc<Words> {
        &self.words
    }

    /// Where in the source a mark of this view stands, its sigils included.
    pub fn mark_source(&self, mark: &Mark) -> TextRange {
        mark.source + self.base
    }

    /// The stretch of the source from the first to the last byte of `range` (in the view), including whatever sigils
    /// and other reading's words stand between. An empty view gives `None`.
    pub fn to_source(&self, range: TextRange) -> Option<TextRange> {
        let start = self.source_of_char_at(range.start())?;
        let end = if range.is_empty() { start } else { self.source_before(range.end())? };
        Some(if end < start { TextRange::empty(start) } else { TextRange::new(start, end) })
    }

    /// The pieces of source, in order, that `range` (in the view) is made of: what has to be underlined or replaced
    /// when the other reading's words must stay as they are.
    pub fn source_pieces(&self, range: TextRange) -> Vec<TextRange> {
        let first = self.pieces.partition_point(|piece| piece.view + piece.source.len() <= range.start());
        self.pieces[first..]
            .iter()
            .take_while(|piece| piece.view < range.end())
            .filter_map(|piece| {
                let whole = TextRange::at(piece.view, piece.source.len());
                let part = whole.intersect(range).filter(|part| !part.is_empty())?;
                Some(TextRange::at(self.base + piece.source.start() + (part.start() - piece.view), part.len()))
            })
            .collect()
    }

    /// The place in the view's text of a byte of the source; `None` where this reading has nothing.
    pub fn to_view(&self, offset: TextSize) -> Option<TextSize> {
        let offset = offset.checked_sub(self.base)?;
        let index = self.pieces.partition_point(|piece| piece.source.start() <= offset).checked_sub(1)?;
        let piece = self.pieces[index];
        (offset <= piece.source.end()).then(|| piece.view + (offset - piece.source.start()))
    }

    /// The end, in the view's text, of what stands before a byte of the source.
    pub fn end_before(&self, offset: TextSize) -> TextSize {
        let offset = offset.checked_sub(self.base).unwrap_or_default();
        let before = self.pieces.partition_point(|piece| piece.source.start() < offset).checked_sub(1);
        let piece = before.and_then(|index| self.pieces.get(index));
        piece.map_or(0.into(), |piece| piece.view + (offset - piece.source.start()).min(piece.source.len()))
    }

    /// Where the byte at `offset` of the view comes from: the start of the next piece for a soft line break.
    fn source_of_char_at(&self, offset: TextSize) -> Option<TextSize> {
        let index = self.pieces.partition_point(|piece| piece.view + piece.source.len() <= offset);
        match self.pieces.get(index) {
            Some(piece) if piece.view <= offset => Some(self.base + piece.source.start() + (offset - piece.view)),
            Some(piece) => Some(self.base + piece.source.start()),
            None => self.pieces.last().map(|piece| self.base + piece.source.end()),
        }
    }

    /// The end in the source of what stands before `offset` of the view.
    fn source_before(&self, offset: TextSize) -> Option<TextSize> {
        let index = self.pieces.partition_point(|piece| piece.view < offset).checked_sub(1)?;
        let piece = self.pieces[index];
        Some(self.base + piece.source.start() + (offset - piece.view).min(piece.source.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{lower, parse};
    use super::*;

    fn range(start: u32, end: u32) -> TextRange {
        TextRange::new(start.into(), end.into())
    }

    /// The view of the last paragraph, as amended.
    fn amended_of(text: &str) -> View {
        lower(text, &parse(text)).paragraphs.pop().expect("a paragraph").views.amended
    }

    /// As amended: `abde`.
    fn amended() -> View {
        amended_of("ab{~~c~>d~~}e")
    }

    #[test]
    fn a_range_covers_the_sigils_between() {
        assert_eq!(amended().to_source(range(1, 4)), Some(range(1, 13)));
        assert_eq!(amended().to_source(range(0, 2)), Some(range(0, 2)));
        assert_eq!(amended().to_source(range(2, 3)), Some(range(8, 9)));
    }

    #[test]
    fn pieces_leave_the_other_reading_alone() {
        assert_eq!(amended().source_pieces(range(1, 4)), [range(1, 2), range(8, 9), range(12, 13)]);
    }

    #[test]
    fn a_byte_of_the_source_finds_its_place() {
        assert_eq!(amended().to_view(8.into()), Some(2.into()));
        assert_eq!(amended().to_view(5.into()), None);
    }

    #[test]
    fn adjacent_pieces_are_one() {
        assert_eq!(amended_of("   a(b) c").source_pieces(range(0, 6)), [range(3, 9)]);
    }
}
