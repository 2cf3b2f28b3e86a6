//! Citations drawn at random, each judged by a person in `tests/accuracy/sample.tsv`.
//!
//! A citation is known again by its file, its number and how often that number stood in the text before it, so that the
//! verdict holds when something else in the text comes to be read otherwise.

use std::fmt::Write as _;

use resmark::citation::Citation;
use resmark::syntax::Side;

use super::expected::read_as;
use super::texts::{Collection, Form, Reading};
use super::{rows, table};

/// How many are drawn from the texts of the United Nations, and from the other two collections together.
pub const MANY: usize = 300;

/// A citation and what a person says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Where the text comes from.
    pub collection: String,
    /// Its file.
    pub file: String,
    /// The number as the text has it.
    pub number: String,
    /// How often the number's words stand in the imported text before it.
    pub nth: usize,
    /// The words of the citation, which are its extent.
    pub words: String,
    /// What it is read as.
    pub read: String,
    /// `right`, `wrong`, or empty where nobody has looked yet.
    pub verdict: String,
    /// Where it is wrong, what is wrong: extent, body, number, version, no citation.
    pub what: String,
}

/// The rows of the table.
pub fn judged() -> Vec<Row> {
    let row = |mut row: Vec<String>| {
        row.resize(8, String::new());
        let [collection, file, number, nth, words, read, verdict, what] = row.try_into().ok()?;
        Some(Row { collection, file, number, nth: nth.parse().ok()?, words, read, verdict, what })
    };
    rows("sample").into_iter().filter_map(row).collect()
}

/// A citation as a row, not yet judged.
pub fn row(reading: &Reading, citation: &Citation) -> Row {
    let number = reading.words(citation.number_range);
    let before = reading.text.get(..usize::from(citation.number_range.start())).unwrap_or_default();
    Row {
        collection: reading.collection.name().to_owned(),
        file: reading.file.clone(),
        number: one_line(number),
        nth: before.matches(number).count(),
        words: one_line(&citation.text),
        read: read_as(citation),
        verdict: String::new(),
        what: String::new(),
    }
}

/// Words on one line, as a cell can hold them.
fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where a citation comes in the draw: a number that depends on nothing but the citation's place and the seed, so that
/// a citation more or less elsewhere leaves the draw as it is (Fowler, Noll and Vo's hash, 64 bits, FNV-1a, stirred once
/// more because its high bits are few for short words).
fn lot(row: &Row) -> u64 {
    const SEED: u64 = 20_261_122;
    let mut hash = 0xcbf2_9ce4_8422_2325_u64 ^ SEED;
    for byte in format!("{}/{}/{}/{}", row.collection, row.file, row.number, row.nth).bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    hash ^= hash >> 33;
    hash.wrapping_mul(0xff51_afd7_ed55_8ccd) >> 11
}

/// Draws from imported texts: the citations with the lowest lots.
pub fn draw(readings: &[Reading]) -> Vec<Row> {
    let drawn = |of: &dyn Fn(Collection) -> bool| {
        let readings = readings.iter().filter(|reading| reading.form == Form::Imported && of(reading.collection));
        let mut rows: Vec<Row> =
            readings.flat_map(|reading| reading.citations.iter().map(|citation| row(reading, citation))).collect();
        rows.sort_by_key(lot);
        rows.truncate(MANY);
        rows
    };
    let mut rows = drawn(&|collection| collection == Collection::Un);
    rows.extend(drawn(&|collection| collection != Collection::Un));
    rows
}

/// What is read now at the place of a row; `None` where no citation has that number there.
pub fn now(row: &Row, readings: &[Reading]) -> Vec<Row> {
    let reading = readings.iter().find(|reading| {
        reading.form == Form::Imported && reading.collection.name() == row.collection && reading.file == row.file
    });
    let Some(reading) = reading else { return Vec::new() };
    let rows = reading.citations.iter().map(|citation| self::row(reading, citation));
    rows.filter(|other| other.number == row.number && other.nth == row.nth).collect()
}

/// Writes the table: what was drawn, with the verdicts that are known for what is still read the same.
///
/// # Errors
/// Where the file cannot be written.
pub fn write(drawn: &[Row]) -> std::io::Result<usize> {
    let known = judged();
    let mut text = String::from(
        "# Citations drawn at random and judged by a person; see accuracy.md. Facts alone, no sentences of the texts.\n\
         collection\tfile\tnumber\tnth\twords\tread as\tverdict\twhat\n",
    );
    let mut open = 0;
    for row in drawn {
        let before = known.iter().find(|known| {
            (&known.file, &known.number, known.nth, &known.words, &known.read)
                == (&row.file, &row.number, row.nth, &row.words, &row.read)
        });
        let (verdict, what) = before.map_or(("", ""), |known| (&known.verdict, &known.what));
        open += usize::from(verdict.is_empty());
        let Row { collection, file, number, nth, words, read, .. } = row;
        let _ = writeln!(text, "{collection}\t{file}\t{number}\t{nth}\t{words}\t{read}\t{verdict}\t{what}");
    }
    std::fs::write(table("sample"), text)?;
    Ok(open)
}

/// The words around a citation in one reading, to be judged by: printed, never kept.
pub fn context(reading: &Reading, citation: &Citation, side: Side) -> String {
    let view = &reading.document.paragraph(citation.paragraph).views[side];
    let place = |offset| view.to_view(offset).map(usize::from);
    let (Some(start), Some(end)) = (place(citation.range.start()), place(citation.range.end())) else {
        return one_line(reading.words(citation.range));
    };
    let before: Vec<char> = view.text.get(..start).unwrap_or_default().chars().collect();
    let before: String = before[before.len().saturating_sub(110)..].iter().collect();
    let after: String = view.text.get(end..).unwrap_or_default().chars().take(70).collect();
    let words = view.text.get(start..end).unwrap_or_default();
    one_line(&format!("{before}⟦{words}⟧{after}"))
}
