//! History recalled on purpose: “*recalling* that Resolution 169 (Rev. Busan, 2014) confirmed …”. Such a citation names
//! an old version because that version did something, and is not out of date.
//!
//! The rule, in every language: a clause of the preamble (its verb or the heading above recalls, notes or considers)
//! tells what the cited text did. It does so where
//!
//! - “that” stands before the citation and a verb in the past in the same sentence: “that Resolution 169 … confirmed”,
//!   “that, by Resolution 169 …, the conference decided”, “that the conference adopted Resolution 169 …”;
//! - a relative clause with such a verb follows: “Resolution 169 …, in which the conference decided”;
//! - something was founded by it: “the group established by Resolution 169 …”.
//!
//! A bare “recalling Resolution 140 (Rev. Dubai, 2018)” is an ordinary citation, and so is everything that the
//! operative part applies or follows: “pursuant to Resolution 140 …”.

use super::recall::{self, Hit, says};
use super::shape::Found;
use super::strings;
use super::token::{Kind, Token, word};
use super::words::Words;
use crate::syntax::{TextRange, View, fold};

/// How many tokens behind the citation the verb may stand: behind “, on the admission of academia,”.
const REACH: usize = 24;
/// How many tokens before the citation “that” may stand.
const BEFORE: usize = 40;
/// More characters than any of the words before a verb has that make it tell nothing.
const LONGEST: usize = 8;
/// How many bytes may stand before the verb that opens a paragraph: a quotation mark, “also”.
const OPENING: usize = 12;

/// What the words of a paragraph, in one reading, say of whether it recalls.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Recalling {
    /// Whether its opening verb does; `None` where it has none.
    opening: Option<bool>,
    /// Whether it begins with a verb that does, though without marks: “Recalling that …”, “whereas …”.
    begins: bool,
    /// Whether any of its words does: that of a heading.
    any: bool,
}

impl Recalling {
    /// `hits` are the words of history of the reading of `view`, which opens with `opening`.
    pub fn new(view: &View, opening: Option<TextRange>, hits: &[strings::Hit]) -> Recalling {
        let recalls = |hit: &strings::Hit| hit.meaning.says & says::RECALLS != 0;
        let opening = opening.and_then(|range| view.text.get(std::ops::Range::from(range)));
        Recalling {
            opening: opening.map(|opening| strings::hits(&fold(opening)).iter().any(recalls)),
            begins: hits.iter().take_while(|hit| hit.start as usize <= OPENING).any(recalls),
            any: hits.iter().any(recalls),
        }
    }

    /// Whether the paragraph recalls: its opening verb does, or the heading of its section.
    pub fn holds(&self, heading: Option<Recalling>) -> bool {
        self.opening.unwrap_or_else(|| heading.map_or(self.begins, |heading| heading.any))
    }
}

/// The words of history of one paragraph.
pub(super) struct History<'w, 'a> {
    words: &'w Words<'a>,
    hits: Vec<Hit>,
}

impl<'w, 'a> History<'w, 'a> {
    pub fn new(words: &'w Words<'a>) -> History<'w, 'a> {
        History { words, hits: recall::of(&words.hits) }
    }

    /// Whether the words around a citation in a clause that recalls tell what the cited text did. `next` is where the
    /// citation behind it begins, which a relative clause would belong to.
    pub fn tells(&self, found: &Found, next: Option<u32>) -> bool {
        let words = self.words;
        let chinese = words.original(found.start, found.end).chars().any(|c| matches!(c, '一'..='鿿'));
        let before = self.segment_before(found);
        let behind = self.segment_behind(found);
        let that = self.within(before).rfind(|hit| hit.is(says::THAT)).map(|hit| hit.end);
        let by = self.by(before);
        // “that Resolution 169 … confirmed”; a list of Chinese characters has no “that”.
        if (that.is_some() || chinese) && self.did(behind, chinese || by.is_some()) {
            return true;
        }
        // “that the conference adopted Resolution 169 …”
        if let Some(that) = that
            && self.did((that, before.1), true)
        {
            return true;
        }
        let own = next.map_or(behind.1, |next| behind.1.min(next as usize));
        self.relative((behind.0, own)) || by.is_some_and(|by| self.founded((before.0, by)))
    }

    fn within(&self, (from, to): (usize, usize)) -> impl DoubleEndedIterator<Item = &Hit> {
        let at = |offset: usize| self.hits.partition_point(|hit| hit.start < offset);
        let hits = self.hits.get(at(from)..at(to).max(at(from))).unwrap_or_default();
        hits.iter().filter(move |hit| hit.end <= to)
    }

    /// The tokens that begin between two bytes.
    fn tokens(&self, from: usize, to: usize) -> &[Token] {
        let at = |offset: usize| self.words.tokens.partition_point(|token| (token.start as usize) < offset);
        self.words.tokens.get(at(from)..at(to).max(at(from))).unwrap_or_default()
    }

    /// The bytes from the beginning of the sentence to the citation.
    fn segment_before(&self, found: &Found) -> (usize, usize) {
        let tokens = self.words.tokens.get(found.first.saturating_sub(BEFORE)..found.first).unwrap_or_default();
        let from = tokens.iter().rposition(ends).map_or(0, |at| at + 1);
        // An Arabic article belongs to the citation.
        let first = self.words.at(found.first).map_or(found.start, |token| token.start.min(found.start));
        (tokens.get(from).map_or(first, |token| token.start) as usize, first as usize)
    }

    /// The bytes from the citation to the end of the sentence.
    fn segment_behind(&self, found: &Found) -> (usize, usize) {
        let tokens = self.words.tokens.get(found.last..).unwrap_or_default();
        let tokens = tokens.get(..REACH.min(tokens.len())).unwrap_or_default();
        let tokens = tokens.get(..tokens.iter().position(ends).unwrap_or(tokens.len())).unwrap_or_default();
        let end = |token: Option<&Token>| token.map_or(found.end, |token| token.end) as usize;
        let last = found.last.checked_sub(1).and_then(|last| self.words.at(last));
        (end(last), end(tokens.last().or(last)))
    }

    /// Whether a verb tells what was done, and none before it what holds. With `anywhere`, also behind an odd number of
    /// commas, where it may belong to an apposition: “Resolution 71, adopted in Busan, applies”.
    fn did(&self, range: (usize, usize), anywhere: bool) -> bool {
        let text = &self.words.folded.text;
        // The commas up to a place that moves on with the verbs.
        let (mut commas, mut counted) = (0, range.0);
        for hit in self.within(range) {
            if hit.is(says::PRESENT) {
                return false;
            }
            if self.is_finite(hit) {
                commas += text.get(counted..hit.start).unwrap_or_default().matches(',').count();
                counted = counted.max(hit.start);
                if anywhere || commas % 2 == 0 {
                    return true;
                }
            }
        }
        false
    }

    /// “confirmed”, but not “the confirmed” or “to be confirmed”; “a confirmé”, but not “confirmé”.
    fn is_finite(&self, hit: &Hit) -> bool {
        if hit.is(says::DID) {
            let before = self.words.folded.text.get(..hit.start).unwrap_or_default().trim_end();
            // None of the words that are looked for is longer.
            let near = before.char_indices().rev().nth(LONGEST).map_or(0, |(at, _)| at);
            let last = before.get(near..).unwrap_or_default().rsplit([' ', '\'', ',', '(']).next().unwrap_or_default();
            return !matches!(last, "the" | "a" | "an" | "as" | "be" | "to" | "of" | "its" | "their" | "newly" | "any");
        }
        // “a notamment décidé”
        let near = hit.start.saturating_sub(20);
        hit.is(says::DONE) && self.within((near, hit.start)).any(|other| other.is(says::AUXILIARY))
    }

    /// “…, in which the conference decided”
    fn relative(&self, range: (usize, usize)) -> bool {
        let text = &self.words.folded.text;
        self.within(range).filter(|hit| hit.is(says::RELATIVE)).any(|hit| {
            let between = text.get(range.0..hit.start).unwrap_or_default().trim_end();
            let follows = between.is_empty() || between.ends_with([',', ')', '"', '”', '»', '》']);
            follows && (hit.is(says::TELLS) || self.did((hit.end, range.1), true))
        })
    }

    /// Where the word that makes the citation an agent begins: “by”, “pursuant to”, with nothing but names and particles
    /// between.
    fn by(&self, (from, to): (usize, usize)) -> Option<usize> {
        // In Russian the case of the word itself says “by”: Резолюцией 169.
        if self
            .hits
            .iter()
            .skip(self.hits.partition_point(|hit| hit.start < to))
            .take_while(|hit| hit.start == to)
            .any(|hit| hit.is(says::BY))
        {
            return Some(to);
        }
        // “in particular” is no “in”.
        let whole = |hit: &&Hit| {
            let last = self.tokens(hit.start, hit.end).last();
            last.is_none_or(|token| token.end as usize <= hit.end)
        };
        let hit = self.within((from, to)).filter(|hit| hit.is(says::BY)).rfind(whole)?;
        let between = self.tokens(hit.end, to);
        let passes = |token: &Token| {
            token.is(word::CONNECTIVE | word::OWN | word::DRAFT)
                || !token.bodies().is_empty()
                || matches!(token.kind, Kind::Mark('\''))
        };
        between.iter().all(passes).then_some(hit.start)
    }

    /// “the group established by”
    fn founded(&self, (from, by): (usize, usize)) -> bool {
        let founded = self.within((from, by)).rfind(|hit| hit.is(says::FOUNDED));
        founded.is_some_and(|hit| {
            let text = &self.words.folded.text;
            let between = text.get(hit.end..by).unwrap_or_default();
            // “in Busan, in 2014,”
            between.split_whitespace().count() <= 4
                && !between.contains(';')
                && !self.within((from, hit.start)).any(|hit| hit.is(says::PRESENT))
        })
    }
}

fn ends(token: &Token) -> bool {
    matches!(token.kind, Kind::Mark(';' | '。' | '.'))
}
