//! The number of a resolution with what belongs to it: a letter, a session in Roman numerals, a year.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::data::data;
use super::form;
use super::parenthesis::short_parenthesis;
use super::token::{Kind, Number};
use super::words::Words;
use crate::numbering::Numeral;
use crate::syntax::fold;

/// A number with what belongs to it.
pub(super) struct Numbered {
    pub text: String,
    pub shape: Number,
    pub year: Option<u16>,
    pub start: u32,
    pub end: u32,
    pub next: usize,
}

/// The number that begins at a token, with what belongs to it: a letter, a session in Roman numerals, a year.
pub(super) fn number(words: &Words<'_>, at: usize) -> Option<Numbered> {
    let token = words.at(at)?;
    let shape = token.number()?;
    let mut start = token.start;
    let mut end = token.end;
    let mut next = at + 1;
    let mut year = None;
    let mut text;
    if let Number::Symbol { skip, .. } = shape {
        start += u32::from(skip);
    }
    text = words.original(start, end).trim().to_ascii_uppercase();
    // Arabic-Indic and full-width digits.
    if !text.is_ascii() {
        text = words.folded.text.get(start as usize..end as usize)?.to_ascii_uppercase();
    }
    match shape {
        Number::Form(form) => {
            text = form::number(form, &words.folded, words.source, token.start as usize)?;
        }
        Number::Draft { .. } => {
            text = words.folded(token).to_ascii_uppercase().replace("/REV.", "/Rev.").replace("/ADD.", "/Add.");
        }
        Number::Symbol { .. }
            // A yearly or Roman number under a symbol.
            if !text.contains('/') => {
                let letter = letter(words, next);
                let behind = if letter.is_some() { next + 1 } else { next };
                if let Some((inner, inner_end, after)) = short_parenthesis(words, behind) {
                    let session = old_session(inner);
                    let inner_year = inner.trim().parse::<u16>().ok().filter(|year| (1946..2100).contains(year));
                    if session.is_some() || inner_year.is_some() {
                        if let Some(letter) = letter {
                            text = format!("{text} {letter}");
                        }
                        let session = session.unwrap_or_else(|| inner.trim().to_owned());
                        text = format!("{text} ({session})");
                        year = inner_year;
                        end = inner_end;
                        next = after;
                    }
                }
            }
        Number::WhaSession | Number::EbSession => {
            if let Some((inner, inner_end, after)) = short_parenthesis(words, next)
                && words.at(next)?.start == end && inner.chars().all(|c| c.is_ascii_digit()) && !inner.is_empty() {
                    text = format!("{text}({inner})");
                    end = inner_end;
                    next = after;
                }
        }
        Number::Plain(_) => {
            let letter = letter(words, next);
            let behind = if letter.is_some() { next + 1 } else { next };
            if let Some((inner, inner_end, after)) = short_parenthesis(words, behind)
                && let Some(session) = old_session(inner) {
                    // `377 (V) A` is `377 A (V)`.
                    let part = self::letter(words, after).filter(|_| letter.is_none() && ends_at(words, after + 1));
                    let (inner_end, after) = match part {
                        Some(_) => (words.at(after)?.end, after + 1),
                        None => (inner_end, after),
                    };
                    text = match letter.or(part) {
                        Some(letter) => format!("{text} {letter} ({session})"),
                        None => format!("{text} ({session})"),
                    };
                    end = inner_end;
                    next = after;
                }
        }
        Number::Session(_) | Number::Special | Number::Emergency | Number::YearFirst | Number::Symbol { .. } => {
            // `67/244B`
            if text.ends_with(|c: char| c.is_ascii_alphabetic()) {
                let letter = text.pop().unwrap_or_default();
                text = format!("{text} {letter}");
            } else if let Some(letter) = letter(words, next)
                && ends_at(words, next + 1)
            {
                text = format!("{text} {letter}");
                end = words.at(next)?.end;
                next += 1;
            }
        }
        _ => {}
    }
    Some(Numbered { text, shape, year, start, end, next })
}

/// Whether neither a word nor a number stands at a token, so that the letter before it is a part.
fn ends_at(words: &Words<'_>, at: usize) -> bool {
    words.at(at).is_none_or(|token| token.kind != Kind::Word && token.number().is_none())
}

/// A single capital letter, or the word that stands for it: part A of a resolution.
pub(super) fn letter(words: &Words<'_>, at: usize) -> Option<char> {
    let token = words.at(at)?;
    let text = words.original(token.start, token.end);
    let c = text.chars().next()?;
    if text.len() == 1 && c.is_ascii_uppercase() {
        return Some(c);
    }
    if c.is_ascii() {
        return None;
    }
    static WORDS: LazyLock<HashMap<String, char>> = LazyLock::new(|| {
        let letters = data().keywords.part_letters.values();
        letters.flat_map(|letters| letters.iter().map(|word| fold(word)).zip('A'..='Z')).collect()
    });
    WORDS.get(words.folded(token)).copied()
}

/// A session as the old numbers have it, in Roman numerals: `XXV`, `S-VI`, `ES-II`. Arabic texts write `د-25` (دورة),
/// `دإ-6` for a special and `دإط-2` for an emergency special session. `None` for anything else.
fn old_session(text: &str) -> Option<String> {
    let text = text.trim();
    let (kind, roman) = match text.strip_prefix("ES-") {
        Some(rest) => ("ES-", rest),
        None => text.strip_prefix("S-").map_or(("", text), |rest| ("S-", rest)),
    };
    if !roman.is_empty() && roman.len() < 8 && roman.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'L' | b'C')) {
        return Some(format!("{kind}{roman}"));
    }
    let (letters, digits) = text.split_once('-')?;
    let kind = match letters.split_whitespace().collect::<String>().as_str() {
        "د" => "",
        "دإ" | "دا" => "S-",
        "دإط" | "داط" => "ES-",
        _ => return None,
    };
    // The digits may be Arabic-Indic; folding makes them those of ASCII.
    let session = fold(digits.trim()).parse().ok().filter(|session| (1..100).contains(session))?;
    Some(format!("{kind}{}", Numeral::Roman { upper: true }.write(session)))
}
