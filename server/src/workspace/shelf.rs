//! Readings of documents that are not open, for as long as somebody may want them again.
//!
//! A reading is many times as large as its text, so few are kept: those that a feature asked for last.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ropey::Rope;

use super::{FileId, Reading};
use crate::syntax::Parser;

/// So many bytes of text may be kept read with their documents.
const MOST_KEPT: usize = 2 * 1024 * 1024;

/// So many bytes of text may be kept read for who comes by.
const MOST_PASSING: usize = 512 * 1024;

/// So many texts are kept cut into lines.
const MOST_LINED: usize = 4;

/// What is kept of documents that are not open.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    /// The documents that keep their reading, the earliest first, with their bytes.
    kept: Mutex<VecDeque<(FileId, usize)>>,
    /// How many bytes these are in all.
    bytes: AtomicUsize,
    passing: Mutex<VecDeque<Arc<Reading>>>,
    lined: Mutex<VecDeque<(Arc<str>, Rope)>>,
}

impl Shelf {
    /// Reads a text of which the document keeps the reading.
    pub fn keep(&self, id: FileId, text: &Arc<str>) -> Arc<Reading> {
        let reading = self.taken(text).unwrap_or_else(|| read(text));
        locked(&self.kept).push_back((id, text.len()));
        self.bytes.fetch_add(text.len(), Ordering::Relaxed);
        reading
    }

    /// The documents that have to let go of their readings.
    pub fn surplus(&self) -> Vec<FileId> {
        let mut gone = Vec::new();
        if self.bytes.load(Ordering::Relaxed) <= MOST_KEPT {
            return gone;
        }
        let mut kept = locked(&self.kept);
        while self.bytes.load(Ordering::Relaxed) > MOST_KEPT {
            let Some((id, bytes)) = kept.pop_front() else { break };
            self.bytes.fetch_sub(bytes, Ordering::Relaxed);
            gone.push(id);
        }
        gone
    }

    /// Reads a text for who comes by and may do so again.
    pub fn glance(&self, text: &Arc<str>) -> Arc<Reading> {
        if let Some(reading) = self.taken(text) {
            return reading;
        }
        let reading = read(text);
        let mut passing = locked(&self.passing);
        passing.push_back(Arc::clone(&reading));
        let mut bytes: usize = passing.iter().map(|reading| reading.text.len()).sum();
        while bytes > MOST_PASSING
            && let Some(oldest) = passing.pop_front()
        {
            bytes -= oldest.text.len();
        }
        reading
    }

    fn taken(&self, text: &Arc<str>) -> Option<Arc<Reading>> {
        let mut passing = locked(&self.passing);
        let at = passing.iter().position(|reading| Arc::ptr_eq(&reading.text, text))?;
        let reading = passing.remove(at)?;
        // The one that was asked for last goes last.
        passing.push_back(Arc::clone(&reading));
        Some(reading)
    }

    /// A text by lines.
    pub fn lined(&self, text: &Arc<str>) -> Rope {
        let mut lined = locked(&self.lined);
        if let Some((_, rope)) = lined.iter().find(|(of, _)| Arc::ptr_eq(of, text)) {
            return rope.clone();
        }
        drop(lined);
        let rope = Rope::from_str(text);
        lined = locked(&self.lined);
        if lined.len() >= MOST_LINED {
            lined.pop_front();
        }
        lined.push_back((Arc::clone(text), rope.clone()));
        rope
    }
}

/// Reads a text that is kept.
pub(super) fn read(text: &Arc<str>) -> Arc<Reading> {
    Arc::new(Reading::again(Arc::clone(text), &mut Parser::new()))
}

fn locked<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(name: &str, bytes: usize) -> Arc<str> {
        let mut text = name.to_owned();
        text.extend(std::iter::repeat_n(' ', bytes - name.len()));
        text.into()
    }

    #[test]
    fn what_was_asked_for_last_is_kept_and_the_rest_is_let_go() {
        let shelf = Shelf::default();
        let texts: Vec<Arc<str>> = (0..5).map(|number| text(&number.to_string(), MOST_KEPT / 4)).collect();
        for (id, text) in (0..).zip(&texts) {
            shelf.keep(FileId(id), text);
        }
        assert_eq!(shelf.surplus(), [FileId(0)]);
        assert_eq!(shelf.surplus(), []);
    }

    #[test]
    fn who_comes_by_again_finds_the_same_reading() {
        let shelf = Shelf::default();
        let (one, other) = (text("one", MOST_PASSING / 2), text("other", MOST_PASSING / 2));
        let first = shelf.glance(&one);
        shelf.glance(&other);
        assert!(Arc::ptr_eq(&first, &shelf.glance(&one)));
        // The other was asked for before it, and goes.
        shelf.glance(&text("third", MOST_PASSING / 2));
        assert!(Arc::ptr_eq(&first, &shelf.glance(&one)));
        assert_eq!(shelf.lined(&one).len_bytes(), one.len());
    }
}
