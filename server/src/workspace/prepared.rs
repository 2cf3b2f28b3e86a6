//! A document before the workspace takes it over.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use super::judging::{Judged, judge_alone};
use super::reading::read_facts;
use super::summary::{Summary, resolutions, says_the_same};
use super::{File, Location, Reading, Snapshot};
use crate::catalogue::WorkspaceFact;
use crate::citation;
use crate::facts::Facts;
use crate::syntax::{Parser, lower};

/// A document that was read, and of which no more is kept than the workspace needs.
#[derive(Debug)]
pub struct Prepared {
    pub(super) text: Arc<str>,
    pub(super) summary: Summary,
    /// What the catalogue is told; nothing, where it was told the same before.
    pub(super) resolutions: Option<Vec<WorkspaceFact>>,
    /// Whether reading it failed for a fault of ours.
    pub(super) failed: bool,
    /// All of what was read, of a document that is looked at.
    pub(super) reading: Option<Arc<Reading>>,
    /// What was found in it, where that was wanted.
    pub(super) judged: Option<Judged>,
}

impl Prepared {
    /// Reads a text; by the rules, too, where they are to be asked at once.
    pub(super) fn new(location: &Location, text: &str, parser: &mut Parser, by: Option<&Snapshot>) -> Prepared {
        let (facts, failed) = read_facts(text, parser);
        let resolutions = resolutions(&facts);
        Prepared {
            text: text.into(),
            summary: Summary::of(&facts, |_| None),
            judged: by.and_then(|by| judge_alone(by, location, text, &facts, &resolutions)),
            resolutions: Some(resolutions),
            failed,
            reading: None,
        }
    }

    /// A document that is read and looked at, which was `before`.
    pub(super) fn of(reading: Reading, before: Option<&File>) -> Prepared {
        let facts = &reading.facts;
        let known = |id: &_| before.and_then(|before| before.summary().known(id));
        let same = before.and_then(File::kept).is_some_and(|before| says_the_same(&before.facts, facts));
        Prepared {
            text: Arc::clone(&reading.text),
            summary: Summary::of(facts, known),
            resolutions: (!same).then(|| resolutions(facts)),
            failed: reading.failed,
            reading: Some(Arc::new(reading)),
            judged: None,
        }
    }
}

/// The resolutions that a text may be, by its beginning.
pub(super) fn foresee(beginning: &str, parser: &mut Parser) -> Vec<WorkspaceFact> {
    let tree = parser.parse(beginning, None);
    let read = || {
        let document = lower(beginning, &tree);
        let facts = Facts { identities: citation::identities(&document), document, ..Facts::default() };
        resolutions(&facts)
    };
    // Who reads all of it tells of a fault of ours.
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_default()
}
