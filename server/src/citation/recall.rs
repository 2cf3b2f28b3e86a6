//! The words with which a text tells what a resolution did, and when one was adopted. They are looked for only where
//! such a question is asked, and are no tokens: most of them are too common.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::Deserialize;

use super::data::{Words as Lists, data};
use super::strings;
use crate::syntax::{Language, fold};

/// `data/recall.json`: the words of history.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Recall {
    #[serde(rename = "$schema")]
    #[allow(dead_code)]
    schema: Option<String>,
    /// Opening verbs of a preamble, beside those that recall.
    pub recounting: Lists,
    /// Verbs that tell what was done; in languages that need one, without its auxiliary.
    pub did: Lists,
    /// “a”, “avait”: what makes a participle tell what was done.
    pub auxiliaries: Lists,
    /// “in which”
    pub relatives: Lists,
    /// Verbs that tell what holds.
    pub present: Lists,
    /// “established”, as in “established by”.
    pub founded: Lists,
    /// “by”, “pursuant to”
    pub by: Lists,
    /// “adopted”
    pub adopted: Lists,
    /// “meeting”, “séance”
    pub meetings: Lists,
}

/// What a word says; one word may say several things.
pub(super) mod says {
    /// It opens a clause that recalls.
    pub const RECALLS: u16 = 1;
    /// “that”
    pub const THAT: u16 = 1 << 1;
    /// What was done.
    pub const DID: u16 = 1 << 2;
    /// What was done, where an auxiliary stands before it.
    pub const DONE: u16 = 1 << 3;
    pub const AUXILIARY: u16 = 1 << 4;
    pub const RELATIVE: u16 = 1 << 5;
    pub const PRESENT: u16 = 1 << 6;
    pub const FOUNDED: u16 = 1 << 7;
    pub const BY: u16 = 1 << 8;
    pub const ADOPTED: u16 = 1 << 9;
    pub const MEETING: u16 = 1 << 10;
    /// A relative that tells what was done whatever follows: Chinese verbs have no tense.
    pub const TELLS: u16 = 1 << 11;
}

/// A word of history in a folded text, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hit {
    pub start: usize,
    pub end: usize,
    /// Flags of [`says`].
    pub says: u16,
}

impl Hit {
    /// Whether it says one of these.
    pub fn is(&self, says: u16) -> bool {
        self.says & says != 0
    }
}

/// The bundled words.
pub(super) fn recall() -> &'static Recall {
    static RECALL: LazyLock<Recall> = LazyLock::new(|| {
        serde_json::from_str(include_str!("../../data/recall.json"))
            .expect("the bundled data is read by the tests and cannot change afterwards")
    });
    &RECALL
}

static SAYS: LazyLock<BTreeMap<String, u16>> = LazyLock::new(|| {
    let (keywords, recall) = (&data().keywords, recall());
    let mut words: BTreeMap<String, u16> = BTreeMap::new();
    for (list, says) in [
        (&keywords.recalling, says::RECALLS),
        (&recall.recounting, says::RECALLS),
        (&keywords.that, says::THAT),
        (&keywords.past, says::DID),
        (&recall.did, says::DID),
        (&recall.auxiliaries, says::AUXILIARY),
        (&recall.relatives, says::RELATIVE),
        (&recall.present, says::PRESENT),
        (&recall.founded, says::FOUNDED),
        (&recall.by, says::BY),
        (&recall.adopted, says::ADOPTED),
        (&recall.meetings, says::MEETING),
    ] {
        for (language, list) in list {
            let needs = says == says::DID && recall.auxiliaries.contains_key(language) && *language == Language::Fr;
            let tells = says == says::RELATIVE && *language == Language::Zh;
            for text in list.iter().filter(|text| !text.is_empty()) {
                // “a confirmé” has its auxiliary already.
                let done = needs && !text.contains(' ');
                *words.entry(fold(text)).or_default() |= match () {
                    () if done => says::DONE,
                    () if tells => says | says::TELLS,
                    () => says,
                };
            }
        }
    }
    words
});

/// The words of history and what they say.
pub(super) fn strings() -> impl Iterator<Item = (&'static str, u16)> {
    SAYS.iter().map(|(string, says)| (string.as_str(), *says))
}

/// The words of history among known strings.
pub(super) fn of(hits: &[strings::Hit]) -> Vec<Hit> {
    let says = hits.iter().filter(|hit| hit.meaning.says != 0);
    says.map(|hit| Hit { start: hit.start as usize, end: hit.end as usize, says: hit.meaning.says }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_is_up_to_date() {
        let mut schema = serde_json::to_string_pretty(&schemars::schema_for!(Recall)).expect("a schema is JSON");
        schema.push('\n');
        let path = format!("{}/data/schema/recall.schema.json", env!("CARGO_MANIFEST_DIR"));
        expect_test::ExpectFile { path: path.clone().into(), position: path.leak() }.assert_eq(&schema);
    }

    #[test]
    fn a_word_counts_only_whole() {
        let text = fold("which decided; undecided");
        let found: Vec<&str> =
            of(&strings::hits(&text)).iter().filter_map(|hit| text.get(hit.start..hit.end)).collect();
        assert_eq!(found, ["which", "decided"]);
    }

    #[test]
    fn arabic_particles_are_written_together_with_the_word() {
        let text = fold("والذي قررت فيه");
        assert!(of(&strings::hits(&text)).iter().any(|hit| hit.is(says::RELATIVE)));
        assert!(of(&strings::hits(&text)).iter().any(|hit| hit.is(says::DID)));
    }
}
