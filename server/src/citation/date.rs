//! The day of adoption beside a number: “of 16 December 2015”, 2015年12月16日.

use jiff::civil::Date;

use super::token::{Token, word};
use super::words::Words;

/// A day as it is written, in offsets of the folded text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Day {
    /// The day; `None` for one that no calendar has, such as 31 June.
    pub date: Option<Date>,
    /// Its year.
    pub year: u16,
    /// From its first digit or letter, without “of”, …
    pub start: u32,
    /// … to behind its last, the word for the year included.
    pub end: u32,
    /// The token behind it.
    pub next: usize,
}

/// “of 16 December 2015”, “du 16 décembre 2015”, “от 16 декабря 2015 года”, “المؤرخ 16 كانون الأول/ديسمبر 2015”.
pub(super) fn date(words: &Words<'_>, at: usize) -> Option<Day> {
    let mut next = at;
    while words.is(next, word::DATE_LEAD | word::CONNECTIVE) && next < at + 3 {
        next += 1;
    }
    let month_at = |index: usize| words.at(index).and_then(Token::entry).and_then(|entry| entry.month);
    let day_at = |index: usize| words.at(index).and_then(Token::plain).filter(|day| (1..=31).contains(day));
    let start = words.at(next)?.start;
    let (month, day);
    if let (Some(named), Some(counted)) = (month_at(next), day_at(next + 1)) {
        (month, day) = (named, counted);
        next += 2;
        if words.is_mark(next, ',') {
            next += 1;
        }
    } else {
        day = day_at(next)?;
        next += 1;
        // `1er`, `1º`
        if words.at(next).is_some_and(|token| matches!(words.folded(token), "er" | "°" | "º")) {
            next += 1;
        }
        if words.is(next, word::DATE_LEAD | word::CONNECTIVE) {
            next += 1;
        }
        month = month_at(next)?;
        next += 1;
        if words.is(next, word::DATE_LEAD | word::CONNECTIVE) {
            next += 1;
        }
    }
    let token = words.at(next)?;
    // “of 17 June 201117”: behind the year the sign of a footnote, as a converter leaves it.
    let (year, mut end) = match (year(token), words.folded(token)) {
        (Some(year), _) => (year, token.end),
        (None, digits) if matches!(digits.len(), 5 | 6) && token.plain().is_some() => {
            let year = digits.get(..4)?.parse().ok().filter(|year| (1900..2100).contains(year))?;
            (year, token.start + 4)
        }
        _ => return None,
    };
    next += 1;
    if words.is(next, word::YEAR) {
        end = words.at(next)?.end;
        next += 1;
    }
    Some(Day { date: day_of(year, u32::from(month), day), year, start, end, next })
}

/// `2015年12月16日`
pub(super) fn chinese_date(words: &Words<'_>, at: usize) -> Option<Day> {
    let is = |index: usize, text: &str| words.at(index).is_some_and(|token| words.folded(token) == text);
    let first = words.at(at)?;
    let year = year(first)?;
    if !(is(at + 1, "年") && is(at + 3, "月") && is(at + 5, "日")) {
        return None;
    }
    let (month, day) = (words.at(at + 2)?.plain()?, words.at(at + 4)?.plain()?);
    let end = words.at(at + 5)?.end;
    Some(Day { date: day_of(year, month, day), year, start: first.start, end, next: at + 6 })
}

fn year(token: &Token) -> Option<u16> {
    u16::try_from(token.plain()?).ok().filter(|year| (1900..2100).contains(year))
}

fn day_of(year: u16, month: u32, day: u32) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}
