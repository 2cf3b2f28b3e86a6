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

/// The day in a parenthesis that begins at a token and holds nothing else: `(28 July 2010)`, （2010年7月28日）. `next` is
/// the token behind the parenthesis.
pub(super) fn in_parenthesis(words: &Words<'_>, at: usize) -> Option<Day> {
    if !words.is_mark(at, '(') {
        return None;
    }
    let day = chinese_date(words, at + 1).or_else(|| date(words, at + 1))?;
    words.is_mark(day.next, ')').then_some(Day { next: day.next + 1, ..day })
}

/// The day before a number: 2010年7月28日通过的第64/292号决议. A few words of adoption and names of organs may stand between.
pub(super) fn chinese_date_before(words: &Words<'_>, at: usize) -> Option<Day> {
    let mut end = at;
    loop {
        if let Some(day) = end.checked_sub(6).and_then(|start| chinese_date(words, start)).filter(|day| day.next == end)
        {
            return Some(day);
        }
        let token = words.at(end.checked_sub(1)?)?;
        let passes = token.is(word::CONNECTIVE | word::DATE_LEAD | word::OWN) || !token.bodies().is_empty();
        if !passes || end + 4 <= at {
            return None;
        }
        end -= 1;
    }
}

fn year(token: &Token) -> Option<u16> {
    u16::try_from(token.plain()?).ok().filter(|year| (1900..2100).contains(year))
}

fn day_of(year: u16, month: u32, day: u32) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use crate::citation::tests::worded;

    #[track_caller]
    fn check(text: &str, expected: Expect) {
        expected.assert_eq(&worded(text));
    }

    #[test]
    fn the_day_of_adoption() {
        check(
            "resolution 64/292 of 28 July 2010, resolution 70/1, adopted on 25 September 2015, resolution 70/169 dated December 17, 2015, resolution 64/292, adopted by the General Assembly on 28 July 2010;",
            expect![[r#"
                resolution 64/292 of 28 July 2010 → UNGA-64/292 [2010-07-28: 28 July 2010]
                resolution 70/1 → UNGA-70/1 [2015-09-25: 25 September 2015]
                resolution 70/169 dated December 17, 2015 → UNGA-70/169 [2015-12-17: December 17, 2015]
                resolution 64/292 → UNGA-64/292 [2010-07-28: 28 July 2010]
            "#]],
        );
        check(
            "la résolution 64/292 du 28 juillet 2010; la résolution 70/1 de l’Assemblée générale, en date du 1er septembre 2015; la resolución 70/1, de 25 de septiembre de 2015,",
            expect![[r#"
                résolution 64/292 du 28 juillet 2010 → UNGA-64/292 [2010-07-28: 28 juillet 2010]
                résolution 70/1 → UNGA-70/1 [2015-09-01: 1er septembre 2015]
                resolución 70/1 → UNGA-70/1 [2015-09-25: 25 de septiembre de 2015]
            "#]],
        );
        check(
            "резолюцию 64/292 от 28 июля 2010 года; القرار 64/292 المؤرخ 28 تموز/يوليه 2010؛ القرار ٦٤/٢٩٢ المؤرخ ٢٨ يوليو ٢٠١٠؛",
            expect![[r#"
                резолюцию 64/292 от 28 июля 2010 года → UNGA-64/292 [2010-07-28: 28 июля 2010 года]
                القرار 64/292 المؤرخ 28 تموز/يوليه 2010 → UNGA-64/292 [2010-07-28: 28 تموز/يوليه 2010]
                القرار ٦٤/٢٩٢ المؤرخ ٢٨ يوليو ٢٠١٠ → UNGA-64/292 [2010-07-28: ٢٨ يوليو ٢٠١٠]
            "#]],
        );
        check(
            "联大2010年7月28日第64/292号决议、2010年7月28日通过的第64/292号决议、第64/292号决议（2010年7月28日）；\
             resolution 64/292 (28 July 2010)",
            expect![[r#"
                第64/292号决议 → UNGA-64/292 [2010-07-28: 2010年7月28日]
                第64/292号决议 → UNGA-64/292 [2010-07-28: 2010年7月28日]
                第64/292号决议 → UNGA-64/292 [2010-07-28: 2010年7月28日]
                resolution 64/292 → UNGA-64/292 [2010-07-28: 28 July 2010]
            "#]],
        );
    }

    #[test]
    fn shared_in_one_session() {
        check(
            "General Assembly resolutions 68/261 and 68/262 of 27 January 2014, 64/292 and 70/169 of 17 December 2015",
            expect![[r#"
                resolutions 68/261 → UNGA-68/261 [2014-01-27: 27 January 2014]
                68/262 of 27 January 2014 → UNGA-68/262 [2014-01-27: 27 January 2014]
                64/292 → UNGA-64/292
                70/169 of 17 December 2015 → UNGA-70/169 [2015-12-17: 17 December 2015]
            "#]],
        );
    }

    #[test]
    fn no_day_of_the_calendar() {
        check(
            "resolution 64/292 of 31 June 2010, resolution 64/292 of 2010, resolution 64/292 of July 2010",
            expect![[r#"
                resolution 64/292 of 31 June 2010 → UNGA-64/292
                resolution 64/292 → UNGA-64/292
                resolution 64/292 → UNGA-64/292
            "#]],
        );
    }
}
