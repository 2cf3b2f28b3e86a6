//! Names that drafters write in configuration, metadata and excuses: what is meant by one that is none.

use super::{RULES, rule};
use crate::config::Level;
use crate::profile::profiles;
use crate::suggest::nearest;

/// The ids of rules, cut in area and what.
fn ids() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    RULES.iter().filter_map(|rule| rule.id.split_once('/').map(|(area, what)| (rule.id, area, what)))
}

/// Whether there are rules of an area: `numbering`.
pub fn is_area(area: &str) -> bool {
    ids().any(|(_, known, _)| known == area)
}

/// The rule's id that one which names no rule was most likely meant to be.
pub fn meant_rule(id: &str) -> Option<&'static str> {
    let (area, what) = id.split_once('/')?;
    if is_area(area) {
        let meant = nearest(what, ids().filter(|(_, known, _)| *known == area).map(|(.., what)| what))?;
        return ids().find(|(_, known, what)| (*known, *what) == (area, meant)).map(|(id, ..)| id);
    }
    // The area is a slip, and the rest too perhaps.
    ids().find(|(.., known)| *known == what).map(|(id, ..)| id).or_else(|| nearest(id, ids().map(|(id, ..)| id)))
}

/// Whether an id is one of a rule or of an area of rules, `numbering/*`.
///
/// # Errors
///
/// What to tell who wrote it; a sentence without a full stop at the end.
pub fn check_id(id: &str) -> Result<(), String> {
    if rule(id).is_some() || id.strip_suffix("/*").is_some_and(is_area) {
        return Ok(());
    }
    Err(match meant_rule(id) {
        Some(meant) => format!("there is no finding “{id}”; did you mean “{meant}”?"),
        None => format!("there is no finding “{id}”; `resmark explain` lists them"),
    })
}

/// What to tell who names a profile that is none; a sentence without a full stop at the end.
pub fn unknown_profile(name: &str) -> String {
    match nearest(name, profiles().iter().map(|profile| profile.id.as_str())) {
        Some(meant) => format!("there is no profile “{name}”; did you mean “{meant}”?"),
        None => format!("there is no profile “{name}”; there are {}", profile_names()),
    }
}

/// The ids of all profiles: “itu, unga, …”.
pub fn profile_names() -> String {
    profiles().iter().map(|profile| profile.id.as_str()).collect::<Vec<_>>().join(", ")
}

/// What to tell who names a level that is none; a sentence without a full stop at the end.
pub fn unknown_level(name: &str) -> String {
    match nearest(name, Level::NAMES) {
        Some(meant) => format!("“{name}” is no level; did you mean “{meant}”?"),
        None => format!("“{name}” is no level; possible are {}", Level::NAMES.join(", ")),
    }
}
