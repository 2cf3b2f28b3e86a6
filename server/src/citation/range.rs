//! Ranges: “resolutions 68/261 to 68/263”, `Resolutions 1332-1334`, 第50至52号决议. The members between the ends are cited
//! without being written.

use super::beside::Named;
use super::data::{NumberShape, data};
use super::number::Numbered;
use super::shape::Found;
use super::token::{Kind, Number, word};
use super::words::Words;

/// How many members may lie between two ends: what is longer is hardly a list of resolutions.
const MOST_BETWEEN: u32 = 50;

/// Whether “to” or a dash, and nothing else, stands at a token.
pub(super) fn through(words: &Words<'_>, at: usize) -> bool {
    words.is(at, word::THROUGH) || is_dash(words, at)
}

/// Whether a dash stands at a token, `–` or `～`.
pub(super) fn is_dash(words: &Words<'_>, at: usize) -> bool {
    words.is_mark(at, '-') || words.is_mark(at, '~')
}

/// The two ends of a range that is one token: `68/261-68/263`, `68/261-263`, `1332-1334`; `101-104` only where it is not
/// number 101 in its fourth revision. `plural` is whether the word for the instrument, or 号, says that there are several.
pub(super) fn ends(words: &Words<'_>, at: usize, plural: bool, named: Named) -> Option<(Numbered, Numbered)> {
    let token = words.at(at)?;
    let text = words.folded(token);
    let split = text.find('-')?;
    let (first, last) = (text.get(..split)?, text.get(split + 1..)?);
    let shape = match token.kind {
        Kind::Range(shape) => shape,
        Kind::Number(Number::Revised) => Number::Plain(first.parse().ok()?),
        _ => return None,
    };
    if let Number::Plain(from) = shape {
        let to: u32 = last.parse().ok()?;
        // `2012-2015` may be years.
        let years = (1945..2100).contains(&from) && (1945..2100).contains(&to);
        if !plural || years || to <= from || to - from > MOST_BETWEEN + 1 {
            return None;
        }
        if token.kind == Kind::Number(Number::Revised) {
            let revises =
                |body: usize| data().bodies.get(body).is_some_and(|body| body.numbers.contains(&NumberShape::Revised));
            // No resolution has been revised ten times.
            if named.bodies.iter().any(revises) || (to < 10 && named.bodies.is_empty()) {
                return None;
            }
        }
    }
    let end_shape = match shape {
        Number::Plain(_) => Number::Plain(last.parse().ok()?),
        shape => shape,
    };
    let end_text = match (first.rsplit_once('/'), last.contains('/')) {
        (Some((session, _)), false) => format!("{session}/{last}"),
        _ => last.to_owned(),
    };
    let middle = token.start + split as u32;
    let one = Numbered { text: first.to_owned(), shape, year: None, start: token.start, end: middle, next: at + 1 };
    let other =
        Numbered { text: end_text, shape: end_shape, year: None, start: middle + 1, end: token.end, next: at + 1 };
    Some((one, other))
}

/// The end of a range that leaves out the session, “68/261 to 263”: with the session.
pub(super) fn completed(words: &Words<'_>, first: &Found, last: &Numbered) -> Option<Numbered> {
    let (Number::Session(_) | Number::YearFirst, Number::Plain(to)) = (first.shape, last.shape) else { return None };
    let (session, from) = first.number.split_once('/')?;
    let from: u32 = from.parse().ok()?;
    let noun = words.at(last.next).is_some_and(|token| token.kind == Kind::Word);
    let fits = to > from && to - from <= MOST_BETWEEN + 1 && last.text.bytes().all(|b| b.is_ascii_digit());
    // “68/261 to 263 days” counts days; 68/261至263号 goes on with the mark of a number.
    let counts_other = noun && !words.is(last.next, word::MARK);
    (fits && !counts_other).then(|| Numbered {
        text: format!("{session}/{to}"),
        shape: first.shape,
        year: None,
        start: last.start,
        end: last.end,
        next: last.next,
    })
}

/// Whether a number behind a dash counts on from the one before it.
pub(super) fn ascends(first: &Found, last: &Numbered) -> bool {
    let (Some(from), Some(to)) = (Split::of(&first.number), Split::of(&last.text)) else { return false };
    let session_left_out = matches!(first.shape, Number::Session(_) | Number::YearFirst) && to.head.is_empty();
    (from.head == to.head || session_left_out) && to.value > from.value && to.value - from.value <= MOST_BETWEEN + 1
}

/// Adds the members between the ends of each range.
pub(super) fn fill(found: &mut Vec<Found>) {
    if !found.iter().any(|member| member.through) {
        return;
    }
    let mut filled: Vec<Found> = Vec::with_capacity(found.len());
    for member in found.drain(..) {
        if member.through
            && let Some(first) = filled.last()
        {
            let between = between(first, &member);
            filled.extend(between);
        }
        filled.push(member);
    }
    *found = filled;
}

/// The members between two ends; none where the ends are not of one kind.
fn between(first: &Found, last: &Found) -> Vec<Found> {
    // Drafts come to be one by one: what lies between two need not be of the same thing.
    let same = std::mem::discriminant(&first.shape) == std::mem::discriminant(&last.shape)
        && first.instrument == last.instrument
        && !matches!(first.shape, Number::Draft { .. });
    let place = |found: &Found| found.parenthesis.as_ref().map(|version| version.start);
    let year = |found: &Found| found.parenthesis.as_ref().filter(|version| version.is_bare_year())?.year;
    let years = (year(first).map(|(year, ..)| year), year(last).map(|(year, ..)| year));
    // “101 (Rev. Busan, 2014) to 104 (Rev. Dubai, 2018)” says nothing of what lies between.
    let versioned = place(first) == place(last) || matches!(years, (Some(_), Some(_)) | (None, Some(_)));
    let (Some(from), Some(to)) = (Split::of(&first.number), Split::of(&last.number)) else { return Vec::new() };
    if !same || !versioned || (from.head, from.tail, from.letter) != (to.head, to.tail, to.letter) {
        return Vec::new();
    }
    if to.value <= from.value || to.value - from.value > MOST_BETWEEN + 1 {
        return Vec::new();
    }
    let parenthesis = last.parenthesis.clone().filter(|_| place(first) == place(last) || years.0 == years.1);
    (from.value + 1..to.value)
        .map(|value| Found {
            start: first.number_start,
            end: last.number_end,
            number_start: first.number_start,
            number_end: last.number_end,
            number: from.with(value),
            shape: match first.shape {
                Number::Plain(_) => Number::Plain(value),
                shape => shape,
            },
            parenthesis: parenthesis.clone(),
            date_year: first.date_year.filter(|year| last.date_year == Some(*year)),
            date: None,
            title: None,
            through: false,
            between: true,
            ..last.clone()
        })
        .collect()
}

/// A number around the part that counts: `68/` 261, `WHA75.` 8, `46/36 ` A, 2625 ` (XXV)`.
struct Split<'a> {
    head: &'a str,
    value: u32,
    tail: &'a str,
    letter: bool,
}

impl Split<'_> {
    fn of(number: &str) -> Option<Split<'_>> {
        let (counted, tail) = number.find(" (").map_or((number, ""), |at| number.split_at(at));
        if let Some(head) = counted.strip_suffix(|c: char| c.is_ascii_uppercase())
            && head.ends_with(' ')
        {
            let letter = counted.bytes().next_back()?;
            return Some(Split { head, value: u32::from(letter), tail, letter: true });
        }
        let digits = counted.bytes().rev().take_while(u8::is_ascii_digit).count();
        let (head, value) = counted.split_at(counted.len() - digits);
        Some(Split { head, value: value.parse().ok()?, tail, letter: false })
    }

    fn with(&self, value: u32) -> String {
        let Split { head, tail, .. } = self;
        match char::from_u32(value).filter(|_| self.letter) {
            Some(letter) => format!("{head}{letter}{tail}"),
            None => format!("{head}{value}{tail}"),
        }
    }
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
    fn members_between_the_ends_are_cited() {
        check(
            "General Assembly resolutions 68/261 to 68/263 and 70/1;",
            expect![[r#"
            resolutions 68/261 → UNGA-68/261
            68/261 to 68/263 → UNGA-68/262 [between]
            68/263 → UNGA-68/263
            70/1 → UNGA-70/1
        "#]],
        );
        check(
            "Resolutions 101 to 104 (Rev. Busan, 2014);",
            expect![[r#"
            Resolutions 101 → PP-101@2014
            101 to 104 → PP-102@2014 [between]
            101 to 104 → PP-103@2014 [between]
            104 (Rev. Busan, 2014) → PP-104@2014
        "#]],
        );
        check(
            "les résolutions 68/261 à 68/263 de l’Assemblée générale; las Resoluciones 101 a 103 (Rev. Busán, 2014);",
            expect![[r#"
                résolutions 68/261 → UNGA-68/261
                68/261 à 68/263 → UNGA-68/262 [between]
                68/263 → UNGA-68/263
                Resoluciones 101 → PP-101@2014
                101 a 103 → PP-102@2014 [between]
                103 (Rev. Busán, 2014) → PP-103@2014
            "#]],
        );
        check(
            "резолюции Генеральной Ассамблеи с 68/261 по 68/263; القرارات من 101 إلى 103 (المراجعة في بوسان، 2014)؛",
            expect![[r#"
                резолюции Генеральной Ассамблеи с 68/261 → UNGA-68/261
                68/261 по 68/263 → UNGA-68/262 [between]
                68/263 → UNGA-68/263
                القرارات من 101 → PP-101@2014
                101 إلى 103 → PP-102@2014 [between]
                103 (المراجعة في بوسان، 2014) → PP-103@2014
            "#]],
        );
        check(
            "第50至52号决议（2016年，哈马马特，修订版）、联合国大会第68/261号至第68/263号决议、联大第68/261号决议至第68/263号决议；",
            expect![[r#"
                第50 → WTSA-50@2016
                50至52 → WTSA-51@2016 [between]
                52号决议（2016年，哈马马特，修订版） → WTSA-52@2016
                第68/261号 → UNGA-68/261
                68/261号至第68/263 → UNGA-68/262 [between]
                第68/263号决议 → UNGA-68/263
                第68/261号决议 → UNGA-68/261
                68/261号决议至第68/263 → UNGA-68/262 [between]
                第68/263号决议 → UNGA-68/263
            "#]],
        );
        check(
            "A/RES/68/261 to A/RES/68/263, WHA75.8–WHA75.10;",
            expect![[r#"
                A/RES/68/261 → UNGA-68/261
                68/261 to A/RES/68/263 → UNGA-68/262 [between]
                A/RES/68/263 → UNGA-68/263
                WHA75.8 → WHA-WHA75.8
                WHA75.8–WHA75.10 → WHA-WHA75.9 [between]
                WHA75.10 → WHA-WHA75.10
            "#]],
        );
    }

    #[test]
    fn a_dash_stands_for_to() {
        check(
            "General Assembly resolutions 68/261–68/263 and 68/261-263, Resolutions 101–103 (Rev. Busan, 2014), Council Resolutions 1332-1334, 第50-52号决议（2016年，哈马马特，修订版）",
            expect![[r#"
                resolutions 68/261 → UNGA-68/261
                68/261–68/263 → UNGA-68/262 [between]
                68/263 → UNGA-68/263
                68/261 → UNGA-68/261
                68/261-263 → UNGA-68/262 [between]
                263 → UNGA-68/263
                Resolutions 101 → PP-101@2014
                101–103 → PP-102@2014 [between]
                103 (Rev. Busan, 2014) → PP-103@2014
                Resolutions 1332 → Council-1332
                1332-1334 → Council-1333 [between]
                1334 → Council-1334
                第50 → WTSA-50@2016
                50-52 → WTSA-51@2016 [between]
                52号决议（2016年，哈马马特，修订版） → WTSA-52@2016
            "#]],
        );
    }

    #[test]
    fn the_session_may_be_left_out() {
        check(
            "General Assembly resolutions 68/261 to 263 of 27 January 2014, 联大第68/261至263号决议",
            expect![[r#"
            resolutions 68/261 → UNGA-68/261 [2014-01-27: 27 January 2014]
            68/261 to 263 → UNGA-68/262 [between]
            263 of 27 January 2014 → UNGA-68/263 [2014-01-27: 27 January 2014]
            第68/261 → UNGA-68/261
            68/261至263 → UNGA-68/262 [between]
            263号决议 → UNGA-68/263
        "#]],
        );
    }

    #[test]
    fn parts_and_years() {
        check(
            "General Assembly resolution 46/36 A to D and Security Council resolutions 1325 (2000) to 1327 (2000) and 1366 (2001) to 1368 (2002);",
            expect![[r#"
                resolution 46/36 A → UNGA-46/36 A
                46/36 A to D → UNGA-46/36 B [between]
                46/36 A to D → UNGA-46/36 C [between]
                D → UNGA-46/36 D
                resolutions 1325 (2000) → UNSC-1325 (2000)
                1325 (2000) to 1327 → UNSC-1326 (2000) [between]
                1327 (2000) → UNSC-1327 (2000)
                1366 (2001) → UNSC-1366 (2001)
                1366 (2001) to 1368 → UNSC-1367 (2001) [between]
                1368 (2002) → UNSC-1368 (2002)
            "#]],
        );
    }

    #[test]
    fn what_is_no_range() {
        check(
            "Resolutions ITU-R 1-8 and ITU-R 61-2, resolutions 2012-2015 of the Council, General Assembly resolutions 68/263 to 68/261, 1/1 to 1/99, 68/3 and 70/5",
            expect![[r#"
                Resolutions ITU-R 1-8 → ITU-R-1
                ITU-R 61-2 → ITU-R-61
                resolutions 68/263 → UNGA-68/263
                68/261 → UNGA-68/261
                1/1 → UNGA-1/1
                1/99 → UNGA-1/99
                68/3 → UNGA-68/3
                70/5 → UNGA-70/5
            "#]],
        );
        check(
            "refer Resolutions 101 and 102 (Rev. Busan, 2014) to 5 groups; replace Resolution 50 (Rev. Dubai, 2014) to Resolution 52 (Rev. Dubai, 2014); 101 (Rev. Busan, 2014) to 104 (Rev. Dubai, 2018)",
            expect![[r#"
                Resolutions 101 → PP-101@2014
                102 (Rev. Busan, 2014) → PP-102@2014
                Resolution 50 (Rev. Dubai, 2014) → WTDC-50@2014
                Resolution 52 (Rev. Dubai, 2014) → WTDC-52@2014
            "#]],
        );
    }

    #[test]
    fn a_range_in_a_tracked_change() {
        check(
            "Resolutions 101 to {~~102~>103~~} (Rev. Busan, 2014)",
            expect![[r#"
            Resolutions 101 → PP-101@2014 [amended]
            Resolutions 101 → PP-101@2014 [in force]
            101 to 103 → PP-102@2014 [between] [amended]
            102 (Rev. Busan, 2014) → PP-102@2014 [in force]
            103 (Rev. Busan, 2014) → PP-103@2014 [amended]
        "#]],
        );
    }
}
