//! What a catalogue was asked, for who wants to know whether other answers would be given now.

use std::collections::HashSet;
use std::hash::BuildHasher;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use foldhash::quality::FixedState;

use crate::citation::ResolutionId;

/// Of which resolutions somebody asked what the workspace says. Each is kept as a number: two may have the same, and then
/// one too many counts as asked.
#[derive(Debug, Default)]
pub struct Asked {
    numbers: Mutex<HashSet<u64, FixedState>>,
    /// Whether somebody looked through all of them.
    of_all: AtomicBool,
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
