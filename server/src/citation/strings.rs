//! Every string that the data knows, looked for in one pass over a folded text: names of bodies, places and treaties,
//! the words around a citation, those that tell what was done, short forms.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::phrase::{is_spaced, joined_in_arabic};
use super::trie::Trie;
use super::{provision, recall, short, token};

/// What a string may be to those who asked for it; one string may be several things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Meaning {
    entry: u16,
    treaty: u16,
    short: u16,
    /// Flags of [`recall::says`].
    pub says: u16,
}

const NONE: u16 = u16::MAX;

impl Meaning {
    const NOTHING: Meaning = Meaning { entry: NONE, treaty: NONE, short: NONE, says: 0 };

    /// Its place in the lexicon of tokens.
    pub fn entry(self) -> Option<u16> {
        (self.entry != NONE).then_some(self.entry)
    }

    /// Its place among the names of treaties.
    pub fn treaty(self) -> Option<u16> {
        (self.treaty != NONE).then_some(self.treaty)
    }

    /// Its place among the short forms.
    pub fn short(self) -> Option<u16> {
        (self.short != NONE).then_some(self.short)
    }
}

/// A string that stands for itself in a folded text, in bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hit {
    pub start: u32,
    pub end: u32,
    pub meaning: Meaning,
}

struct Strings {
    trie: Trie,
    meanings: Vec<Meaning>,
}

static STRINGS: LazyLock<Strings> = LazyLock::new(|| {
    let mut meanings: BTreeMap<&str, Meaning> = BTreeMap::new();
    let mut meaning = |string: &'static str, set: &dyn Fn(&mut Meaning)| {
        if !string.is_empty() {
            set(meanings.entry(string).or_insert(Meaning::NOTHING));
        }
    };
    for (index, string) in (0..).zip(token::strings()) {
        meaning(string, &|meaning| meaning.entry = index);
    }
    for (string, says) in recall::strings() {
        meaning(string, &|meaning| meaning.says = says);
    }
    for (index, string) in (0..).zip(provision::strings()) {
        meaning(string, &|meaning| meaning.treaty = index);
    }
    for (index, string) in (0..).zip(short::strings()) {
        meaning(string, &|meaning| meaning.short = index);
    }
    Strings { trie: Trie::new(meanings.keys().copied()), meanings: meanings.into_values().collect() }
});

/// The known strings of a folded text that are no part of a longer word, in order of their start, then of their end. They
/// may overlap.
pub(super) fn hits(text: &str) -> Vec<Hit> {
    let Strings { trie, meanings } = &*STRINGS;
    let bytes = text.as_bytes();
    let mut hits = Vec::with_capacity(text.len() / 10 + 4);
    let mut look = |at: usize| {
        trie.each(bytes, at, |end, string| {
            if ends_word(text, end)
                && let Some(&meaning) = meanings.get(usize::from(string))
            {
                hits.push(Hit { start: at as u32, end: end as u32, meaning });
            }
        });
    };
    // Whether the character before is of a script that puts spaces between words.
    let mut within = false;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii_alphanumeric() {
            if !within {
                look(at);
            }
            within = true;
            at += bytes[at..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        } else if byte.is_ascii() {
            if byte != b' ' {
                look(at);
            }
            within = false;
            at += 1;
        } else {
            let c = text.get(at..).and_then(|rest| rest.chars().next()).unwrap_or(' ');
            let spaced = is_spaced(c);
            if !(spaced && within) || joined_in_arabic(text, at) {
                look(at);
            }
            within = spaced;
            at += c.len_utf8();
        }
    }
    hits
}

/// Whether no word of a script that puts spaces between words goes on at byte `end`.
fn ends_word(text: &str, end: usize) -> bool {
    let bytes = text.as_bytes();
    let last = end.checked_sub(1).and_then(|at| bytes.get(at)).copied().unwrap_or(b' ');
    let Some(&next) = bytes.get(end) else { return true };
    if last.is_ascii() && next.is_ascii() {
        return !(last.is_ascii_alphanumeric() && next.is_ascii_alphanumeric());
    }
    let (before, behind) = (text.get(..end), text.get(end..));
    let last = before.and_then(|before| before.chars().next_back());
    let next = behind.and_then(|behind| behind.chars().next());
    !(last.is_some_and(is_spaced) && next.is_some_and(is_spaced))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_fit_their_numbers() {
        let count = token::strings().count() + recall::strings().count();
        let count = count + provision::strings().count() + short::strings().count();
        assert!(count < usize::from(NONE), "{count}");
    }

    #[test]
    fn a_part_of_a_word_is_none() {
        let words = |text: &str| {
            let hits = hits(text).into_iter().filter(|hit| hit.meaning.entry().is_some());
            hits.map(|hit| text[hit.start as usize..hit.end as usize].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(words("dubai, dubais, xdubai"), ["dubai"]);
        assert_eq!(words("迪拜和釜山"), ["迪拜", "和", "釜山"]);
        assert_eq!(words("وبدبي سبدبي"), ["دبي"]);
    }
}
