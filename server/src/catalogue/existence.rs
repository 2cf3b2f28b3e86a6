//! Does it exist? “Not in the catalogue” means “does not exist” only where the catalogue is complete.

use jiff::civil::Date;

use super::dates::adoption_window;
use super::entry::Fact;
use super::format::{Certainty, Coverage};
use super::store::Catalogue;
use crate::citation::ResolutionId;

/// Whether a resolution exists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Existence<'a> {
    /// The catalogue lists it.
    Listed,
    /// Nothing says that it exists, and nothing that it does not.
    Open,
    /// Its number belongs to a session that begins later than the text was written.
    NotYet {
        /// The first day of that session.
        from: Date,
    },
    /// The number is listed with another year, and a body gives each number once: `1325 (2001)` is `1325 (2000)`.
    OtherYear {
        /// The resolution of that number.
        id: ResolutionId,
    },
    /// The list of the body's resolutions is complete and does not have it.
    Never {
        /// The list.
        coverage: Fact<'a, Coverage>,
    },
}

/// See [`Catalogue::existence`].
pub(super) fn existence<'a>(
    catalogue: &'a Catalogue,
    id: &ResolutionId,
    version_year: Option<u16>,
    as_of: Date,
) -> Existence<'a> {
    if catalogue.get(id).is_some() {
        return Existence::Listed;
    }
    let window = adoption_window(id);
    if let Some(window) = window
        && window.earliest > as_of
    {
        return Existence::NotYet { from: window.earliest };
    }
    if id.body == "UNSC"
        && let Some((number, _)) = id.number.split_once('(')
    {
        // The Security Council counts through all years, so the number alone names the resolution.
        let known = catalogue.search(&format!("UNSC-{}", number.trim_end()), usize::MAX);
        let same = |other: &ResolutionId| other.number.split('(').next().map(str::trim) == Some(number.trim());
        if let Some(id) = known.into_iter().find(same) {
            return Existence::OtherYear { id };
        }
    }
    // The last year in which it can have been adopted: the version's, or the number's, or that of the text.
    let last = version_year
        .map(i32::from)
        .or_else(|| window.map(|window| i32::from(window.latest.year())))
        .unwrap_or_else(|| i32::from(as_of.year()));
    let first = window.map(|window| i32::from(window.earliest.year()));
    let never = catalogue.coverage(&id.body).into_iter().find(|fact| {
        let (from, to) = (i32::from(fact.value.from), i32::from(fact.value.to));
        if fact.certainty == Certainty::Unproven || last > to {
            return false;
        }
        let beyond = |last: u32| id.number.parse::<u32>().is_ok_and(|number| number > last);
        (fact.value.complete && first.is_some_and(|first| first >= from)) || fact.value.last_number.is_some_and(beyond)
    });
    match never {
        Some(coverage) => Existence::Never { coverage },
        None => Existence::Open,
    }
}
