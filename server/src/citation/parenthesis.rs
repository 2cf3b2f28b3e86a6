//! The parenthesis behind a number that says which version is meant: `(Rev. Dubai, 2018)`, `（2018年，迪拜，修订版）`, `(WRC-15)`.

use super::data::data;
use super::flattened::{Flattened, flattened};
use super::token::{BodySet, Kind, word};
use super::words::Words;

/// How many tokens a parenthesis that names a version may have.
pub(super) const MOST_IN_PARENTHESIS: usize = 60;

/// What a parenthesis behind a number says.
#[derive(Debug, Clone, Default)]
pub(super) struct Parenthesis {
    /// Its place in the folded text, brackets included.
    pub start: u32,
    pub end: u32,
    /// The year and where its digits stand.
    pub year: Option<(u16, u32, u32)>,
    /// The place, in `data().places`, and where its name stands.
    pub place: Option<(u16, u32, u32)>,
    /// Whether it says that the version is a revision.
    pub revised: bool,
    /// The body that a session's code names: `(WRC-15)`, `(C11)`, `（理事会2011年会议）`.
    pub bodies: BodySet,
    /// An old and a new version that run together.
    pub flattened: Option<Flattened>,
}

impl Parenthesis {
    /// Whether there is nothing but a year.
    pub fn is_bare_year(&self) -> bool {
        self.year.is_some()
            && self.place.is_none()
            && !self.revised
            && self.bodies.is_empty()
            && self.flattened.is_none()
    }
}

/// A parenthesis of a few tokens: its words, where it ends and the token behind it.
pub(super) fn short_parenthesis<'w>(words: &Words<'w>, at: usize) -> Option<(&'w str, u32, usize)> {
    if !words.is_mark(at, '(') {
        return None;
    }
    let close = (at + 1..at + 5).find(|&index| words.is_mark(index, ')'))?;
    let (open, close_token) = (words.at(at)?, words.at(close)?);
    Some((words.original(open.end, close_token.start), close_token.end, close + 1))
}

/// Whether a parenthesis with a version begins at a token.
pub(super) fn version_at(words: &Words<'_>, at: usize) -> bool {
    parenthesis(words, at).is_some()
}

/// Reads a parenthesis that says which version is meant; `None` for any other. Returns the token behind it as well.
pub(super) fn parenthesis(words: &Words<'_>, at: usize) -> Option<(Parenthesis, usize)> {
    if !words.is_mark(at, '(') {
        return None;
    }
    let mut depth = 0;
    let close = (at..at + MOST_IN_PARENTHESIS).find(|&index| {
        depth += i32::from(words.is_mark(index, '('));
        depth -= i32::from(words.is_mark(index, ')'));
        depth == 0
    })?;
    let (open, end) = (words.at(at)?.start, words.at(close)?.end);
    let mut parenthesis = Parenthesis { start: open, end, ..Parenthesis::default() };
    let mut other = 0;
    for token in words.tokens.get(at + 1..close)? {
        if let Some(value) = token.plain() {
            match u16::try_from(value).ok().filter(|year| (1900..2100).contains(year)) {
                Some(year) => parenthesis.year = Some((year, token.start, token.end)),
                None => other += 1,
            }
        } else if let Kind::Code { body, year } = token.kind {
            let digits = if words.folded(token).len() > 4
                && words.folded(token).as_bytes().iter().rev().take(4).all(u8::is_ascii_digit)
            {
                4
            } else {
                2
            };
            parenthesis.year = Some((year, token.end - digits, token.end));
            parenthesis.bodies = BodySet::one(usize::from(body));
        } else if let Some(entry) = token.entry() {
            if let Some(place) = entry.place {
                parenthesis.place = Some((place, token.start, token.end));
            } else if entry.words & word::REVISED != 0 {
                parenthesis.revised = true;
            } else if !entry.bodies.is_empty() {
                parenthesis.bodies = parenthesis.bodies.or(entry.bodies);
            } else if entry.words & (word::CONNECTIVE | word::YEAR | word::SESSION | word::DATE_LEAD | word::JOINER)
                == 0
            {
                other += 1;
            }
        } else if let Some((body, year)) = session_letter(words.folded(token)) {
            parenthesis.year = Some((year, token.start + 1, token.end));
            parenthesis.bodies = BodySet::one(body);
        } else if !matches!(token.kind, Kind::Mark(',' | '.' | '-' | '\'' | ';')) {
            other += 1;
        }
    }
    parenthesis.flattened = flattened(words.original(open, end));
    if parenthesis.flattened.is_some() {
        return Some((parenthesis, close + 1));
    }
    (other == 0 && parenthesis.year.is_some()).then_some((parenthesis, close + 1))
}

/// `C11`: a body's session by letter and year.
pub(super) fn session_letter(text: &str) -> Option<(usize, u16)> {
    let mut chars = text.chars();
    // The Cyrillic letter that looks the same.
    let letter = chars.next().map(|letter| if letter == 'с' { 'c' } else { letter })?;
    let digits = chars.as_str();
    let value: u16 = digits.parse().ok()?;
    let year = match digits.len() {
        2 if value < 40 => 2000 + value,
        2 => 1900 + value,
        4 if (1900..2100).contains(&value) => value,
        _ => return None,
    };
    let body = data()
        .bodies
        .iter()
        .position(|body| body.session_letter.is_some_and(|own| own.to_lowercase().eq(letter.to_lowercase())))?;
    Some((body, year))
}
