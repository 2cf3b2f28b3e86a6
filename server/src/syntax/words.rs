//! The words of a paragraph, shared by all documents in which it stands the same, and what was made of them.

use std::any::{Any, TypeId};
use std::fmt;
use std::ops::Deref;
use std::sync::OnceLock;

use text_size::{TextRange, TextSize};

use super::document::{Change, LabelWords, ParagraphKind, SyntaxProblem};
use super::view::ViewWords;

/// What a paragraph says, wherever it stands: every offset counts from its beginning.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Words {
    pub kind: ParagraphKind,
    /// The length in the source.
    pub len: TextSize,
    /// The words without label and sigils.
    pub body: TextRange,
    pub label_range: Option<TextRange>,
    pub label: LabelWords,
    /// The text as in force; where the readings do not differ, also as amended.
    pub in_force: ViewWords,
    /// The text as amended where it differs.
    pub amended: Option<ViewWords>,
    pub changes: Vec<Change>,
    pub problems: Vec<SyntaxProblem>,
    pub footnote: Option<String>,
    pub memory: Memory,
}

/// Whether what is made of a paragraph's words is kept. It is no part of what the paragraph says: both are equal.
#[derive(Clone, Copy)]
pub(super) struct Kept(pub bool);

impl PartialEq for Kept {
    fn eq(&self, _: &Kept) -> bool {
        true
    }
}

impl Eq for Kept {}

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Kept")
    }
}

/// What was made of some words: it is kept with them, or was made just now.
#[derive(Debug)]
pub enum Remembered<'a, T> {
    /// It stays with the words.
    Kept(&'a T),
    /// The words keep nothing.
    Made(T),
}

impl<T> Deref for Remembered<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        match self {
            Remembered::Kept(value) => value,
            Remembered::Made(value) => value,
        }
    }
}

/// What was made of some words, one value for each type. Nothing is ever taken out or replaced: words do not change.
#[derive(Default)]
pub(super) struct Memory(OnceLock<Box<Shelf>>);

/// An `Option` of the type, which is never `None`: so the one who finds a place taken has its value still.
type Value = Box<dyn Any + Send + Sync>;

/// A few places, filled from the first, and more behind them. A look takes no lock.
#[derive(Default)]
struct Shelf {
    places: [OnceLock<(TypeId, Value)>; 6],
    more: OnceLock<Box<Shelf>>,
}

impl Memory {
    /// The value of this type; the first time, `make` makes it.
    pub fn get_or_make<T: Send + Sync + 'static>(&self, make: impl FnOnce() -> T) -> &T {
        match self.get() {
            Some(value) => value,
            None => self.put(make()),
        }
    }

    fn get<T: 'static>(&self) -> Option<&T> {
        let of = TypeId::of::<T>();
        let mut shelf = self.0.get()?;
        loop {
            for place in &shelf.places {
                let (other, kept) = place.get()?;
                if *other == of {
                    return kept.downcast_ref().and_then(Option::as_ref);
                }
            }
            shelf = shelf.more.get()?;
        }
    }

    /// Puts a value in the next free place, unless another thread has put one of the type there meanwhile.
    fn put<T: Send + Sync + 'static>(&self, value: T) -> &T {
        let of = TypeId::of::<T>();
        let mut value = Some(value);
        let mut shelf = self.0.get_or_init(Box::default);
        loop {
            for place in &shelf.places {
                let (other, kept) = place.get_or_init(|| (of, Box::new(value.take())));
                if *other == of
                    && let Some(kept) = kept.downcast_ref().and_then(Option::as_ref)
                {
                    return kept;
                }
            }
            shelf = shelf.more.get_or_init(Box::default);
        }
    }
}

impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Memory")
    }
}

/// What was made of words is no part of what they say.
impl PartialEq for Memory {
    fn eq(&self, _: &Memory) -> bool {
        true
    }
}

impl Eq for Memory {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_type_is_made_once() {
        struct Of<const N: usize>(usize);
        let memory = Memory::default();
        macro_rules! check {
            ($($n:literal)*) => {$(
                assert_eq!(memory.get_or_make(|| Of::<$n>($n)).0, $n);
                assert_eq!(memory.get_or_make(|| -> Of<$n> { panic!("made a second time") }).0, $n);
            )*};
        }
        check!(0 1 2 3 4 5 6 7 8 9 10 11 12 13);
        check!(5 13);
    }

    #[test]
    fn of_threads_that_make_the_same_all_get_the_same() {
        struct Number(usize);
        let memory = Memory::default();
        let barrier = std::sync::Barrier::new(4);
        let found: Vec<&Number> = std::thread::scope(|scope| {
            let make = |number| {
                let (memory, barrier) = (&memory, &barrier);
                scope.spawn(move || {
                    memory.get_or_make(|| {
                        barrier.wait();
                        Number(number)
                    })
                })
            };
            let threads: Vec<_> = (0..4).map(make).collect();
            threads.into_iter().filter_map(|thread| thread.join().ok()).collect()
        });
        assert_eq!(found.len(), 4);
        assert!(
            found.iter().all(|number| std::ptr::eq(*number, found[0])),
            "{:?}",
            found.iter().map(|n| n.0).collect::<Vec<_>>()
        );
    }
}
