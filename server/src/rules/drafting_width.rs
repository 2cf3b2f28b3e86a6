//! `drafting/width`: a punctuation mark is written as another script writes it: half-width amid Chinese characters,
//! full-width amid Latin or Cyrillic words, Latin amid Arabic words.

use std::sync::Arc;

use super::{Finding, Input, Remedy, Rule, Scope, Severity};
use crate::numbering::{Label, rewrite};
use crate::syntax::{Language, Paragraph, ProposalKind, Side, TextEdit, TextRange, TextSize};

/// The rule.
pub const RULE: Rule = Rule {
    id: "drafting/width",
    page: include_str!("../../../docs/rules/drafting-width.md"),
    severity: Severity::Information,
    scope: Scope::Document,
    check,
};

/// How many slips of one paragraph are told one by one.
const SINGLE: usize = 3;

fn check(input: &Input<'_>, out: &mut Vec<Finding>) {
    let document = &input.facts.document;
    let habit = full_width_habit(&document.paragraphs);
    for (index, resolution) in document.resolutions.iter().enumerate() {
        // What is left as it is, or goes, is not for the drafter to mend.
        let kind = resolution.proposal.as_ref().map(|mark| mark.kind);
        if matches!(kind, Some(ProposalKind::NoChange | ProposalKind::Suppress)) {
            continue;
        }
        let index = crate::syntax::ResolutionIndex(index as u32);
        let house = input.profile(index).is_some_and(|profile| profile.full_width_parentheses);
        let tracked = input.is_tracked(index);
        let paragraphs = document.paragraphs.get(resolution.paragraphs.clone()).unwrap_or_default();
        let mut places: Vec<Place> =
            paragraphs.iter().flat_map(|paragraph| places(input, paragraph, house || habit, tracked)).collect();
        if places.len() > MANY {
            // A keyboard in the wrong mode is one mistake.
            places = all_in_one(places).into_iter().collect();
        }
        out.extend(places.into_iter().map(finding));
    }
}

/// How many slips of one resolution are told one by one.
const MANY: usize = 12;

/// A slip in the source.
struct Place {
    range: TextRange,
    /// How many marks it is made of.
    count: usize,
    /// What is written, and what would be.
    written: String,
    wanted: String,
    edits: Option<Vec<TextEdit>>,
    certain: bool,
}

/// The first of several places, standing for all.
fn all_in_one(places: Vec<Place>) -> Option<Place> {
    let mut places = places.into_iter();
    let mut all = places.next()?;
    for place in places {
        all.count += place.count;
        all.certain &= place.certain;
        all.edits = all.edits.zip(place.edits).map(|(mut edits, more)| {
            edits.extend(more);
            edits
        });
    }
    Some(all)
}

fn finding(place: Place) -> Finding {
    let Place { range, count, written, wanted, edits, certain } = place;
    let message = match count {
        1 | 2 => format!("“{written}” is written as in another script; here it would be “{wanted}”."),
        count => format!(
            "{count} marks are written as in another script, the first of them here: “{written}” for “{wanted}”."
        ),
    };
    let finding = Finding::new(RULE.id, RULE.severity, range, message);
    let title = if count == 1 {
        format!("Write “{wanted}”")
    } else {
        format!("Write these {count} marks as the text does")
    };
    match edits.map(Remedy::Edits) {
        Some(remedy) if certain => finding.sure_fix(title, remedy),
        Some(remedy) => finding.fix(title, remedy),
        None => finding,
    }
}

/// A mark that is written in the wrong way, or several in a row, or those of one parenthesis.
#[derive(Debug)]
struct Slip {
    /// In the view's text.
    range: TextRange,
    /// The places in the view's text, each with what belongs there.
    marks: Vec<(TextRange, String)>,
    certain: bool,
}

fn places(input: &Input<'_>, paragraph: &Paragraph, full_parentheses: bool, tracked: bool) -> Vec<Place> {
    let view = &paragraph.views[Side::Amended];
    if !may_mix_scripts(&view.text) {
        return Vec::new();
    }
    let slips = if full_parentheses {
        Arc::clone(&paragraph.remembered(|| InFullWidth(slips(&view.text, true))).0)
    } else {
        Arc::clone(&paragraph.remembered(|| InHalfWidth(slips(&view.text, false))).0)
    };
    let slice = |range: &TextRange| view.text.get(std::ops::Range::<usize>::from(*range)).unwrap_or_default();
    let place = |slip: &Slip| {
        let edit = |(range, mark): &(TextRange, String)| {
            rewrite(input.text, paragraph, &view.source_pieces(*range), mark, tracked)
        };
        Some(Place {
            range: view.to_source(slip.range)?,
            count: slip.marks.len(),
            written: slip.marks.iter().map(|(range, _)| slice(range).trim()).collect(),
            wanted: slip.marks.iter().map(|(_, mark)| mark.trim()).collect(),
            edits: slip.marks.iter().map(edit).collect(),
            certain: slip.certain,
        })
    };
    let places: Vec<Place> = slips.iter().filter_map(place).collect();
    if places.len() > SINGLE { all_in_one(places).into_iter().collect() } else { places }
}

/// The slips of a paragraph in a text that sets Chinese words in full-width parentheses, …
struct InFullWidth(Arc<[Slip]>);

/// … and in one that does not.
struct InHalfWidth(Arc<[Slip]>);

fn slips(text: &str, full_parentheses: bool) -> Arc<[Slip]> {
    let slips = match Language::guess(text) {
        Some(Language::Zh) => chinese(text, full_parentheses),
        Some(Language::Ar) => arabic(text),
        Some(_) => western(text),
        None => Vec::new(),
    };
    slips.into()
}

/// Whether a text has characters of a script that has marks of its own, Chinese or Arabic, or marks of full width; by the
/// bytes that these begin with, which are looked at much faster than characters.
fn may_mix_scripts(text: &str) -> bool {
    // U+0600 to 06FF, 3000 to 9FFF, F000 to FFFF, and what lies beyond.
    let begins = |byte: u8| matches!(byte, 0xd8..=0xdb | 0xe3..=0xe9 | 0xef..=0xf4);
    let blocks = text.as_bytes().chunks(64);
    blocks.into_iter().any(|block| block.iter().fold(false, |found, byte| found | begins(*byte)))
}

/// A Chinese character, or a mark that only Chinese text has.
fn is_chinese(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

fn is_arabic(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{64a}' | '\u{66e}'..='\u{6d3}') || matches!(c, '\u{64b}'..='\u{652}')
}

/// A character that Latin and Cyrillic text is made of.
fn is_western(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '\u{c0}'..='\u{24f}' | '\u{400}'..='\u{4ff}')
}

/// A character of a text with what stands around it.
#[derive(Clone, Copy)]
struct At {
    range: TextRange,
    c: char,
    /// The characters next to it, spaces left out.
    before: Option<char>,
    behind: Option<char>,
    /// The characters right next to it.
    touching: (Option<char>, Option<char>),
}

fn characters(text: &str) -> Vec<At> {
    let mut all: Vec<At> = Vec::new();
    let (mut before, mut left) = (None, None);
    for (at, c) in text.char_indices() {
        let range = TextRange::at(TextSize::of(text.get(..at).unwrap_or_default()), TextSize::of(c));
        all.push(At { range, c, before, behind: None, touching: (left, None) });
        left = Some(c);
        if !c.is_whitespace() {
            before = Some(c);
        }
    }
    let (mut behind, mut right) = (None, None);
    for at in all.iter_mut().rev() {
        at.behind = behind;
        at.touching.1 = right;
        right = Some(at.c);
        if !at.c.is_whitespace() {
            behind = Some(at.c);
        }
    }
    all
}

/// The parentheses of a text, as places of their characters: opened, closed.
fn pairs(all: &[At]) -> Vec<(usize, usize)> {
    let (mut open, mut pairs) = (Vec::new(), Vec::new());
    for (place, at) in all.iter().enumerate() {
        match at.c {
            '(' | '（' => open.push(place),
            ')' | '）' => pairs.extend(open.pop().map(|start| (start, place))),
            _ => {}
        }
    }
    pairs.sort_unstable();
    pairs
}

/// Whether a text sets Chinese words in full-width parentheses where it has any.
fn full_width_habit(paragraphs: &[Paragraph]) -> bool {
    let (mut full, mut half) = (0u32, 0u32);
    for paragraph in paragraphs.iter().filter(|paragraph| may_mix_scripts(&paragraph.views[Side::Amended].text)) {
        // An opening parenthesis next to a Chinese character tells enough.
        let mut before = None;
        for c in paragraph.views[Side::Amended].text.chars() {
            if before.is_some_and(is_han) || is_han(c) {
                full += u32::from(c == '（' || before == Some('（'));
                half += u32::from(c == '(' || before == Some('('));
            }
            before = Some(c);
        }
    }
    full > half
}

fn full_width(c: char) -> Option<&'static str> {
    Some(match c {
        ',' => "，",
        ';' => "；",
        ':' => "：",
        '.' => "。",
        '?' => "？",
        '!' => "！",
        '(' => "（",
        ')' => "）",
        _ => return None,
    })
}

fn chinese(text: &str, full_parentheses: bool) -> Vec<Slip> {
    let all = characters(text);
    let mut marks: Vec<(usize, bool)> = Vec::new();
    for (place, at) in all.iter().enumerate() {
        let (before, behind) = (at.before.is_some_and(is_chinese), at.behind.is_none_or(is_chinese));
        let dots = [at.touching.0, at.touching.1].contains(&Some('.'));
        let due = match at.c {
            '.' => before && behind && !dots,
            '?' | '!' => before && behind,
            // Next to one Chinese character it is most likely one of its marks too; a time or a ratio is not.
            ',' | ';' => before || (at.touching.1.is_some_and(is_han) && at.before.is_some()),
            ':' => before && !at.behind.is_some_and(|c| c.is_ascii_digit() || c == '/'),
            _ => false,
        };
        if due {
            marks.push((place, before && behind));
        }
    }
    let mut slips: Vec<Slip> = Vec::new();
    let mut joined = vec![false; marks.len()];
    let mut taken = 0;
    let counts = Counts::of(&all);
    for (open, close) in pairs(&all) {
        let (Some(first), Some(last)) = (all.get(open), all.get(close)) else { continue };
        if open < taken {
            continue;
        }
        let has_han = counts.han(open, close) > 0;
        let due = match (first.c == '(', last.c == ')') {
            (false, false) => false,
            // Half of a pair: it belongs to the other half.
            (true, false) | (false, true) => true,
            // Symbols, years and labels, `1325(2000)` and `(a)`, are in half-width ones in every house.
            (true, true) => {
                let in_text = first.before.is_some_and(is_chinese) && last.behind.is_none_or(is_chinese);
                let is_words = has_han || (in_text && counts.letters(open, close) > 1);
                full_parentheses && is_words && !is_label(all.get(open..=close).unwrap_or_default())
            }
        };
        if !due {
            continue;
        }
        // Half of a pair around a symbol may belong to either.
        let certain = has_han && first.before.is_some_and(is_chinese) && last.behind.is_none_or(is_chinese);
        let mut slip = Slip { range: first.range.cover(last.range), marks: Vec::new(), certain };
        let inside =
            marks.partition_point(|(place, _)| *place < open)..marks.partition_point(|(place, _)| *place < close);
        let inner = marks.get(inside.clone()).unwrap_or_default();
        joined.get_mut(inside).unwrap_or_default().fill(true);
        slip.certain &= inner.iter().all(|(_, certain)| *certain);
        let places = [open].into_iter().chain(inner.iter().map(|(place, _)| *place)).chain([close]);
        let characters = places.filter_map(|place| all.get(place));
        slip.marks = characters.filter_map(|at| Some((at.range, full_width(at.c)?.to_owned()))).collect();
        slips.push(slip);
        taken = close;
    }
    let single = marks.into_iter().zip(joined).filter(|(_, joined)| !joined).filter_map(|((place, certain), _)| {
        let at = all.get(place)?;
        Some((with_spaces(text, at.range), full_width(at.c)?.to_owned(), certain))
    });
    join(slips, single)
}

/// How many Chinese characters and how many letters stand before each place of a text.
struct Counts(Vec<(u32, u32)>);

impl Counts {
    fn of(all: &[At]) -> Counts {
        let (mut han, mut letters) = (0, 0);
        let mut counts = vec![(0, 0)];
        for at in all {
            han += u32::from(is_han(at.c));
            letters += u32::from(at.c.is_alphabetic());
            counts.push((han, letters));
        }
        Counts(counts)
    }

    fn between(&self, from: usize, to: usize) -> Option<(u32, u32)> {
        let (start, end) = (self.0.get(from)?, self.0.get(to)?);
        Some((end.0.saturating_sub(start.0), end.1.saturating_sub(start.1)))
    }

    fn han(&self, from: usize, to: usize) -> u32 {
        self.between(from, to).map_or(0, |(han, _)| han)
    }

    fn letters(&self, from: usize, to: usize) -> u32 {
        self.between(from, to).map_or(0, |(_, letters)| letters)
    }
}

/// Whether a parenthesis is a label, `(a)`, `(iv)`.
fn is_label(all: &[At]) -> bool {
    /// Labels are short; in characters.
    const LONGEST: usize = 12;
    all.len() <= LONGEST && !Label::parse(&all.iter().map(|at| at.c).collect::<String>()).is_empty()
}

/// A mark with the spaces around it: a full-width one carries its own.
fn with_spaces(text: &str, range: TextRange) -> TextRange {
    let before = text.get(..usize::from(range.start())).unwrap_or_default();
    let behind = text.get(usize::from(range.end())..).unwrap_or_default();
    let left = before.len() - before.trim_end_matches(' ').len();
    let right = if behind.trim().is_empty() { 0 } else { behind.len() - behind.trim_start_matches(' ').len() };
    let size = |bytes: usize| TextSize::try_from(bytes).unwrap_or_default();
    TextRange::new(range.start() - size(left), range.end() + size(right))
}

/// Puts single marks that stand side by side together, and sorts them among the others.
fn join(mut slips: Vec<Slip>, single: impl Iterator<Item = (TextRange, String, bool)>) -> Vec<Slip> {
    let mut runs: Vec<Slip> = Vec::new();
    for (range, mark, certain) in single {
        match runs.last_mut() {
            Some(last) if last.range.end() >= range.start() => {
                // One edit for all: their ranges may share a space.
                let written = last.marks.pop().map(|(_, written)| written).unwrap_or_default();
                last.range = last.range.cover(range);
                last.marks.push((last.range, written + &mark));
                last.certain &= certain;
            }
            _ => runs.push(Slip { range, marks: vec![(range, mark)], certain }),
        }
    }
    slips.append(&mut runs);
    slips.sort_by_key(|slip| slip.range.start());
    slips
}

fn arabic(text: &str) -> Vec<Slip> {
    let single = characters(text).into_iter().filter_map(|at| {
        let mark = match at.c {
            ',' => "،",
            ';' => "؛",
            '?' => "؟",
            _ => return None,
        };
        let arabic = at.before.is_some_and(is_arabic) && at.behind.is_none_or(is_arabic);
        arabic.then(|| (at.range, mark.to_owned(), true))
    });
    join(Vec::new(), single)
}

/// The half-width form of a full-width letter, digit or mark.
fn half_width(c: char) -> Option<char> {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0),
        '。' => Some('.'),
        '、' => Some(','),
        _ => None,
    }
}

fn western(text: &str) -> Vec<Slip> {
    // Chinese words in another text keep their marks.
    if !text.chars().any(|c| half_width(c).is_some()) {
        return Vec::new();
    }
    let all = characters(text);
    let mixed = text.chars().any(is_han);
    let single = all.iter().filter_map(|at| {
        let half = half_width(at.c)?;
        let near_han = [at.before, at.behind].into_iter().flatten().any(is_han);
        if near_han || ![at.before, at.behind].into_iter().flatten().any(|c| is_western(c) || half_width(c).is_some()) {
            return None;
        }
        let mut mark = half.to_string();
        if half == '(' && at.touching.0.is_some_and(char::is_alphanumeric) {
            mark.insert(0, ' ');
        }
        let closing = matches!(half, ',' | ';' | ':' | '.' | '?' | '!' | ')');
        if closing && at.touching.1.is_some_and(is_western) {
            mark.push(' ');
        }
        Some((at.range, mark, !mixed))
    });
    let mut rest = join(Vec::new(), single).into_iter().peekable();
    // Both halves of a pair are one slip, with all that stands between them.
    let mut slips = Vec::new();
    for (open, close) in pairs(&all) {
        let (Some(open), Some(close)) = (all.get(open), all.get(close)) else { continue };
        if open.c != '（' || close.c != '）' {
            continue;
        }
        while let Some(slip) = rest.next_if(|slip| slip.range.end() <= open.range.start()) {
            slips.push(slip);
        }
        let mut whole: Option<Slip> = None;
        while let Some(slip) = rest.next_if(|slip| slip.range.start() < close.range.end()) {
            let whole = whole.get_or_insert_with(|| Slip { range: slip.range, marks: Vec::new(), certain: true });
            whole.range = whole.range.cover(slip.range);
            whole.marks.extend(slip.marks);
            whole.certain &= slip.certain;
        }
        slips.extend(whole);
    }
    slips.extend(rest);
    slips
}

#[cfg(test)]
mod tests {
    use crate::rules::Remedy;
    use crate::rules::testing::findings;
    use crate::syntax::TextEdit;

    /// The text after all fixes that cannot be wrong.
    fn fixed(text: &str) -> String {
        let edits: Vec<TextEdit> = findings("drafting/width", text)
            .into_iter()
            .flat_map(|finding| finding.fixes)
            .filter(|fix| fix.certain)
            .flat_map(|fix| match fix.remedy {
                Remedy::Edits(edits) => edits,
                Remedy::Renumber(_) => Vec::new(),
            })
            .collect();
        TextEdit::apply_all(text, &edits).unwrap_or_default()
    }

    #[test]
    fn marks_amid_chinese_characters_become_full_width() {
        assert_eq!(fixed("认识到长椅老化,木材短缺 ; 油漆过期.\n"), "认识到长椅老化，木材短缺；油漆过期。\n");
    }

    #[test]
    fn numbers_symbols_and_labels_stay() {
        let text = "认识到A/RES/70/1、第1325(2000)号决议第2(a)段、1,000把长椅、12:30、https://example.org/a,b,c 和ITU-T, ITU-R...\n";
        assert_eq!(findings("drafting/width", text), []);
    }

    #[test]
    fn a_parenthesis_is_one_finding() {
        let text = "---\nprofile: itu\n---\n\n忆及第140号决议(2018年,迪拜,修订版)的规定；\n";
        assert_eq!(findings("drafting/width", text).len(), 1);
        assert!(fixed(text).contains("第140号决议（2018年，迪拜，修订版）的规定"));
    }

    #[test]
    fn the_half_width_parentheses_of_the_united_nations_stay() {
        assert_eq!(findings("drafting/width", "回顾联合国儿童基金会(儿基会)的报告，\n"), []);
    }

    #[test]
    fn western_text_is_written_in_half_width() {
        let text = "*recalling*\n\na) Resolution 140（Rev. Dubai，2018）；\nb) ＩＴＵ benches，as planned。\n";
        assert_eq!(fixed(text), "*recalling*\n\na) Resolution 140 (Rev. Dubai, 2018);\nb) ITU benches, as planned.\n");
    }

    #[test]
    fn a_keyboard_in_the_wrong_mode_is_one_mistake() {
        let text = "认识到长椅老化,木材短缺;\n\n".repeat(20);
        assert_eq!(findings("drafting/width", &text).len(), 1);
        assert_eq!(fixed(&text), text.replace(',', "，").replace(';', "；"));
        let paragraph = "认识到长椅,木材,油漆,工人,工具短缺\n";
        assert_eq!(findings("drafting/width", paragraph).len(), 1);
    }

    #[test]
    fn arabic_text_has_marks_of_its_own() {
        assert_eq!(fixed("إذ يذكر عمر الجسر, وازدياد الحركة;\n"), "إذ يذكر عمر الجسر، وازدياد الحركة؛\n");
    }
}
