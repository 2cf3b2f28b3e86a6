//! When was it adopted? From the fact itself, from the session of the body, or from the number.

use jiff::civil::{Date, date};

use super::format::VersionFact;
use crate::citation::ResolutionId;

/// When a body adopted a resolution, as far as its number tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AdoptionWindow {
    /// Not before this day.
    pub earliest: Date,
    /// Not after this day.
    pub latest: Date,
}

/// The day from which on a version is there: its own date, or the end of the session, or the end of the year.
pub fn version_date(id: &ResolutionId, fact: &VersionFact) -> Date {
    fact.date
        .or_else(|| session_date(&id.body, fact.place.as_deref(), fact.year))
        .unwrap_or_else(|| end_of_year(i32::from(fact.year)))
}

/// The last day of the session of `body` in that place and year. Decisions, opinions and recommendations of a body
/// are of its sessions.
pub fn session_date(body: &str, place: Option<&str>, year: u16) -> Option<Date> {
    let _ = (body, place, year);
    None
}

fn end_of_year(year: i32) -> Date {
    day(year, 12, 31)
}

/// A day of a year that a text gave; a year out of range is the end of the calendar.
fn day(year: i32, month: i8, day: i8) -> Date {
    i16::try_from(year).ok().and_then(|year| Date::new(year, month, day).ok()).unwrap_or(Date::MAX)
}

/// When the resolution of this number was adopted, for bodies whose numbers name the session or the year.
///
/// - General Assembly `70/125`: session 70, from September 2015 to September 2016; until 1976 `2625 (XXV)`.
/// - Security Council `1325 (2000)`, Economic and Social Council `2023/3`: the year.
/// - Human Rights Council `33/10`: session 33; from session 10 on three a year, ending in April, July and October.
/// - World Health Assembly `WHA75.8`: the 75th assembly; one each year since 1948.
pub fn adoption_window(id: &ResolutionId) -> Option<AdoptionWindow> {
    let number = id.number.as_str();
    match id.body.split(' ').next().unwrap_or(&id.body) {
        "UNGA" => {
            let session = match roman_session(number) {
                Some(session) => session,
                None => number.split_once('/')?.0.parse::<i32>().ok()?,
            };
            match session {
                ..=0 => None,
                // The first session met in January and again in October 1946.
                1 => Some(AdoptionWindow { earliest: date(1946, 1, 10), latest: date(1946, 12, 31) }),
                _ => Some(AdoptionWindow {
                    earliest: day(session.saturating_add(1945), 9, 1),
                    latest: day(session.saturating_add(1946), 9, 30),
                }),
            }
        }
        "UNSC" => year_window(number.split_once('(')?.1.trim_end_matches(')').parse().ok()?),
        "ECOSOC" => year_window(number.split_once('/')?.0.parse().ok()?),
        "HRC" => {
            let session = number.split_once('/')?.0.parse::<i32>().ok()?;
            // The sessions before the tenth, March 2009, kept no such rhythm.
            let since = session.checked_sub(10).filter(|since| *since >= 0)?;
            let year = 2009 + since / 3;
            let (from, to) = [((2, 20), (4, 30)), ((6, 1), (7, 31)), ((9, 1), (10, 31))]
                .into_iter()
                .nth(usize::try_from(since % 3).ok()?)?;
            Some(AdoptionWindow { earliest: day(year, from.0, from.1), latest: day(year, to.0, to.1) })
        }
        "WHA" => {
            let session = number.strip_prefix("WHA")?.split('.').next()?.parse::<i32>().ok()?;
            (session > 0).then(|| AdoptionWindow {
                // In May in most years; in 1948 in July, in 2020 in May and November.
                earliest: day(session.saturating_add(1947), 1, 1),
                latest: day(session.saturating_add(1947), 12, 31),
            })
        }
        _ => None,
    }
}

fn year_window(year: i32) -> Option<AdoptionWindow> {
    (1946..10_000).contains(&year).then(|| AdoptionWindow { earliest: day(year, 1, 1), latest: end_of_year(year) })
}

/// The session of a number such as `2625 (XXV)`.
fn roman_session(number: &str) -> Option<i32> {
    let numeral = number.split_once('(')?.1.strip_suffix(')')?;
    let mut total = 0;
    let mut before = 0;
    for c in numeral.chars() {
        let value = match c {
            'I' => 1,
            'V' => 5,
            'X' => 10,
            'L' => 50,
            _ => return None,
        };
        // A smaller numeral in front of a larger one is taken away: it has been added once already.
        total += if before < value { value - 2 * before } else { value };
        before = value;
        if total > 100 {
            return None;
        }
    }
    (total > 0).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(id: &str) -> Option<(String, String)> {
        adoption_window(&id.parse().ok()?).map(|window| (window.earliest.to_string(), window.latest.to_string()))
    }

    #[test]
    fn a_number_names_its_session() {
        let known = |id| window(id).map(|(from, to)| format!("{from} – {to}")).unwrap_or_default();
        assert_eq!(known("UNGA-70/125"), "2015-09-01 – 2016-09-30");
        assert_eq!(known("UNGA-2625 (XXV)"), "1970-09-01 – 1971-09-30");
        assert_eq!(known("UNGA-217 (III)"), "1948-09-01 – 1949-09-30");
        assert_eq!(known("UNGA Decision-74/537 B"), "2019-09-01 – 2020-09-30");
        assert_eq!(known("UNSC-1325 (2000)"), "2000-01-01 – 2000-12-31");
        assert_eq!(known("ECOSOC-2023/3"), "2023-01-01 – 2023-12-31");
        assert_eq!(known("HRC-33/10"), "2016-09-01 – 2016-10-31");
        assert_eq!(known("HRC-52/24"), "2023-02-20 – 2023-04-30");
        assert_eq!(known("HRC-59/10"), "2025-06-01 – 2025-07-31");
        assert_eq!(known("WHA-WHA75.8"), "2022-01-01 – 2022-12-31");
    }

    #[test]
    fn other_numbers_tell_nothing() {
        for id in ["PP-140", "UNGA-ES-11/1", "UNGA-A/78/L.49", "HRC-S-16/1", "HRC-5/1", "UNGA-1 (LLLLLL)", "UNSC-1 (x)"]
        {
            assert_eq!(window(id), None, "{id}");
        }
    }

    #[test]
    fn absurd_numbers_do_no_harm() {
        for id in ["UNGA-2147483647/1", "WHA-WHA2147483000.1", "HRC-2147483647/1", "UNGA--5/1"] {
            let _ = window(id);
        }
    }
}
