//! What must hold of renumbering whatever the text: the result is in order, stays as it is when renumbered again, refers
//! to the same clauses, and says in force what it said.

use std::collections::HashMap;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::{Meaning, Reference, carry, read};
use crate::numbering::{
    Extent, Label, LabelChange, Numeral, Problem, Run, Step, check, is_tracked, label_edits, lists, renumber,
};
use crate::syntax::{Document, ParagraphIndex, Side, TextEdit, lower, parse};

/// A clause of a generated text.
#[derive(Debug, Clone)]
struct Clause {
    /// How far its number is off.
    off: i32,
    /// 0 plain, 1 inserted, 2 deleted, 3 with a tracked label.
    state: u8,
    /// The section and clause that it refers to, if they are there.
    refers: Option<(usize, usize)>,
    /// Whether its label has another point or bracket than the rest.
    odd: bool,
    /// Sub-clauses.
    below: u8,
}

#[derive(Debug, Clone)]
struct Section {
    numeral: Numeral,
    close: &'static str,
    clauses: Vec<Clause>,
    /// Whether its numbers go on from the section before.
    goes_on: bool,
}

#[derive(Debug, Clone)]
struct Text {
    headings: [&'static str; 3],
    tracked: bool,
    marked: bool,
    sections: Vec<Section>,
}

const HEADINGS: [[&str; 3]; 6] = [
    ["recalling", "keeping in mind", "resolves"],
    ["rappelant", "considérant en outre", "décide"],
    ["recordando", "considerando", "resuelve"],
    ["напоминая", "признавая далее", "решает"],
    ["忆及", "考虑到", "做出决议"],
    ["إذ يذكر", "وإذ يضع في اعتباره", "يقرر"],
];

/// Sections that come last, in the languages of [`HEADINGS`].
const LAST: [&str; 6] = [
    "invites Member States",
    "invite les États Membres",
    "invita a los Estados Miembros",
    "предлагает государствам-членам",
    "请各成员国",
    "يدعو الدول الأعضاء",
];

/// How each language names a clause of a section.
const PATTERNS: [&[&str]; 6] = [
    &[
        "as *{h}* {n} above says,",
        "under {h} {n} above,",
        "paragraph {n} of *{h}* above,",
        "the *{h}* section, and *{h}* {n}),",
    ],
    &["voir le *{h}* {n} ci-dessus,", "le point {n} du *{h}* ci-dessus,", "l'alinéa {n}) du *{h}*,"],
    &["según el *{h}* {n} *supra*,", "el punto {n} del *{h}*,", "el apartado {n}) del *{h}* anterior,"],
    &["согласно пункту {n} раздела *{h}*, выше,", "пункт {n} раздела *{h}*,", "см. *{h}* {n} выше,"],
    &["落实上述{h}{n}，", "上述*{h}*{n}一节，", "按照{h}{n}，"],
    &["الفقرة {n} من *{h}* أعلاه،", "انظر *{h}* {n} أعلاه،"],
];

/// Words, labels and signs that references are made of, whole and broken.
const PIECES: [&str; 48] = [
    "resolves ",
    "*resolves* ",
    "*noting*",
    "noting ",
    "paragraph ",
    "paragraphs ",
    "subparagraph ",
    "1",
    "2",
    "a)",
    "(b)",
    " (ii)",
    " and ",
    ", ",
    " to ",
    "–",
    " above",
    " below",
    "the ",
    "third ",
    "first ",
    "preambular ",
    "operative ",
    "OP",
    "PP2",
    "/",
    "annex ",
    "Annex 1",
    " of ",
    " of annex I",
    " to this resolution",
    " of this paragraph",
    " of Resolution 140 (Rev. Dubai, 2018)",
    "第",
    "段",
    "上述",
    "做出决议",
    "附件",
    "三",
    "пункт ",
    "подпункт ",
    "point ",
    " du ",
    "الفقرة ",
    "و",
    "{++1++}",
    "{~~2~>3~~}",
    "\n   ",
];

fn numeral() -> impl Strategy<Value = Numeral> {
    use crate::numbering::Alphabet::{Abjad, Cyrillic, Latin};
    let letters = |alphabet| Numeral::Letters { alphabet, upper: false, run: Run::Doubled };
    prop::sample::select(vec![
        Numeral::Digits { zero: '0' },
        Numeral::Digits { zero: '٠' },
        letters(Latin),
        letters(Cyrillic),
        letters(Abjad),
        Numeral::Roman { upper: false },
        Numeral::Chinese,
    ])
}

prop_compose! {
    fn clause()(
        off in prop_oneof![12 => Just(0), 1 => Just(1), 1 => Just(-1), 1 => Just(3)],
        state in prop_oneof![6 => Just(0u8), 2 => Just(1u8), 1 => Just(2u8), 2 => Just(3u8)],
        refers in prop::option::weighted(0.4, (0usize..3, 0usize..7)),
        odd in prop::bool::weighted(0.03),
        below in prop_oneof![8 => Just(0u8), 1 => Just(2u8), 1 => Just(3u8)],
    ) -> Clause {
        Clause { off, state, refers, odd, below }
    }
}

prop_compose! {
    fn section()(
        numeral in numeral(),
        close in prop::sample::select(vec![")", ".", "）"]),
        clauses in prop::collection::vec(clause(), 1..7),
        goes_on in prop::bool::weighted(0.15),
    ) -> Section {
        Section { numeral, close: if numeral == Numeral::Chinese { "、" } else { close }, clauses, goes_on }
    }
}

prop_compose! {
    fn text()(
        headings in prop::sample::select(HEADINGS.to_vec()),
        tracked in any::<bool>(),
        marked in any::<bool>(),
        sections in prop::collection::vec(section(), 1..4),
    ) -> Text {
        Text { headings, tracked, marked, sections }
    }
}

impl Text {
    fn write(&self) -> String {
        let mut out = String::new();
        if self.tracked && self.marked {
            out.push_str("MOD X/1/2\n\n");
        }
        out.push_str("# Resolution 5 (Kigali, 2022)\n\n");
        let mut numbers: Vec<Vec<u32>> = Vec::new();
        let mut last = 0;
        for section in &self.sections {
            let mut next = if section.goes_on { last } else { 0 };
            let mut row = Vec::new();
            for clause in &section.clauses {
                if !(self.tracked && clause.state == 2) {
                    next += 1;
                }
                row.push((next + clause.off).max(1) as u32);
            }
            last = next;
            numbers.push(row);
        }
        let mut word = 0;
        for (s, section) in self.sections.iter().enumerate() {
            out.push_str(&format!("*{}*\n\n", self.headings[s]));
            for (c, clause) in section.clauses.iter().enumerate() {
                word += 1;
                let close =
                    if clause.odd && c > 0 { if section.close == "." { ")" } else { "." } } else { section.close };
                let number = section.numeral.write(numbers[s][c]);
                let reference = clause.refers.and_then(|(s, c)| {
                    let other = self.sections.get(s)?;
                    let label = other.numeral.write(*numbers[s].get(c)?);
                    Some(format!(" *{}* {label})", self.headings[s]))
                });
                let words = format!("word{word}{};", reference.unwrap_or_default());
                let line = match if self.tracked { clause.state } else { 0 } {
                    1 => format!("{{++{number}{close} {words}++}}"),
                    2 => format!("{{--{number}{close} {words}--}}"),
                    3 if c > 0 => format!("{{~~{}~>{number}~~}}{close} {words}", section.numeral.write(c as u32)),
                    _ => format!("{number}{close} {words}"),
                };
                out.push_str(&line);
                out.push('\n');
                for below in 0..clause.below {
                    word += 1;
                    out.push_str(&format!("   {}) word{word};\n", ["a", "b", "d"][usize::from(below)]));
                }
            }
            out.push('\n');
        }
        out
    }
}

fn document(text: &str) -> Document {
    lower(text, &parse(text))
}

/// The edits by which the references of a document follow its own clauses, as the text alone has them.
fn follow(text: &str, document: &Document, references: &[Reference], changes: &[LabelChange]) -> Vec<TextEdit> {
    let renewed: HashMap<ParagraphIndex, &Label> =
        changes.iter().map(|change| (change.paragraph, &change.new)).collect();
    let meaning = Meaning::new(document);
    let mut edits = Vec::new();
    for reference in references.iter().filter(|reference| reference.is_own()) {
        let paragraph = document.paragraph(reference.paragraph);
        for step in reference.pinpoints.iter().flat_map(|pinpoint| &pinpoint.steps) {
            let label = meaning.of(step).and_then(|clause| renewed.get(&clause));
            let tracked = || is_tracked(document, paragraph.resolution);
            edits.extend(label.and_then(|label| carry(text, paragraph, step, label, tracked)));
        }
    }
    edits
}

fn renumbered(text: &str, extent: Extent) -> String {
    let document = document(text);
    let changes = renumber(&document, extent);
    let mut edits = label_edits(text, &document, &changes);
    edits.extend(follow(text, &document, &read(&document), &changes));
    edits.sort_by_key(|edit| (edit.range.start(), edit.range.end()));
    edits.dedup();
    TextEdit::apply_all(text, &edits).unwrap_or_else(|| panic!("{edits:?} overlap in\n{text}"))
}

fn problems(text: &str) -> Vec<Problem> {
    check(&document(text)).into_iter().filter(|problem| problem.side != Some(Side::InForce)).collect()
}

/// For each reference as amended that means a clause, its own clause's first word and that of the clause it means.
fn meanings(text: &str) -> Vec<(String, String)> {
    let document = document(text);
    let word = |index| {
        let words = &document.paragraph(index).views[Side::Amended].text;
        words.split([' ', ';']).next().unwrap_or_default().to_owned()
    };
    let mut meanings = Vec::new();
    let meaning = Meaning::new(&document);
    for reference in read(&document).iter().filter(|reference| reference.in_both || reference.side == Side::Amended) {
        for step in reference.pinpoints.iter().flat_map(|pinpoint| &pinpoint.steps) {
            let target = match meaning.of(step) {
                Some(clause) => word(clause),
                None => continue,
            };
            meanings.push((word(reference.paragraph), target));
        }
    }
    meanings
}

/// The text as in force: labels and words.
fn in_force(text: &str) -> Vec<(Option<String>, String)> {
    let document = document(text);
    let seen = document.paragraphs.iter().filter(|paragraph| paragraph.is_in(Side::InForce));
    seen.map(|p| (p.label.as_ref().and_then(|label| label.text.in_force.clone()), p.views.in_force.text.clone()))
        .collect()
}

/// Each case reads several documents: a quarter of the usual number keeps the tests quick, and it is the same every time.
/// Where `PROPTEST_CASES` is set, there are as many others.
fn config() -> ProptestConfig {
    let usual = ProptestConfig::default();
    match std::env::var_os("PROPTEST_CASES") {
        Some(_) => usual,
        None => ProptestConfig { cases: usual.cases / 4, rng_seed: RngSeed::Fixed(140), ..usual },
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_renumbered_text_is_in_order_and_stays_so(text in text()) {
        let before = text.write();
        let after = renumbered(&before, Extent::Document);
        prop_assert_eq!(problems(&after), [], "{}\n{}", before, after);
        prop_assert_eq!(&renumbered(&after, Extent::Document), &after, "{}", before);
    }

    #[test]
    fn references_mean_the_same_clauses_as_before(text in text()) {
        let before = text.write();
        let after = renumbered(&before, Extent::Document);
        let now = meanings(&after);
        for meaning in meanings(&before) {
            prop_assert!(now.contains(&meaning), "{:?}\n{}\n{}", meaning, before, after);
        }
    }

    #[test]
    fn a_tracked_text_says_in_force_what_it_said(mut text in text()) {
        text.tracked = true;
        text.marked = true;
        let before = text.write();
        let after = renumbered(&before, Extent::Document);
        prop_assert_eq!(in_force(&after), in_force(&before), "{}\n{}", before, after);
    }

    #[test]
    fn a_list_that_is_renumbered_is_in_order(text in text()) {
        let before = text.write();
        let document = document(&before);
        let first = document.iter().find(|(_, paragraph)| paragraph.label.is_some()).map(|(index, _)| index);
        if let Some(first) = first {
            let after = renumbered(&before, Extent::List(first));
            let lists = lists(&self::document(&after), Side::Amended);
            let list = lists.iter().find(|list| list.items.iter().any(|item| item.paragraph == first));
            let slips = list.map_or(0, |list| list.items.iter().filter(|item| item.step != Step::Follows).count());
            prop_assert_eq!(slips, 0, "{}\n{}", before, after);
        }
    }

    #[test]
    fn what_is_read_stands_where_it_says(words in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..14)) {
        let text = format!("*resolves*\n1. x;\n2. {};\n   a) y;\n*noting*\na) z,\n\n### Annex 1\n1. v.\n", words.concat());
        let document = document(&text);
        let references = read(&document);
        for reference in &references {
            let paragraph = document.paragraph(reference.paragraph);
            prop_assert!(paragraph.range.contains_range(reference.range), "{reference:?} in {text}");
            let mut cores: Vec<_> = Vec::new();
            for pinpoint in &reference.pinpoints {
                for step in &pinpoint.steps {
                    prop_assert!(reference.range.contains_range(step.range), "{reference:?} in {text}");
                    prop_assert!(step.core.iter().all(|core| step.range.contains_range(*core)), "{step:?} in {text}");
                    // Steps around several pinpoints are the same words.
                    cores.extend(step.core.iter().copied().filter(|core| !core.is_empty()));
                }
            }
            cores.sort_by_key(|core| (core.start(), core.end()));
            cores.dedup();
            let apart = cores.windows(2).all(|pair| pair[0].end() <= pair[1].start());
            prop_assert!(apart, "{cores:?} overlap in {text}");
            let words = &reference.direction_word;
            prop_assert!(words.iter().all(|word| reference.range.contains_range(*word)), "{reference:?} in {text}");
        }
        for side in Side::BOTH {
            let stand = references.iter().filter(|reference| reference.sides().any(|other| other == side));
            let ranges: Vec<_> = stand.map(|reference| reference.range).collect();
            let apart = ranges.windows(2).all(|pair| pair[0].end() <= pair[1].start());
            prop_assert!(apart, "{ranges:?} overlap in {text}");
        }
    }

    #[test]
    fn what_is_printed_for_a_clause_is_read_back_to_it(
        language in 0usize..6,
        sizes in prop::collection::vec(1u32..9, 2..4),
        pattern in 0usize..5,
    ) {
        let headings = HEADINGS[language];
        let mut text = "# Resolution 5 (Kigali, 2022)\n\n".to_owned();
        for (section, size) in sizes.iter().enumerate() {
            text.push_str(&format!("*{}*\n\n", headings[section]));
            for number in 1..=*size {
                text.push_str(&format!("{number}. word{section}x{number};\n"));
            }
            text.push('\n');
        }
        text.push_str(&format!("*{}*\n\n", LAST[language]));
        let mut wanted = Vec::new();
        for (section, size) in sizes.iter().enumerate() {
            for number in 1..=*size {
                let patterns = PATTERNS[language];
                let words = patterns[pattern % patterns.len()];
                let words = words.replace("{h}", headings[section]).replace("{n}", &number.to_string());
                text.push_str(&format!("{words}\n\n"));
                wanted.push(format!("word{section}x{number};"));
            }
        }
        let document = document(&text);
        let target = |reference: &super::Reference| {
            let step = reference.pinpoints.first().and_then(|pinpoint| pinpoint.steps.last())?;
            Some(document.paragraph(step.target.amended.clause()?).views.amended.text.clone())
        };
        let read: Vec<String> = read(&document).iter().filter_map(target).collect();
        prop_assert_eq!(read, wanted, "{}", text);
    }

    #[test]
    fn no_text_makes_it_stumble(text in "([a-c1-3]{1,2}[).] |\\*[a-z]{1,6}\\*|\\{\\+\\+|\\+\\+\\}|\\{~~|~>|~~\\}|\n|   |[a-c ]{1,4}|above|第|2|、){0,40}") {
        let document = document(&text);
        let _ = check(&document);
        let _ = renumbered(&text, Extent::Document);
    }

    #[test]
    fn nor_any_other(text in "\\PC{0,60}") {
        let _ = read(&document(&text));
    }
}
