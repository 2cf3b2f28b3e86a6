//! The day on which a resolution was adopted, as the lines around its text have it: “Resolution adopted by the General
//! Assembly on 16 December 2015” above the title, “of 21 December 1971” behind it, “61st plenary meeting, 20 November
//! 1989” below the text.

use jiff::civil::Date;

use super::date::{chinese_date, date};
use super::recall::{self, says};
use super::recognised::Paragraphs;
use super::token::word;
use super::words::Words;
use crate::syntax::{Document, ParagraphIndex, ParagraphKind, ResolutionIndex, Side};

/// How many paragraphs above the title, and at the end of the text, are looked at.
const ABOVE: usize = 8;
/// How long a line that says when a text was adopted may be, in bytes.
const MOST_IN_LINE: usize = 400;

/// The day that the lines around a resolution give. `title` is its title's paragraph.
pub(super) fn adopted(
    paragraphs: &Paragraphs<'_>,
    index: ResolutionIndex,
    title: Option<ParagraphIndex>,
) -> Option<Date> {
    let own = title.and_then(|title| in_title(paragraphs.document, title).or_else(|| above(paragraphs, title)));
    own.or_else(|| below(paragraphs, index))
}

fn line(document: &Document, index: usize) -> Option<(&str, ParagraphKind)> {
    let paragraph = document.paragraphs.get(index)?;
    let text = paragraph.views[Side::Amended].text.trim();
    (text.len() <= MOST_IN_LINE).then_some((text, paragraph.kind))
}

/// “RESOLUTION 1209 (1998) Adopted by the Security Council at its 3945th meeting, on 19 November 1998”; the second
/// line may have become the subject.
fn in_title(document: &Document, title: ParagraphIndex) -> Option<Date> {
    let (text, _) = line(document, title.index())?;
    let says_adopted = |text: &str| {
        let words = Words::uncut(text);
        recall::of(&words.hits).iter().any(|hit| hit.is(says::ADOPTED))
    };
    let (behind, kind) = line(document, title.index() + 1).unzip();
    if says_adopted(text) {
        return only_day(text).or_else(|| only_day(behind?));
    }
    // “of 21 December 1971 The Security Council, …”, “Resolution of 29 May 1948”: the day stands first.
    let behind = behind.filter(|_| matches!(kind, Some(ParagraphKind::Subject | ParagraphKind::Text)))?;
    let words = Words::new(behind);
    let start = usize::from(words.at(0)?.entry().is_some_and(|entry| entry.instrument.is_some()));
    if words.is(start, word::DATE_LEAD) || says::ADOPTED & first_says(&words) != 0 {
        let end = words.tokens.len().min(start + 2);
        return (start..end)
            .find_map(|at| date(&words, at)?.date)
            .or_else(|| (says::ADOPTED & first_says(&words) != 0).then(|| only_day(behind))?);
    }
    None
}

/// What the first word says.
fn first_says(words: &Words<'_>) -> u16 {
    let hits = recall::of(&words.hits);
    hits.iter().filter(|hit| hit.start < 4).fold(0, |says, hit| says | hit.says)
}

/// “Resolution adopted by the General Assembly on 16 December 2015”, 2015年12月16日大会决议.
fn above(paragraphs: &Paragraphs<'_>, title: ParagraphIndex) -> Option<Date> {
    let document = paragraphs.document;
    for at in (0..title.index()).rev().take(ABOVE) {
        if document.paragraphs.get(at)?.kind == ParagraphKind::Title {
            return None;
        }
        let Some((text, _)) = line(document, at) else { continue };
        // Without a word for it only a date in digits could say so.
        let says_adopted = paragraphs.get(ParagraphIndex(at as u32)).reading(Side::Amended).says & says::ADOPTED != 0;
        if !says_adopted && !text.contains(char::is_numeric) {
            continue;
        }
        let words = Words::new(text);
        let adopted = recall::of(&words.hits).iter().any(|hit| hit.is(says::ADOPTED));
        let instrument = |at: usize| {
            let token = words.at(at);
            token.and_then(|token| token.entry()).is_some_and(|entry| entry.instrument.is_some())
        };
        let begins = (0..3).any(instrument) || says::ADOPTED & first_says(&words) != 0;
        let chinese = chinese_date(&words, 0).is_some() && (adopted || (6..words.tokens.len()).any(instrument));
        if (begins && adopted) || chinese {
            return only_day(text);
        }
    }
    None
}

/// “61st plenary meeting” and, in the same line or the next, “20 November 1989”.
fn below(paragraphs: &Paragraphs<'_>, index: ResolutionIndex) -> Option<Date> {
    let document = paragraphs.document;
    let resolution = document.resolutions.get(index.index())?;
    let indices = resolution.paragraphs.clone();
    let annex = indices.clone().find(|&at| {
        document.paragraphs.get(at).is_some_and(|paragraph| paragraph.kind == ParagraphKind::DivisionHeading)
    });
    let end = annex.unwrap_or(indices.end);
    for at in (indices.start..end).rev().take(ABOVE) {
        let Some((text, ParagraphKind::Text)) = line(document, at).filter(|(text, _)| text.len() <= 160) else {
            continue;
        };
        if paragraphs.get(ParagraphIndex(at as u32)).reading(Side::Amended).says & says::MEETING == 0 {
            continue;
        }
        let words = Words::new(text);
        if words.tokens.len() > 24 || !recall::of(&words.hits).iter().any(|hit| hit.is(says::MEETING)) {
            continue;
        }
        let next = || {
            let (text, _) = line(document, at + 1).filter(|(text, _)| at + 1 < end && text.len() <= 60)?;
            only_day(text)
        };
        if let Some(day) = only_day(text).or_else(next) {
            return Some(day);
        }
    }
    None
}

/// The day that a line gives; `None` where it gives several or a range, as a session's first and last.
fn only_day(text: &str) -> Option<Date> {
    if !text.contains(char::is_numeric) {
        return None;
    }
    let words = Words::new(text);
    let mut days = Vec::new();
    let mut at = 0;
    while at < words.tokens.len() {
        match date(&words, at).or_else(|| chinese_date(&words, at)) {
            Some(day) => {
                days.push(day);
                at = day.next.max(at + 1);
            }
            None => at += 1,
        }
    }
    let [day] = &days[..] else { return None };
    let before = words.folded.text.get(..day.start as usize)?.trim_end();
    if before.ends_with('-') { None } else { day.date }
}
