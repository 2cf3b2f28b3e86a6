//! What the findings on opening verbs share: what opens the clauses and sections of a resolution.

use std::cell::OnceCell;
use std::sync::OnceLock;

use super::Input;
use crate::drafting::part::{self, Form, Part};
use crate::drafting::verbs;
use crate::numbering::{Label, Numeral, rewrite};
use crate::syntax::{
    Language, Paragraph, ParagraphIndex, ParagraphKind, ResolutionIndex, Side, Sides, TextEdit, TextRange, TextSize,
};

/// What opens the clauses and sections of a resolution, in the text as amended.
pub(super) struct Openings {
    pub resolution: ResolutionIndex,
    /// The language in which its openings are verbs.
    pub language: Language,
    /// Made when first asked for: some rules want to know the language alone.
    opened: OnceCell<Vec<Opening>>,
}

impl Openings {
    /// The openings in order; annexes left out. Before the first verb that is known, only what is marked as an opening.
    pub fn all<'a>(&self, input: &Input<'a>) -> Vec<Opened<'a>> {
        let facts = input.facts;
        let opened = self.opened.get_or_init(|| openings(input, self.resolution, self.language, Side::Amended)).iter();
        let with_paragraph = |opening: &Opening| {
            Some(Opened { paragraph: facts.document.paragraphs.get(opening.index.index())?, opening: *opening })
        };
        opened.filter_map(with_paragraph).collect()
    }
}

/// What opens a clause of the resolution itself, or heads one of its sections.
pub(super) struct Opened<'a> {
    pub paragraph: &'a Paragraph,
    opening: Opening,
}

impl std::ops::Deref for Opened<'_> {
    type Target = Opening;
    fn deref(&self) -> &Opening {
        &self.opening
    }
}

/// An opening, its paragraph named by its place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Opening {
    pub index: ParagraphIndex,
    pub part: Part,
    /// Whether it is a section heading.
    pub heading: bool,
    /// Whether it is set as an opening: a heading, or an emphasis at the start of a clause.
    pub marked: bool,
    /// The opening words, in bytes of the view; a heading's are all of it.
    pub range: TextRange,
    /// The part in which a verb has this form.
    pub form: Option<Form>,
    /// Its number, where it is numbered in digits; of a heading, that of the first clause below it.
    pub number: Option<u32>,
    /// Whether it has a label; of a heading, whether the first clause below it has one.
    pub labelled: bool,
}

impl Opened<'_> {
    /// The opening words.
    pub fn words(&self, side: Side) -> &str {
        self.paragraph.views[side].text.get(std::ops::Range::<usize>::from(self.range)).unwrap_or_default()
    }

    /// What stands behind them.
    pub fn rest(&self, side: Side) -> &str {
        self.paragraph.views[side].text.get(usize::from(self.range.end())..).unwrap_or_default()
    }

    /// Where they stand in the source.
    pub fn source(&self, side: Side) -> TextRange {
        self.paragraph.views[side].to_source(self.range).unwrap_or(self.paragraph.range)
    }
}

/// The resolutions of the text whose language is known: the one in which most of its openings are verbs, and where that
/// leaves it open, the one that it is in otherwise. Of a text of a few lines the openings say more than its small words.
pub(super) fn read(input: &Input<'_>) -> Vec<Openings> {
    let openings = input.facts.identities.iter().filter_map(|identity| {
        let mut counts = [0_usize; Language::ALL.len()];
        for words in marked(input, identity.resolution) {
            for (count, language) in counts.iter_mut().zip(Language::ALL) {
                *count += usize::from(verbs::opening(words, language).is_some());
            }
        }
        let most = counts.iter().copied().max().unwrap_or(0);
        let with_most = || counts.iter().zip(Language::ALL).filter(|(count, _)| **count == most).map(|(_, l)| l);
        let own = identity.language.filter(|own| with_most().any(|language| language == *own));
        let language = own.or_else(|| with_most().next().filter(|_| most > 0)).or(identity.language)?;
        Some(Openings { resolution: identity.resolution, language, opened: OnceCell::new() })
    });
    openings.collect()
}

/// The words that a resolution sets as openings, enough of them to tell its language.
fn marked<'a>(input: &'a Input<'_>, resolution: ResolutionIndex) -> impl Iterator<Item = &'a str> {
    const ENOUGH: usize = 30;
    let document = &input.facts.document;
    let range = document.resolutions.get(resolution.index()).map(|resolution| resolution.paragraphs.clone());
    let paragraphs = document.paragraphs.get(range.unwrap_or_default()).unwrap_or_default();
    let words = paragraphs.iter().filter(|paragraph| paragraph.parent.is_none()).filter_map(|paragraph| {
        let view = &paragraph.views[Side::Amended];
        view.text.get(std::ops::Range::<usize>::from(paragraph.opening(Side::Amended)?))
    });
    words.take(ENOUGH)
}

/// What opens the clauses and sections of a resolution in one reading, in order.
fn openings(input: &Input<'_>, resolution: ResolutionIndex, language: Language, side: Side) -> Vec<Opening> {
    let document = &input.facts.document;
    let Some(resolution) = document.resolutions.get(resolution.index()) else { return Vec::new() };
    let mut begun = false;
    let mut opened = Vec::new();
    for index in resolution.paragraphs.clone() {
        let Some(paragraph) = document.paragraphs.get(index) else { break };
        let part = input.facts.parts.get(index).copied().unwrap_or(Part::Other);
        begun |= part != Part::Other;
        let heading = paragraph.kind == ParagraphKind::SectionHeading;
        let stands = heading || matches!(paragraph.kind, ParagraphKind::Clause | ParagraphKind::Text);
        let nested = paragraph.parent.is_some() || paragraph.level > 0;
        let index = ParagraphIndex(index as u32);
        if !stands || nested || !paragraph.is_in(side) || (begun && part == Part::Other) {
            continue;
        }
        if !heading && resolution.enacting == Some(index) {
            continue;
        }
        if !heading && headed(input, paragraph) {
            continue;
        }
        let view = &paragraph.views[side];
        let found = || {
            let places = paragraph.remembered(FirstVerb::default);
            let of_language = places.0[side].get(Language::ALL.iter().position(|other| *other == language)?)?;
            *of_language
                .get_or_init(|| verbs::opening(&view.text, language).and_then(|opening| range_of(opening.range)))
        };
        let range = match paragraph.opening(side) {
            Some(range) => Some((range, true)),
            None if heading => Some((TextRange::up_to(TextSize::of(&view.text)), true)),
            None => found().map(|range| (range, false)),
        };
        let Some((range, marked)) = range else { continue };
        if !marked && part == Part::Other {
            continue;
        }
        let first = if heading { first_clause(input, index, side) } else { Some(paragraph) };
        opened.push(Opening {
            index,
            part,
            heading,
            marked,
            range,
            form: part::form(paragraph),
            number: first.and_then(|first| number(first, side)),
            labelled: first.is_some_and(|first| first.label.is_some()),
        });
    }
    opened
}

/// The verb that opens a paragraph in each reading and, in the order of [`Language::ALL`], in each language.
#[derive(Default)]
struct FirstVerb(Sides<[OnceLock<Option<TextRange>>; Language::ALL.len()]>);

/// What can stand in no operative part: a participle without a number, and no operative verb behind it.
pub(super) fn recites(opened: &Opened<'_>, language: Language) -> bool {
    let rest = || opened.rest(Side::Amended);
    opened.form == Some(Form::Preamble) && opened.number.is_none() && !verbs::acts_later(rest(), language)
}

/// The openings, one list for each sentence of preamble and operative part: a resolution may have several, each begun by
/// the name of its organ, by a heading that is no opening, or by a number that begins again.
pub(super) fn sentences<'a>(input: &Input<'_>, mut opened: Vec<Opened<'a>>) -> Vec<Vec<Opened<'a>>> {
    // For each opening the first number at or behind it.
    let mut ahead = vec![None; opened.len() + 1];
    for at in (0..opened.len()).rev() {
        ahead[at] = opened.get(at).and_then(|opened| opened.number).or(ahead[at + 1]);
    }
    let mut starts = Vec::new();
    let mut last_number = None;
    for (at, pair) in opened.windows(2).enumerate() {
        let [before, next] = pair else { continue };
        if !before.heading {
            last_number = before.number.or(last_number);
        }
        // The preamble of the next text stands before its first number.
        let again = next.form == Some(Form::Preamble)
            && !next.heading
            && next.number.is_none()
            && last_number.is_some()
            && ahead.get(at + 1).copied().flatten().is_some_and(|first| Some(first) <= last_number);
        if again || apart(input, before, next) {
            starts.push(at + 1);
            last_number = None;
        }
    }
    let mut sentences: Vec<Vec<Opened<'a>>> = starts.into_iter().rev().map(|start| opened.split_off(start)).collect();
    sentences.push(opened);
    sentences.reverse();
    sentences
}

/// Whether something stands between two openings that ends a sentence.
fn apart(input: &Input<'_>, before: &Opened<'_>, next: &Opened<'_>) -> bool {
    let between = before.index.index() + 1..next.index.index();
    let paragraphs = input.facts.document.paragraphs.get(between).unwrap_or_default();
    paragraphs.iter().filter(|paragraph| paragraph.is_in(Side::Amended)).any(|paragraph| match paragraph.kind {
        ParagraphKind::DivisionHeading | ParagraphKind::SectionHeading => true,
        // What is below a heading belongs to it.
        ParagraphKind::Text | ParagraphKind::Clause => {
            !before.heading && paragraph.parent.is_none() && paragraph.level == 0 && !goes_on(paragraph)
        }
        _ => false,
    })
}

/// Whether a paragraph without a known verb is a clause like those around it. What ends without a comma or semicolon is
/// none, and what is short may name the organ that acts next.
fn goes_on(paragraph: &Paragraph) -> bool {
    /// In characters. The names of organs are shorter; hardly a clause is.
    const ORGAN: usize = 100;
    let text = paragraph.views[Side::Amended].text.trim_end();
    match paragraph.label {
        Some(_) => text.ends_with([',', ';', '，', '；', '،', '؛']),
        None => text.ends_with([',', '，', '،']) && text.chars().nth(ORGAN).is_some(),
    }
}

fn range_of(range: std::ops::Range<usize>) -> Option<TextRange> {
    let (start, end) = (TextSize::try_from(range.start).ok()?, TextSize::try_from(range.end).ok()?);
    Some(TextRange::new(start, end.max(start)))
}

/// Whether the heading of its section opens it: then its own words do not.
fn headed(input: &Input<'_>, paragraph: &Paragraph) -> bool {
    let document = &input.facts.document;
    let section = paragraph.section.and_then(|section| document.sections.get(section.index()));
    let heading = section.and_then(|section| document.paragraphs.get(section.heading?.index()));
    heading.is_some_and(|heading| part::form(heading).is_some())
}

/// The number of a paragraph that is numbered in digits.
pub(super) fn number(paragraph: &Paragraph, side: Side) -> Option<u32> {
    let label = paragraph.label.as_ref()?.text[side].as_deref()?;
    let digits = |label: &Label| matches!(label.style.numeral, Numeral::Digits { .. } | Numeral::Chinese);
    Label::parse(label).into_iter().find(digits).map(|label| label.value)
}

/// The first clause below a heading, one with a label if there is any.
fn first_clause<'a>(input: &'a Input<'_>, heading: ParagraphIndex, side: Side) -> Option<&'a Paragraph> {
    let behind = input.facts.document.paragraphs.get(heading.index() + 1..)?;
    let below = behind.iter().take_while(|paragraph| {
        matches!(paragraph.kind, ParagraphKind::Clause | ParagraphKind::Text | ParagraphKind::Footnote)
    });
    below.filter(|paragraph| paragraph.is_in(side)).find(|paragraph| paragraph.label.is_some())
}

/// The edit that puts other words into a stretch of a view, as a tracked change where changes are tracked. `None` where
/// that would touch other words.
pub(super) fn replace(
    input: &Input<'_>,
    paragraph: &Paragraph,
    side: Side,
    range: TextRange,
    new: &str,
) -> Option<TextEdit> {
    let pieces = paragraph.views[side].source_pieces(range);
    rewrite(input.text, paragraph, &pieces, new, input.is_tracked(paragraph.resolution))
}
