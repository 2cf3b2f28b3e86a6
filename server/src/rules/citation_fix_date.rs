//! Edits that put another day of adoption beside a citation.

use jiff::civil::Date;

use super::citation_common::Judged;
use super::citation_fix::{Writer, digits_like};
use crate::citation::data;
use crate::syntax::{Language, TextEdit, TextRange, TextSize};

/// The edits that make the date beside a citation that of `to`: only what differs is changed, in the digits and the
/// language that are written. `None` where its words are not understood or a change cuts through them.
pub(super) fn replace(cited: &Judged<'_>, to: Date) -> Option<Vec<TextEdit>> {
    let from = cited.citation.date?;
    let writer = Writer::new(cited.judge.input, cited.citation.paragraph)?;
    let words = writer.quote(from.range)?;
    let mut edits = Vec::new();
    let mut replace = |at: usize, old: &str, new: String| {
        if old == new {
            return Some(());
        }
        let start = from.range.start() + TextSize::try_from(at).ok()?;
        edits.push(writer.replace(TextRange::at(start, TextSize::of(old)), &new)?);
        Some(())
    };
    let numbers = numbers(words);
    let year = |value: i32| value == i32::from(from.date.year());
    let (mut day_done, mut month_done) = (from.date.day() == to.day(), from.date.month() == to.month());
    let chinese = words.contains('年');
    for (at, digits, value) in numbers {
        let behind = words.get(at + digits.len()..).unwrap_or_default();
        if year(value) && digits.chars().count() == 4 {
            replace(at, digits, digits_like(digits, u16::try_from(to.year()).ok()?)?)?;
        } else if chinese && behind.starts_with('月') {
            replace(at, digits, to.month().to_string())?;
            month_done = true;
        } else if value == i32::from(from.date.day()) && !day_done {
            // “1er”, “16th”: what is written behind the digits is of them.
            if !chinese && behind.starts_with(|c: char| c.is_alphabetic() || matches!(c, 'º' | '°')) {
                return None;
            }
            replace(at, digits, to.day().to_string())?;
            day_done = true;
        }
    }
    if !month_done {
        let (at, old, new) = month(words, from.date.month(), to.month())?;
        replace(at, old, new)?;
    }
    (day_done && !edits.is_empty()).then_some(edits)
}

/// The runs of Latin digits in a text, with their places and values.
fn numbers(words: &str) -> Vec<(usize, &str, i32)> {
    let mut runs = Vec::new();
    let mut at = 0;
    for part in words.split_inclusive(|c: char| !c.is_ascii_digit()) {
        let digits = part.trim_end_matches(|c: char| !c.is_ascii_digit());
        if let Ok(value) = digits.parse() {
            runs.push((at, digits, value));
        }
        at += part.len();
    }
    runs
}

/// The name of a month where it is written, and that of another in the same language and case.
fn month(words: &str, from: i8, to: i8) -> Option<(usize, &str, String)> {
    let (from, to) = (usize::try_from(from).ok()?.checked_sub(1)?, usize::try_from(to).ok()?.checked_sub(1)?);
    let folded = words.to_lowercase();
    // Lower case that is longer or shorter than its capital would shift the place.
    (folded.len() == words.len()).then_some(())?;
    Language::ALL.into_iter().find_map(|language| {
        let months = data().keywords.months.get(&language)?;
        let (old, new) = (months.get(from)?, months.get(to)?);
        let at = folded.find(old.as_str())?;
        let written = words.get(at..at + old.len())?;
        let capital = written.starts_with(char::is_uppercase);
        let new = if capital { super::citation_common::sentence(new) } else { new.clone() };
        Some((at, written, new))
    })
}
