//! Organs that the data does not know: “Resolution 1 (Old Town, 2019) of the Assembly of the Model Union”. What is
//! named beside a citation and unknown leaves its body open.

use super::date::{chinese_date, date};
use super::parenthesis::parenthesis;
use super::shape::Found;
use super::token::{Kind, Number, Token, word};
use super::words::Words;

/// Whether the words beside a citation name an organ that the data does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) enum Stranger {
    /// No.
    #[default]
    No,
    /// They may: a capitalised word stands in front, or no body of the data met in the place of the parenthesis.
    Perhaps,
    /// They do.
    Named,
}

/// How many tokens may stand between a citation and the name of its organ.
const REACH: usize = 8;

/// Whether the words beside a citation name a stranger.
pub(super) fn stranger(words: &Words<'_>, found: &Found) -> Stranger {
    match found.shape {
        Number::Plain(_)
        | Number::Revised
        | Number::Session(_)
        | Number::Special
        | Number::YearFirst
        | Number::WithYear
        | Number::Form(_) => {}
        _ => return Stranger::No,
    }
    let number = words.tokens.partition_point(|token| token.start < found.number_start);
    // قرار الجمعية الوطنية 12/3: between the word for it and the number.
    let between = (found.first..number.min(found.first + REACH)).any(|at| words.is(at, word::OTHER_ORGAN));
    if between {
        return Stranger::Named;
    }
    behind(words, found).max(before(words, found))
}

/// “… of the Assembly of the Model Union”, “… (Springfield, 2020)”.
fn behind(words: &Words<'_>, found: &Found) -> Stranger {
    let mut at = words.tokens.partition_point(|token| token.start < found.number_end);
    let mut stranger = Stranger::No;
    let mut of = false;
    for _ in 0..REACH {
        let Some(token) = words.at(at) else { break };
        if token.is_mark('(') {
            let Some(close) = (at..at + REACH).find(|&index| words.is_mark(index, ')')) else { break };
            if parenthesis(words, at).is_none() && is_session(words, at + 1, close) {
                stranger = stranger.max(Stranger::Perhaps);
            }
            at = close + 1;
            continue;
        }
        if let Some(day) = date(words, at).or_else(|| chinese_date(words, at)) {
            at = day.next;
            continue;
        }
        if token.is(word::OTHER_ORGAN) {
            return Stranger::Named;
        }
        if !token.bodies().is_empty() {
            return match token.is_generic() {
                // A full name needs no place that is known.
                false => Stranger::No,
                true if goes_on(words, at + 1) => Stranger::Named,
                true => stranger,
            };
        }
        // 第3号决议 ends with the word for it.
        if !of && (token.is(word::MARK) || token.entry().is_some_and(|entry| entry.instrument.is_some())) {
            at += 1;
            continue;
        }
        // “the adoption of resolution 5 by the members”: whoever adopts is named behind a verb.
        let acts = matches!(words.folded(token), "by" | "par" | "por");
        if acts && !of {
            break;
        }
        if token.is(word::CONNECTIVE | word::DATE_LEAD) || token.is_mark('\'') {
            of |= token.is(word::CONNECTIVE);
            at += 1;
            continue;
        }
        let proper = is_proper(words, token);
        let cyrillic = words.folded(token).starts_with(|c| matches!(c, 'а'..='я'));
        if token.kind == Kind::Word && proper && (of || cyrillic) {
            // “the World Telecommunication/… (ICT) Policy Forum (WTPF)”: a name in a form that is not known, and one that
            // is.
            return if known_behind(words, at) { Stranger::Perhaps } else { Stranger::Named };
        }
        break;
    }
    stranger
}

/// Whether a full name or an acronym that is known stands behind, in the same phrase.
fn known_behind(words: &Words<'_>, at: usize) -> bool {
    let phrase = words.tokens.get(at..).unwrap_or_default().iter().take(16);
    let mut phrase = phrase.take_while(|token| !matches!(token.kind, Kind::Mark(',' | ';' | '.' | '。' | '、')));
    phrase.any(|token| !token.bodies().is_empty() && !token.is_generic())
}

/// Whether a name that bodies share, at a token, is that of another: “the Council of the Model Union”, “Nordic Council”.
pub(super) fn is_of_another(words: &Words<'_>, at: usize) -> bool {
    goes_on(words, at + 1) || belongs(words, at)
}

/// Whether a name that bodies share is the end of a longer one: “Nordic Council”.
fn belongs(words: &Words<'_>, at: usize) -> bool {
    let bare = words.at(at).is_some_and(|token| !words.folded(token).contains([' ', '\'']));
    let owner = at.checked_sub(1).and_then(|at| Some((at, words.at(at)?)));
    bare && owner.is_some_and(|(at, token)| is_name(words, at, token))
}

/// Whether a name that bodies share goes on as that of another: “the Assembly” in “the Assembly of the Model Union”.
fn goes_on(words: &Words<'_>, mut at: usize) -> bool {
    let mut of = false;
    for _ in 0..4 {
        let Some(token) = words.at(at) else { return false };
        if token.is(word::OTHER_ORGAN) {
            return true;
        }
        if token.kind == Kind::Word {
            return of && is_proper(words, token);
        }
        if !(token.is(word::CONNECTIVE) || token.is_mark('\'')) {
            return false;
        }
        of = true;
        at += 1;
    }
    false
}

/// Whether a parenthesis gives a place and a year: words, with a comma between them and four digits.
fn is_session(words: &Words<'_>, from: usize, to: usize) -> bool {
    let (mut years, mut named) = (0, 0);
    for index in from..to {
        let Some(token) = words.at(index) else { return false };
        match token.kind {
            Kind::Word if !is_lower(words, token) => named += 1,
            Kind::Mark(',' | '-' | '\'' | '.') => {}
            _ if token.plain().is_some_and(|year| (1900..2100).contains(&year)) => years += 1,
            Kind::Known(_) if token.bodies().is_empty() => {}
            _ => return false,
        }
    }
    years == 1 && named > 0
}

/// What the name of an organ ends with in Chinese, which has no capitals.
const CHINESE_ORGANS: [&str; 10] =
    ["峰会", "委员会", "理事会", "议会", "联盟", "组织", "协会", "论坛", "联合会", "代表会"];

/// “Nordic Council resolution 5”, “Model Union Resolution 1”.
fn before(words: &Words<'_>, found: &Found) -> Stranger {
    let mut index = found.first;
    for _ in 0..REACH {
        let Some((at, token)) = index.checked_sub(1).and_then(|at| Some((at, words.at(at)?))) else { break };
        if token.is(word::OTHER_ORGAN) {
            return Stranger::Named;
        }
        if !token.bodies().is_empty() {
            return if token.is_generic() && belongs(words, at) { Stranger::Named } else { Stranger::No };
        }
        let text = words.folded.text.get(..token.end as usize).unwrap_or_default();
        let unknown = token.kind == Kind::Word || token.is(word::SESSION);
        if unknown && CHINESE_ORGANS.iter().any(|organ| text.ends_with(organ)) {
            return Stranger::Named;
        }
        if token.kind == Kind::Word && index == found.first {
            return if is_name(words, at, token) { Stranger::Perhaps } else { Stranger::No };
        }
        if !(token.is(word::CONNECTIVE | word::OWN | word::DRAFT) || token.is_mark('\'')) {
            break;
        }
        index = at;
    }
    Stranger::No
}

/// Whether a word is a part of a name: it has a capital and does not begin the sentence.
fn is_name(words: &Words<'_>, at: usize, token: &Token) -> bool {
    let begins = at.checked_sub(1).and_then(|before| words.at(before)).is_none_or(|before| {
        let mark = matches!(before.kind, Kind::Mark(c) if !matches!(c, ',' | '\'' | '-' | '/' | '&'));
        // The mark of a footnote.
        mark || !words.folded(before).contains(char::is_alphabetic)
    });
    token.kind == Kind::Word && !begins && is_proper(words, token)
}

/// “modified in 2016” gives no place; a script without capitals may.
fn is_lower(words: &Words<'_>, token: &Token) -> bool {
    words.original(token.start, token.end).starts_with(char::is_lowercase)
}

fn is_proper(words: &Words<'_>, token: &Token) -> bool {
    words.original(token.start, token.end).starts_with(char::is_uppercase)
}
