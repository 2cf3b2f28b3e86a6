//! Words and names in a folded text, all of them in one pass.
//!
//! What is looked for are thousands of words, nearly all of which begin where a word begins. So only beginnings of words
//! are looked at, by their first bytes; most are of no word that is known.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use foldhash::fast::RandomState;

/// Finds the words of several kinds: of each kind the longest one at the leftmost place, then the next behind it; only
/// whole words are told.
#[derive(Debug)]
pub(super) struct Finder {
    /// The words of each kind.
    kinds: Vec<Vec<String>>,
    /// The bytes that words begin with.
    first: [bool; 256],
    /// Words of four bytes and more by their first four, shorter ones by their first two, and those of a single byte.
    heads: [Heads; 3],
    /// Where in a word of Latin letters another one could begin, by the three bytes around that place.
    inner: HashMap<[u8; 3], Vec<(Word, usize)>, RandomState>,
    /// For each kind what finds its words wherever these begin.
    anywhere: Vec<OnceLock<Option<AhoCorasick>>>,
}

/// A word: its kind, and its place among those of the kind.
type Word = (usize, usize);

/// A word that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hit {
    pub kind: usize,
    /// Its place among the words of its kind.
    pub word: usize,
    pub start: usize,
    pub end: usize,
}

/// Words by their first bytes.
#[derive(Debug, Default)]
struct Heads {
    /// A bit for each head, by a hash of it: most heads have none.
    bits: Vec<u64>,
    /// The words of each kind and head stand together, in the order of their bytes.
    words: Vec<Entry>,
    /// For each head the kinds that have words of it, and where these stand.
    places: HashMap<u32, Vec<(usize, Range<usize>)>, RandomState>,
}

#[derive(Debug)]
struct Entry {
    word: Word,
    bytes: Box<[u8]>,
    /// The longest other word of the kind and head that this one begins with.
    within: Option<usize>,
}

impl Heads {
    /// Of words with their heads.
    fn of(mut heads: Vec<(u32, Word, &[u8])>) -> Heads {
        heads.sort_unstable_by_key(|(head, (kind, at), bytes)| (*head, *kind, *bytes, *at));
        // The same word twice is one.
        heads.dedup_by_key(|(_, (kind, _), bytes)| (*kind, *bytes));
        // About one head in thirty-two is taken for another.
        let bits = vec![0; (heads.len() / 2).next_power_of_two()];
        let mut all = Heads { bits, words: Vec::with_capacity(heads.len()), places: HashMap::default() };
        for (head, word, bytes) in heads {
            let bit = all.bit(head);
            if let Some(bits) = all.bits.get_mut(bit / 64) {
                *bits |= 1 << (bit % 64);
            }
            let index = all.words.len();
            let kinds = all.places.entry(head).or_default();
            match kinds.last_mut() {
                Some((kind, range)) if *kind == word.0 => range.end = index + 1,
                _ => kinds.push((word.0, index..index + 1)),
            }
            let first = kinds.last().map_or(index, |(_, range)| range.start);
            // What a word begins with is the word before it, or what that one begins with.
            let mut within = index.checked_sub(1).filter(|before| *before >= first);
            while let Some(before) = within.and_then(|before| all.words.get(before))
                && !bytes.starts_with(&before.bytes)
            {
                within = before.within;
            }
            all.words.push(Entry { word, bytes: bytes.into(), within });
        }
        all
    }

    /// The bit of a head.
    fn bit(&self, head: u32) -> usize {
        let spread = u64::from(head).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
        spread as usize & (self.bits.len() * 64 - 1)
    }

    /// The longest word of each kind that a text with this head begins with.
    fn longest<'h>(&'h self, head: u32, text: &'h [u8]) -> impl Iterator<Item = Word> + 'h {
        let bit = self.bit(head);
        let known = self.bits.get(bit / 64).is_some_and(|bits| (bits >> (bit % 64)) & 1 > 0);
        let kinds = if known { self.places.get(&head).map_or(&[][..], Vec::as_slice) } else { &[] };
        kinds.iter().filter_map(move |(_, range)| {
            let words = self.words.get(range.clone())?;
            // Between a word that the text begins with, and the text, stand only words that begin with that word.
            let behind = words.partition_point(|entry| *entry.bytes <= *text);
            let mut last = words.get(behind.checked_sub(1)?)?;
            while !text.starts_with(&last.bytes) {
                last = self.words.get(last.within?)?;
            }
            Some(last.word)
        })
    }
}

/// The first four bytes, the first two, and the first.
fn heads_of(bytes: &[u8]) -> [Option<u32>; 3] {
    [
        bytes.first_chunk().copied().map(u32::from_le_bytes),
        bytes.first_chunk().copied().map(u16::from_le_bytes).map(u32::from),
        bytes.first().copied().map(u32::from),
    ]
}

impl Finder {
    /// Of the words of each kind, folded. An empty word is never found.
    pub fn new(kinds: Vec<Vec<String>>) -> Finder {
        let mut first = [false; 256];
        let mut inner: HashMap<[u8; 3], Vec<(Word, usize)>, RandomState> = HashMap::default();
        let mut heads: [Vec<(u32, Word, &[u8])>; 3] = Default::default();
        let words = kinds.iter().enumerate();
        let words = words
            .flat_map(|(kind, words)| words.iter().enumerate().map(move |(at, word)| ((kind, at), word.as_bytes())))
            .filter(|(_, bytes)| !bytes.is_empty());
        for (word, bytes) in words {
            first[usize::from(bytes[0])] = true;
            let fitting = heads_of(bytes).into_iter().zip(&mut heads).find_map(|(head, of)| Some((head?, of)));
            if let Some((head, of)) = fitting {
                of.push((head, word, bytes));
            }
            if bytes[0].is_ascii_alphabetic() {
                let begins = |at: &usize| !is_within(bytes, *at);
                for at in (1..bytes.len()).filter(begins) {
                    let around = [bytes[at - 1], bytes[at], bytes.get(at + 1).copied().unwrap_or(0)];
                    inner.entry(around).or_default().push((word, at));
                }
            }
        }
        let anywhere = kinds.iter().map(|_| OnceLock::new()).collect();
        let heads = heads.map(Heads::of);
        Finder { kinds, first, heads, inner, anywhere }
    }

    /// What is found in a folded text, in the order of the text for each kind.
    pub fn find(&self, text: &str) -> Vec<Hit> {
        let bytes = text.as_bytes();
        let mut hits = Vec::new();
        // Where the last word of each kind ends.
        let mut ends = vec![0; self.kinds.len()];
        let mut at = 0;
        while let Some(next) = bytes.get(at..).and_then(|rest| rest.iter().position(|b| self.first[usize::from(*b)])) {
            let start = at + next;
            at = start + 1;
            if is_within(bytes, start) {
                continue;
            }
            let rest = &bytes[start..];
            let heads = heads_of(rest).into_iter().zip(&self.heads);
            let heads = heads.filter_map(|(head, heads)| Some((head?, heads)));
            for (kind, index) in heads.flat_map(|(head, heads)| heads.longest(head, rest)) {
                if start < ends[kind] {
                    continue;
                }
                if self.is_covered(bytes, start, kind) {
                    return self.find_anywhere(text);
                }
                let end = start + self.kinds[kind][index].len();
                ends[kind] = end;
                if is_word(text, start, end) {
                    hits.push(Hit { kind, word: index, start, end });
                }
            }
        }
        hits
    }

    /// Whether a word of the same kind, that begins amid a word of the text, holds what begins at `start`.
    fn is_covered(&self, bytes: &[u8], start: usize, kind: usize) -> bool {
        let Some(before) = start.checked_sub(1) else { return false };
        let around = [bytes[before], bytes[start], bytes.get(start + 1).copied().unwrap_or(0)];
        [around, [around[0], around[1], 0]].iter().filter_map(|around| self.inner.get(around)).flatten().any(
            |((other, index), at)| {
                *other == kind
                    && start.checked_sub(*at).is_some_and(|from| {
                        is_within(bytes, from) && bytes[from..].starts_with(self.kinds[kind][*index].as_bytes())
                    })
            },
        )
    }

    /// The same as [`Finder::find`], the long way.
    fn find_anywhere(&self, text: &str) -> Vec<Hit> {
        let mut hits = Vec::new();
        for (kind, (words, finder)) in self.kinds.iter().zip(&self.anywhere).enumerate() {
            let Some(finder) = finder.get_or_init(|| automaton(words)) else { continue };
            let found = finder.find_iter(text).map(|found| Hit {
                kind,
                word: found.pattern().as_usize(),
                start: found.start(),
                end: found.end(),
            });
            hits.extend(found.filter(|hit| hit.start < hit.end && is_word(text, hit.start, hit.end)));
        }
        hits
    }
}

/// An automaton that finds the longest of some words at the leftmost place.
fn automaton(words: &[String]) -> Option<AhoCorasick> {
    let builder = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .kind(Some(AhoCorasickKind::ContiguousNFA))
        .build(words);
    // A few thousand short words are far below the automaton's limits.
    builder.ok()
}

/// Whether a place is between two Latin letters.
fn is_within(bytes: &[u8], at: usize) -> bool {
    at > 0 && bytes[at].is_ascii_alphabetic() && bytes[at - 1].is_ascii_alphabetic()
}

/// Whether no letter touches either end; between Chinese characters there is no such thing.
pub(super) fn is_word(text: &str, start: usize, end: usize) -> bool {
    let joins = |c: char| c.is_alphabetic() && !is_han(c);
    let (before, inner, after) = (&text[..start], &text[start..end], &text[end..]);
    let front = !inner.starts_with(joins) || !before.ends_with(joins);
    let back = !inner.ends_with(joins) || !after.starts_with(joins);
    front && back
}

pub(super) fn is_han(c: char) -> bool {
    matches!(c, '一'..='鿿' | '㐀'..='䶿' | '〇')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sorted(mut hits: Vec<Hit>) -> Vec<(usize, usize, usize, usize)> {
        hits.sort_by_key(|hit| (hit.kind, hit.start));
        hits.into_iter().map(|hit| (hit.kind, hit.start, hit.end, hit.word)).collect()
    }

    #[test]
    fn the_longest_whole_word_is_found() {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let finder = Finder::new(vec![words(&["note", "taking note", "决议"]), words(&["op", "note"])]);
        let found = |text: &str| finder.find(text).len();
        assert_eq!(found("op notes taking note"), 3);
        assert_eq!(found("stop 做出决议op"), 2);
        // A word that is no whole word hides those in it, as ever.
        assert_eq!(sorted(finder.find("staking note")), sorted(finder.find_anywhere("staking note")));
    }

    proptest! {
        /// Beginnings of words are enough to look at.
        #[test]
        fn what_is_found_is_what_an_automaton_finds(
            first in prop::collection::vec("[abп决 ]{1,6}|[ab] [ab]{1,2}( [ab])?|ab{2,9}|ab ab[ab]{0,3}", 0..12),
            second in prop::collection::vec("[ab决]{1,4}", 0..4),
            text in "[abпя决议 ,]{0,40}|([ab]{1,3} ){0,12}|(ab{2,9} ){0,4}|(ab ab[ab]{0,3} ?){0,4}",
        ) {
            let distinct = |mut words: Vec<String>| {
                words.sort();
                words.dedup();
                words
            };
            let finder = Finder::new(vec![distinct(first), distinct(second)]);
            prop_assert_eq!(sorted(finder.find(&text)), sorted(finder.find_anywhere(&text)));
        }
    }
}
