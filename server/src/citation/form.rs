//! Numbers in a form of the body's own: `A.1150(31)` of the International Maritime Organization, `1/CP.21` of a
//! conference of parties, `40 C/Resolution 34` of UNESCO. Which body writes which form is data.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::data::{FormFacts, data};
use super::recognise::Instrument;
use super::token::BodySet;
use crate::syntax::{Folded, fold};

/// The longest form there is, in bytes: bounds the time spent at one place.
const MOST_IN_FORM: usize = 64;

/// A form, ready to be looked for.
#[derive(Debug)]
pub(super) struct Form {
    pieces: Vec<Piece>,
    /// How the number is written: the data's `number` or the form itself.
    number: String,
    /// What is cited, where the form alone says so.
    pub instrument: Option<Instrument>,
    /// Whether it is a citation without a word such as “resolution” beside it.
    pub alone: bool,
    /// Whether the form alone names the body.
    pub tells: bool,
    /// The bodies that write it.
    pub bodies: BodySet,
}

#[derive(Debug, PartialEq)]
enum Piece {
    /// A folded string.
    Text(String),
    /// `#`: one to four digits.
    Digits,
    /// `@`: a Roman numeral in capitals.
    Roman,
    /// A space that may be missing.
    Space,
}

/// How many numerals a form may have.
const MOST_FIGURES: usize = 4;

/// Where a form was found: its length, and where its numerals begin and end behind its start, in bytes of the folded text.
struct Match {
    len: usize,
    figures: [(usize, usize); MOST_FIGURES],
}

struct Forms {
    list: Vec<Form>,
    /// The forms that may begin with a letter of ASCII, by its byte.
    by_letter: Vec<Vec<u16>>,
    /// For each letter of ASCII the bytes that may stand behind it in a form that begins with it.
    second: Vec<[bool; 256]>,
    /// The forms that begin with another letter.
    by_other: BTreeMap<char, Vec<u16>>,
    /// The forms that begin with digits, each with the two bytes behind these and a space; the second is 0 where it is open.
    behind_digits: Vec<([u8; 2], u16)>,
}

static FORMS: LazyLock<Forms> = LazyLock::new(|| {
    let mut list: Vec<Form> = Vec::new();
    let mut index: BTreeMap<&str, usize> = BTreeMap::new();
    for (body, facts) in data().bodies.iter().enumerate() {
        for form in &facts.forms {
            let at = *index.entry(&form.form).or_insert_with(|| {
                list.push(compile(form));
                list.len() - 1
            });
            list[at].bodies = list[at].bodies.or(BodySet::one(body));
        }
    }
    let mut forms = Forms {
        list: Vec::new(),
        by_letter: vec![Vec::new(); 128],
        second: vec![[false; 256]; 128],
        by_other: BTreeMap::new(),
        behind_digits: Vec::new(),
    };
    for (at, form) in (0..).zip(&list) {
        let firsts: Vec<char> = match form.pieces.first() {
            Some(Piece::Text(text)) => text.chars().take(1).collect(),
            Some(Piece::Roman) => vec!['i', 'v', 'x', 'l', 'c'],
            _ => {
                let text = form.pieces.iter().find_map(|piece| match piece {
                    Piece::Text(text) => Some(text.as_bytes()),
                    _ => None,
                });
                let byte = |index: usize| text.and_then(|text| text.get(index)).copied();
                forms.behind_digits.extend(byte(0).map(|first| ([first, byte(1).unwrap_or(0)], at)));
                Vec::new()
            }
        };
        for first in firsts {
            if let Some(bytes) = forms.second.get_mut(first as usize) {
                mark_second(&form.pieces, bytes);
            }
            match forms.by_letter.get_mut(first as usize) {
                Some(list) => list.push(at),
                None => forms.by_other.entry(first).or_default().push(at),
            }
        }
    }
    forms.list = list;
    forms
});

/// Marks the bytes that may stand behind the first letter of a form.
fn mark_second(pieces: &[Piece], bytes: &mut [bool; 256]) {
    let mut mark = |list: &[u8]| list.iter().for_each(|byte| bytes[usize::from(*byte)] = true);
    let behind = match pieces.first() {
        Some(Piece::Text(text)) if text.len() > 1 => return mark(&text.as_bytes()[1..2]),
        Some(Piece::Roman) => {
            mark(ROMAN);
            1
        }
        _ => 1,
    };
    for piece in pieces.iter().skip(behind) {
        match piece {
            Piece::Text(text) => return mark(&text.as_bytes()[..1]),
            Piece::Digits => return mark(b"0123456789"),
            Piece::Roman => return mark(ROMAN),
            Piece::Space => mark(b" "),
        }
    }
}

/// What Roman numerals are made of, folded.
const ROMAN: &[u8] = b"ivxlc";

fn compile(facts: &FormFacts) -> Form {
    let mut pieces = Vec::new();
    let mut text = String::new();
    for c in facts.form.chars() {
        let piece = match c {
            '#' => Piece::Digits,
            '@' => Piece::Roman,
            ' ' => Piece::Space,
            _ => {
                text.push(c);
                continue;
            }
        };
        if !text.is_empty() {
            pieces.push(Piece::Text(fold(&text)));
            text.clear();
        }
        pieces.push(piece);
    }
    if !text.is_empty() {
        pieces.push(Piece::Text(fold(&text)));
    }
    let number = facts.number.clone().unwrap_or_else(|| {
        let mut count = 0;
        let figure = |c: char| {
            if matches!(c, '#' | '@') {
                count += 1;
                format!("${count}")
            } else {
                c.to_string()
            }
        };
        facts.form.chars().map(figure).collect()
    });
    Form {
        pieces,
        number,
        instrument: facts.instrument.map(|instrument| instrument.instrument()),
        alone: facts.alone,
        tells: facts.tells,
        bodies: BodySet::NONE,
    }
}

/// A form by its index.
pub(super) fn form(index: u16) -> Option<&'static Form> {
    FORMS.list.get(usize::from(index))
}

/// The longest form that begins at byte `at` of the folded text, and its length in bytes. `source` is the text before
/// folding.
pub(super) fn find(folded: &Folded, source: &str, at: usize) -> Option<(u16, usize)> {
    let text = folded.text.as_str();
    let first = *text.as_bytes().get(at)?;
    if first.is_ascii_digit() {
        let [behind, further] = behind_digits(text.as_bytes(), at)?;
        let forms = FORMS
            .behind_digits
            .iter()
            .filter(|([first, second], _)| *first == behind && (*second == 0 || *second == further));
        return longest(forms.map(|(_, form)| *form), folded, source, at);
    }
    if let Some(second) = FORMS.second.get(usize::from(first)) {
        // Nearly every word ends here.
        let next = *text.as_bytes().get(at + 1)?;
        let forms = FORMS.by_letter.get(usize::from(first)).filter(|_| second[usize::from(next)])?;
        return longest(forms.iter().copied(), folded, source, at);
    }
    let forms = FORMS.by_other.get(&text.get(at..)?.chars().next()?)?;
    longest(forms.iter().copied(), folded, source, at)
}

/// The two bytes behind a run of one to four digits and up to two spaces; 0 for one behind the end.
fn behind_digits(text: &[u8], at: usize) -> Option<[u8; 2]> {
    let rest = text.get(at..)?;
    let digits = rest.iter().take(5).take_while(|byte| byte.is_ascii_digit()).count();
    let rest = rest.get(digits..).filter(|_| digits < 5)?;
    let spaces = rest.iter().take(2).take_while(|byte| **byte == b' ').count();
    Some([*rest.get(spaces)?, rest.get(spaces + 1).copied().unwrap_or(0)])
}

fn longest(forms: impl Iterator<Item = u16>, folded: &Folded, source: &str, at: usize) -> Option<(u16, usize)> {
    let mut forms = forms.peekable();
    forms.peek()?;
    // A part of a longer symbol is none of its own.
    let mut back = folded.text.get(..at)?.chars().rev();
    match back.next() {
        Some(c) if is_letter(c) => return None,
        Some('/' | '.' | '-') if back.next().is_some_and(is_letter) => return None,
        _ => {}
    }
    forms.filter_map(|form| Some((form, matches(form, folded, source, at)?.len))).max_by_key(|(_, len)| *len)
}

/// The number of the form `index` that begins at byte `at`, as the body writes it.
pub(super) fn number(index: u16, folded: &Folded, source: &str, at: usize) -> Option<String> {
    let found = matches(index, folded, source, at)?;
    let form = form(index)?;
    let mut number = form.number.clone();
    let mut figures = found.figures.iter();
    for (count, piece) in (1..).zip(form.pieces.iter().filter(|piece| matches!(piece, Piece::Digits | Piece::Roman))) {
        let (start, end) = figures.next()?;
        let figure = match piece {
            Piece::Roman => source.get(folded.origin(at + start)..folded.origin(at + end))?,
            _ => folded.text.get(at + start..at + end)?,
        };
        number = number.replace(&format!("${count}"), figure);
    }
    Some(number)
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() && !matches!(c, '一'..='鿿')
}

fn matches(index: u16, folded: &Folded, source: &str, at: usize) -> Option<Match> {
    let form = form(index)?;
    let text = folded.text.get(at..)?;
    let mut end = 0;
    let mut found = Match { len: 0, figures: [(0, 0); MOST_FIGURES] };
    let mut figures = found.figures.iter_mut();
    for piece in &form.pieces {
        let rest = text.get(end..)?;
        let run = |accept: fn(u8) -> bool, most: usize| rest.bytes().take(most).take_while(|&b| accept(b)).count();
        end += match piece {
            Piece::Text(text) => rest.starts_with(text.as_str()).then_some(text.len())?,
            Piece::Space => run(|b| b == b' ', 2),
            Piece::Digits => {
                let len = run(|b| b.is_ascii_digit(), 5);
                *figures.next().filter(|_| (1..5).contains(&len))? = (end, end + len);
                len
            }
            Piece::Roman => {
                let len = run(|b| matches!(b, b'i' | b'v' | b'x' | b'l' | b'c'), 9);
                let numeral = source.get(folded.origin(at + end)..folded.origin(at + end + len))?;
                let capital = (1..9).contains(&len) && numeral.bytes().all(|b| b.is_ascii_uppercase());
                *figures.next().filter(|_| capital)? = (end, end + len);
                len
            }
        };
        if end > MOST_IN_FORM {
            return None;
        }
    }
    let mut behind = text.get(end..)?.chars();
    match behind.next() {
        Some(c) if is_letter(c) => return None,
        Some('/' | '.' | '-') if behind.next().is_some_and(|c| c.is_ascii_alphanumeric()) => return None,
        _ => {}
    }
    found.len = end;
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let folded = Folded::new(text);
        let mut all = Vec::new();
        let mut at = 0;
        while at < folded.text.len() {
            match Some(at).filter(|&at| folded.text.is_char_boundary(at)).and_then(|at| find(&folded, text, at)) {
                Some((index, len)) => {
                    let bodies = form(index).map_or(BodySet::NONE, |form| form.bodies);
                    let names: Vec<&str> = bodies.iter().map(|body| data().bodies[body].id.as_str()).collect();
                    let number = number(index, &folded, text, at).unwrap_or_default();
                    all.push(format!("{} {number}", names.join("|")));
                    at += len;
                }
                None => at += 1,
            }
        }
        all
    }

    #[test]
    fn each_body_has_its_form() {
        assert_eq!(
            found("A.1150(31), MSC.428(98), GC(66)/RES/10, 1/CP.21, 14/CMA.1, 2/CMP.8, UNEP/EA.5/Res.14"),
            [
                "IMO Assembly A.1150(31)",
                "IMO MSC MSC.428(98)",
                "IAEA GC GC(66)/RES/10",
                "UNFCCC COP 1/CP.21",
                "UNFCCC CMA 14/CMA.1",
                "UNFCCC CMP 2/CMP.8",
                "UNEA 5/14"
            ]
        );
    }

    #[test]
    fn a_space_may_be_missing_and_width_does_not_matter() {
        assert_eq!(found("40 C/Résolution 34; 40C/Resolution 34"), ["UNESCO GC 40 C/Resolution 34"; 2]);
        assert_eq!(found("第A.1150（31）号决议"), ["IMO Assembly A.1150(31)"]);
    }

    #[test]
    fn a_part_of_a_longer_symbol_is_none() {
        assert_eq!(found("FCCC/CP/2015/10/Add.1, CRP/1/CP.21, 1/CP.21/Add.1, xMSC.428(98)"), Vec::<String>::new());
    }

    #[test]
    fn a_numeral_is_written_in_capitals() {
        assert_eq!(found("XIV.5 and xiv.5"), ["Ramsar COP XIV.5"]);
    }
}
