//! One label: its number, the system it is counted in, and what stands around it.

use std::fmt;
use std::ops::Range;

use super::numeral::{Numeral, Run};

/// How the labels of a list look: all but the number.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Style {
    /// What stands before the number: `(`, `（` or nothing.
    pub open: String,
    /// The system that the number is written in.
    pub numeral: Numeral,
    /// What stands behind it: `)`, `.`, `）`, `、` or nothing.
    pub close: String,
}

impl Style {
    /// Whether two labels look alike, whatever a list does behind its last letter.
    pub fn same(&self, other: &Style) -> bool {
        // What differs most often first, and what costs most to compare last.
        self.numeral.same_kind(other.numeral) && self.close == other.close && self.open == other.open
    }
}

/// A label in one of its readings.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Label {
    /// How it looks.
    pub style: Style,
    /// The steps above it in a decimal label, each with its dot: `1.` in `1.2`, `A.1.` in `A.1.b`. Otherwise empty.
    pub path: String,
    /// Its number, from 1 (0 where a list counts from nought).
    pub value: u32,
    /// 0 for none, 1 for `bis`, 2 for `ter` and so on: a clause between this number and the next.
    pub suffix: u32,
    /// How the suffix is set off from the number and written, for the next one to look alike.
    pub suffix_form: SuffixForm,
}

/// How a suffix is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct SuffixForm {
    /// Whether a space stands before it: `1 bis`.
    pub spaced: bool,
    /// In which language.
    pub words: SuffixWords,
}

/// The words for a clause between two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum SuffixWords {
    /// `bis`, `ter`, `quater`: used in all languages.
    #[default]
    Latin,
    /// 之二, 之三.
    Chinese,
    /// مكرر, مكرر 2.
    Arabic,
}

/// Latin numeral adverbs, from the second on, as treaty and conference texts count inserted provisions.
const LATIN_SUFFIXES: [&str; 19] = [
    "bis",
    "ter",
    "quater",
    "quinquies",
    "sexies",
    "septies",
    "octies",
    "novies",
    "decies",
    "undecies",
    "duodecies",
    "terdecies",
    "quaterdecies",
    "quindecies",
    "sexdecies",
    "septdecies",
    "octodecies",
    "novodecies",
    "vicies",
];

const OPEN: &[char] = &['(', '（', '〔', '【', '‘', '’', '\'', '"', '“', '”', '﴾'];
/// A dash closes a label in Arabic texts: `1 -`.
const CLOSE: &[char] = &[
    ')', '）', '〕', '】', '‘', '’', '\'', '"', '“', '”', '﴿', '.', '．', '。', '、', '،', ':', '：', '·', '°', 'º',
    '-', '–',
];

/// Signs that mark the items of a list without counting them; the last two of the private area are what word
/// processors leave of their own bullets.
const BULLETS: &[char] = &[
    '–', '—', '-', '‐', '‒', '−', '•', '‣', '◦', '▪', '●', '○', '■', '□', '·', '*', '+', '►', '\u{f0b7}', '\u{f02d}',
    '✓', '◆', '―',
];

impl Label {
    /// Every reading of a label as typed, delimiters included, the likeliest first: `i)` is the ninth letter or the
    /// first roman number. Empty for a bullet and for what is no label.
    pub fn parse(text: &str) -> Vec<Label> {
        let Some(core) = core(text) else { return Vec::new() };
        let text = text.trim();
        let (open, close) = (&text[..core.start], &text[core.end..]);
        let label = |(numeral, value)| Label {
            style: Style { open: open.to_owned(), numeral, close: close.to_owned() },
            path: String::new(),
            value,
            suffix: 0,
            suffix_form: SuffixForm::default(),
        };
        if let Some(readings) = Numeral::read_plain(&text[core.clone()]) {
            return readings.into_iter().flatten().map(label).collect();
        }
        let mut labels: Vec<Label> = Vec::new();
        for (number, suffix, form) in suffixes(&text[core]) {
            let split =
                number.rfind(['.', '．']).map_or(0, |dot| dot + number[dot..].chars().next().map_or(0, char::len_utf8));
            let (path, last) = number.split_at(split);
            if !is_path(path) {
                continue;
            }
            for (numeral, value) in Numeral::read(last) {
                let style = Style { open: open.to_owned(), numeral, close: close.to_owned() };
                let label = Label { style, path: path.to_owned(), value, suffix, suffix_form: form };
                if !labels.contains(&label) {
                    labels.push(label);
                }
            }
        }
        labels
    }

    /// The label behind this one, in the same style: `d)` behind `c)`; `2bis` behind `2` is asked for with
    /// [`Label::next_suffix`].
    pub fn successor(&self) -> Label {
        self.with(self.value.saturating_add(1), 0)
    }

    /// The label that stands between this one and its successor: `1bis` behind `1`, `1ter` behind `1bis`.
    pub fn next_suffix(&self) -> Label {
        self.with(self.value, self.suffix.saturating_add(1))
    }

    /// The label of another number in the same style.
    pub fn with(&self, value: u32, suffix: u32) -> Label {
        Label { value, suffix, ..self.clone() }
    }

    /// The same label in a list whose letters go on as `run` says behind the last one.
    pub fn with_run(mut self, run: Run) -> Label {
        self.style.numeral = self.style.numeral.with_run(run);
        self
    }

    /// The number with path and suffix, without what stands around it: `1.2`, `c`, `1bis`.
    pub fn core(&self) -> String {
        let mut text = format!("{}{}", self.path, self.style.numeral.write(self.value));
        if self.suffix > 0 {
            if self.suffix_form.spaced {
                text.push(' ');
            }
            text.push_str(&suffix_word(self.suffix, self.suffix_form.words));
        }
        text
    }

    /// Number and suffix, in the order of a list: 1, 1bis, 1ter, 2.
    pub fn rank(&self) -> (u32, u32) {
        (self.value, self.suffix)
    }
}

impl fmt::Display for Label {
    /// As it is typed: `(c)`, `1.`, `1bis)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}{}", self.style.open, self.core(), self.style.close)
    }
}

/// Whether a label as typed is a bullet, which counts nothing.
pub fn is_bullet(text: &str) -> bool {
    let text = text.trim();
    let mut chars = text.chars();
    chars.next().is_some_and(|c| BULLETS.contains(&c)) && chars.all(|c| BULLETS.contains(&c))
}

/// The bytes of a label, trimmed, that are number and suffix: what changes when it is renumbered. `None` for a bullet and
/// where nothing is between the delimiters.
pub fn core(text: &str) -> Option<Range<usize>> {
    let text = text.trim();
    if is_bullet(text) {
        return None;
    }
    let start = text.len() - text.trim_start_matches(OPEN).len();
    let end = text.trim_end_matches(CLOSE).len();
    // `1 )` has its space with the bracket.
    let end = text.get(..end)?.trim_end().len();
    (start < end && text[..start].chars().count() <= 1).then_some(start..end)
}

/// Steps such as `1.` or `A.1.`, or none.
fn is_path(path: &str) -> bool {
    path.is_empty()
        || path
            .strip_suffix(['.', '．'])
            .is_some_and(|steps| steps.split(['.', '．']).all(|step| !Numeral::read(step).is_empty()))
}

/// The ways to split a suffix off: `1bis` has one, `bis` none.
fn suffixes(core: &str) -> Vec<(&str, u32, SuffixForm)> {
    let mut splits = vec![(core, 0, SuffixForm::default())];
    let push = |number: &'_ str, suffix: u32, words: SuffixWords, splits: &mut Vec<_>| {
        let trimmed = number.trim_end_matches([' ', '\u{a0}', '.']);
        if !trimmed.is_empty() {
            let form = SuffixForm { spaced: trimmed.len() < number.len(), words };
            splits.push((&core[..trimmed.len()], suffix, form));
        }
    };
    let lowered = core.to_ascii_lowercase();
    // The ninth has two names.
    if let Some(number) = lowered.strip_suffix("nonies") {
        push(number, 8, SuffixWords::Latin, &mut splits);
    }
    for (index, word) in LATIN_SUFFIXES.iter().enumerate() {
        if let Some(number) = lowered.strip_suffix(word) {
            push(number, index as u32 + 1, SuffixWords::Latin, &mut splits);
        }
    }
    if let Some((number, ordinal)) = core.rsplit_once('之')
        && let Some(ordinal) =
            Numeral::read(ordinal).into_iter().find_map(|(n, v)| (n == Numeral::Chinese).then_some(v))
        && ordinal > 1
    {
        push(number, ordinal - 1, SuffixWords::Chinese, &mut splits);
    }
    if let Some((number, ordinal)) = core.rsplit_once("مكرر") {
        let ordinal = ordinal.trim_start_matches(['ا', 'ً', 'ّ']).trim();
        let ordinal =
            if ordinal.is_empty() { Some(1) } else { Numeral::read(ordinal).first().map(|(_, value)| *value) };
        if let Some(suffix) = ordinal {
            push(number, suffix, SuffixWords::Arabic, &mut splits);
        }
    }
    splits
}

fn suffix_word(suffix: u32, words: SuffixWords) -> String {
    match words {
        SuffixWords::Latin => match LATIN_SUFFIXES.get(suffix as usize - 1) {
            Some(word) => (*word).to_owned(),
            None => format!("bis{suffix}"),
        },
        SuffixWords::Chinese => format!("之{}", Numeral::Chinese.write(suffix + 1)),
        SuffixWords::Arabic if suffix == 1 => "مكرر".to_owned(),
        SuffixWords::Arabic => format!("مكرر {suffix}"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::numbering::Alphabet;

    fn first(text: &str) -> Label {
        Label::parse(text).into_iter().next().unwrap_or_else(|| panic!("{text} is a label"))
    }

    #[test]
    fn labels_of_every_form_read_and_print_back() {
        for text in [
            "a)",
            "(a)",
            "a.",
            "1.",
            "1)",
            "1",
            "1.1",
            "1.1.",
            "i)",
            "(iv)",
            "IV.",
            "aa)",
            "B.",
            "（a）",
            "（1）",
            "(一)",
            "一、",
            "十二、",
            "①",
            "１．",
            "1bis)",
            "1 bis)",
            "3ter.",
            "cbis)",
            "c bis)",
            "1之二",
            "أ)",
            "(هـ)",
            "١.",
            "а)",
            "б)",
            "2.b)",
            "A.1",
            "‘1’",
            "甲、",
            "1مكرر",
            "α)",
            "ａ）",
            "（Ｂ）",
            "1 -",
            "أ -",
            "أأ)",
            "аб)",
            "zzz)",
            "б bis)",
            "ب مكرر)",
            "٢ مكرر.",
            "一之二、",
            "2undecies.",
        ] {
            assert_eq!(first(text).to_string(), text);
        }
    }

    #[test]
    fn what_is_read_as_a_label_is_one_in_a_text() {
        for (text, words) in [
            ("a)", "x"),
            ("(a)", "x"),
            ("a.", "x"),
            ("aa)", "x"),
            ("ab)", "x"),
            ("aaa)", "x"),
            ("1.", "x"),
            ("1)", "x"),
            ("(1)", "x"),
            ("1", "\tx"),
            ("1.1", "x"),
            ("2.10.3", "x"),
            ("i)", "x"),
            ("(iv)", "x"),
            ("xviii)", "x"),
            ("IV.", "x"),
            ("(B)", "x"),
            ("1bis.", "x"),
            ("1 ter.", "x"),
            ("2undecies.", "x"),
            ("abis)", "x"),
            ("aabis)", "x"),
            ("iv bis)", "x"),
            ("1.1 bis.", "x"),
            ("б)", "мост"),
            ("(б)", "мост"),
            ("аа)", "мост"),
            ("аб)", "мост"),
            ("б bis)", "мост"),
            ("أ)", "جسر"),
            ("(هـ)", "جسر"),
            ("ج.", "جسر"),
            ("أأ)", "جسر"),
            ("أ -", "جسر"),
            ("١.", "جسر"),
            ("١ -", "جسر"),
            ("1-", "*تقرر* جسر"),
            ("(۲)", "جسر"),
            ("٢ مكرر.", "جسر"),
            ("(ب مكرر)", "جسر"),
            ("１．", "桥"),
            ("（１）", "桥"),
            ("（a）", "桥"),
            ("ａ）", "桥"),
            ("一、", "桥"),
            ("（二十一）", "桥"),
            ("1、", "桥"),
            ("1之二、", "桥"),
            ("①", "桥"),
            ("甲、", "桥"),
            ("α)", "γέφυρα"),
        ] {
            assert!(!Label::parse(text).is_empty(), "{text}");
            let space = if words.starts_with('\t') { "" } else { " " };
            let text_of = format!("*x*\n\n{text}{space}{words}\n");
            let document = crate::syntax::lower(&text_of, &crate::syntax::parse(&text_of));
            let label = document.paragraphs.iter().find_map(|paragraph| paragraph.label.as_ref());
            let typed = label.and_then(|label| label.text.amended.as_deref());
            assert_eq!(typed, Some(text), "{text_of}");
        }
    }

    #[test]
    fn numbers_and_words_at_the_start_of_a_paragraph_are_no_labels() {
        for text in ["2018. x", "10 - 15 bridges", "1 - x", "(PP1) x", "No. 5 x", "Mr. X"] {
            let text_of = format!("*x*\n\n{text}\n");
            let document = crate::syntax::lower(&text_of, &crate::syntax::parse(&text_of));
            let label = document.paragraphs.iter().find_map(|paragraph| paragraph.label.as_ref());
            assert_eq!(label, None, "{text}");
        }
    }

    #[test]
    fn bullets_and_words_are_no_numbers() {
        for text in ["–", "-", "•", "*", "to)", "Reasons:", "", "()", "the", "bis", "1.2.x y", "2019/3", "–)"] {
            assert_eq!(Label::parse(text), [], "{text}");
        }
        assert!(is_bullet("–"));
        assert!(!is_bullet("a)"));
    }

    #[test]
    fn successors_keep_the_style() {
        for (label, next) in [
            ("a)", "b)"),
            ("(z)", "(aa)"),
            ("aa)", "bb)"),
            ("ab)", "ac)"),
            ("9.", "10."),
            ("1.9", "1.10"),
            ("1bis)", "2)"),
            ("九、", "十、"),
            ("(د)", "(هـ)"),
            ("٩.", "١٠."),
            ("д)", "е)"),
            ("（iii）", "（iv）"),
            ("A.", "B."),
            ("ａ）", "ｂ）"),
            ("غ)", "أأ)"),
            ("я)", "аа)"),
            ("zz)", "aaa)"),
            ("九 、", "十 、"),
            ("١ -", "٢ -"),
            ("1nonies.", "2."),
        ] {
            assert_eq!(first(label).successor().to_string(), next);
        }
    }

    #[test]
    fn a_clause_between_two_numbers_is_bis_then_ter() {
        assert_eq!(first("2)").next_suffix().to_string(), "2bis)");
        assert_eq!(first("2 bis)").next_suffix().to_string(), "2 ter)");
        assert_eq!(first("2之二").next_suffix().to_string(), "2之三");
    }

    #[test]
    fn behind_the_last_letter_lists_differ() {
        let z = first("z)");
        assert_eq!(z.successor().successor().to_string(), "bb)");
        assert_eq!(z.with_run(Run::Columns).successor().successor().to_string(), "ab)");
    }

    #[test]
    fn the_core_is_what_renumbering_changes() {
        for (text, inner) in
            [("(a)", "a"), ("1.", "1"), ("1.2.", "1.2"), ("（iv）", "iv"), ("1bis)", "1bis"), ("一、", "一")]
        {
            assert_eq!(core(text).map(|range| &text[range]), Some(inner));
        }
    }

    prop_compose! {
        fn label()(
            open in prop::sample::select(vec!["", "(", "（"]),
            close in prop::sample::select(vec!["", ")", ".", "）", "、", ")."]),
            numeral in prop::sample::select(vec![
                Numeral::Digits { zero: '0' },
                Numeral::Digits { zero: '٠' },
                Numeral::Roman { upper: false },
                Numeral::Roman { upper: true },
                Numeral::Chinese,
                Numeral::Letters { alphabet: Alphabet::Latin, upper: false, run: Run::Doubled },
                Numeral::Letters { alphabet: Alphabet::Cyrillic, upper: true, run: Run::Doubled },
                Numeral::Letters { alphabet: Alphabet::Abjad, upper: false, run: Run::Doubled },
            ]),
            path in prop::sample::select(vec!["", "1.", "2.10."]),
            value in 1u32..60,
            suffix in 0u32..4,
        ) -> Label {
            let style = Style { open: open.into(), numeral, close: close.into() };
            Label { style, path: path.into(), value, suffix, suffix_form: SuffixForm::default() }
        }
    }

    proptest! {
        #[test]
        fn what_is_printed_reads_back(label in label()) {
            prop_assert!(Label::parse(&label.to_string()).contains(&label), "{label}: {:?}", Label::parse(&label.to_string()));
        }

        #[test]
        fn no_text_makes_it_stumble(text in "\\PC{0,8}") {
            for label in Label::parse(&text) {
                let _ = label.successor().to_string();
                let _ = label.next_suffix().to_string();
            }
        }

        #[test]
        fn nor_does_anything_that_looks_like_a_label(text in "[(（]{0,2}[a-zA-Z0-9.一二十百零之أه٠-٩abisterмкر ]{0,8}[).、]{0,2}") {
            for label in Label::parse(&text) {
                let _ = label.to_string();
            }
        }
    }
}
