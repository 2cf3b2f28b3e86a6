//! Lines and columns as people count them.

use ropey::Rope;
use serde::Serialize;

use crate::syntax::{TextRange, TextSize};

/// A stretch of text: lines and columns counted from 1, columns in characters; the end is behind the last character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Span {
    pub line: usize,
    pub column: usize,
    pub end_line: usize,
    pub end_column: usize,
}

impl Span {
    /// Where `range` lies in a text.
    pub fn of(range: TextRange, rope: &Rope) -> Span {
        let (line, column) = position(range.start(), rope);
        let (end_line, end_column) = position(range.end(), rope);
        Span { line, column, end_line, end_column }
    }
}

fn position(offset: TextSize, rope: &Rope) -> (usize, usize) {
    let char = rope.byte_to_char(usize::from(offset).min(rope.len_bytes()));
    let line = rope.char_to_line(char);
    (line + 1, char - rope.line_to_char(line) + 1)
}
