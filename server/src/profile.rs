//! Drafting profiles: the habits of a house, from `server/profiles`.

use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::Deserialize;

/// The drafting habits of one house. Data only; what follows from them is for rules and renumbering to say.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Profile {
    #[serde(rename = "$schema")]
    #[allow(dead_code)]
    schema: Option<String>,
    /// As in metadata and `resmark.json`: `itu`, `unga`, `unsc`, `who`, `mun`.
    pub id: String,
    /// For people: “ITU conferences and assemblies”.
    pub name: String,
    /// Where the habits are documented.
    pub source: String,
    /// How its texts are printed: a layout of `data/printed.json`.
    pub layout: String,
    /// How letters go on behind the last one of the alphabet.
    pub letters: LetterRun,
    /// Where opening verbs stand.
    pub openings: Openings,
    /// The habits of the preamble.
    pub preamble: PartHabits,
    /// The habits of the operative part.
    pub operative: PartHabits,
    /// Whether words in a Chinese text are set in full-width parentheses, `（…）`; else in half-width ones.
    #[serde(default)]
    pub full_width_parentheses: bool,
    /// Where a verb that opens a second clause gets “also” or “further”.
    pub repeated_verbs: RepeatedVerbs,
}

/// Where a verb that opens a second clause, or heads a second section, gets “also” or “further”.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RepeatedVerbs {
    /// Nowhere: a verb may open as many clauses as it likes.
    Never,
    /// Where the clause right before it opens with the same verb.
    Adjacent,
    /// Where any section of the resolution before it has the same heading.
    Throughout,
}

/// How letters go on behind the last one of the alphabet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LetterRun {
    /// `z)`, `aa)`, `bb)`.
    Doubled,
    /// `z)`, `aa)`, `ab)`.
    Columns,
}

/// Where opening verbs stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Openings {
    /// In headings of their own, with clauses below: `*resolves*`.
    Headings,
    /// At the beginning of each clause: `1. *Decides* that…`.
    Clauses,
}

/// The habits of one part of a resolution.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PartHabits {
    /// How clauses are labelled, by level from the outermost, as the first label of a list: `1.`, `(a)`, `(i)`. An empty
    /// one is a level without labels.
    pub labels: Vec<String>,
    /// How the outermost clauses are counted.
    pub counting: Counting,
    /// What a clause ends with when another of the same list follows it.
    pub between_clauses: Mark,
    /// What the last clause of a section, or of this part, ends with when more of the resolution follows.
    pub between_sections: Mark,
}

/// How the outermost clauses of a part are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Counting {
    /// On and on through the whole resolution.
    Continuous,
    /// From the beginning again below each heading.
    PerSection,
}

/// A closing mark, to be written as the language and script of the text has it (`,` is `，` in Chinese and `،` in Arabic).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// `.`
    Stop,
}

/// Every profile, in the order in which they are offered.
pub fn profiles() -> &'static [Profile] {
    static PROFILES: LazyLock<Vec<Profile>> = LazyLock::new(|| {
        [
            include_str!("../profiles/itu.json"),
            include_str!("../profiles/unga.json"),
            include_str!("../profiles/unsc.json"),
            include_str!("../profiles/who.json"),
            include_str!("../profiles/mun.json"),
        ]
        .iter()
        .map(|text| serde_json::from_str(text).expect("a test reads the bundled profiles"))
        .collect()
    });
    &PROFILES
}

impl Profile {
    /// The profile of an id, upper and lower case alike.
    pub fn named(id: &str) -> Option<&'static Profile> {
        profiles().iter().find(|profile| profile.id.eq_ignore_ascii_case(id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::citation::data;
    use crate::numbering::Label;

    #[test]
    fn profiles_are_whole() {
        for profile in profiles() {
            for label in profile.preamble.labels.iter().chain(&profile.operative.labels) {
                let first = label.is_empty() || Label::parse(label).iter().any(|label| label.value == 1);
                assert!(first, "{}: “{label}” begins no list", profile.id);
            }
        }
    }

    #[test]
    fn every_body_has_a_profile() {
        for body in &data().bodies {
            assert!(Profile::named(&body.profile).is_some(), "{}: no profile “{}”", body.id, body.profile);
        }
    }

    #[test]
    fn the_published_schema_is_that_of_the_type() {
        let schema = serde_json::to_string_pretty(&schemars::schema_for!(Profile)).expect("a schema is JSON") + "\n";
        expect_test::expect_file!["../profiles/schema/profile.schema.json"].assert_eq(&schema);
    }
}
