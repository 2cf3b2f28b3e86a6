//! When was it adopted? From the fact itself, from the session of the body, or from the number.

use std::collections::HashMap;
use std::sync::LazyLock;

use jiff::civil::Date;

use super::bundled::base_body;
use crate::citation::{self, ResolutionId, Session, data};

/// When a body adopted a resolution, as far as its number tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AdoptionWindow {
    /// Not before this day.
    pub earliest: Date,
    /// Not after this day.
    pub latest: Date,
}

/// The day from which on a version is there: its own date, or the end of the session, or the end of the year.
pub(super) fn version_date(id: &ResolutionId, date: Option<Date>, place: Option<&str>, year: u16) -> Date {
    date.or_else(|| session_date(&id.body, place, year)).unwrap_or_else(|| end_of_year(i32::from(year)))
}

/// The last day of the session of `body` in that place and year; without a place, the body's session of that year.
/// Decisions, opinions and recommendations of a body are of its sessions. `None` where the session is not known, or
/// where it runs on into another year, as those of the General Assembly do.
pub fn session_date(body: &str, place: Option<&str>, year: u16) -> Option<Date> {
    let sessions = sessions_of(body).iter().copied().filter(|session| session.year == year);
    let here =
        |session: &&'static Session| place.is_none() || session.place.is_none() || session.place.as_deref() == place;
    // Of two in one year without a place, the later one is the day on which it is certain.
    let end = sessions.filter(here).filter_map(|session| session.end).max()?;
    (i32::from(end.year()) == i32::from(year)).then_some(end)
}

/// The sessions of a body, in the order of the list. Decisions, opinions and recommendations of a body are of its
/// sessions.
pub fn sessions_of(body: &str) -> &'static [&'static Session] {
    static SESSIONS: LazyLock<HashMap<&'static str, Vec<&'static Session>>> = LazyLock::new(|| {
        let mut sessions: HashMap<&str, Vec<&Session>> = HashMap::new();
        for session in &data().sessions {
            sessions.entry(&session.body).or_default().push(session);
        }
        sessions
    });
    SESSIONS.get(base_body(body)).map_or(&[], Vec::as_slice)
}

/// When the session of that number met, if it is known.
fn numbered_session(body: &str, number: &str) -> Option<AdoptionWindow> {
    type Windows = HashMap<(&'static str, &'static str), AdoptionWindow>;
    static WINDOWS: LazyLock<Windows> = LazyLock::new(|| {
        let numbered = data().sessions.iter().filter_map(|session| {
            let window = AdoptionWindow { earliest: session.start?, latest: session.end? };
            Some(((session.body.as_str(), session.number.as_deref()?), window))
        });
        numbered.collect()
    });
    WINDOWS.get(&(body, number)).copied()
}

fn end_of_year(year: i32) -> Date {
    day(year, 12, 31)
}

/// A day of a year that a text gave; a year out of range is the end of the calendar.
fn day(year: i32, month: i8, day: i8) -> Date {
    i16::try_from(year).ok().and_then(|year| Date::new(year, month, day).ok()).unwrap_or(Date::MAX)
}

/// When the resolution of this number was adopted, for bodies whose numbers name the session or the year: as the list
/// of sessions has it, or else by rule, rounded outwards.
///
/// - General Assembly `70/125`: session 70, from September 2015 to September 2016; until 1976 `2625 (XXV)`.
/// - Security Council `1325 (2000)`, Economic and Social Council `2023/3`: the year; until 1977 the Council's session,
///   `1536 (XLIX)`.
/// - Human Rights Council `33/10`: session 33; from session 10 on three a year, ending in April, July and October.
/// - World Health Assembly `WHA75.8`: the 75th assembly; one each year since 1948.
pub fn adoption_window(id: &ResolutionId) -> Option<AdoptionWindow> {
    let number = id.number.as_str();
    match base_body(&id.body) {
        "UNGA" => match citation::roman_session(number) {
            Some(session) => assembly_session(&session.to_string()),
            None => assembly_session(number.split_once('/')?.0),
        },
        "UNSC" => year_window(number.split_once('(')?.1.trim_end_matches(')').parse().ok()?),
        "ECOSOC" => match citation::roman_session(number) {
            Some(session) => economic_council_session(session),
            None => year_window(number.split_once('/')?.0.parse().ok()?),
        },
        "HRC" => rights_council_session(number.split_once('/')?.0),
        "WHA" => {
            let session = number.strip_prefix("WHA")?.split('.').next()?.parse::<i32>().ok()?;
            // In May in most years, but not in all.
            (session > 0).then(|| year_window(session.saturating_add(1947)))?
        }
        _ => None,
    }
}

fn assembly_session(session: &str) -> Option<AdoptionWindow> {
    if let Some(window) = numbered_session("UNGA", session) {
        return Some(window);
    }
    let year = session.parse::<i32>().ok().filter(|session| *session > 0)?.saturating_add(1945);
    Some(AdoptionWindow { earliest: day(year, 9, 1), latest: day(year.saturating_add(1), 9, 30) })
}

/// The Economic and Social Council met twice in most years, from 1946 until the 63rd session in 1977.
fn economic_council_session(session: u32) -> Option<AdoptionWindow> {
    let session = i32::try_from(session).ok().filter(|session| (1..=63).contains(session))?;
    // In some years it met once, so the year is known but for one or two.
    let year = 1946 + (session - 2).max(0) / 2;
    Some(AdoptionWindow { earliest: day(year, 1, 1), latest: end_of_year((year + 2).min(1977)) })
}

fn rights_council_session(session: &str) -> Option<AdoptionWindow> {
    if let Some(window) = numbered_session("HRC", session) {
        return Some(window);
    }
    // The sessions before the tenth, in March 2009, kept no such rhythm.
    let since = session.parse::<i32>().ok()?.checked_sub(10).filter(|since| *since >= 0)?;
    let year = 2009 + since / 3;
    let (from, to) = match since % 3 {
        0 => ((2, 20), (4, 30)),
        1 => ((6, 1), (7, 31)),
        _ => ((9, 1), (10, 31)),
    };
    Some(AdoptionWindow { earliest: day(year, from.0, from.1), latest: day(year, to.0, to.1) })
}

fn year_window(year: i32) -> Option<AdoptionWindow> {
    (1946..10_000).contains(&year).then(|| AdoptionWindow { earliest: day(year, 1, 1), latest: end_of_year(year) })
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
        assert_eq!(known("UNGA-70/125"), "2015-09-10 – 2016-09-14");
        assert_eq!(known("UNGA-2625 (XXV)")[..4], *"1970");
        assert_eq!(known("UNGA-217 (III)")[..4], *"1948");
        assert_eq!(known("UNGA Decision-74/537 B")[..4], *"2019");
        assert_eq!(known("UNGA-120/1"), "2065-09-01 – 2066-09-30");
        assert_eq!(known("UNSC-1325 (2000)"), "2000-01-01 – 2000-12-31");
        assert_eq!(known("ECOSOC-2023/3"), "2023-01-01 – 2023-12-31");
        // Adopted in July 1970.
        assert_eq!(known("ECOSOC-1536 (XLIX)"), "1969-01-01 – 1971-12-31");
        assert_eq!(known("HRC-1/1"), "2006-06-19 – 2006-06-30");
        assert_eq!(known("HRC-100/1"), "2039-02-20 – 2039-04-30");
        assert_eq!(known("WHA-WHA75.8"), "2022-01-01 – 2022-12-31");
    }

    #[test]
    fn the_rule_agrees_with_the_list_of_sessions() {
        for session in &data().sessions {
            let (Some(number), Some(start), Some(end)) = (&session.number, session.start, session.end) else {
                continue;
            };
            let by_rule = match (session.body.as_str(), number.parse::<i32>()) {
                ("UNGA", Ok(number @ 2..)) => Some((1945 + number, 1946 + number)),
                ("HRC", Ok(number @ 10..)) => Some((2009 + (number - 10) / 3, 2009 + (number - 10) / 3)),
                _ => None,
            };
            let years = (i32::from(start.year()), i32::from(end.year()));
            assert!(by_rule.is_none_or(|rule| rule == years), "{session:?} {by_rule:?}");
        }
    }

    #[test]
    fn a_session_ends_on_its_day() {
        let end = |body, place, year| session_date(body, place, year).map(|date| date.to_string());
        assert_eq!(end("PP", Some("Bucharest"), 2022).as_deref(), Some("2022-10-14"));
        assert_eq!(end("PP Decision", None, 2022).as_deref(), Some("2022-10-14"));
        assert_eq!(end("PP", Some("Dubai"), 2022), None);
        assert_eq!(end("UNGA", None, 2015), None);
    }

    #[test]
    fn other_numbers_tell_nothing() {
        for id in ["PP-140", "UNGA-ES-11/1", "UNGA-A/78/L.49", "HRC-S-16/1", "UNGA-1 (LLLLLL)", "UNSC-1 (x)"] {
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
