//! What each clause ends with, and what follows it.
//!
//! A resolution is one sentence: its clauses are set off by commas and semicolons, and one full stop ends it (United
//! Nations Editorial Manual, “Resolutions”, punctuation; the resolutions of ITU do the same). Which mark a clause wants
//! depends on what follows: one more of its list, the next section, nothing.

use crate::citation::data;
use crate::numbering::{Label, Numeral, is_bullet};
use crate::profile::Mark;
use crate::syntax::{
    Document, Paragraph, ParagraphIndex, ParagraphKind, Remembered, ResolutionIndex, Side, Sides, TextRange, TextSize,
};

use super::part::{Form, Part, form};

/// The closing mark that is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// One that sets clauses off.
    Mark(Mark),
    /// A colon: more is to come.
    Colon,
    /// None: the clause ends with a word.
    Nothing,
    /// What nothing can be said of: a dash, three dots, an abbreviation, a quoted sentence, two marks in a row.
    Open,
}

/// What follows a clause, in one reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Follows {
    /// Its own sub-clauses.
    SubClauses,
    /// Another clause at this level, of the list that it stands in or of one around it.
    Clause(u16),
    /// Another section, or the operative part behind the preamble.
    Section,
    /// Nothing more of the operative part: this is the last clause of the resolution.
    End,
    /// Something else: a paragraph that goes on with it, a list of another kind, a part with a heading of its own.
    Unclear,
}

/// The end of a clause in one reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ending {
    /// The clause.
    pub paragraph: ParagraphIndex,
    /// The part that it stands in.
    pub part: Part,
    /// What is written.
    pub written: Written,
    /// In the view's text: the mark with the white space before it; where there is none, the last word.
    pub range: TextRange,
    /// Whether the mark, or the last word, is the last thing that is written: no closing quote or bracket, footnote
    /// number or conjunction stands behind it.
    pub bare: bool,
    /// What follows.
    pub follows: Follows,
    /// Whether what is recited or decided is named: the clause begins with a verb or stands below one.
    pub opened: bool,
}

/// The ends of the clauses of a resolution's preamble and operative part, in one reading and in order.
pub fn endings(document: &Document, parts: &[Part], resolution: ResolutionIndex, side: Side) -> Vec<Ending> {
    let mut items = items(document, parts, resolution, side);
    drop_titles(document, side, &mut items);
    let mut endings = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let Item::Clause { index, part, opened } = *item else { continue };
        let paragraph = document.paragraph(index);
        let Some(Tail { written, range, bare, abbreviated }) = tail_of(paragraph, side) else { continue };
        let follows = follows(document, side, index, part, items.get(at + 1..).unwrap_or_default());
        let written = if abbreviated && follows != Follows::End { Written::Open } else { written };
        endings.push(Ending { paragraph: index, part, written, range, bare, follows, opened });
    }
    endings
}

/// What the text of a resolution is made of, as far as closing marks go.
#[derive(Debug, Clone, Copy)]
enum Item {
    Clause {
        index: ParagraphIndex,
        part: Part,
        opened: bool,
    },
    /// A paragraph of another kind that goes on with the text: a clause before it is not at its end.
    Loose,
    /// The name of a section: `*resolves*`.
    Heading {
        part: Part,
    },
    /// A part with a heading of its own.
    Division,
}

fn items(document: &Document, parts: &[Part], resolution: ResolutionIndex, side: Side) -> Vec<Item> {
    let range = document.resolution(resolution).paragraphs.clone();
    let mut items = Vec::new();
    // The section below a heading that is a verb, and whether a clause of it was there already.
    let mut headed: Option<bool> = None;
    // Whether the clause that sub-clauses are nested in is opened by a verb.
    let mut root_opened = false;
    // Whether a clause without a heading that decides was there.
    let mut decided = false;
    for index in range {
        let (Some(paragraph), Some(part)) = (document.paragraphs.get(index), parts.get(index).copied()) else { break };
        let shown = paragraph.is_in(side) && !paragraph.views[side].is_empty();
        match paragraph.kind {
            ParagraphKind::DivisionHeading if shown => {
                headed = None;
                decided = false;
                items.push(Item::Division);
            }
            _ if part == Part::Other || !shown => {}
            ParagraphKind::SectionHeading => {
                headed = form(paragraph).map(|_| false);
                items.push(Item::Heading { part });
            }
            ParagraphKind::Clause | ParagraphKind::Text => {
                let labelled = paragraph.label.as_ref().is_some_and(|label| label.text[side].is_some());
                let nested = paragraph.parent.is_some();
                let first = headed == Some(false);
                let form = form(paragraph);
                if !nested {
                    root_opened = headed.is_some() || form.is_some() || paragraph.opening(side).is_some();
                }
                // Participles behind what is decided are a list without labels: “Requests the Secretary to help by:”.
                let listed = headed.is_none() && decided && part == Part::Preamble;
                decided |= headed.is_none() && part == Part::Operative;
                let misplaced = listed || (!nested && form == Some(contrary(part)));
                let clause = match (paragraph.kind, headed) {
                    // What decides amid what recites: the part is in doubt, and so is what the clause wants.
                    _ if misplaced => false,
                    _ if labelled => true,
                    _ if nested => false,
                    (ParagraphKind::Clause, _) => true,
                    // Below `*recalling*` one paragraph without a label is the clause.
                    (_, Some(_)) => first,
                    (_, None) => form.is_some(),
                };
                if clause {
                    items.push(Item::Clause { index: ParagraphIndex(index as u32), part, opened: root_opened });
                } else if misplaced || headed.is_some() || nested || !is_title(paragraph, side) {
                    items.push(Item::Loose);
                }
                headed = headed.map(|_| true);
            }
            _ => {}
        }
    }
    items
}

/// Takes out titles with a label of their own, “II. Follow-up”, which look like a lone sub-clause of the clause before
/// them: one without a closing mark, below a clause that is closed.
fn drop_titles(document: &Document, side: Side, items: &mut Vec<Item>) {
    let clause = |item: Option<&Item>| match item {
        Some(Item::Clause { index, .. }) => Some((*index, document.paragraph(*index))),
        _ => None,
    };
    let ending = |paragraph: &Paragraph| tail_of(paragraph, side).map(|tail| tail.written);
    let is_title = |before: Option<&Item>, item: Option<&Item>, next: Option<&Item>| {
        let (Some((index, before)), Some((_, title))) = (clause(before), clause(item)) else { return false };
        let lone = clause(next).is_none_or(|(_, next)| next.parent != title.parent);
        title.parent == Some(index)
            && lone
            && ending(title) == Some(Written::Nothing)
            && matches!(ending(before), Some(Written::Mark(_)))
    };
    let titles: Vec<bool> = (0..items.len())
        .map(|at| is_title(at.checked_sub(1).and_then(|at| items.get(at)), items.get(at), items.get(at + 1)))
        .collect();
    let mut titles = titles.into_iter();
    items.retain(|_| !titles.next().unwrap_or(false));
}

/// The form of verb that a part does not have.
fn contrary(part: Part) -> Form {
    if part == Part::Preamble { Form::Operative } else { Form::Preamble }
}

/// Whether a paragraph without label and verb is a title between clauses or what is written below a resolution: “43rd
/// plenary meeting”.
fn is_title(paragraph: &Paragraph, side: Side) -> bool {
    /// Titles are short; in characters.
    const LONGEST: usize = 200;
    paragraph.views[side].text.chars().nth(LONGEST).is_none()
        && tail_of(paragraph, side).is_none_or(|tail| matches!(tail.written, Written::Nothing))
}

fn follows(document: &Document, side: Side, index: ParagraphIndex, part: Part, rest: &[Item]) -> Follows {
    let paragraph = document.paragraph(index);
    match rest.first() {
        None if part == Part::Operative => Follows::End,
        None => Follows::Unclear,
        Some(Item::Loose) => Follows::Unclear,
        Some(Item::Division) => {
            // An annex ends the resolution; behind the heading of a part it goes on.
            let goes_on = rest.iter().any(|item| !matches!(item, Item::Division));
            if part == Part::Operative && !goes_on { Follows::End } else { Follows::Unclear }
        }
        Some(Item::Heading { part: next }) => match (part, next) {
            (Part::Operative, Part::Preamble) => Follows::Unclear,
            _ if rest.iter().any(|item| matches!(item, Item::Clause { .. } | Item::Loose)) => Follows::Section,
            _ => Follows::Unclear,
        },
        Some(Item::Clause { index: next, part: next_part, .. }) => {
            let next = document.paragraph(*next);
            if next.parent == Some(index) {
                // “3. (a) Requests”: what follows is the second sub-clause.
                let first = paragraph.views[side].text.split_whitespace().next().unwrap_or_default();
                let is_first = first.starts_with(['(', '（']) && !Label::parse(first).is_empty();
                return if is_first { Follows::Unclear } else { Follows::SubClauses };
            }
            match (part, next_part) {
                (Part::Preamble, Part::Operative) if paragraph.level == 0 => Follows::Section,
                (Part::Preamble, Part::Operative) if next.level == 0 => Follows::Section,
                (Part::Operative, Part::Preamble) => Follows::Unclear,
                _ => match at_level(document, paragraph, next.level) {
                    Some(sibling) if alike(sibling, next, side) => Follows::Clause(next.level),
                    _ => Follows::Unclear,
                },
            }
        }
    }
}

/// The clause itself or the one that it is nested in at a level.
fn at_level<'a>(document: &'a Document, paragraph: &'a Paragraph, level: u16) -> Option<&'a Paragraph> {
    let mut paragraph = paragraph;
    while paragraph.level > level {
        paragraph = document.paragraphs.get(paragraph.parent?.index())?;
    }
    (paragraph.level == level).then_some(paragraph)
}

/// Whether two clauses of one level are of one list: their labels are counted in the same way.
fn alike(one: &Paragraph, other: &Paragraph, side: Side) -> bool {
    match (&Countings::of(one).0[side], &Countings::of(other).0[side]) {
        (Counting::Unlabelled, Counting::Unlabelled) => true,
        // Items behind bullets are often a list of words, without any marks.
        (Counting::Numbered(one), Counting::Numbered(others)) => {
            one.iter().any(|one| others.iter().any(|other| one.same_kind(*other)))
        }
        _ => false,
    }
}

/// How a clause is counted.
enum Counting {
    Unlabelled,
    Bullet,
    /// By a number in one of these systems.
    Numbered(Vec<Numeral>),
}

/// The same in each reading.
struct Countings(Sides<Counting>);

impl Countings {
    fn of(paragraph: &Paragraph) -> Remembered<'_, Countings> {
        paragraph.remembered(|| {
            Countings(Sides::from_fn(|side| {
                match paragraph.label.as_ref().and_then(|label| label.text[side].as_deref()) {
                    None => Counting::Unlabelled,
                    Some(label) if is_bullet(label) => Counting::Bullet,
                    Some(label) => {
                        Counting::Numbered(Label::parse(label).iter().map(|label| label.style.numeral).collect())
                    }
                }
            }))
        })
    }
}

/// The end of a text.
#[derive(Debug, Clone, Copy)]
struct Tail {
    written: Written,
    range: TextRange,
    bare: bool,
    /// Whether the full stop may be that of an abbreviation.
    abbreviated: bool,
}

/// The closing mark of a character, in whatever script.
fn mark(c: char) -> Option<Mark> {
    match c {
        ',' | '，' | '،' | '﹐' => Some(Mark::Comma),
        ';' | '；' | '؛' | '﹔' => Some(Mark::Semicolon),
        '.' | '。' | '．' | '۔' => Some(Mark::Stop),
        _ => None,
    }
}

/// White space and the marks that take no room.
fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{feff}' | '\u{202a}'..='\u{202e}')
}

fn is_closer(c: char) -> bool {
    matches!(c, ')' | ']' | '}' | '）' | '】' | '〕' | '”' | '"' | '’' | '\'' | '»' | '›' | '」' | '』' | '》' | '〉')
}

/// How a paragraph's words end in each reading.
struct Tails(Sides<Option<Tail>>);

/// How a paragraph's words end; looked at once in a document that is being edited. `None` where there are no words.
fn tail_of(paragraph: &Paragraph, side: Side) -> Option<Tail> {
    paragraph.remembered(|| Tails(paragraph.for_both(|side| tail(&paragraph.views[side].text)))).0[side]
}

/// Reads the end of a text; `None` where there are no words.
///
/// Takes time in proportion to the text.
fn tail(text: &str) -> Option<Tail> {
    let (text, cut) = without_footnotes(text);
    let end = text.trim_end_matches(is_blank);
    let last = end.chars().next_back()?;
    if !end.chars().any(char::is_alphabetic) {
        return None;
    }
    let open = |range: &str| Tail { written: Written::Open, range: last_word(range), bare: false, abbreviated: false };
    if mark(last).is_some() || matches!(last, ':' | '：') {
        return Some(marked(end, !cut).unwrap_or_else(|| open(end)));
    }
    // The numbers of footnotes behind the mark: “schools;16”. “70,125” and “3.2” are numbers themselves.
    let numberless = end.trim_end_matches(|c: char| {
        c.is_ascii_digit() || matches!(c, '⁰' | '¹' | '²' | '³' | '⁴'..='⁹' | ',' | ' ' | '\u{a0}' | '*')
    });
    if last.is_numeric() || last == '*' {
        let behind = &end[numberless.len()..];
        let before = numberless.chars().next_back().and_then(mark);
        match before {
            Some(Mark::Semicolon) => return Some(marked(numberless, false).unwrap_or_else(|| open(end))),
            _ if before.is_some() || behind.contains(',') => return Some(open(end)),
            _ => {}
        }
    }
    // A quotation or a bracket closed behind the mark: `[to count them;]`. A full stop there may be the quotation's own.
    if is_closer(last) {
        let inner = end.trim_end_matches(|c| is_closer(c) || is_blank(c));
        let inner_last = inner.chars().next_back()?;
        return Some(match mark(inner_last) {
            Some(Mark::Stop) => open(end),
            Some(_) => marked(inner, false).unwrap_or_else(|| open(end)),
            None if is_undecided(inner_last) => open(end),
            None => Tail { written: Written::Nothing, range: last_word(end), bare: false, abbreviated: false },
        });
    }
    if is_undecided(last) {
        return Some(open(end));
    }
    // “…; and”: commas and semicolons both stand before the last but one.
    if without_conjunction(end).is_some() {
        return Some(open(end));
    }
    Some(Tail { written: Written::Nothing, range: last_word(end), bare: !cut, abbreviated: false })
}

/// The text before the footnotes that a converter left at its end, and whether there were any: `[143]`, and what stands
/// at the foot of a page below a line, `countries; ____ 1 These include`.
fn without_footnotes(text: &str) -> (&str, bool) {
    const LINE: &str = "____";
    let mut end = text;
    if let Some(at) = text.find(LINE) {
        let behind = text[at..].trim_start_matches('_');
        let note = behind.trim_start();
        if note.len() < behind.len() && note.starts_with(|c: char| c.is_numeric() || c == '*') {
            end = &text[..at];
        }
    }
    loop {
        let trimmed = end.trim_end_matches(is_blank);
        let number = trimmed.strip_suffix(']').map(|inner| inner.trim_end_matches(|c: char| c.is_ascii_digit()));
        match number {
            Some(inner) if inner.ends_with('[') && inner.len() + 1 < trimmed.len() => end = &inner[..inner.len() - 1],
            _ => break,
        }
    }
    (end, end.len() < text.len())
}

/// Marks behind which a clause may be as it should: a question, a dash, dots, a line to fill in.
fn is_undecided(c: char) -> bool {
    matches!(
        c,
        '?' | '!' | '？' | '！' | '؟' | '…' | '–' | '—' | '-' | '―' | '_' | '/' | '、' | '~' | '*' | '=' | '|' | '•'
    )
}

/// The end of a text whose last character is a mark; `None` where two marks stand in a row.
fn marked(text: &str, bare: bool) -> Option<Tail> {
    let last = text.chars().next_back()?;
    let body = text[..text.len() - last.len_utf8()].trim_end_matches(is_blank);
    let before = body.chars().next_back()?;
    let written = match mark(last) {
        Some(mark) => Written::Mark(mark),
        None => Written::Colon,
    };
    let abbreviated = is_abbreviation(body);
    // “etc.;” is one mark behind an abbreviation.
    // “; and,”
    if without_conjunction(body).is_some_and(|before| before.chars().next_back().and_then(mark).is_some()) {
        return None;
    }
    let doubled =
        matches!(before, ':' | '：' | '…') || mark(before).is_some_and(|mark| mark != Mark::Stop || last == '.');
    if doubled {
        return None;
    }
    let range = TextRange::new(TextSize::of(body), TextSize::of(text));
    Some(Tail { written, range, bare, abbreviated: abbreviated && written == Written::Mark(Mark::Stop) })
}

/// Whether a full stop behind `text` may belong to its last word.
fn is_abbreviation(text: &str) -> bool {
    /// Abbreviations that a clause may end with, in lower case and without their last full stop.
    const WORDS: &[&str] = &[
        "etc", "al", "inc", "ltd", "corp", "co", "no", "nos", "art", "para", "paras", "vol", "ed", "seq", "p.m", "a.m",
        "jr", "st", "rev", "corr", "cf", "ibid", "núm", "pág", "ej", "rév", "др", "г", "гг", "пр", "п", "ст", "стр",
        "см", "тыс", "млн", "млрд", "долл",
    ];
    let word =
        text.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '“' | '"' | '«')).next().unwrap_or_default();
    let lower = word.to_lowercase();
    // `U.S`, `т.д`: letters with full stops between.
    let initials = lower.split('.').all(|piece| piece.chars().count() == 1 && piece.chars().all(char::is_alphabetic))
        && lower.contains('.');
    WORDS.contains(&lower.as_str()) || initials
}

/// The text before the conjunction that it ends with: “…; and”.
fn without_conjunction(text: &str) -> Option<&str> {
    let joiners = &data().keywords.joiners;
    let known = |word: &str| joiners.values().flatten().any(|joiner| joiner == word) || matches!(word, "nor" | "ni");
    let start = text.rfind(|c: char| is_blank(c) || mark(c).is_some());
    let start = start.map_or(0, |at| at + text[at..].chars().next().map_or(0, char::len_utf8));
    let word = text[start..].trim_matches(['[', ']', '(', ')', '{', '}']).to_lowercase();
    let is_conjunction = !word.is_empty() && word.split('/').all(known);
    if is_conjunction { Some(text[..start].trim_end_matches(is_blank)) } else { behind_mark(text, known) }
}

/// Conjunctions of several words behind a mark: “; as well as”, “؛ و”.
fn behind_mark(text: &str, known: impl Fn(&str) -> bool) -> Option<&str> {
    let at = text.rfind(|c| mark(c).is_some())?;
    let end = at + text[at..].chars().next().map_or(0, char::len_utf8);
    known(&text[end..].trim().to_lowercase()).then(|| &text[..end])
}

/// The last word of a text, in Chinese its last character.
fn last_word(text: &str) -> TextRange {
    let end = text.trim_end_matches(is_blank);
    let mut start = end.len();
    for (at, c) in end.char_indices().rev() {
        if is_blank(c) {
            break;
        }
        start = at;
        if ('\u{2e80}'..='\u{ffef}').contains(&c) {
            break;
        }
    }
    TextRange::new(TextSize::of(&end[..start]), TextSize::of(end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drafting::parts;
    use crate::syntax::{lower, parse};
    use expect_test::{Expect, expect};

    /// Each clause's last word or mark, what it is, and what follows.
    fn check(text: &str, side: Side, expected: Expect) {
        let document = lower(text, &parse(text));
        let parts = parts(&document);
        let shown: String = endings(&document, &parts, ResolutionIndex(0), side)
            .iter()
            .map(|ending| {
                let words = &document.paragraph(ending.paragraph).views[side].text[ending.range];
                format!("“{words}” {:?} {:?}\n", ending.written, ending.follows)
            })
            .collect();
        expected.assert_eq(&shown);
    }

    #[test]
    fn what_follows_tells_the_mark() {
        check(
            "*recalling*\n\na) the plan;\nb) the report:\n   i) its annex;\n   ii) its map,\n\n*resolves*\n\n1. to paint;\n\n   in \
             green,\n2. to mend:\n   a) legs;\n   b) backs;\n3. to count\n\n*invites*\n\nall to sit.\n\n### Annex 1\n1. A list.\n",
            Side::Amended,
            expect![[r#"
                “;” Mark(Semicolon) Clause(0)
                “:” Colon SubClauses
                “;” Mark(Semicolon) Clause(1)
                “,” Mark(Comma) Section
                “;” Mark(Semicolon) Unclear
                “:” Colon SubClauses
                “;” Mark(Semicolon) Clause(1)
                “;” Mark(Semicolon) Clause(0)
                “count” Nothing Section
                “.” Mark(Stop) End
            "#]],
        );
    }

    #[test]
    fn clauses_with_their_own_verbs() {
        check(
            "The General Assembly,\n\n*Recalling* the plan,\n\nNoting rust;\n\n1. *Decides* to paint; and\n\nMeans\n\n2. *Requests*:\n\n   \
             (a) brushes;12\n\n   (b) [paint;]\n\n3. *Thanks* “all.”\n\n4. *Counts* U.S. benches, etc.\n\n5. *Calls* for 70.125\n\n6. *Decides* \
             to meet.\n\n43rd plenary meeting\n",
            Side::Amended,
            expect![[r#"
                “,” Mark(Comma) Clause(0)
                “;” Mark(Semicolon) Section
                “and” Open Clause(0)
                “:” Colon SubClauses
                “;” Mark(Semicolon) Clause(1)
                “;” Mark(Semicolon) Clause(0)
                ““all.”” Open Clause(0)
                “.” Open Clause(0)
                “70.125” Open Clause(0)
                “.” Mark(Stop) End
            "#]],
        );
    }

    #[test]
    fn other_scripts() {
        check(
            "*做出决议*\n\n1. 修理；\n2. 油漆；以及\n3. 报告\n\n*请*\n\n4. 计数。\n",
            Side::Amended,
            expect![[r#"
                “；” Mark(Semicolon) Clause(0)
                “及” Open Clause(0)
                “告” Nothing Section
                “。” Mark(Stop) End
            "#]],
        );
        check(
            "*يقرر*\n\n1. الطلاء؛\n2. الإصلاح؛ و\n3. العد.\n",
            Side::Amended,
            expect![[r#"
                “؛” Mark(Semicolon) Clause(0)
                “و” Open Clause(0)
                “.” Mark(Stop) End
            "#]],
        );
    }

    #[test]
    fn what_converters_leave_behind_a_mark() {
        check(
            "*recalling*\n\na) the plan; ____________ 1 Of 1931.\nb) the report,[14]\nc) the map;4, 8\nd) 70,125\ne) the rest; and,\n\
             f) ____ benches,\n\n*resolves*\n\n1. to paint;\n   II. Follow-up\n2. to mend.\n",
            Side::Amended,
            expect![[r#"
                “;” Mark(Semicolon) Clause(0)
                “,” Mark(Comma) Clause(0)
                “;” Mark(Semicolon) Clause(0)
                “and,” Open Clause(0)
                “,” Mark(Comma) Section
                “;” Mark(Semicolon) Clause(0)
                “.” Mark(Stop) End
            "#]],
        );
    }

    #[test]
    fn each_reading_has_its_own_last_clause() {
        let text = "*resolves*\n\n1. to paint{~~;~>.~~}\n{--2. to mend.--}\n";
        check(
            text,
            Side::InForce,
            expect![[r#"
            “;” Mark(Semicolon) Clause(0)
            “.” Mark(Stop) End
        "#]],
        );
        check(
            text,
            Side::Amended,
            expect![[r#"
            “.” Mark(Stop) End
        "#]],
        );
    }
}
