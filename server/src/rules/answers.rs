//! What the catalogue says of citations: looked up once for all that name the same, and, of a document that is being
//! edited, not again at the next keystroke.

use std::collections::HashMap;
use std::hash::BuildHasher;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use foldhash::fast::{FixedState, RandomState};
use jiff::civil::Date;

use crate::citation::{ResolutionId, Version};

/// A sort of citations: of those that name the same version of the same resolution on the same day, the catalogue says the
/// same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Sort<'a> {
    pub id: &'a ResolutionId,
    pub version: Option<&'a str>,
    /// Year and place of the session that is named.
    pub session: Option<(u16, Option<&'static str>)>,
    /// The day on which the text was written, where it says so.
    pub written: Option<Date>,
}

/// What the catalogue says of citations of one sort; each is looked up when a rule first asks. Mostly all is well, and
/// nothing more is to be looked up of any of them.
#[derive(Debug, Default)]
pub(super) struct Answers {
    /// Whether something may have been newer: when the text was written, and today.
    pub newer: [OnceLock<bool>; 2],
    /// Whether the resolution cannot have had the version.
    pub unknown_version: OnceLock<bool>,
    /// Whether it was no longer in force when the text was written, or is not today.
    pub ended: OnceLock<bool>,
    /// Whether there is no such resolution.
    pub missing: OnceLock<bool>,
    /// Whether what names no version should name one.
    pub wants_version: OnceLock<bool>,
    /// The first day on which it can have been there.
    pub first_day: OnceLock<Option<Date>>,
}

/// What the catalogue said of the citations of a document when it was judged last. For whoever judges it again by the same
/// catalogue and on the same day: he has to see to that.
#[derive(Debug, Default)]
pub struct Answered(Mutex<Known>);

/// By the number of a sort; of two that have the same number one is looked up again.
type Known = HashMap<u64, Arc<Kept>, RandomState>;

/// The answers for a sort, which is kept to know it again.
#[derive(Debug)]
struct Kept {
    id: ResolutionId,
    version: Option<Version>,
    session: Option<(u16, Option<&'static str>)>,
    written: Option<Date>,
    answers: Arc<Answers>,
}

impl Kept {
    fn sort(&self) -> Sort<'_> {
        Sort { id: &self.id, version: self.version.as_deref(), session: self.session, written: self.written }
    }
}

/// The answers for some sorts, by their places, and in the order of these: those that are known, and empty ones for the
/// others, which are known from now on.
pub(super) fn of(sorts: HashMap<Sort<'_>, usize, RandomState>, answered: Option<&Answered>) -> Vec<Arc<Answers>> {
    let mut all: Vec<Arc<Answers>> = Vec::new();
    all.resize_with(sorts.len(), Arc::default);
    let Some(answered) = answered else { return all };
    let mut known = answered.0.lock().unwrap_or_else(PoisonError::into_inner);
    // What is not cited any more is forgotten.
    let mut next = Known::with_capacity_and_hasher(sorts.len(), RandomState::default());
    for (sort, place) in sorts {
        let number = FixedState::default().hash_one(sort);
        let kept = known.remove(&number).filter(|kept| kept.sort() == sort).unwrap_or_else(|| {
            let Sort { id, version, session, written } = sort;
            let (id, version) = (id.clone(), version.map(str::to_owned));
            Arc::new(Kept { id, version, session, written, answers: Arc::default() })
        });
        if let Some(answers) = all.get_mut(place) {
            *answers = Arc::clone(&kept.answers);
        }
        next.insert(number, kept);
    }
    *known = next;
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cited_again_is_known() {
        let id = |number: &str| ResolutionId::new("PP", number);
        let answered = Answered::default();
        let ask = |numbers: &[&str], written| {
            let ids: Vec<ResolutionId> = numbers.iter().map(|number| id(number)).collect();
            let sort = |id| Sort { id, version: Some("2018"), session: None, written };
            let sorts = ids.iter().enumerate().map(|(place, id)| (sort(id), place)).collect();
            of(sorts, Some(&answered))
        };
        let first = ask(&["1", "2"], None);
        assert_eq!(first[1].missing.set(true), Ok(()));
        let again = ask(&["2", "3"], None);
        assert_eq!(again[0].missing.get(), Some(&true));
        assert_eq!(again[1].missing.get(), None);
        let other_day = ask(&["2"], Some(jiff::civil::date(2018, 11, 16)));
        assert_eq!(other_day[0].missing.get(), None);
        let forgotten = ask(&["2"], None);
        assert_eq!(forgotten[0].missing.get(), None);
    }
}
