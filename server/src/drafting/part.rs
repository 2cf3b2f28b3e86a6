//! Which paragraphs are the preamble and which the operative part.
//!
//! A resolution is one sentence: the acting organ, then why it acts (participles: “recalling”, “considérant”, “إذ تشير”),
//! then what it decides (finite verbs: “decides”, “décide”, “تقرر”). So the form of the opening verb tells the part. Where
//! a verb is the same in both parts, as in Chinese (强调, 注意到), the place tells: before the first verb that only decides
//! it is the preamble, behind it the operative part; and a clause that is numbered in digits behind preambular clauses
//! that are not, is operative (United Nations Editorial Manual, “Resolutions”; in the resolutions of ITU the clauses of
//! the preamble are lettered and those of the operative part numbered).

use std::cell::OnceCell;
use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::numbering::{Label, Numeral, is_bullet};
use crate::reference::verbs;
use crate::syntax::{Document, Language, Paragraph, ParagraphKind, Side, fold};

/// The part of a resolution that a paragraph belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// What the organ recalls, considers, notes: why it acts.
    Preamble,
    /// What it resolves, instructs, invites.
    Operative,
    /// Neither: title, subject, enacting line, annexes, reasons, footnotes, what stands around a resolution, and texts
    /// that are none.
    Other,
}

/// What the form of an opening verb says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// As in a preamble: a participle or a gerund.
    Preamble,
    /// As in an operative part: a finite verb.
    Operative,
    /// The same in both.
    Either,
}

/// The part of every paragraph of a document, by paragraph index, in the text as amended; of a paragraph that is only in
/// the text as in force, there.
pub fn parts(document: &Document) -> Vec<Part> {
    let mut parts = vec![Part::Other; document.paragraphs.len()];
    let headed: HashMap<usize, usize> = document
        .sections
        .iter()
        .enumerate()
        .filter_map(|(index, section)| Some((section.heading?.index(), index)))
        .collect();
    let openings = Openings { document, known: document.paragraphs.iter().map(|_| OnceCell::new()).collect() };
    for resolution in &document.resolutions {
        let range = resolution.paragraphs.start..resolution.paragraphs.end.min(parts.len());
        let mut reader = Reader::of(&openings, range.clone());
        for index in range {
            parts[index] = reader.part(&openings, index, &parts, headed.get(&index).copied());
        }
    }
    parts
}

/// The side on which a paragraph is read.
fn side(paragraph: &Paragraph) -> Side {
    if paragraph.is_in(Side::Amended) { Side::Amended } else { Side::InForce }
}

/// The form of the verb that opens a paragraph or names a section. `None` where no verb is known or recognizable.
pub fn form(paragraph: &Paragraph) -> Option<Form> {
    Opening::of(paragraph).form
}

/// How a paragraph begins.
#[derive(Debug, Clone, Copy)]
struct Opening {
    form: Option<Form>,
    /// Its number, if in digits.
    number: Option<u32>,
    /// Whether it is the heading of a chapter.
    chapter: bool,
}

impl Opening {
    fn of(paragraph: &Paragraph) -> Opening {
        *paragraph.remembered(|| {
            let form = form_of_paragraph(paragraph);
            let chapter = form.is_none() && is_chapter(paragraph);
            Opening { form, number: number(paragraph), chapter }
        })
    }
}

/// How the paragraphs of a document begin, once asked.
struct Openings<'a> {
    document: &'a Document,
    known: Vec<OnceCell<Opening>>,
}

impl Openings<'_> {
    fn of(&self, index: usize) -> Opening {
        let none = Opening { form: None, number: None, chapter: false };
        let known = self.known.get(index).zip(self.document.paragraphs.get(index));
        known.map_or(none, |(known, paragraph)| *known.get_or_init(|| Opening::of(paragraph)))
    }
}

fn form_of_paragraph(paragraph: &Paragraph) -> Option<Form> {
    let side = side(paragraph);
    let view = &paragraph.views[side];
    if paragraph.kind == ParagraphKind::SectionHeading && is_capitals(&view.text) {
        return None;
    }
    match paragraph.opening(side) {
        Some(range) => {
            form_of(&view.text[range]).or_else(|| form_of(&view.text)).or_else(|| inflected(&view.text[range]))
        }
        None if paragraph.kind == ParagraphKind::SectionHeading => {
            form_of(&view.text).or_else(|| inflected(&view.text))
        }
        None => form_of(&view.text),
    }
}

/// Whether a heading is the title of a chapter, in capital letters: RENEWING THE SQUARES.
fn is_capitals(heading: &str) -> bool {
    !heading.contains(char::is_lowercase)
        && heading.contains(char::is_uppercase)
        && heading.split_whitespace().count() > 2
}

/// The number of a paragraph that is numbered in digits.
fn number(paragraph: &Paragraph) -> Option<u32> {
    let label = paragraph.label.as_ref()?.text[side(paragraph)].as_deref()?;
    Label::parse(label)
        .iter()
        .find(|reading| matches!(reading.style.numeral, Numeral::Digits { .. } | Numeral::Chinese))
        .map(|label| label.value)
}

/// Reads the paragraphs of one resolution in order.
struct Reader {
    /// Whether any paragraph or heading has a verb: otherwise the text is no resolution.
    opened: bool,
    /// Whether more than one word with a capital letter says that it is a resolution.
    known: bool,
    /// The part so far; `None` before the first verb.
    part: Option<Part>,
    /// Whether clauses of the preamble were numbered in digits.
    numbered_preamble: bool,
    /// The section whose heading tells the part.
    headed: Option<(usize, Part)>,
    /// Whether nothing but annexes, or what stands behind the reasons, is to come.
    closed: bool,
    /// The number of the last clause that was numbered in digits.
    last: u32,
    /// Whether a chapter has begun and no clause in it yet: a report may go on behind a resolution that it quotes.
    doubt: bool,
}

impl Reader {
    fn of(openings: &Openings<'_>, range: std::ops::Range<usize>) -> Reader {
        let opened = range.clone().zip(&openings.document.paragraphs[range.clone()]).any(|(index, paragraph)| {
            paragraph.level == 0
                && matches!(paragraph.kind, ParagraphKind::SectionHeading | ParagraphKind::Clause | ParagraphKind::Text)
                && openings.of(index).form.is_some()
        });
        Reader {
            opened,
            known: is_known(openings, range),
            part: None,
            numbered_preamble: false,
            headed: None,
            closed: false,
            last: 0,
            doubt: false,
        }
    }

    fn part(&mut self, openings: &Openings<'_>, index: usize, parts: &[Part], opens: Option<usize>) -> Part {
        let paragraph = &openings.document.paragraphs[index];
        match paragraph.kind {
            ParagraphKind::Title | ParagraphKind::Subject | ParagraphKind::Footnote => return Part::Other,
            ParagraphKind::Reasons => {
                self.closed = true;
                return Part::Other;
            }
            ParagraphKind::DivisionHeading => {
                self.closed |= is_annex(&paragraph.views[side(paragraph)].text);
                self.headed = None;
                return Part::Other;
            }
            ParagraphKind::SectionHeading | ParagraphKind::Clause | ParagraphKind::Text => {}
        }
        if self.closed || !self.opened {
            return Part::Other;
        }
        if paragraph.kind == ParagraphKind::SectionHeading {
            return self.heading(openings, index, opens);
        }
        if let Some(section) = paragraph.section
            && let Some((headed, part)) = self.headed
            && headed == section.index()
        {
            return part;
        }
        if let Some(parent) = paragraph.parent {
            return parts.get(parent.index()).copied().unwrap_or(Part::Other);
        }
        self.clause(paragraph, openings.of(index))
    }

    /// The part that the heading of `section` opens.
    fn heading(&mut self, openings: &Openings<'_>, index: usize, section: Option<usize>) -> Part {
        let document = openings.document;
        let digits = section.and_then(|section| {
            let range = document.sections[section].paragraphs.clone();
            let mut paragraphs = range.clone().zip(document.paragraphs.get(range)?);
            let labelled = paragraphs.find(|(_, paragraph)| paragraph.label.is_some());
            labelled.map(|(index, _)| openings.of(index).number.is_some())
        });
        let form = openings.of(index).form.filter(|_| self.known || self.part.is_some());
        let part = match form {
            Some(Form::Preamble) => Some(Part::Preamble),
            Some(Form::Operative) => Some(Part::Operative),
            // Before the operative part clauses in digits begin it; behind it a section goes on with it.
            Some(Form::Either) if digits == Some(true) => Some(Part::Operative),
            Some(Form::Either) => Some(self.part.unwrap_or(Part::Preamble)),
            None => None,
        };
        self.headed = section.zip(part);
        if part.is_some() {
            self.part = part;
        }
        part.or(self.part).unwrap_or(Part::Other)
    }

    /// The part of a clause that no heading tells.
    fn clause(&mut self, paragraph: &Paragraph, opening: Opening) -> Part {
        let numbered = opening.number;
        if opening.chapter {
            self.doubt = true;
            return self.part.unwrap_or(Part::Other);
        }
        let form = opening.form.filter(|form| self.part.is_some() || begins(paragraph, *form, numbered));
        let goes_on = paragraph.views[side(paragraph)].text.starts_with(char::is_lowercase);
        if self.doubt
            && !goes_on
            && form.is_none()
            && numbered.is_none_or(|number| number != self.last.saturating_add(1))
        {
            if numbered.is_some() {
                // Another count: the resolution is over.
                self.part = None;
            }
            return Part::Other;
        }
        self.doubt = false;
        self.last = numbered.unwrap_or(self.last);
        let part = match (form, self.part) {
            // “1. Recalling its request, decides …” behind a preamble without numbers.
            (Some(Form::Preamble), Some(Part::Operative)) if numbered.is_some() => Part::Operative,
            (Some(Form::Preamble), Some(Part::Preamble)) if numbered == Some(1) && !self.numbered_preamble => {
                Part::Operative
            }
            (Some(Form::Preamble), _) => Part::Preamble,
            (Some(Form::Operative), _) => Part::Operative,
            (_, Some(Part::Preamble)) if numbered.is_some() && !self.numbered_preamble => Part::Operative,
            (Some(Form::Either), None) if numbered.is_some() => Part::Operative,
            (Some(Form::Either), None) => Part::Preamble,
            (_, Some(part)) => part,
            // Before the first verb: the acting organ, or the cover.
            (None, None) => return Part::Other,
        };
        self.numbered_preamble |= part == Part::Preamble && numbered.is_some();
        self.part = Some(part);
        part
    }
}

/// Whether something shows that the text is a resolution: a title, an acting organ, a clause that opens with its verb, two
/// sections, or a heading with a small letter. “Highlights” alone on a line may be a heading of any text.
fn is_known(openings: &Openings<'_>, range: std::ops::Range<usize>) -> bool {
    let mut headings: Vec<&str> = Vec::new();
    let paragraphs = range.clone().zip(&openings.document.paragraphs[range]);
    paragraphs.enumerate().any(|(at, (index, paragraph))| {
        let text = paragraph.views[side(paragraph)].text.trim();
        match paragraph.kind {
            ParagraphKind::Title => true,
            ParagraphKind::Clause => paragraph.opening(side(paragraph)).is_some() && openings.of(index).form.is_some(),
            ParagraphKind::Text => at < 3 && text.ends_with([',', '，', '،']) && text.chars().count() < 240,
            ParagraphKind::SectionHeading if openings.of(index).form.is_some() => {
                if !headings.contains(&text) {
                    headings.push(text);
                }
                headings.len() > 1 || !text.starts_with(char::is_uppercase)
            }
            _ => false,
        }
    })
}

/// Whether a paragraph without a verb is the heading of a chapter: `I.` or `A.` before words without a stop.
fn is_chapter(paragraph: &Paragraph) -> bool {
    let side = side(paragraph);
    let Some(label) = paragraph.label.as_ref().and_then(|label| label.text[side].as_deref()) else { return false };
    let capital = label.strip_suffix('.').is_some_and(|core| {
        !core.is_empty()
            && core.chars().all(|c| c.is_uppercase() || !c.is_alphanumeric())
            && core.contains(char::is_uppercase)
    });
    capital && paragraph.views[side].text.trim_end().ends_with(char::is_alphanumeric)
}

/// Whether a resolution can begin with this clause. In a report a sentence may open with the same words: “Noting the
/// delay, the Committee adjourned.”
fn begins(paragraph: &Paragraph, form: Form, numbered: Option<u32>) -> bool {
    let side = side(paragraph);
    if paragraph.label.as_ref().and_then(|label| label.text[side].as_deref()).is_some_and(is_bullet) {
        return false;
    }
    if paragraph.opening(side).is_some() {
        // A preamble does not begin with its second clause.
        return form != Form::Preamble || numbered.is_none_or(|number| number == 1);
    }
    let words = paragraph.views[side].text.trim_end();
    if words.rsplit_once('\t').is_some_and(|(_, page)| page.chars().all(|c| c.is_ascii_digit())) {
        // A line of a table of contents.
        return false;
    }
    // The sentence that a resolution is does not end in its preamble; one word is a heading.
    let ended = form == Form::Preamble && words.ends_with(['.', '。']);
    numbered.is_none_or(|number| number == 1) && !ended && words.contains(|c: char| c.is_whitespace() || is_han(c))
}

#[derive(Deserialize)]
struct Layout {
    annexes: std::collections::BTreeMap<String, Vec<String>>,
    adverbs: std::collections::BTreeMap<String, Vec<String>>,
}

/// Words in folded form by their first character, the longest first, with what is known of each.
type Words<T> = HashMap<char, Vec<(String, T)>>;

struct Lexicon {
    /// With each language that has the verb, and its form there.
    verbs: Words<Vec<(Language, Form)>>,
    adverbs: Words<()>,
    annexes: Vec<String>,
}

fn by_first<T>(words: impl IntoIterator<Item = (String, T)>) -> Words<T> {
    let mut map: Words<T> = HashMap::new();
    for (word, value) in words {
        if let Some(first) = word.chars().next() {
            map.entry(first).or_default().push((word, value));
        }
    }
    for list in map.values_mut() {
        list.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
    }
    map
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let layout: Layout = serde_json::from_str(include_str!("../../data/layout.json"))
        .expect("a test of the import reads the bundled layout.json");
    let adverbs: Vec<String> = layout.adverbs.values().flatten().map(|word| fold(word)).collect();
    let mut forms: HashMap<String, Vec<(Language, Form)>> = HashMap::new();
    for (language, verbs) in &verbs().languages {
        let lists = [(&verbs.preamble, Form::Preamble), (&verbs.operative, Form::Operative)];
        for (verb, form) in lists.into_iter().flat_map(|(list, form)| list.iter().map(move |verb| (fold(verb), form))) {
            if !adverbs.contains(&verb) {
                forms.entry(verb).or_default().push((*language, form));
            }
        }
    }
    Lexicon {
        verbs: by_first(forms),
        adverbs: by_first(adverbs.into_iter().map(|word| (word, ()))),
        annexes: layout.annexes.values().flatten().map(|word| fold(word)).collect(),
    }
});

/// Whether the heading of a division is that of an annex.
fn is_annex(heading: &str) -> bool {
    let heading = fold(heading.trim());
    LEXICON.annexes.iter().any(|word| begins_with(&heading, word))
}

/// The longest of the words that the folded `text` begins with.
fn longest<'a, T>(text: &str, words: &'a Words<T>) -> Option<&'a (String, T)> {
    words.get(&text.chars().next()?)?.iter().find(|(word, _)| begins_with(text, word))
}

/// Whether the folded `text` begins with whole words; in Chinese any character may follow.
fn begins_with(text: &str, words: &str) -> bool {
    let Some(rest) = text.strip_prefix(words) else { return false };
    words.ends_with(is_han) || !rest.starts_with(char::is_alphanumeric)
}

fn is_han(c: char) -> bool {
    ('\u{2e80}'..='\u{9fff}').contains(&c)
}

/// Without the adverbs that it begins with.
fn behind_adverbs(mut text: &str) -> &str {
    while let Some((adverb, ())) = longest(text, &LEXICON.adverbs) {
        text = text[adverb.len()..].trim_start();
    }
    text
}

/// The form of the listed verb that `text` begins with, adverbs before it or not.
fn form_of(text: &str) -> Option<Form> {
    /// No opening verb with its adverbs is longer, in characters.
    const WINDOW: usize = 100;
    let lead = text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '[' | '"' | '“' | '«' | '‘'));
    let end = lead.char_indices().nth(WINDOW).map_or(lead.len(), |(at, _)| at);
    let folded = fold(&lead[..end]);
    let find = |text: &str| {
        let (_, forms) = longest(text, &LEXICON.verbs)?;
        // “Note” opens a clause in French; “note by the secretariat” is English.
        let mut forms = forms.iter().filter(|(language, _)| !language.is_foreign_to(&folded)).map(|(_, form)| *form);
        let first = forms.next()?;
        Some(if forms.all(|form| form == first) { first } else { Form::Either })
    };
    // The verb and its adverb may be listed as one: “strongly condemns”, “вновь подтверждая”.
    find(&folded).or_else(|| find(behind_adverbs(&folded)))
}

/// What the ending of an opening that is not listed says: participles and gerunds are of the preamble. Only for words
/// that are set as an opening; any other word may end so.
fn inflected(opening: &str) -> Option<Form> {
    let folded = fold(opening.trim());
    let text = behind_adverbs(&folded);
    let word: String = text.chars().take_while(|c| c.is_alphabetic()).collect();
    if word.chars().count() < 4 {
        return None;
    }
    let ends = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
    let first = word.chars().next()?;
    match first {
        'a'..='z' if ends(&["ing", "ed", "ant", "ando", "iendo", "yendo"]) => Some(Form::Preamble),
        'а'..='я' if ends(&["ая", "яя", "уя", "ясь", "ав", "ив", "ев", "ясь", "вшись"]) => {
            Some(Form::Preamble)
        }
        'а'..='я' if ends(&["ает", "яет", "ует", "ит", "ется", "ится"]) => Some(Form::Operative),
        _ if text.starts_with("اذ ") || text.starts_with("واذ ") => Some(Form::Preamble),
        'ت' | 'ي' => Some(Form::Operative),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::{lower, parse};
    use expect_test::{Expect, expect};

    /// Each paragraph's first characters behind the letter of its part; `-` for neither.
    fn check(text: &str, expected: Expect) {
        let document = lower(text, &parse(text));
        let shown: String = document
            .paragraphs
            .iter()
            .zip(parts(&document))
            .map(|(paragraph, part)| {
                let part = match part {
                    Part::Preamble => 'P',
                    Part::Operative => 'O',
                    Part::Other => '-',
                };
                let words: String = paragraph.views[side(paragraph)].text.chars().take(24).collect();
                format!("{part} {words}\n")
            })
            .collect();
        expected.assert_eq(&shown);
    }

    #[test]
    fn section_headings_tell_the_part() {
        check(
            "# Resolution 200 (Lima, 2024)\n## Benches\n\nThe Conference (Lima, 2024),\n\n*recalling*\n\n\
             a) the plan;\n   – its annex;\n\n*sitting with care*\n\nthat benches age,\n\n*resolves*\n\n1. to mend:\n   a) \
             legs;\n2. to paint,\n\n*of paint*\n\n1. this;\n\nReasons: Rust.\n\nNext page\n\n### Annex 1\nTerms\n\n1. Decides \
             nothing.\n",
            expect![[r#"
                - Resolution 200 (Lima, 20
                - Benches
                - The Conference (Lima, 20
                P recalling
                P the plan;
                P its annex;
                P sitting with care
                P that benches age,
                O resolves
                O to mend:
                O legs;
                O to paint,
                O of paint
                O this;
                - Reasons: Rust.
                - Next page
                - Annex 1
                - Terms
                - Decides nothing.
            "#]],
        );
    }

    #[test]
    fn chinese_verbs_of_both_parts_are_told_by_their_place() {
        check(
            "# 第200号决议（2024年，利马）\n\n利马大会（2024年，利马），\n\n*注意到*\n\na) 长椅老化；\n\n*强调*\n\n木材短缺，\n\n*做出决议*\n\n\
             1. 修理；\n\n*强调*\n\n费用合理。\n",
            expect![[r#"
                - 第200号决议（2024年，利马）
                - 利马大会（2024年，利马），
                P 注意到
                P 长椅老化；
                P 强调
                P 木材短缺，
                O 做出决议
                O 修理；
                O 强调
                O 费用合理。
            "#]],
        );
        check(
            "大会，\n\n*注意到*长椅老化，\n\n*强调*木材短缺，\n\n1. *强调*费用合理；\n\n2. *请*秘书长报告。\n",
            expect![[r#"
                - 大会，
                P 注意到长椅老化，
                P 强调木材短缺，
                O 强调费用合理；
                O 请秘书长报告。
            "#]],
        );
    }

    #[test]
    fn clauses_with_their_own_verb() {
        check(
            "# Draft resolution 1/4\n\nThe General Assembly,\n\n*Recalling* the plan,\n\nConvinced that benches matter,\n\n\
             and that paint does too,\n\n1. *Recalling also* its report, decides to paint;\n\n2. The bureau shall meet:\n   \
             (a) weekly;\n\n*Decides* to remain seized.\n",
            expect![[r#"
                - Draft resolution 1/4
                - The General Assembly,
                P Recalling the plan,
                P Convinced that benches m
                P and that paint does too,
                O Recalling also its repor
                O The bureau shall meet:
                O weekly;
                O Decides to remain seized
            "#]],
        );
    }

    #[test]
    fn a_preamble_may_be_numbered_and_come_again() {
        check(
            "The Committee,\n\n1. *Noting* rust;\n\n2. *Aware* of rain;\n\n3. *Decides* to paint;\n\n4. the second coat;\n\n*Recalling* \
             the plan,\n\n1. *Requests* brushes.\n",
            expect![[r#"
                - The Committee,
                P Noting rust;
                P Aware of rain;
                O Decides to paint;
                O the second coat;
                P Recalling the plan,
                O Requests brushes.
            "#]],
        );
    }

    #[test]
    fn the_parts_in_russian_arabic_french_and_spanish() {
        check(
            "Генеральная Ассамблея,\n\n*ссылаясь* на план,\n\n*вновь подтверждая* задачу,\n\n1. *постановляет* красить;\n",
            expect![[r#"
                - Генеральная Ассамблея,
                P ссылаясь на план,
                P вновь подтверждая задачу
                O постановляет красить;
            "#]],
        );
        check(
            "الجمعية العامة،\n\n*إذ تشير* إلى الخطة،\n\n*وإذ تثمن* العمل،\n\n1. *تقرر* الطلاء؛\n",
            expect![[r#"
                - الجمعية العامة،
                P إذ تشير إلى الخطة،
                P وإذ تثمن العمل،
                O تقرر الطلاء؛
            "#]],
        );
        check(
            "Le Conseil,\n\n*considérant* la rouille,\n\n*jugeant* utile la peinture,\n\n1. *considère* le plan adopté;\n",
            expect![[r#"
                - Le Conseil,
                P considérant la rouille,
                P jugeant utile la peintur
                O considère le plan adopté
            "#]],
        );
        check(
            "El Consejo,\n\n*Recordando* el plan,\n\n*Expresando* su interés,\n\n1. *Expresa* su interés;\n",
            expect![[r#"
                - El Consejo,
                P Recordando el plan,
                P Expresando su interés,
                O Expresa su interés;
            "#]],
        );
    }

    #[test]
    fn a_report_may_go_on_behind_a_resolution_that_it_quotes() {
        check(
            "The Council,\n\n*Recalling* the plan,\n\n1. *Decides* to paint;\n\nA. Colours\n\n2. The colour shall be \
             green;\n\nII. Background\n\nPaint was dear.\n\n1. It was bought in spring.\n",
            expect![[r#"
                - The Council,
                P Recalling the plan,
                O Decides to paint;
                O Colours
                O The colour shall be gree
                O Background
                - Paint was dear.
                - It was bought in spring.
            "#]],
        );
    }

    #[test]
    fn a_text_that_is_no_resolution_has_no_parts() {
        check(
            "*RENEWING THE BENCHES*\n\nHighlights\t6\n\n*Highlights*\n\nNote\n\nThe Council notes that benches age.\n\n1. Paint was bought.\n\n(a) Green.\n\nNoting the \
             rust, the Council adjourned.\n\n2. Noting the rain, it met again;\n",
            expect![[r#"
                - RENEWING THE BENCHES
                - Highlights	6
                - Highlights
                - Note
                - The Council notes that b
                - Paint was bought.
                - Green.
                - Noting the rust, the Cou
                - Noting the rain, it met 
            "#]],
        );
    }

    #[test]
    fn what_is_only_in_force_is_read_there() {
        check(
            "*recalling*\n\n{--a) the plan;--}\n\n{~~*considering*~>*resolves*~~}\n\n1. {++to paint++};\n",
            expect![[r#"
                P recalling
                P the plan;
                O resolves
                O to paint;
            "#]],
        );
    }
}
