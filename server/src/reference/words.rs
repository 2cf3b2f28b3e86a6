//! The words of references and the opening verbs, from `server/data`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::syntax::{Language, fold};

/// `data/verbs.json`: the words that open clauses and sections.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Verbs {
    /// Where the usage is documented.
    pub source: String,
    /// By language.
    pub languages: BTreeMap<Language, LanguageVerbs>,
}

/// The opening verbs of one language, in lower case.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct LanguageVerbs {
    /// Of the preamble: recalling, considérant.
    pub preamble: Vec<String>,
    /// Of the operative part: resolves, décide.
    pub operative: Vec<String>,
    /// How a verb says that it opens a clause once more.
    pub repeats: Repeats,
    /// Verbs that speak to someone: requests, prie. They are repeated only where they speak to the same one.
    pub addressed: Vec<String>,
    /// Verbs whose object belongs to them: expressing (its concern, its gratitude).
    pub open: Vec<String>,
    /// Endings by which the forms of one verb differ.
    pub endings: Vec<String>,
    /// Words that look like an opening verb and are another word.
    pub others: Vec<String>,
    /// Characters that are typed for one another: a character of the verbs and those that are mistaken for it.
    #[serde(default)]
    pub confusable: Vec<String>,
}

/// How a verb says that it opens a clause once more: “recalling also”, “further requests”.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Repeats {
    /// “also”: the one to write, then others that say the same.
    pub also: Vec<String>,
    /// “further”: the one to write, then others that say the same.
    pub further: Vec<String>,
    /// Where they stand in the preamble.
    pub preamble: Stand,
    /// Where they stand in the operative part.
    pub operative: Stand,
    /// What a section heading gets, the first one first: *recognizing further*.
    pub sections: Vec<String>,
    /// Verbs of section headings that they stand behind, wherever else they stand before: *resolves further*.
    pub behind: Vec<String>,
    /// Whether “behind” means behind the verb itself, “exprimant *également* sa préoccupation”, or behind what belongs to
    /// it, “noting with concern *also*”.
    pub within: bool,
    /// Words that follow a verb and that they stand before: taking note *also of*.
    pub particles: Vec<String>,
    /// Words that qualify the verb they follow: noting *with* concern.
    pub qualifiers: Vec<String>,
    /// Words that end the name of the one who is spoken to: requests the Secretary-General *to*.
    pub until: Vec<String>,
    /// How many words, in Chinese characters, of that name are compared where nothing ends it.
    pub words: usize,
}

/// Before or behind a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Stand {
    /// “also requests”
    Before,
    /// “recalling also”
    Behind,
}

/// The opening verbs of resolutions in six languages.
pub fn verbs() -> &'static Verbs {
    static VERBS: LazyLock<Verbs> = LazyLock::new(|| {
        serde_json::from_str(include_str!("../../data/verbs.json")).expect("a test reads the bundled verbs.json")
    });
    &VERBS
}

#[derive(Debug, Deserialize)]
struct File {
    languages: BTreeMap<Language, LanguageWords>,
}

#[derive(Debug, Deserialize)]
struct LanguageWords {
    above: Vec<String>,
    below: Vec<String>,
    and: Vec<String>,
    to: Vec<String>,
    paragraph: Vec<String>,
    subparagraph: Vec<String>,
    section: Vec<String>,
    of: Vec<String>,
    this: Vec<String>,
    instrument: Vec<String>,
    behind: Vec<String>,
}

/// The words of all languages together, folded, longer ones first. Languages are not told apart: a French word between
/// Chinese ones is the same word, and quotations keep their language.
pub(super) struct Words {
    pub above: Vec<String>,
    pub below: Vec<String>,
    pub and: Vec<String>,
    pub to: Vec<String>,
    pub paragraph: Vec<String>,
    pub subparagraph: Vec<String>,
    pub section: Vec<String>,
    pub of: Vec<String>,
    pub this: Vec<String>,
    pub instrument: Vec<String>,
    pub behind: Vec<String>,
    /// Finds `paragraph` and `subparagraph` words and 第.
    pub paragraph_finder: AhoCorasick,
    /// Finds opening verbs.
    pub verb_finder: AhoCorasick,
}

pub(super) fn words() -> &'static Words {
    static WORDS: LazyLock<Words> = LazyLock::new(|| {
        let file: File = serde_json::from_str(include_str!("../../data/reference-words.json"))
            .expect("a test reads the bundled reference-words.json");
        let all = |pick: fn(&LanguageWords) -> &Vec<String>| {
            let mut words: Vec<String> = file.languages.values().flat_map(pick).map(|word| fold(word)).collect();
            words.sort_by_key(|word| std::cmp::Reverse(word.len()));
            words.dedup();
            words
        };
        let alphabetic =
            |words: &LanguageWords| words.paragraph.iter().chain(&words.subparagraph).map(|word| fold(word)).collect();
        let mut finders: Vec<String> = Vec::new();
        for (_, words) in file.languages.iter().filter(|(language, _)| **language != Language::Zh) {
            let some: Vec<String> = alphabetic(words);
            finders.extend(some);
        }
        finders.push("第".to_owned());
        let verbs =
            verbs().languages.values().flat_map(|v| v.preamble.iter().chain(&v.operative)).map(|verb| fold(verb));
        Words {
            above: all(|w| &w.above),
            below: all(|w| &w.below),
            and: all(|w| &w.and),
            to: all(|w| &w.to),
            paragraph: all(|w| &w.paragraph),
            subparagraph: all(|w| &w.subparagraph),
            section: all(|w| &w.section),
            of: all(|w| &w.of),
            this: all(|w| &w.this),
            instrument: all(|w| &w.instrument),
            behind: all(|w| &w.behind),
            paragraph_finder: finder(&finders),
            verb_finder: finder(&verbs.collect::<Vec<_>>()),
        }
    });
    &WORDS
}

/// An automaton that finds the longest of `patterns` at the leftmost place.
pub(super) fn finder(patterns: &[String]) -> AhoCorasick {
    AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .kind(Some(AhoCorasickKind::ContiguousNFA))
        .build(patterns.iter().filter(|pattern| !pattern.is_empty()))
        .expect("the patterns are a few thousand short words, far below the automaton's limits")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_words_read_as_their_types_say() {
        assert_eq!(verbs().languages.len(), 6);
        assert!(words().above.contains(&"ci-dessus".to_owned()));
    }
}
