//! Texts for tests: `$0` is the cursor, and a line of `^^^` marks what stands above it.

use unicode_width::UnicodeWidthChar;

use crate::syntax::{TextRange, TextSize};

/// A text taken from a fixture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fixture {
    /// The text without its markers.
    pub text: String,
    /// Where `$0` stood.
    pub cursor: Option<TextSize>,
    /// What `^^^` underlined, in order; the words behind the carets with each.
    pub marks: Vec<(TextRange, String)>,
}

impl Fixture {
    /// Reads a fixture. Carets count columns as a terminal does, where a Chinese character is two wide.
    pub fn parse(fixture: &str) -> Fixture {
        let mut text = String::new();
        let mut cursor = None;
        let mut marks = Vec::new();
        let mut line_start = 0;
        for line in fixture.split_inclusive('\n') {
            let carets = line.trim_start();
            if carets.starts_with('^') && !text.is_empty() {
                let from = columns(&line[..line.len() - carets.len()]);
                let count = carets.len() - carets.trim_start_matches('^').len();
                let words = carets.trim_start_matches('^').trim().to_owned();
                marks.push((underlined(&text, line_start, from, from + count), words));
                continue;
            }
            line_start = text.len();
            match line.find("$0") {
                Some(at) if cursor.is_none() => {
                    cursor = Some(TextSize::of(&*text) + TextSize::of(&line[..at]));
                    text.push_str(&line[..at]);
                    text.push_str(&line[at + 2..]);
                }
                _ => text.push_str(line),
            }
        }
        Fixture { text, cursor, marks }
    }
}

fn columns(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(0)).sum()
}

/// The characters of the line that begins at `line_start` whose columns lie in `from..to`.
fn underlined(text: &str, line_start: usize, from: usize, to: usize) -> TextRange {
    let line = text[line_start..].trim_end_matches(['\n', '\r']);
    let at = |wanted: usize| {
        let mut column = 0;
        for (index, c) in line.char_indices() {
            if column >= wanted {
                return line_start + index;
            }
            column += c.width().unwrap_or(0);
        }
        line_start + line.len()
    };
    TextRange::new(TextSize::new(at(from) as u32), TextSize::new(at(to) as u32))
}

#[test]
fn markers_are_taken_out() {
    let fixture = Fixture::parse("a) 第140$0号;\n   ^^^^^^^ here\nb) x\n^^\n");
    assert_eq!(fixture.text, "a) 第140号;\nb) x\n");
    assert_eq!(fixture.cursor, Some(9.into()));
    assert_eq!(&fixture.text[fixture.marks[0].0], "第140号");
    assert_eq!(fixture.marks[0].1, "here");
    assert_eq!(&fixture.text[fixture.marks[1].0], "b)");
}
