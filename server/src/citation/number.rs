//! The number of a resolution with what belongs to it: a letter, a session in Roman numerals, a year.

use super::parenthesis::short_parenthesis;
use super::token::{Kind, Number};
use super::words::Words;

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
        Number::Draft { .. } => {
            text = words.folded(token).to_ascii_uppercase();
        }
        Number::Symbol { .. }
            // A yearly or Roman number under a symbol.
            if !text.contains('/') => {
                let letter = letter(words, next);
                let behind = if letter.is_some() { next + 1 } else { next };
                if let Some((inner, inner_end, after)) = short_parenthesis(words, behind) {
                    let roman = is_roman(inner);
                    let inner_year = inner.trim().parse::<u16>().ok().filter(|year| (1946..2100).contains(year));
                    if roman || inner_year.is_some() {
                        if let Some(letter) = letter {
                            text = format!("{text} {letter}");
                        }
                        text = format!("{text} ({})", inner.trim());
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
                && is_roman(inner) {
                    text = match letter {
                        Some(letter) => format!("{text} {letter} ({})", inner.trim()),
                        None => format!("{text} ({})", inner.trim()),
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
            } else if let Some(letter) = letter(words, next) {
                let after = words.at(next + 1);
                let ends = after.is_none_or(|token| token.kind != Kind::Word && token.number().is_none());
                if ends {
                    text = format!("{text} {letter}");
                    end = words.at(next)?.end;
                    next += 1;
                }
            }
        }
        _ => {}
    }
    Some(Numbered { text, shape, year, start, end, next })
}

/// A single capital letter: part A of a resolution.
pub(super) fn letter(words: &Words<'_>, at: usize) -> Option<char> {
    let token = words.at(at)?;
    let text = words.original(token.start, token.end);
    let c = text.chars().next()?;
    (text.len() == 1 && c.is_ascii_uppercase()).then_some(c)
}

/// `XXV`, `S-VI`, `ES-II`.
pub(super) fn is_roman(text: &str) -> bool {
    let text = text.trim();
    let text = text.strip_prefix("ES-").or_else(|| text.strip_prefix("S-")).unwrap_or(text);
    !text.is_empty() && text.len() < 8 && text.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'L' | b'C'))
}
