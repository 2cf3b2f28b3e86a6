//! What a catalogue was asked, for who wants to know whether other answers would be given now.

use std::collections::HashSet;
use std::hash::BuildHasher;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use foldhash::quality::FixedState;

use crate::citation::{ResolutionId, Version};
use crate::reference::Wanted;
use crate::syntax::Language;

/// Of which resolutions somebody asked what the workspace says. Each is kept as a number: two may have the same, and then
/// one too many counts as asked.
#[derive(Debug, Default)]
pub struct Asked {
    numbers: Mutex<HashSet<u64, FixedState>>,
    /// Whether somebody looked through all of them.
    of_all: AtomicBool,
    /// The resolutions of which somebody asked for the texts.
    texts: Mutex<HashSet<ResolutionId, FixedState>>,
    /// What somebody was told of texts that were not read yet.
    supposed: Mutex<Vec<Supposed>>,
}

/// What somebody was told before it was known: that the workspace has a text with certain clauses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Supposed {
    /// The resolution.
    pub id: ResolutionId,
    /// Its version; any, where there is none.
    pub version: Option<Version>,
    /// The language of the text.
    pub language: Language,
    /// The clauses that it is to have.
    pub wanted: Wanted,
}

impl Asked {
    /// The number of a resolution.
    pub fn number(id: &ResolutionId) -> u64 {
        FixedState::default().hash_one(id)
    }

    /// Somebody asks for a resolution.
    pub fn note(&self, id: &ResolutionId) {
        self.numbers.lock().unwrap_or_else(PoisonError::into_inner).insert(Asked::number(id));
    }

    /// Somebody looks through all of them.
    pub fn note_all(&self) {
        self.of_all.store(true, Ordering::Relaxed);
    }

    /// Somebody asks for the texts of a resolution.
    pub fn note_text(&self, id: &ResolutionId) {
        self.texts.lock().unwrap_or_else(PoisonError::into_inner).insert(id.clone());
    }

    /// Somebody is told what is not known yet.
    pub fn suppose(&self, supposed: Supposed) {
        self.supposed.lock().unwrap_or_else(PoisonError::into_inner).push(supposed);
    }

    /// The resolutions of which the texts were asked for.
    pub fn texts(&self) -> Vec<ResolutionId> {
        self.texts.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }

    /// What somebody was told that was not known.
    pub fn supposed(&self) -> Vec<Supposed> {
        self.supposed.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The numbers of what was asked for.
    pub fn numbers(&self) -> impl Iterator<Item = u64> {
        let numbers = self.numbers.lock().unwrap_or_else(PoisonError::into_inner);
        numbers.iter().copied().collect::<Vec<_>>().into_iter()
    }

    /// Whether somebody looked through all of them.
    pub fn of_all(&self) -> bool {
        self.of_all.load(Ordering::Relaxed)
    }
}
