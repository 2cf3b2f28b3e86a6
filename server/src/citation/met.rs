//! Which bodies met when and where, ready to be asked often.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::data::{Session, data};
use super::token::BodySet;

struct Met {
    /// By place, in `data().places`, and year.
    at: HashMap<(u16, u16), BodySet>,
    by_year: HashMap<u16, BodySet>,
    /// By body, in `data().bodies`, and the session's number; the first where two have the same.
    sessions: HashMap<(usize, u32), &'static Session>,
    /// For each body the number and year of its last numbered session.
    last: Vec<Option<(u32, u16)>>,
}

static MET: LazyLock<Met> = LazyLock::new(|| {
    let data = data();
    let bodies: HashMap<&str, usize> =
        data.bodies.iter().enumerate().map(|(index, body)| (body.id.as_str(), index)).collect();
    let places: HashMap<&str, u16> = (0..).zip(&data.places).map(|(index, place)| (place.id.as_str(), index)).collect();
    let mut met = Met {
        at: HashMap::new(),
        by_year: HashMap::new(),
        sessions: HashMap::new(),
        last: vec![None; data.bodies.len()],
    };
    for session in &data.sessions {
        let Some(&body) = bodies.get(session.body.as_str()) else { continue };
        let add = |set: &mut BodySet| *set = set.or(BodySet::one(body));
        add(met.by_year.entry(session.year).or_default());
        if let Some(&place) = session.place.as_deref().and_then(|place| places.get(place)) {
            add(met.at.entry((place, session.year)).or_default());
        }
        let Some(written) = session.number.as_deref() else { continue };
        let Ok(number) = written.parse::<u32>() else { continue };
        if number.to_string() == written {
            met.sessions.entry((body, number)).or_insert(session);
        }
        if let Some(last) = met.last.get_mut(body) {
            *last = (*last).max(Some((number, session.year)));
        }
    }
    met
});

/// The bodies that met at a place in a year.
pub(super) fn met(place: u16, year: u16) -> BodySet {
    MET.at.get(&(place, year)).copied().unwrap_or_default()
}

/// The bodies that met in a year.
pub(super) fn met_in(year: u16) -> BodySet {
    MET.by_year.get(&year).copied().unwrap_or_default()
}

/// A session of a body by its number.
pub(super) fn session_of(body: usize, number: u32) -> Option<&'static Session> {
    MET.sessions.get(&(body, number)).copied()
}

/// The number and year of the last numbered session of a body that the data knows.
pub(super) fn last_session(body: usize) -> Option<(u32, u16)> {
    MET.last.get(body).copied().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sessions_are_found_by_place_year_and_number() {
        let pp = BodySet::of("PP");
        let place = data().places.iter().position(|place| place.id == "Dubai").map_or(u16::MAX, |at| at as u16);
        assert!(!met(place, 2018).and(pp).is_empty() && !met_in(2018).and(pp).is_empty());
        assert!(met(place, 1850).is_empty() && met_in(1850).is_empty());
        let unga = BodySet::of("UNGA").single().unwrap_or_default();
        assert_eq!(session_of(unga, 70).map(|session| session.year), Some(2015));
        assert!(last_session(unga).is_some_and(|(number, _)| number >= 78));
    }
}
