//! A folded text as tokens: numbers of resolutions, names of bodies and places, the words around them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::data::{NumberShape, Words, data};
use super::form;
use super::phrase::is_spaced;
use super::recognise::Instrument;
use super::strings::Hit;
use crate::syntax::{Folded, fold};

/// A set of bodies: bit `n` is `data().bodies[n]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct BodySet(pub u128);

impl BodySet {
    pub const NONE: BodySet = BodySet(0);

    pub fn one(index: usize) -> BodySet {
        BodySet(1 << index)
    }

    pub fn of(id: &str) -> BodySet {
        data().bodies.iter().position(|body| body.id == id).map_or(BodySet::NONE, BodySet::one)
    }

    pub fn and(self, other: BodySet) -> BodySet {
        BodySet(self.0 & other.0)
    }

    pub fn or(self, other: BodySet) -> BodySet {
        BodySet(self.0 | other.0)
    }

    pub fn without(self, other: BodySet) -> BodySet {
        BodySet(self.0 & !other.0)
    }

    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether a body is in it.
    pub fn has(self, index: usize) -> bool {
        self.0.checked_shr(index as u32).is_some_and(|bits| bits & 1 == 1)
    }

    /// Those for which this holds.
    pub fn only(self, holds: impl Fn(usize) -> bool) -> BodySet {
        self.iter().filter(|&body| holds(body)).fold(BodySet::NONE, |set, body| set.or(BodySet::one(body)))
    }

    /// The body, where there is exactly one.
    pub fn single(self) -> Option<usize> {
        (self.0.count_ones() == 1).then(|| self.0.trailing_zeros() as usize)
    }

    pub fn iter(self) -> impl Iterator<Item = usize> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let first = (left != 0).then(|| left.trailing_zeros() as usize)?;
            left &= left - 1;
            Some(first)
        })
    }
}

/// What a word may be; one word may be several.
pub(super) mod word {
    pub const OWN: u32 = 1;
    pub const OWN_OF_NAMED: u32 = 1 << 1;
    pub const THIS_ORGAN: u32 = 1 << 2;
    pub const REVISED: u32 = 1 << 3;
    pub const JOINER: u32 = 1 << 4;
    pub const CONNECTIVE: u32 = 1 << 5;
    pub const NUMBERED: u32 = 1 << 6;
    pub const DRAFT: u32 = 1 << 7;
    pub const SESSION: u32 = 1 << 8;
    pub const OBJECT_OF: u32 = 1 << 9;
    pub const YEAR: u32 = 1 << 10;
    pub const DATE_LEAD: u32 = 1 << 11;
    pub const PAST: u32 = 1 << 14;
    pub const NOT_INSTRUMENT: u32 = 1 << 15;
    pub const PLURAL: u32 = 1 << 16;
    pub const INCLUDING: u32 = 1 << 19;
    /// An organ that is none of the bodies.
    pub const OTHER_ORGAN: u32 = 1 << 31;
    /// 第
    pub const ORDINAL: u32 = 1 << 17;
    /// 号
    pub const MARK: u32 = 1 << 18;
    pub const THROUGH: u32 = 1 << 20;
    pub const RANGE_LEAD: u32 = 1 << 21;
    pub const TITLED: u32 = 1 << 22;
}

/// What the data says about a string.
#[derive(Debug, Clone, Default)]
pub(super) struct Entry {
    /// Flags of [`word`].
    pub words: u32,
    /// The instrument that it names.
    pub instrument: Option<Instrument>,
    /// The bodies that it names.
    pub bodies: BodySet,
    /// Whether bodies share it with others that are not in the set: “the Council”.
    pub generic: bool,
    /// The place, in `data().places`.
    pub place: Option<u16>,
    /// The month, 1 to 12.
    pub month: Option<u8>,
    /// Only where it is written like this: acronyms.
    exact: Option<Box<str>>,
}

/// The number of a resolution, as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Number {
    /// `140`, and every other run of digits.
    Plain(u32),
    /// `61-2`
    Revised,
    /// `70/125`
    Session(u32),
    /// `S-27/1`
    Special,
    /// `ES-11/1`
    Emergency,
    /// `2012/24`
    YearFirst,
    /// `WHA75.8`
    Wha,
    /// `WHA75`, in front of `(8)`
    WhaSession,
    /// `EB148.R7`
    Eb,
    /// `EB150`, in front of `(3)`
    EbSession,
    /// `A/RES/70/1`: the number begins so many bytes behind the start; the body is known.
    Symbol { body: u8, skip: u16, resolution: bool },
    /// `A/78/L.49`
    Draft { body: u8 },
    /// `7/2021`: number and year.
    WithYear,
    /// A form of the body's own, in [`super::form`].
    Form(u16),
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Kind {
    /// A number of digits or a symbol.
    Number(Number),
    /// Two numbers of this shape with a dash between them, `68/261-68/263`; of the second, the session may be left out.
    Range(Number),
    /// `WRC-15`, `PP-18`: a body's session by its year.
    Code { body: u8, year: u16 },
    /// A string that the data knows: an index into the lexicon.
    Known(u16),
    /// One character of punctuation.
    Mark(char),
    /// Any other word.
    Word,
}

/// A token: a stretch of the folded text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub kind: Kind,
    pub start: u32,
    pub end: u32,
}

impl Token {
    /// What the data says about it.
    pub fn entry(&self) -> Option<&'static Entry> {
        match self.kind {
            Kind::Known(index) => LEXICON.entries.get(usize::from(index)),
            _ => None,
        }
    }

    /// Whether it may be one of these words.
    pub fn is(&self, words: u32) -> bool {
        self.entry().is_some_and(|entry| entry.words & words != 0)
    }

    pub fn is_mark(&self, mark: char) -> bool {
        self.kind == Kind::Mark(mark)
    }

    pub fn number(&self) -> Option<Number> {
        match self.kind {
            Kind::Number(number) => Some(number),
            _ => None,
        }
    }

    pub fn plain(&self) -> Option<u32> {
        match self.kind {
            Kind::Number(Number::Plain(value)) => Some(value),
            _ => None,
        }
    }

    /// The bodies it names; of a session's code, its body.
    pub fn bodies(&self) -> BodySet {
        match self.kind {
            Kind::Code { body, .. } => BodySet::one(usize::from(body)),
            _ => self.entry().map_or(BodySet::NONE, |entry| entry.bodies),
        }
    }

    /// Whether it names a body that others share the name with.
    pub fn is_generic(&self) -> bool {
        self.entry().is_some_and(|entry| entry.generic)
    }
}

struct Lexicon {
    strings: Vec<String>,
    entries: Vec<Entry>,
    acronyms: BTreeMap<String, (u8, Box<str>)>,
    /// What symbols begin with, in lower case: the body, the symbol as the data has it.
    symbols: Vec<(String, u8, &'static str)>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::new);

impl Lexicon {
    fn new() -> Lexicon {
        let data = data();
        let mut map: BTreeMap<String, Entry> = BTreeMap::new();
        let keywords = &data.keywords;
        let mut words = |list: &Words, flag: u32| {
            for text in list.values().flatten().filter(|text| !text.is_empty()) {
                map.entry(fold(text)).or_default().words |= flag;
            }
        };
        for (list, flag) in [
            (&keywords.own, word::OWN),
            (&keywords.own_of_named, word::OWN_OF_NAMED),
            (&keywords.this_organ, word::THIS_ORGAN),
            (&keywords.revised, word::REVISED),
            (&keywords.joiners, word::JOINER),
            (&keywords.connectives, word::CONNECTIVE),
            (&keywords.numbered, word::NUMBERED),
            (&keywords.draft, word::DRAFT),
            (&keywords.session_words, word::SESSION),
            (&keywords.object_of, word::OBJECT_OF),
            (&keywords.year_words, word::YEAR),
            (&keywords.date_lead, word::DATE_LEAD),
            // Words that are no part of a name, and nothing more.
            (&keywords.recalling, 0),
            (&keywords.that, 0),
            (&keywords.past, word::PAST),
            (&keywords.not_instruments, word::NOT_INSTRUMENT),
            (&keywords.plurals, word::PLURAL),
            (&keywords.including, word::INCLUDING),
            (&data.others, word::OTHER_ORGAN),
            (&keywords.through, word::THROUGH),
            (&keywords.range_lead, word::RANGE_LEAD),
            (&keywords.titled, word::TITLED),
        ] {
            words(list, flag);
        }
        map.entry("第".into()).or_default().words |= word::ORDINAL;
        map.entry("号".into()).or_default().words |= word::MARK;
        for (list, own) in [(&keywords.instruments, 0), (&keywords.own_instruments, word::OWN)] {
            for (name, list) in list {
                for text in list.values().flatten() {
                    let entry = map.entry(fold(text)).or_default();
                    entry.instrument.get_or_insert(name.instrument());
                    entry.words |= own;
                }
            }
        }
        for months in keywords.months.values().chain(keywords.months_more.values()) {
            for (month, text) in (1..).zip(months).filter(|(_, text)| !text.is_empty()) {
                map.entry(fold(text)).or_default().month = Some(month);
            }
        }
        for (index, place) in (0..).zip(&data.places) {
            for text in place.names.values().flatten() {
                map.entry(fold(text)).or_default().place.get_or_insert(index);
            }
        }
        let mut acronyms = BTreeMap::new();
        for (index, body) in data.bodies.iter().enumerate() {
            let set = BodySet::one(index);
            for text in body.names.values().flatten() {
                let entry = map.entry(fold(text)).or_default();
                entry.bodies = if entry.generic { set } else { entry.bodies.or(set) };
                entry.generic = false;
            }
            for text in &body.acronyms {
                let entry = map.entry(fold(text)).or_default();
                entry.bodies = entry.bodies.or(set);
                entry.exact = Some(text.as_str().into());
                acronyms.insert(fold(text), (index as u8, text.as_str().into()));
            }
            for text in body.generic.values().flatten() {
                let entry = map.entry(fold(text)).or_default();
                // “UN” is no “un”.
                if text.len() < 4 && text.bytes().all(|b| b.is_ascii_uppercase()) {
                    entry.exact = Some(text.as_str().into());
                }
                if entry.bodies.is_empty() || entry.generic {
                    entry.generic = true;
                    entry.bodies = entry.bodies.or(set);
                }
            }
        }
        // “for the” is written together with an Arabic name and swallows a letter: للجمعية العامة.
        let joined: Vec<(String, Entry)> = map
            .iter()
            .filter(|(_, entry)| !entry.bodies.is_empty())
            .filter_map(|(text, entry)| Some((format!("لل{}", text.strip_prefix("ال")?), entry.clone())))
            .collect();
        for (text, entry) in joined {
            map.entry(text).or_insert(entry);
        }
        let symbols = data.bodies.iter().enumerate().flat_map(|(index, body)| {
            body.symbols.iter().map(move |symbol| (symbol.to_ascii_lowercase(), index as u8, symbol.as_str()))
        });
        let symbols = symbols.collect();
        let (strings, entries) = map.into_iter().unzip();
        Lexicon { strings, entries, acronyms, symbols }
    }
}

/// Whether a word for what is cited is among known strings.
pub(super) fn names_instrument(hits: &[Hit]) -> bool {
    let entry = |hit: &Hit| LEXICON.entries.get(usize::from(hit.meaning.entry()?));
    hits.iter().filter_map(entry).any(|entry| entry.instrument.is_some())
}

/// The strings of the lexicon, in the order of its entries.
pub(super) fn strings() -> impl Iterator<Item = &'static str> {
    LEXICON.strings.iter().map(String::as_str)
}

fn is_han(c: char) -> bool {
    matches!(c, '一'..='鿿' | '㐀'..='䶿')
}

/// Where the lexicon knows a string: start, end, entry; none overlap, in order.
fn known(hits: &[Hit], folded: &Folded, source: &str) -> Vec<(u32, u32, u16)> {
    let mut found: Vec<(u32, u32, u16)> = Vec::with_capacity(hits.len());
    found.extend(hits.iter().filter_map(|hit| {
        let index = hit.meaning.entry()?;
        let written = || source.get(folded.origin(hit.start as usize)..folded.origin(hit.end as usize));
        let exact = LEXICON.entries.get(usize::from(index))?.exact.as_deref();
        exact.is_none_or(|exact| written() == Some(exact)).then_some((hit.start, hit.end, index))
    }));
    let mut kept = 0;
    let mut first = 0;
    while let Some(&(_, mut end, _)) = found.get(first) {
        // All that overlap, one with the next.
        let mut behind = first + 1;
        while let Some(&(_, further, _)) = found.get(behind).filter(|(start, ..)| *start < end) {
            end = end.max(further);
            behind += 1;
        }
        if behind == first + 1 {
            found[kept] = found[first];
            kept += 1;
        } else {
            let longest = longest(&mut found[first..behind]);
            found.copy_within(first..first + longest, kept);
            kept += longest;
        }
        first = behind;
    }
    found.truncate(kept);
    found
}

/// Of strings that overlap the longest first: “the Conference” does not break “Conference of the Parties”. Puts those that
/// stay to the front, in order, and returns how many these are.
fn longest(found: &mut [(u32, u32, u16)]) -> usize {
    let from = found.iter().map(|&(start, ..)| start).min().unwrap_or_default();
    let to = found.iter().map(|&(_, end, _)| end).max().unwrap_or_default();
    found.sort_unstable_by_key(|&(start, end, _)| (std::cmp::Reverse(end - start), start));
    if let Some(&(start, end, _)) = found.first()
        && (start, end) == (from, to)
    {
        return 1;
    }
    let mut taken = vec![false; (to - from) as usize];
    let mut kept = 0;
    for index in 0..found.len() {
        let (start, end, _) = found[index];
        let Some(bytes) = taken.get_mut((start - from) as usize..(end - from) as usize) else { continue };
        // A shorter string that overlaps a longer one covers its first or last byte.
        let free = !bytes.first().is_some_and(|taken| *taken) && !bytes.last().is_some_and(|taken| *taken);
        if free {
            bytes.fill(true);
            found.swap(kept, index);
            kept += 1;
        }
    }
    found[..kept].sort_unstable_by_key(|&(start, ..)| start);
    kept
}

/// Cuts a folded text into tokens. `source` is the text before folding, `hits` are the known strings in it.
pub(super) fn tokens(folded: &Folded, source: &str, hits: &[Hit]) -> Vec<Token> {
    let text = folded.text.as_str();
    let bytes = text.as_bytes();
    let known = known(hits, folded, source);
    // The known string at or behind the place that is looked at.
    let mut known = known.iter().copied();
    let mut next = known.next();
    let mut tokens = Vec::with_capacity(text.len() / 6 + 4);
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte == b' ' {
            at += 1;
            continue;
        }
        while next.is_some_and(|(start, ..)| (start as usize) < at) {
            next = known.next();
        }
        let (kind, end) = match byte.is_ascii() {
            true => ascii(folded, source, at, next),
            false => other(folded, source, at, next),
        };
        tokens.push(Token { kind, start: at as u32, end: end as u32 });
        at = end;
    }
    tokens
}

/// The token that begins with an ASCII character, and its end. `next` is the known string at or behind it.
fn ascii(folded: &Folded, source: &str, at: usize, next: Option<(u32, u32, u16)>) -> (Kind, usize) {
    let text = folded.text.as_str();
    let bytes = text.as_bytes();
    let byte = bytes.get(at).copied().unwrap_or(b' ');
    let hit = next.filter(|&(start, ..)| start as usize == at);
    if !byte.is_ascii_alphanumeric() {
        return match hit {
            Some((_, end, index)) => (Kind::Known(index), end as usize),
            None => (Kind::Mark(char::from(byte)), at + 1),
        };
    }
    if let Some((form, len)) = form::find(folded, source, at) {
        return (Kind::Number(Number::Form(form)), at + len);
    }
    let rest = bytes.get(at..).unwrap_or_default();
    let letters = rest.iter().take_while(|byte| byte.is_ascii_lowercase()).count();
    // A word without a digit, and without a sign behind it that could lead to one.
    let plain =
        rest.get(letters).is_none_or(|byte| byte.is_ascii() && !byte.is_ascii_digit() && !b"/.-".contains(byte));
    if !plain && let Some(found) = number(folded, source, at) {
        return found;
    }
    match hit {
        Some((_, end, index)) => (Kind::Known(index), end as usize),
        None if plain && next.is_none_or(|(start, ..)| start as usize >= at + letters) => (Kind::Word, at + letters),
        None => (Kind::Word, word_end(text, at, next)),
    }
}

/// The token that begins with another character, and its end.
fn other(folded: &Folded, source: &str, at: usize, next: Option<(u32, u32, u16)>) -> (Kind, usize) {
    let text = folded.text.as_str();
    let c = text.get(at..).and_then(|rest| rest.chars().next()).unwrap_or(' ');
    if c.is_alphanumeric()
        && let Some((form, len)) = form::find(folded, source, at)
    {
        return (Kind::Number(Number::Form(form)), at + len);
    }
    if matches!(c, 'а'..='я')
        && let Some(found) = number(folded, source, at)
    {
        return found;
    }
    if let Some((_, end, index)) = next.filter(|&(start, ..)| start as usize == at) {
        return (Kind::Known(index), end as usize);
    }
    let behind = at + c.len_utf8();
    if c == 'و' && text.as_bytes().get(behind).is_some_and(u8::is_ascii_digit) {
        // “and”, written together with the number behind it.
        return (Kind::Mark('و'), behind);
    }
    if is_spaced(c) || is_han(c) {
        return (Kind::Word, word_end(text, at, next));
    }
    (Kind::Mark(c), behind)
}

/// The number that a run of letters, digits and signs at a place is, or begins with, and its end.
fn number(folded: &Folded, source: &str, at: usize) -> Option<(Kind, usize)> {
    let text = folded.text.get(at..)?;
    let (len, digits) = chunk(text);
    let (run, written) = (text.get(..len)?, source.get(folded.origin(at)..folded.origin(at + len))?);
    // What has no digit is an ordinary word.
    let (kind, len) = digits.then(|| classify(run, written)).flatten()?;
    Some((kind, at + len))
}

/// The end of the word that begins at a place: where its script ends, or a known string begins.
fn word_end(text: &str, at: usize, next: Option<(u32, u32, u16)>) -> usize {
    let next = next.map_or(text.len(), |(start, ..)| start as usize);
    let rest = text.get(at..).unwrap_or_default();
    let han = rest.starts_with(is_han);
    let mut end = at;
    for c in rest.chars() {
        let same = if han { is_han(c) } else { is_spaced(c) };
        if !same || (end > at && end >= next) {
            break;
        }
        end += c.len_utf8();
    }
    end.max(at + 1)
}

/// The longest number there is has about half as many bytes.
const MOST_IN_NUMBER: usize = 48;

/// The length of the run of letters, digits and the signs inside of numbers that a text begins with, and whether there
/// is a digit in it. A run that is too long for a number is cut off, so that no run is looked at again and again.
fn chunk(text: &str) -> (usize, bool) {
    let mut end = 0;
    let mut signs = 0;
    let mut digits = false;
    for (at, c) in text.char_indices().take(MOST_IN_NUMBER) {
        if c.is_ascii_alphanumeric() || matches!(c, 'а'..='я') {
            end = at + c.len_utf8();
            signs = 0;
            digits |= c.is_ascii_digit();
        } else if matches!(c, '/' | '.' | '-') && signs == 0 {
            signs = 1;
        } else {
            break;
        }
    }
    (end, digits)
}

fn digits(text: &str, most: usize) -> Option<u32> {
    (text.len() <= most && !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

/// The session-and-number part of a symbol or number.
fn session(text: &str) -> Option<Number> {
    let (session, number) = text.split_once('/')?;
    // `67/244b` is part B.
    let number = match number.len() {
        0..=1 => number,
        _ => number.strip_suffix(|c: char| c.is_ascii_alphabetic()).unwrap_or(number),
    };
    let value = digits(number, 4)?;
    if (1900..2100).contains(&value) && number.len() == 4 && digits(session, 4).is_some_and(|n| n > 0) {
        return (session.len() < 4).then_some(Number::WithYear);
    }
    if let Some(special) = session.strip_prefix("es-") {
        return digits(special, 2).map(|_| Number::Emergency);
    }
    if let Some(special) = session.strip_prefix("s-") {
        return digits(special, 2).map(|_| Number::Special);
    }
    match session.len() {
        1 | 2 => digits(session, 2).filter(|&n| n > 0).map(Number::Session),
        4 => digits(session, 4).filter(|year| (1946..2100).contains(year)).map(|_| Number::YearFirst),
        _ => None,
    }
}

/// The shape of the numbers on both sides of a dash.
fn range(first: &str, last: &str) -> Option<Number> {
    if let Some(shape) = session(first) {
        let alike = session(last).is_some_and(|last| std::mem::discriminant(&last) == std::mem::discriminant(&shape));
        return (alike || digits(last, 4).is_some()).then_some(shape);
    }
    let (first, _) = (digits(first, 4)?, digits(last, 4)?);
    Some(Number::Plain(first))
}

/// What a run of letters and digits is, and how much of it; `None` for an ordinary word.
fn classify(text: &str, source: &str) -> Option<(Kind, usize)> {
    let number = |number| Some((Kind::Number(number), text.len()));
    let first = text.bytes().next()?;
    if first.is_ascii_digit() {
        let run = text.bytes().take_while(u8::is_ascii_digit).count();
        if run == text.len() {
            return if run <= 9 { number(Number::Plain(text.parse().ok()?)) } else { Some((Kind::Word, run)) };
        }
        if let Some(found) = session(text) {
            return number(found);
        }
        if let Some((base, revision)) = text.split_once('-') {
            if digits(base, 3).is_some() && digits(revision, 2).is_some() {
                return number(Number::Revised);
            }
            if let Some(shape) = range(base, revision) {
                return Some((Kind::Range(shape), text.len()));
            }
            // “61-” in front of a word, a range of years, a paragraph number: nothing that is cited.
            return Some((Kind::Word, text.len()));
        }
        // `2014dubai`, `2018.`, `12th`: the digits stand for themselves unless a sign follows them.
        return match text.as_bytes().get(run) {
            Some(b'/' | b'.' | b'-') => Some((Kind::Word, text.len())),
            _ => Some((Kind::Number(Number::Plain(digits(&text[..run], 9)?)), run)),
        };
    }
    if text.len() > 2 && text.bytes().any(|b| b.is_ascii_digit()) {
        if let Some(found) = symbol(text) {
            return number(found);
        }
        // `WHA75.8-WHA75.10`: the first of two.
        if let Some((one, other)) = text.split_once('-')
            && one.contains(['/', '.'])
            && other.starts_with(|c: char| c.is_ascii_lowercase())
        {
            let first = classify(one, source.get(..one.len())?);
            return first.filter(|(kind, len)| matches!(kind, Kind::Number(_)) && *len == one.len());
        }
        if let Some(rest) = text.strip_prefix("wha") {
            if digits(rest, 2).is_some() {
                return number(Number::WhaSession);
            }
            let (session, item) = rest.split_once('.')?;
            digits(session, 2).and(digits(item, 3))?;
            return number(Number::Wha);
        }
        if let Some(rest) = text.strip_prefix("eb") {
            if digits(rest, 3).is_some() {
                return number(Number::EbSession);
            }
            let (session, item) = rest.split_once(".r")?;
            digits(session, 3).and(digits(item, 3))?;
            return number(Number::Eb);
        }
        if let Some(special) = session(text) {
            return number(special);
        }
        // A body's acronym and a year.
        let split = text.find(|c: char| c.is_ascii_digit())?;
        let (name, year) = text.split_at(split);
        let name = name.strip_suffix('-').unwrap_or(name);
        let (body, exact) = LEXICON.acronyms.get(name)?;
        // Where numbers name their session, no code does.
        let runs = data().bodies.get(usize::from(*body)).is_some_and(|body| body.numbers.contains(&NumberShape::Plain));
        if !runs || !source.starts_with(&**exact) {
            return None;
        }
        let year = match year.len() {
            2 => digits(year, 2).map(|year| if year < 40 { 2000 + year } else { 1900 + year })?,
            4 => digits(year, 4).filter(|year| (1900..2100).contains(year))?,
            _ => return None,
        };
        return Some((Kind::Code { body: *body, year: year as u16 }, text.len()));
    }
    None
}

/// `A/RES/70/1`, `A/70/125`, `A/78/L.49`.
fn symbol(text: &str) -> Option<Number> {
    let (_, body, prefix) = LEXICON
        .symbols
        .iter()
        .filter(|(folded, ..)| text.len() > folded.len() && text.starts_with(folded.as_str()))
        .max_by_key(|(folded, ..)| folded.len())?;
    if !prefix.ends_with(['/', '.']) {
        return None;
    }
    let rest = &text[prefix.len()..];
    // The last part of a draft's symbol is `L.` and a number, or its revision, or an addendum with further sponsors.
    let later = |piece: &&str| {
        let number = piece.strip_prefix("rev.").or_else(|| piece.strip_prefix("add."));
        number.is_none_or(|number| digits(number, 2).is_none())
    };
    let last = rest.rsplit('/').find(later)?;
    if let Some(draft) = last.strip_prefix("l.") {
        return digits(draft, 4).map(|_| Number::Draft { body: *body });
    }
    // `UNEP/EA.4/17` is a report; resolutions of such bodies have a form of their own.
    if prefix.ends_with('.') {
        return None;
    }
    let resolution = prefix.len() > 3 && !prefix.eq_ignore_ascii_case("A/HRC/");
    let plain = resolution && digits(rest, 4).is_some();
    (plain || session(rest).is_some()).then_some(Number::Symbol { body: *body, skip: prefix.len() as u16, resolution })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str) -> String {
        let folded = Folded::new(text);
        tokens(&folded, text, &crate::citation::strings::hits(&folded.text))
            .iter()
            .map(|token| {
                let words = &text[folded.origin(token.start as usize)..folded.origin(token.end as usize)];
                let kind = match token.kind {
                    Kind::Number(number) => {
                        format!("{number:?}").split(['(', ' ', '{']).next().unwrap_or("").to_owned()
                    }
                    Kind::Range(_) => "range".into(),
                    Kind::Code { body, year } => format!("{}@{year}", data().bodies[usize::from(body)].id),
                    Kind::Known(_) => "known".into(),
                    Kind::Mark(_) => "mark".into(),
                    Kind::Word => "word".into(),
                };
                format!("{words}:{kind}")
            })
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn numbers_are_read_by_their_shape() {
        assert_eq!(
            show(
                "140 61-2 70/125 2012/24 S-27/1 ES-11/1 WHA75.8 EB148.R7 A/RES/70/1 S/RES/1325 A/78/L.49 A/78/L.49/Rev.1/Add.2 \
             A/70/125"
            ),
            "140:Plain 61-2:Revised 70/125:Session 2012/24:YearFirst S-27/1:Special ES-11/1:Emergency WHA75.8:Wha \
             EB148.R7:Eb A/RES/70/1:Symbol S/RES/1325:Symbol A/78/L.49:Draft A/78/L.49/Rev.1/Add.2:Draft \
             A/70/125:Symbol"
        );
    }

    #[test]
    fn other_numbers_are_words() {
        assert_eq!(show("22-1/1 E.164 39/2/1 1.1"), "22-1/1:word E:known .:mark 164:Plain 39/2/1:word 1.1:word");
    }

    #[test]
    fn acronyms_count_only_as_they_are_written() {
        assert_eq!(show("WRC-15 PP-18 pp-18"), "WRC-15:WRC@2015 PP-18:PP@2018 pp:word -:mark 18:Plain");
    }
}
