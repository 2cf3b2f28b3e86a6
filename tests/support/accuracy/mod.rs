//! How well citations are read in real texts: what `tests/accuracy.rs` holds and `cargo xtask accuracy` reports.
//!
//! - `texts`: the texts, and how one is read. `links`: what another tool linked in them, compared with what is read.
//! - `expected`: what a person says that a text cites. `sample`: citations drawn at random and judged by a person.
//! - `scan`: numbers that look like one of a resolution and are in no citation.
//!
//! What counts as true, and why, is said in `tests/accuracy.md`. The tables beside it hold facts alone: names of files,
//! numbers, ids, verdicts.

pub mod expected;
pub mod links;
pub mod paragraphs;
pub mod report;
pub mod sample;
pub mod scan;
pub mod texts;

use std::path::PathBuf;

use crate::root;

/// A table of verdicts, `tests/accuracy/<name>.tsv`.
pub fn table(name: &str) -> PathBuf {
    root().join("tests/accuracy").join(name).with_extension("tsv")
}

/// The rows of a table, its cells without what surrounds them; nothing where there is none. Lines that begin with `#`
/// are remarks, and the first other line names the columns.
pub fn rows(name: &str) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(table(name)).unwrap_or_default();
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    lines.skip(1).map(|line| line.split('\t').map(|cell| cell.trim().to_owned()).collect()).collect()
}
