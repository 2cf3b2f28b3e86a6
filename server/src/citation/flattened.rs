//! Versions whose tracked changes were lost: a word processor's plain text prints the old and the new words of
//! `（2014年，釜山→2018年，迪拜，修订版）` behind each other, and they run together.
//!
//! Which words are old is told by the years, and which place goes with which year by the sessions of the bodies. The
//! order of printing says nothing: both are in use.

use std::sync::LazyLock;

use super::data::data;
use super::met::met;
use super::token::BodySet;
use crate::syntax::{Folded, fold};
use crate::syntax::{Side, TextRange};

/// Which reading a piece of the parenthesis belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reading {
    /// Both.
    Both,
    /// The text as in force only.
    Old,
    /// The text as amended only.
    New,
}

/// A parenthesis taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flattened {
    /// Every byte of the parenthesis, brackets included, in text order. Ranges are relative to the text that was
    /// given.
    pub pieces: Vec<(Reading, TextRange)>,
    /// The year of the version in force.
    pub old_year: u16,
    /// The year of the version as amended.
    pub new_year: u16,
    /// The bodies that met at both places in both years; empty where no session says so.
    pub bodies: Vec<String>,
}

impl Flattened {
    /// From the opening to the closing bracket.
    pub fn range(&self) -> TextRange {
        match (self.pieces.first(), self.pieces.last()) {
            (Some((_, first)), Some((_, last))) => first.cover(*last),
            _ => TextRange::default(),
        }
    }

    /// How the parenthesis reads on one side. `text` is the text that it was found in.
    pub fn reading(&self, text: &str, side: Side) -> String {
        let other = match side {
            Side::InForce => Reading::New,
            Side::Amended => Reading::Old,
        };
        let pieces = self.pieces.iter().filter(|(reading, _)| *reading != other);
        pieces.filter_map(|(_, range)| text.get(std::ops::Range::from(*range))).collect()
    }

    /// The parenthesis with the changes tracked: `（{~~2014年，釜山~>2018年，迪拜~~}，修订版）`. Old and new words that
    /// stand beside each other become one substitution, old first. `text` is the text that it was found in.
    pub fn markup(&self, text: &str) -> String {
        let words = |range: &TextRange| text.get(std::ops::Range::from(*range)).unwrap_or_default();
        let mut markup = String::new();
        let mut pieces = self.pieces.iter().peekable();
        while let Some((reading, range)) = pieces.next() {
            let next = pieces.peek().map(|(next, range)| (*next, *range));
            let (old, new) = match (reading, next) {
                (Reading::Both, _) => {
                    markup.push_str(words(range));
                    continue;
                }
                (Reading::Old, Some((Reading::New, next))) => (Some(*range), Some(next)),
                (Reading::New, Some((Reading::Old, next))) => (Some(next), Some(*range)),
                (Reading::Old, _) => (Some(*range), None),
                (Reading::New, _) => (None, Some(*range)),
            };
            if old.is_some() && new.is_some() {
                pieces.next();
            }
            match (old, new) {
                (Some(old), Some(new)) => {
                    markup.push_str(&["{~~", words(&old), "~>", words(&new), "~~}"].concat());
                }
                (Some(old), None) => markup.push_str(&["{--", words(&old), "--}"].concat()),
                (None, Some(new)) => markup.push_str(&["{++", words(&new), "++}"].concat()),
                (None, None) => {}
            }
        }
        markup
    }
}

/// What stands in the parenthesis.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Item {
    /// A run of digits.
    Digits,
    /// `C` of a session code of the Council; digits follow.
    Letter,
    /// A place, in `data().places`.
    Place(u16),
    /// 年, г.
    YearWord,
    /// “Rev.”
    Revised,
    /// A comma.
    Comma,
    /// White space.
    Space,
}

/// An item with its place in the folded text.
type At = (Item, usize, usize);

/// Takes a parenthesis apart in which an old and a new version run together. `text` is the parenthesis with its
/// brackets, of any width, and nothing else. `None` where it is an ordinary one, or where the years and the sessions
/// leave open what belongs together.
pub fn flattened(text: &str) -> Option<Flattened> {
    // The longest real one has two places with long names.
    if text.len() > 200 || !may_be_two(text) {
        return None;
    }
    let folded = Folded::new(text);
    let inner = folded.text.strip_prefix('(')?.strip_suffix(')')?;
    let items = items(inner)?;
    let parts = pairs(inner, &items).or_else(|| merged(inner, &items)).or_else(|| codes(inner, &items))?;
    // The pieces' places in the folded inner text become ranges of the original; between them is what both share.
    let mut pieces: Vec<(Reading, TextRange)> = Vec::new();
    let mut at = 0;
    let to_range = |start: usize, end: usize| TextRange::new((start as u32).into(), (end as u32).into());
    for (reading, start, end) in parts.pieces {
        let (start, end) = (folded.origin(start + 1), folded.origin(end + 1));
        if start > at {
            pieces.push((Reading::Both, to_range(at, start)));
        }
        pieces.push((reading, to_range(start, end)));
        at = end;
    }
    pieces.push((Reading::Both, to_range(at, text.len())));
    let bodies = parts.bodies.iter().map(|index| data().bodies[index].id.clone()).collect();
    Some(Flattened { pieces, old_year: parts.old_year, new_year: parts.new_year, bodies })
}

/// Whether there are digits enough for two versions: two numbers, or one that is no year or may be that of a session's
/// code. A year alone, in nearly every parenthesis, needs no second look.
fn may_be_two(text: &str) -> bool {
    let (mut runs, mut length, mut coded) = (0, 0, false);
    let mut before = ' ';
    for c in text.chars() {
        if c.is_numeric() {
            if !before.is_numeric() {
                runs += 1;
                length = 0;
                coded |= before.is_alphabetic();
            }
            length += 1;
        }
        before = c;
    }
    match runs {
        1 => coded || length != 4,
        runs => runs == 2,
    }
}

/// Every such parenthesis of a text, in order; ranges are relative to the text.
pub fn flattened_in(text: &str) -> Vec<Flattened> {
    let mut found = Vec::new();
    let mut open = None;
    for (at, c) in text.char_indices() {
        match c {
            '(' | '（' => open = Some(at),
            ')' | '）' => {
                let Some(start) = open.take() else { continue };
                let Some(part) = text.get(start..at + c.len_utf8()) else { continue };
                // Without two digits there is no year.
                if !part.chars().any(char::is_numeric) {
                    continue;
                }
                if let Some(mut one) = flattened(part) {
                    for (_, range) in &mut one.pieces {
                        *range += crate::syntax::TextSize::new(start as u32);
                    }
                    found.push(one);
                }
            }
            _ => {}
        }
    }
    found
}

struct Words {
    /// Folded names of places, the longest first.
    places: Vec<(String, u16)>,
    /// Folded words for a revision and for “year”, the longest first.
    others: Vec<(String, Item)>,
    /// Letters of session codes.
    letters: Vec<char>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let data = data();
    let mut places: Vec<(String, u16)> = (0..)
        .zip(&data.places)
        .flat_map(|(index, place)| place.names.values().flatten().map(move |name| (fold(name), index)))
        .collect();
    places.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    let keywords = &data.keywords;
    let mut others: Vec<(String, Item)> = keywords
        .revised
        .values()
        .flatten()
        .map(|word| (fold(word), Item::Revised))
        .chain(keywords.year_words.values().flatten().map(|word| (fold(word), Item::YearWord)))
        // “in” between the Arabic word for a revision and the place.
        .chain([("في".to_owned(), Item::Space)])
        .collect();
    others.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    let letters = data.bodies.iter().filter_map(|body| body.session_letter).flat_map(char::to_lowercase).collect();
    Words { places, others, letters }
});

/// Reads a parenthesis that holds nothing but years, places, codes and words for a revision.
fn items(inner: &str) -> Option<Vec<At>> {
    let mut items = Vec::new();
    let mut at = 0;
    while let Some(c) = inner[at..].chars().next() {
        let rest = &inner[at..];
        let (item, len) = if c == ' ' {
            (Item::Space, 1)
        } else if c == ',' {
            (Item::Comma, 1)
        } else if c.is_ascii_digit() {
            (Item::Digits, rest.bytes().take_while(u8::is_ascii_digit).count())
        } else if WORDS.letters.contains(&c) && rest[c.len_utf8()..].starts_with(|c: char| c.is_ascii_digit()) {
            (Item::Letter, c.len_utf8())
        } else if let Some((name, item)) = WORDS.others.iter().find(|(name, _)| rest.starts_with(name.as_str())) {
            (*item, name.len())
        } else {
            let (name, place) = WORDS.places.iter().find(|(name, _)| rest.starts_with(name.as_str()))?;
            (Item::Place(*place), name.len())
        };
        items.push((item, at, at + len));
        at += len;
    }
    Some(items)
}

/// What was found: pieces in the folded inner text, the shared ones left out.
struct Parts {
    pieces: Vec<(Reading, usize, usize)>,
    old_year: u16,
    new_year: u16,
    bodies: BodySet,
}

/// A year that a version can have.
fn year(digits: &str) -> Option<u16> {
    (digits.len() == 4).then(|| digits.parse().ok()).flatten().filter(|year| (1932..2060).contains(year))
}

fn readings(first: u16, second: u16) -> Option<(Reading, Reading)> {
    match first.cmp(&second) {
        std::cmp::Ordering::Less => Some((Reading::Old, Reading::New)),
        std::cmp::Ordering::Greater => Some((Reading::New, Reading::Old)),
        std::cmp::Ordering::Equal => None,
    }
}

/// Whether a word says that the digits are a year or a revision.
fn says_year(items: &[At]) -> bool {
    items.iter().any(|(item, ..)| matches!(item, Item::YearWord | Item::Revised))
}

/// `2014年，釜山2018年，迪拜`, `Busan, 2014Dubai, 2018`: two whole versions behind each other; also two years,
/// `2016年2019年`.
fn pairs(inner: &str, items: &[At]) -> Option<Parts> {
    let years: Vec<(usize, u16)> = items
        .iter()
        .enumerate()
        .filter(|(_, (item, ..))| *item == Item::Digits)
        .map(|(index, &(_, start, end))| Some((index, year(&inner[start..end])?)))
        .collect::<Option<_>>()?;
    let places: Vec<(usize, u16)> = items
        .iter()
        .enumerate()
        .filter_map(|(index, (item, ..))| match item {
            Item::Place(place) => Some((index, *place)),
            _ => None,
        })
        .collect();
    let [(first_year, a), (second_year, b)] = years[..] else { return None };
    let (before, after) = readings(a, b)?;
    // Where each version begins and ends, as items; the words 年 and г. belong to the year before them.
    let with_word = |index: usize| {
        let mut last = index;
        for (at, (item, ..)) in items.iter().enumerate().skip(index + 1) {
            match item {
                Item::YearWord => last = at,
                Item::Space => {}
                _ => break,
            }
        }
        last
    };
    let (first, second, bodies) = match places[..] {
        [] if !says_year(items) => return None,
        [] => ((first_year, with_word(first_year)), (second_year, with_word(second_year)), BodySet::NONE),
        [(first_place, p), (second_place, q)] => {
            let first = (first_year.min(first_place), with_word(first_year).max(first_place));
            let second = (second_year.min(second_place), with_word(second_year).max(second_place));
            (first, second, met(p, a).and(met(q, b)))
        }
        _ => return None,
    };
    // Side by side, with at most a space between; anything else between them means that both were meant.
    if first.1 >= second.0 || !items[first.1 + 1..second.0].iter().all(|(item, ..)| *item == Item::Space) {
        return None;
    }
    let (split, start, end) = (items[second.0].1, items[first.0].1, items[second.1].2);
    let (old_year, new_year) = if before == Reading::Old { (a, b) } else { (b, a) };
    Some(Parts { pieces: vec![(before, start, split), (after, split, end)], old_year, new_year, bodies })
}

/// Two years in one run of digits: the bytes that both share, those of the first and those of the second.
fn two_years(digits: &str) -> Option<(usize, u16, u16)> {
    let shared = match digits.len() {
        8 => 0,
        6 => 2,
        5 => 3,
        _ => return None,
    };
    let own = 4 - shared;
    let first = year(digits.get(..4)?)?;
    let second = year(&[digits.get(..shared)?, digits.get(shared + own..)?].concat())?;
    (first != second).then_some((shared, first, second))
}

/// `20148年，釜山迪拜`, `BusanDubai, 20142018`: the years run together in one number, the places in one word.
fn merged(inner: &str, items: &[At]) -> Option<Parts> {
    let mut digits = items.iter().filter(|(item, ..)| *item == Item::Digits);
    let (&(_, start, end), None) = (digits.next()?, digits.next()) else { return None };
    if items.iter().any(|(item, ..)| *item == Item::Letter) {
        return None;
    }
    let (shared, a, b) = two_years(&inner[start..end])?;
    let (before, after) = readings(a, b)?;
    let places: Vec<(usize, u16)> = items
        .iter()
        .enumerate()
        .filter_map(|(index, (item, ..))| match item {
            Item::Place(place) => Some((index, *place)),
            _ => None,
        })
        .collect();
    let split = start + 4;
    let mut pieces = vec![(before, start + shared, split), (after, split, end)];
    let bodies = match places[..] {
        // Digits alone may be anything.
        [] if !says_year(items) => return None,
        [] => BodySet::NONE,
        // One place: both sessions met there.
        [(_, place)] => Some(met(place, a).and(met(place, b))).filter(|set| !set.is_empty())?,
        [(first, p), (second, q)] => {
            if !items[first + 1..second].iter().all(|(item, ..)| *item == Item::Space) {
                return None;
            }
            let straight = met(p, a).and(met(q, b));
            let crossed = met(p, b).and(met(q, a));
            let (one, other) = if straight.is_empty() { (after, before) } else { (before, after) };
            let cut = items[second].1;
            pieces.extend([(one, items[first].1, cut), (other, cut, items[second].2)]);
            Some(if straight.is_empty() { crossed } else { straight }).filter(|set| !set.is_empty())?
        }
        _ => return None,
    };
    pieces.sort_by_key(|&(_, start, _)| start);
    let (old_year, new_year) = if before == Reading::Old { (a, b) } else { (b, a) };
    Some(Parts { pieces, old_year, new_year, bodies })
}

/// `C169`, `C1619`, `C16C19`: the Council's codes.
fn codes(inner: &str, items: &[At]) -> Option<Parts> {
    let letters: Vec<usize> =
        items.iter().enumerate().filter(|(_, (item, ..))| *item == Item::Letter).map(|(index, _)| index).collect();
    let short = |digits: &str| -> Option<u16> {
        let year: u16 = (digits.len() == 2).then(|| digits.parse().ok()).flatten()?;
        Some(if year < 40 { 2000 + year } else { 1900 + year })
    };
    let numbers = items.iter().filter(|(item, ..)| *item == Item::Digits).count();
    let (mut pieces, a, b) = match letters[..] {
        [letter] if numbers == 1 => {
            let &(_, start, end) = items.get(letter + 1)?;
            let digits = &inner[start..end];
            let (shared, second) = match digits.len() {
                3 => (1, [digits.get(..1)?, digits.get(2..)?].concat()),
                4 => (0, digits.get(2..)?.to_owned()),
                _ => return None,
            };
            // `C2019` is one year.
            if year(digits).is_some() {
                return None;
            }
            let pieces = vec![(start + shared, start + 2), (start + 2, end)];
            (pieces, short(digits.get(..2)?)?, short(&second)?)
        }
        [first, second] if numbers == 2 && first + 2 == second => {
            let (&(_, one, one_end), &(_, other, other_end)) = (items.get(first + 1)?, items.get(second + 1)?);
            let pieces = vec![(items[first].1, one_end), (items[second].1, other_end)];
            (pieces, short(&inner[one..one_end])?, short(&inner[other..other_end])?)
        }
        _ => return None,
    };
    let (before, after) = readings(a, b)?;
    let (second, first) = (pieces.pop()?, pieces.pop()?);
    let pieces = vec![(before, first.0, first.1), (after, second.0, second.1)];
    let (old_year, new_year) = if before == Reading::Old { (a, b) } else { (b, a) };
    let lettered = data().bodies.iter().filter(|body| body.session_letter.is_some());
    let bodies = lettered.fold(BodySet::NONE, |set, body| set.or(BodySet::of(&body.id)));
    Some(Parts { pieces, old_year, new_year, bodies })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, markup: &str, bodies: &str) {
        let found = flattened(text).unwrap_or_else(|| panic!("{text} is flattened"));
        assert_eq!(found.markup(text), markup);
        assert_eq!(found.bodies.join(" "), bodies);
    }

    #[test]
    fn two_versions_behind_each_other() {
        check("（2014年，釜山2018年，迪拜，修订版）", "（{~~2014年，釜山~>2018年，迪拜~~}，修订版）", "PP");
        check("(Rev. Busan, 2014Dubai, 2018)", "(Rev. {~~Busan, 2014~>Dubai, 2018~~})", "PP");
        check("(Пересм. Пусан, 2014 г.Дубай, 2018 г.)", "(Пересм. {~~Пусан, 2014 г.~>Дубай, 2018 г.~~})", "PP");
        check("(المراجَع في بوسان، 2014دبي، 2018)", "(المراجَع في {~~بوسان، 2014~>دبي، 2018~~})", "PP");
    }

    #[test]
    fn years_tell_which_is_old() {
        check("（2018年，迪拜2014年，釜山，修订版）", "（{~~2014年，釜山~>2018年，迪拜~~}，修订版）", "PP");
        check("(Rev. Dubai, 2018Busan, 2014)", "(Rev. {~~Busan, 2014~>Dubai, 2018~~})", "PP");
    }

    #[test]
    fn years_inside_each_other() {
        check("（20148年，釜山迪拜，修订版）", "（201{~~4~>8~~}年，{~~釜山~>迪拜~~}，修订版）", "PP");
        check("（20142018年，釜山迪拜，修订版）", "（{~~2014~>2018~~}年，{~~釜山~>迪拜~~}，修订版）", "PP");
        check("（201822年，迪拜布加勒斯特，修订版）", "（20{~~18~>22~~}年，{~~迪拜~>布加勒斯特~~}，修订版）", "PP");
        check(
            "（20147年，迪拜布宜诺斯艾利斯，修订版）",
            "（201{~~4~>7~~}年，{~~迪拜~>布宜诺斯艾利斯~~}，修订版）",
            "WTDC",
        );
        check("(Rev. BusanDubai, 20142018)", "(Rev. {~~Busan~>Dubai~~}, {~~2014~>2018~~})", "PP");
    }

    #[test]
    fn sessions_tell_which_place_goes_with_which_year() {
        check("（20148年，迪拜釜山，修订版）", "（201{~~4~>8~~}年，{~~釜山~>迪拜~~}，修订版）", "PP");
    }

    #[test]
    fn years_and_codes_of_the_council() {
        check("（C169，修订版）", "（C1{~~6~>9~~}，修订版）", "Council");
        check("(C1619)", "(C{~~16~>19~~})", "Council");
        check("（2016年2019年修订版）", "（{~~2016年~>2019年~~}修订版）", "");
    }

    #[test]
    fn an_ordinary_parenthesis_is_none() {
        for text in [
            "（2018年，迪拜，修订版）",
            "(Rev. Dubai, 2018)",
            "(C11, last amended C19)",
            "（理事会2011年会议，理事会2019年会议最新修订版）",
            "(Rev. Busan, 2014; Rev. Dubai, 2018)",
            "(2014, 2018)",
            "(2014 2018)",
            "(C2019)",
            "(20149)",
            "(Dubai)",
            "()",
            "",
        ] {
            assert_eq!(flattened(text), None, "{text}");
        }
    }

    #[test]
    fn they_are_found_in_running_text() {
        let text = "见第50号决议（2012年，迪拜2016年，哈马马特，修订版）和第2号决议（2016年，哈马马特）";
        let found = flattened_in(text);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].reading(text, Side::InForce), "（2012年，迪拜，修订版）");
        assert_eq!(found[0].reading(text, Side::Amended), "（2016年，哈马马特，修订版）");
    }

    proptest! {
        #[test]
        fn nothing_is_lost(text in "[（(](Rev\\. )?([0-9年，, C]|Busan|Dubai|釜山|迪拜|修订版){0,12}[)）]") {
            if let Some(found) = flattened(&text) {
                let all: String = found.pieces.iter().map(|(_, range)| &text[std::ops::Range::from(*range)]).collect();
                prop_assert_eq!(all, text);
                prop_assert!(found.old_year < found.new_year);
            }
        }
    }
}
