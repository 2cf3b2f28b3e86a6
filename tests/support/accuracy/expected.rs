//! What a person says that a text cites, and what is read there.

use std::collections::BTreeMap;

use resmark::citation::{Citation, Wording};
use resmark::syntax::Side;

use super::rows;
use super::texts::{Form, Reading};

/// One citation, as a person read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    /// The file it stands in.
    pub file: String,
    /// The line of the file, from 1.
    pub line: usize,
    /// The reading that has it; `None` for both.
    pub side: Option<Side>,
    /// The id with its version: `PP-140@2018`.
    pub id: String,
}

/// The rows of `tests/accuracy/seeds.tsv`.
pub fn expected() -> Vec<Expected> {
    let expected = |row: Vec<String>| {
        let [file, line, side, id] = row.try_into().ok()?;
        let side = match side.as_str() {
            "amended" => Some(Side::Amended),
            "in force" => Some(Side::InForce),
            _ => None,
        };
        Some(Expected { file, line: line.parse().ok()?, side, id })
    };
    rows("seeds").into_iter().filter_map(expected).collect()
}

/// What is expected and not read, and what is read and not expected, each with how often; for one text and one reading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Difference {
    /// How many citations a person sees.
    pub expected: usize,
    /// Those of them that are not read so.
    pub missing: Vec<String>,
    /// What is read and no person sees.
    pub unexpected: Vec<String>,
}

/// Compares one reading of a text with what a person sees there.
pub fn compare(expected: &[Expected], reading: &Reading, side: Side) -> Difference {
    let mut counts: BTreeMap<String, isize> = BTreeMap::new();
    let mut difference = Difference::default();
    for row in expected {
        if row.file == reading.file && row.side.is_none_or(|only| only == side) {
            difference.expected += 1;
            *counts.entry(row.id.clone()).or_default() += 1;
        }
    }
    // What is cited in short is followed, and counted where it is cited in full.
    for citation in reading.of_side(side).filter(|citation| !matches!(citation.wording, Wording::Short(_))) {
        *counts.entry(read_as(citation)).or_default() -= 1;
    }
    for (id, count) in counts {
        let list = if count > 0 { &mut difference.missing } else { &mut difference.unexpected };
        list.extend(std::iter::repeat_n(id, count.unsigned_abs()));
    }
    difference
}

/// Whether a text can be compared in a shape: where the tracked changes of a text ran together, only the import tells
/// its two readings apart.
pub fn comparable(expected: &[Expected], file: &str, form: Form) -> bool {
    form == Form::Imported || expected.iter().filter(|row| row.file == file).all(|row| row.side.is_none())
}

/// A citation as the tables write it: the id with the version, or the number with `?` in front where the body is open.
pub fn read_as(citation: &Citation) -> String {
    match &citation.id {
        Some(id) => id.at(citation.version.as_deref()),
        None => format!("?-{}", citation.number),
    }
}
