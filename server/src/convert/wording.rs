//! The words by which a reader knows what a line is: a title, an annex, reasons, an opening verb.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;

use super::source::width;
use crate::reference::{LanguageVerbs, verbs};
use crate::syntax::Language;

#[derive(Deserialize)]
struct Layout {
    titles: BTreeMap<String, Vec<String>>,
    drafts: Vec<String>,
    annexes: BTreeMap<String, Vec<String>>,
    adopted: BTreeMap<String, Vec<String>>,
    organs: BTreeMap<String, Vec<String>>,
    reasons: Vec<String>,
    openings: BTreeMap<Language, Vec<String>>,
    adverbs: BTreeMap<Language, Vec<String>>,
    actors: Vec<String>,
    fields: Vec<String>,
}

static LAYOUT: LazyLock<Layout> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../data/layout.json")).expect("the bundled layout.json is of this shape")
});

fn compile(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a pattern made of the words of layout.json is valid")
}

fn any<'a>(words: impl IntoIterator<Item = &'a String>) -> String {
    let mut words: Vec<&String> = words.into_iter().collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words.into_iter().map(|word| regex::escape(word)).collect::<Vec<_>>().join("|")
}

/// The parentheses behind a number: `(Rev. Dubai, 2018)`.
const PARENTHESES: &str = r"(?:\s*[（(][^（）()]{0,80}[)）]){0,2}";

static TITLE: LazyLock<Regex> = LazyLock::new(|| {
    compile(&format!(
        r"(?i)^(?:(?:{}|de\s+la)\s*)*(?:{})(?:\s+(?:n[o°º]\.?|№))?\s+(?P<number>(?:[\p{{L}}-]{{1,12}}[ -])?\[?[\p{{L}}\p{{N}}][\p{{L}}\p{{N}}./+-]{{0,20}}\]?(?:\s*\[[^\]]{{1,30}}\])?){PARENTHESES}\s*[*.]?$",
        any(&LAYOUT.drafts),
        any(LAYOUT.titles.values().flatten()),
    ))
});

static CHINESE_TITLE: LazyLock<Regex> = LazyLock::new(|| {
    compile(&format!(
        r"^(?:ITU-[RTD]\s*)?第\s*(?P<number>\[?[A-Za-z0-9][A-Za-z0-9/ .+-]{{0,20}}\]?(?:\s*[（(]\d{{4}}年?[)）])?)\s*号\s*(?:新)?(?:决议|决定|建议|意见)(?:草案)?(?:\s*\[[^\]]{{1,30}}\])?{PARENTHESES}\s*\*?$"
    ))
});

static CHINESE_DRAFT: LazyLock<Regex> =
    LazyLock::new(|| compile(r"^新?(?:决议|决定|建议)草案\s*(?P<number>\[[^\]]{1,30}\]|[A-Za-z0-9/-]{1,20})\s*$"));

/// `70/222.` and the subject behind it; `2205 (XXI).`, as numbers were until 1975; `WHA75.8`.
static NUMBERED_TITLE: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"^(?P<number>(?:(?:[A-Z]{1,2}-?)?\d{1,4}/\d{1,4}(?:[ ]?[A-Z])?\.|\d{1,4} \((?:19|20)\d\d\)\.|\d{1,4}(?: [A-Z])? \((?:E?S-)?[IVXLC]{1,8}\)\.|WHA\d{1,2}\.\d{1,3}|WHA\d{1,2}\(\d{1,3}\)))[ \t\u{a0}]+(?P<subject>[“‘\u{ab}]?[\p{L}\p{N}].*)$",
    )
});

static ANNEX: LazyLock<Regex> = LazyLock::new(|| {
    compile(&format!(
        r"(?i)^(?:{})(?:\s*(?:\p{{N}}{{1,3}}|[一二三四五六七八九十]{{1,3}})|\s+(?:[A-Z]|[IVX]{{1,5}}|\p{{Arabic}}))?(?:\s+(?:to|à|al|a|к|بالقرار|للقرار)\s.{{1,120}})?(?:\s*[（(].{{1,60}}[)）])?\s*\*?$",
        any(LAYOUT.annexes.values().flatten())
    ))
});

static REASONS: LazyLock<Regex> = LazyLock::new(|| compile(&format!(r"(?i)^(?:{})\s*[:：]\s*", any(&LAYOUT.reasons))));

static PROPOSAL: LazyLock<Regex> = LazyLock::new(|| {
    compile(r"^\(?(?:MOD|ADD|SUP|NOC)\)?\*?(?:[ \t\u{a0}]+[A-Z0-9ÀА-Я(][^\s]*(?:[ \t]*[^\s]+){0,3})?\s*$")
});

/// Whether a line is the identity of a resolution and nothing more.
pub(super) fn is_title(line: &str) -> bool {
    let line = line.trim();
    if line.len() > 400 {
        return false;
    }
    [&*TITLE, &*CHINESE_TITLE, &*CHINESE_DRAFT]
        .into_iter()
        .filter_map(|pattern| pattern.captures(line))
        .any(|found| found["number"].contains(|c: char| c.is_numeric() || c == '['))
}

/// The byte at which the subject begins in a line that holds number and subject: `70/222. South-South cooperation`.
pub(super) fn numbered_title(line: &str) -> Option<usize> {
    let found = (line.len() < 1200).then(|| NUMBERED_TITLE.captures(line))??;
    // A sentence is none: a title has no full stop.
    (!found["subject"].ends_with(['.', ';', ',', '。', '；', '，']))
        .then(|| found.name("subject").map(|s| s.start()))?
}

/// Whether a line begins a proposal: `MOD EUR/48A1/9`.
pub(super) fn is_proposal(line: &str) -> bool {
    line.len() < 120 && PROPOSAL.is_match(line.trim())
}

/// Whether a line is the heading of an annex.
pub(super) fn is_annex(line: &str) -> bool {
    line.len() < 400 && ANNEX.is_match(line.trim())
}

/// The length of `Reasons:` and the space behind it, when a line begins so.
pub(super) fn reasons(line: &str) -> Option<usize> {
    REASONS.find(line).map(|found| found.end())
}

/// Whether a line says when a resolution was adopted.
pub(super) fn is_adoption(line: &str) -> bool {
    let line = line.trim().trim_start_matches(['(', '（', '[']);
    let lower = line.to_lowercase();
    line.len() < 400
        && LAYOUT.adopted.iter().any(|(language, words)| {
            words.iter().any(|word| lower.starts_with(word.as_str()))
                && (language != "zh" || line.trim_end_matches([')', '）', ']', '。']).ends_with("通过"))
        })
}

/// Whether a line is a field of a form: `Committee: …`, `Sponsors: …`.
pub(super) fn is_field(line: &str) -> bool {
    let Some((name, _)) = line.trim().split_once([':', '：']) else { return false };
    let name = name.trim().to_lowercase();
    LAYOUT.fields.contains(&name)
}

/// Whether a line can be the one that names the acting organ.
pub(super) fn names_organ(line: &str) -> bool {
    if line.len() > 1000 {
        return false;
    }
    let lower = line.to_lowercase();
    LAYOUT.organs.values().flatten().any(|word| lower.contains(word.as_str()))
}

/// Whether a key is one of metadata.
pub(super) fn is_metadata(key: &str) -> bool {
    matches!(key.trim(), "body" | "number" | "version" | "language" | "profile" | "date" | "place" | "session" | "year")
}

/// Phrases in lower case with their languages, by their first character, the longest first.
type Phrases = BTreeMap<char, Vec<(&'static str, Language)>>;

struct Openings {
    verbs: Phrases,
    adverbs: Phrases,
}

fn phrases(list: impl Iterator<Item = (Language, &'static String)>) -> Phrases {
    let mut phrases = Phrases::new();
    for (language, phrase) in list {
        if let Some(first) = phrase.chars().next() {
            phrases.entry(first).or_default().push((phrase, language));
        }
    }
    for list in phrases.values_mut() {
        list.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len()));
    }
    phrases
}

/// Each word with its language.
fn by_language(words: &'static BTreeMap<Language, Vec<String>>) -> impl Iterator<Item = (Language, &'static String)> {
    words.iter().flat_map(|(language, words)| words.iter().map(|word| (*language, word)))
}

static OPENINGS: LazyLock<Openings> = LazyLock::new(|| {
    let shared = verbs()
        .languages
        .iter()
        .flat_map(|(language, verbs)| verbs.preamble.iter().chain(&verbs.operative).map(|verb| (*language, verb)));
    // A heading may name who is to act; the verb of a clause does not.
    let acts = |verb: &String| LAYOUT.actors.iter().any(|actor| verb.contains(actor.as_str()));
    let adverb = |verb: &String| LAYOUT.adverbs.values().flatten().any(|adverb| adverb == verb);
    let verbs = shared.filter(|(_, verb)| !acts(verb) && !adverb(verb)).chain(by_language(&LAYOUT.openings));
    Openings { verbs: phrases(verbs), adverbs: phrases(by_language(&LAYOUT.adverbs)) }
});

/// The length of the longest of the phrases that `text` begins with, and that is not of another language than `text`.
fn longest(text: &str, phrases: &Phrases) -> Option<usize> {
    /// As many characters as tell a language.
    const SAMPLE: usize = 300;
    let first = text.chars().next()?.to_lowercase().next()?;
    let sample = text.char_indices().nth(SAMPLE).and_then(|(end, _)| text.get(..end)).unwrap_or(text);
    phrases
        .get(&first)?
        .iter()
        .find_map(|(phrase, language)| begins(text, phrase).filter(|_| !language.is_foreign_to(sample)))
}

/// The length in bytes of the opening verb that `text` begins with, its adverbs included: `Recalling also`,
/// `Strongly urges`, 进一步责成.
pub(super) fn opening(text: &str) -> Option<usize> {
    let mut at = 0;
    while let Some(len) = adverb(&text[at..]) {
        at += len;
    }
    at += longest(&text[at..], &OPENINGS.verbs)?;
    while let Some(len) = adverb(&text[at..]) {
        at += len;
    }
    Some(text[..at].trim_end().len())
}

/// An adverb at the start of `text`, with the spaces around it.
fn adverb(text: &str) -> Option<usize> {
    let rest = text.trim_start_matches([' ', '\u{a0}']);
    let space = text.len() - rest.len();
    let len = longest(rest, &OPENINGS.adverbs)?;
    let tail = &rest[len..];
    Some(space + len + (tail.len() - tail.trim_start_matches([' ', '\u{a0}']).len()))
}

/// The length of `phrase` in `text`, when `text` begins with it in either case and as whole words.
fn begins(text: &str, phrase: &str) -> Option<usize> {
    let mut chars = text.chars();
    let mut end = 0;
    for wanted in phrase.chars() {
        let c = chars.next()?;
        let c = match c {
            '\u{a0}' => ' ',
            '’' => '\'',
            c => c,
        };
        if c != wanted && !c.to_lowercase().eq(std::iter::once(wanted)) {
            return None;
        }
        end = text.len() - chars.as_str().len();
    }
    // Chinese has no spaces between words; Arabic letters carry signs that are no letters.
    let spaced = phrase.chars().next_back().is_some_and(|c| !('\u{2e80}'..='\u{9fff}').contains(&c));
    let next = text[end..].chars().next();
    (!spaced || !next.is_some_and(char::is_alphanumeric)).then_some(end)
}

/// Whether an opening verb acts, as those of the operative part do: “instructs”, not “considering”.
pub(super) fn is_operative(opening: &str) -> bool {
    let known = |list: fn(&LanguageVerbs) -> &Vec<String>| {
        verbs().languages.values().any(|language| list(language).iter().any(|verb| begins(opening, verb).is_some()))
    };
    known(|language| &language.operative) && !known(|language| &language.preamble)
}

/// Whether a line is an opening verb and nothing more, so that it can only be a heading.
pub(super) fn is_bare_heading(line: &str) -> bool {
    let line = line.trim().trim_end_matches(HEADING_ENDS);
    width(line) <= 60 && opening(line).is_some_and(|len| len == line.len())
}

/// What may stand behind a heading.
pub(super) const HEADING_ENDS: &[char] = &[',', ':', ';', '，', '：', '；', '،', '؛', ' ', '\t'];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_in_six_languages() {
        for line in [
            "RESOLUTION 140 (REV. DUBAI, 2018)",
            "Resolution 1325 (2000)",
            "Resolution 425 (WRC-15)",
            "Draft new Resolution [EUR-1]",
            "DECISION 5 (REV. DUBAI, 2018)",
            "Resolution ITU-R 61-2",
            "RÉSOLUTION 140 (Rév. Dubaï, 2018)",
            "PROJET DE NOUVELLE RÉSOLUTION [AFCP-1]",
            "RESOLUCIÓN 140 (Rev. Dubái, 2018)",
            "РЕЗОЛЮЦИЯ 140 (Пересм. Дубай, 2018 г.)",
            "第140号决议（2018年，迪拜，修订版）",
            "第1334号决议（2023年修订版）",
            "第1325（2000）号决议",
            "ITU-R第61-2号决议（2019年，沙姆沙伊赫，修订版）",
            "القرار 140 (المراجَع في دبي، 2018)",
        ] {
            assert!(is_title(line), "{line}");
        }
        for line in [
            "Resolution adopted by the General Assembly on 22 December 2015",
            "修订第1332号决议（2016年，修订版）的提案",
            "Resolution 140 (Rev. Dubai, 2018) of this conference;",
            "resolves",
            "第133号决议“名称”的修订",
        ] {
            assert!(!is_title(line), "{line}");
        }
        assert_eq!(numbered_title("70/222.\tSouth-South cooperation"), Some(8));
        assert_eq!(numbered_title("WHA75.8 Clinical trials"), Some(8));
        assert_eq!(numbered_title("3999 (XXX). Benches in squares"), Some(12));
        assert_eq!(numbered_title("3999 A (S-VI). Benches in squares"), Some(15));
        assert_eq!(numbered_title("70/222. This was a sentence."), None);
    }

    #[test]
    fn openings_with_their_adverbs() {
        for (text, opening_words) in [
            ("Recalling also its resolution 70/1", "Recalling also"),
            ("Strongly urges all States", "Strongly urges"),
            ("Calls for action", "Calls for"),
            ("Décide également de", "Décide également"),
            ("进一步责成秘书长", "进一步责成"),
            ("Вновь подтверждая свою резолюцию", "Вновь подтверждая"),
            ("وإذ تشير إلى قرارها", "وإذ تشير إلى"),
        ] {
            assert_eq!(opening(text).map(|len| &text[..len]), Some(opening_words));
        }
        assert_eq!(opening("Note by the Secretariat"), None);
        assert_eq!(opening("Note les progrès").map(|len| &"Note les progrès"[..len]), Some("Note"));
        assert_eq!(opening("Recallingly"), None);
        assert_eq!(opening("The Council"), None);
    }

    #[test]
    fn annexes_and_reasons() {
        for line in ["附件", "附件1", "ANNEX 1 TO DECISION 5 (REV. DUBAI, 2018)", "Annexe", "ПРИЛОЖЕНИЕ 2", "الملحق 1"]
        {
            assert!(is_annex(line), "{line}");
        }
        for line in ["附件：1件", "annexed to the report", "Annex 1 holds the terms of reference."] {
            assert!(!is_annex(line), "{line}");
        }
        assert_eq!(reasons("Reasons: none"), Some(9));
        assert_eq!(reasons("The reasons: none"), None);
    }

    #[test]
    fn proposal_marks() {
        for line in ["MOD\tEUR/48A1/1", "(MOD) RCC/62A1/3", "SUP* ARB/1", "NOC"] {
            assert!(is_proposal(line), "{line}");
        }
        for line in ["MODERN times", "ADD the words below to the end of this long sentence"] {
            assert!(!is_proposal(line), "{line}");
        }
    }
}
