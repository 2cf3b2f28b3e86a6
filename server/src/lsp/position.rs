//! Byte offsets to the protocol's lines and columns and back. Columns count UTF-8, UTF-16 or UTF-32 code units,
//! as client and server agreed; nowhere else does either exist.

use ropey::Rope;
use tower_lsp::ls_types::{ClientCapabilities, Position, PositionEncodingKind, Range};

use crate::syntax::{TextRange, TextSize};
use crate::workspace::LinePlace;

/// What a column counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Utf8,
    Utf16,
    Utf32,
}

impl Encoding {
    /// The cheapest one that the client knows; UTF-16 if it says nothing, as the protocol has it.
    pub(super) fn negotiate(client: &ClientCapabilities) -> Encoding {
        let offered = client.general.as_ref().and_then(|general| general.position_encodings.as_deref()).unwrap_or(&[]);
        if offered.contains(&PositionEncodingKind::UTF8) {
            Encoding::Utf8
        } else if offered.contains(&PositionEncodingKind::UTF32) && !offered.contains(&PositionEncodingKind::UTF16) {
            Encoding::Utf32
        } else {
            Encoding::Utf16
        }
    }

    /// Its name in the protocol.
    pub(super) fn kind(self) -> PositionEncodingKind {
        match self {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
            Encoding::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    /// The offset of a position. A line behind the last is the end of the text, a column behind the end of its line
    /// is that end, and one inside of a character is the character's start.
    pub(super) fn offset(self, rope: &Rope, position: Position) -> TextSize {
        let line = position.line as usize;
        if line >= rope.len_lines() {
            return size(rope.len_bytes());
        }
        let (start, end) = (rope.line_to_char(line), line_end(rope, line));
        let column = position.character as usize;
        let char = match self {
            Encoding::Utf32 => start.saturating_add(column),
            Encoding::Utf16 => {
                let unit = rope.char_to_utf16_cu(start).saturating_add(column);
                rope.utf16_cu_to_char(unit.min(rope.len_utf16_cu()))
            }
            Encoding::Utf8 => {
                let byte = rope.char_to_byte(start).saturating_add(column);
                rope.byte_to_char(byte.min(rope.len_bytes()))
            }
        };
        size(rope.char_to_byte(char.min(end)))
    }

    /// The stretch between two positions, whichever comes first.
    pub(super) fn text_range(self, rope: &Rope, range: Range) -> TextRange {
        let (start, end) = (self.offset(rope, range.start), self.offset(rope, range.end));
        TextRange::new(start.min(end), start.max(end))
    }

    /// The position of an offset; one behind the end of the text is that end.
    pub(super) fn position(self, rope: &Rope, offset: TextSize) -> Position {
        let byte = usize::from(offset).min(rope.len_bytes());
        let char = rope.byte_to_char(byte);
        let line = rope.char_to_line(char);
        let start = rope.line_to_char(line);
        let column = match self {
            Encoding::Utf32 => char - start,
            Encoding::Utf16 => rope.char_to_utf16_cu(char) - rope.char_to_utf16_cu(start),
            Encoding::Utf8 => rope.char_to_byte(char) - rope.char_to_byte(start),
        };
        Position { line: line as u32, character: column as u32 }
    }

    /// The positions of a stretch.
    pub(super) fn range(self, rope: &Rope, range: TextRange) -> Range {
        Range { start: self.position(rope, range.start()), end: self.position(rope, range.end()) }
    }

    /// The length of a stretch, line breaks included.
    pub(super) fn length(self, rope: &Rope, range: TextRange) -> u32 {
        let char = |offset: TextSize| rope.byte_to_char(usize::from(offset).min(rope.len_bytes()));
        let (start, end) = (char(range.start()), char(range.end()));
        let length = match self {
            Encoding::Utf32 => end - start,
            Encoding::Utf16 => rope.char_to_utf16_cu(end) - rope.char_to_utf16_cu(start),
            Encoding::Utf8 => rope.char_to_byte(end) - rope.char_to_byte(start),
        };
        length as u32
    }

    /// A stretch cut at the ends of its lines, each part with its length in this encoding; empty parts are left out.
    pub(super) fn lines(self, rope: &Rope, range: TextRange) -> Vec<(Position, u32)> {
        let Range { start, end } = self.range(rope, range);
        (start.line..=end.line)
            .filter_map(|line| {
                let from = if line == start.line { start.character } else { 0 };
                let to = if line == end.line {
                    end.character
                } else {
                    self.position(rope, size(rope.char_to_byte(line_end(rope, line as usize)))).character
                };
                (to > from).then(|| (Position { line, character: from }, to - from))
            })
            .collect()
    }
}

/// The range, empty, of a line and column that are counted from 1; exact where the line is ASCII up to there.
pub(super) fn of_place(place: Option<LinePlace>) -> Range {
    let (line, character) =
        place.map_or((0, 0), |place| (place.line.saturating_sub(1), place.column.saturating_sub(1)));
    let position = Position { line, character };
    Range { start: position, end: position }
}

/// The end of a line, in characters, its line break not included.
fn line_end(rope: &Rope, line: usize) -> usize {
    let (start, mut end) = (rope.line_to_char(line), rope.line_to_char((line + 1).min(rope.len_lines())));
    let last = |end: usize| (end > start).then(|| rope.char(end - 1));
    if last(end) == Some('\n') {
        end -= 1;
        if last(end) == Some('\r') {
            end -= 1;
        }
    } else if last(end) == Some('\r') {
        end -= 1;
    }
    end
}

/// A text never is so long that its offsets do not fit.
fn size(bytes: usize) -> TextSize {
    TextSize::try_from(bytes).unwrap_or(TextSize::from(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(line: u32, character: u32) -> Position {
        Position { line, character }
    }

    fn offset(encoding: Encoding, text: &str, line: u32, column: u32) -> u32 {
        encoding.offset(&Rope::from_str(text), at(line, column)).into()
    }

    #[test]
    fn columns_count_in_three_ways() {
        // `决` is 3 bytes and one unit; the emoji is 4 bytes, two UTF-16 units and one UTF-32 unit.
        let text = "决😀a";
        assert_eq!(offset(Encoding::Utf8, text, 0, 7), 7);
        assert_eq!(offset(Encoding::Utf16, text, 0, 3), 7);
        assert_eq!(offset(Encoding::Utf32, text, 0, 2), 7);
        let rope = Rope::from_str(text);
        assert_eq!(Encoding::Utf8.position(&rope, 7.into()), at(0, 7));
        assert_eq!(Encoding::Utf16.position(&rope, 7.into()), at(0, 3));
        assert_eq!(Encoding::Utf32.position(&rope, 7.into()), at(0, 2));
    }

    #[test]
    fn the_inside_of_a_character_is_its_start() {
        assert_eq!(offset(Encoding::Utf16, "a😀b", 0, 2), 1);
        assert_eq!(offset(Encoding::Utf8, "a😀b", 0, 3), 1);
        let rope = Rope::from_str("决");
        assert_eq!(Encoding::Utf16.position(&rope, 1.into()), at(0, 0));
    }

    #[test]
    fn what_is_out_of_bounds_is_cut() {
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            assert_eq!(offset(encoding, "ab\r\nc", 0, 99), 2);
            assert_eq!(offset(encoding, "ab\r\nc", 0, u32::MAX), 2);
            assert_eq!(offset(encoding, "ab\r\nc", 1, 99), 5);
            assert_eq!(offset(encoding, "ab\r\nc", 7, 0), 5);
            assert_eq!(offset(encoding, "", u32::MAX, u32::MAX), 0);
        }
    }

    #[test]
    fn lines_end_as_the_protocol_has_it() {
        // Neither the line separator U+2028 nor a form feed ends a line.
        let text = "a\rb\u{2028}c\u{c}d\ne";
        assert_eq!(offset(Encoding::Utf16, text, 1, 0), 2);
        assert_eq!(offset(Encoding::Utf16, text, 2, 0), text.len() as u32 - 1);
    }

    #[test]
    fn a_stretch_is_cut_into_lines() {
        let rope = Rope::from_str("ab\r\n\n决定");
        let all = TextRange::up_to(TextSize::of("ab\r\n\n决定"));
        assert_eq!(Encoding::Utf16.lines(&rope, all), [(at(0, 0), 2), (at(2, 0), 2)]);
    }

    #[test]
    fn a_length_counts_line_breaks() {
        let rope = Rope::from_str("a\r\n决😀");
        let all = TextRange::up_to(TextSize::of("a\r\n决😀"));
        assert_eq!([Encoding::Utf8, Encoding::Utf16, Encoding::Utf32].map(|e| e.length(&rope, all)), [10, 6, 5]);
    }

    proptest::proptest! {
        #[test]
        fn positions_come_back(text in "[a😀决\r\n\u{2028}]{0,20}") {
            let rope = Rope::from_str(&text);
            // A place between `\r` and `\n` has no position of its own.
            let places = (0..=text.len())
                .filter(|at| text.is_char_boundary(*at) && text.get(at.saturating_sub(1)..at + 1) != Some("\r\n"));
            for at in places {
                for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
                    let position = encoding.position(&rope, size(at));
                    proptest::prop_assert_eq!(usize::from(encoding.offset(&rope, position)), at);
                }
            }
        }

        #[test]
        fn no_position_panics(text in "[a😀决\r\n]{0,20}", line: u32, character in 0u32..30) {
            let rope = Rope::from_str(&text);
            for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
                for line in [line, line % 5] {
                    let offset = encoding.offset(&rope, Position { line, character });
                    proptest::prop_assert!(text.is_char_boundary(offset.into()));
                }
            }
        }
    }
}
