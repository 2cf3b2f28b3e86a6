//! How a house prints its resolutions, as data: `data/printed.json`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::facts::Facts;
use crate::profile::Profile;
use crate::syntax::{ParagraphKind, ResolutionIndex, Side};

/// `data/printed.json`
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct PrintedData {
    #[serde(rename = "$schema")]
    #[allow(dead_code)]
    schema: Option<String>,
    /// The layouts; the first one where nothing says which is meant.
    layouts: Vec<Layout>,
}

/// How a house prints its resolutions.
#[derive(Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    /// As the profiles name it: `itu`, `un`.
    pub id: String,
    /// Where it can be seen in print.
    pub source: String,
    looks: BTreeMap<Role, Look>,
}

/// What a paragraph is on the printed page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// `MOD EUR/48A1/9`
    Mark,
    /// The identity of the resolution.
    Title,
    /// What it is about.
    Subject,
    /// The organ that acts.
    Enacting,
    /// “Annex 1”
    Division,
    /// What an annex is about: the line right below its heading.
    DivisionTitle,
    /// An opening verb on a line of its own.
    Heading,
    /// A clause, with a label or with an opening verb.
    Clause,
    /// Any other paragraph.
    Text,
    /// The reasons of a proposal.
    Reasons,
    /// A footnote, at the foot.
    Footnote,
    /// Words of ours, where the page would be empty.
    Note,
}

impl Role {
    /// As the data and the style sheet name it.
    pub fn name(self) -> &'static str {
        match self {
            Role::Mark => "mark",
            Role::Title => "title",
            Role::Subject => "subject",
            Role::Enacting => "enacting",
            Role::Division => "division",
            Role::DivisionTitle => "division-title",
            Role::Heading => "heading",
            Role::Clause => "clause",
            Role::Text => "text",
            Role::Reasons => "reasons",
            Role::Footnote => "footnote",
            Role::Note => "note",
        }
    }
}

/// How a paragraph looks. What is not said is plain and begins at the margin.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Look {
    /// Where its lines stand.
    pub align: Align,
    /// In capital letters, where the script has them.
    pub capitals: bool,
    /// In bold type.
    pub strong: bool,
    /// In italics.
    pub emphasis: bool,
    /// Its words up to the first colon in bold type.
    pub lead_strong: bool,
    /// How far it is set in, in steps of a clause.
    pub indent: u16,
    /// Whether its first line is set in.
    pub first_line: bool,
    /// How its label stands.
    pub label: LabelPlace,
    /// Whether a label that is a letter, at the outermost level, stands in italics.
    pub letters_emphasised: bool,
}

/// Where lines stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Align {
    /// At the margin at which reading begins.
    #[default]
    Start,
    /// In the middle.
    Center,
}

/// How a label stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LabelPlace {
    /// In front of all lines.
    #[default]
    Hanging,
    /// In the first line, with the others below it.
    Running,
}

static LAYOUTS: LazyLock<Vec<Layout>> = LazyLock::new(|| {
    let data: PrintedData =
        serde_json::from_str(include_str!("../../../data/printed.json")).expect("a test reads the bundled layouts");
    data.layouts
});

impl Layout {
    /// The layout of a name.
    pub fn named(id: &str) -> Option<&'static Layout> {
        LAYOUTS.iter().find(|layout| layout.id == id)
    }

    /// The one for texts of which nothing says how they are printed.
    pub(super) fn first() -> &'static Layout {
        &LAYOUTS[0]
    }

    /// How a paragraph looks in it.
    pub fn look(&self, role: Role) -> &Look {
        static PLAIN: LazyLock<Look> = LazyLock::new(Look::default);
        self.looks.get(&role).unwrap_or(&PLAIN)
    }

    /// The layout of one of a file's resolutions: of the profile in the configuration, else of its own; where neither
    /// says, the one that fits where its opening verbs stand.
    pub(super) fn of(facts: &Facts, resolution: ResolutionIndex, configured: Option<&str>) -> &'static Layout {
        let own = facts.identities.get(resolution.index()).and_then(|identity| identity.profile.as_deref());
        let profile = configured.or(own).and_then(Profile::named);
        let name = profile.map_or_else(|| by_openings(facts, resolution), |profile| &profile.layout);
        Layout::named(name).unwrap_or_else(Layout::first)
    }
}

/// The layout that fits a text of which nobody knows the house.
fn by_openings(facts: &Facts, resolution: ResolutionIndex) -> &'static str {
    let document = &facts.document;
    let paragraphs = document.resolutions.get(resolution.index()).map(|own| own.paragraphs.clone());
    let paragraphs = paragraphs.and_then(|range| document.paragraphs.get(range)).unwrap_or_default();
    let opens = paragraphs
        .iter()
        .filter(|paragraph| paragraph.kind == ParagraphKind::Clause && paragraph.level == 0)
        .find(|paragraph| paragraph.opening(Side::Amended).is_some());
    if opens.is_some() { "un" } else { "itu" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::profiles;

    #[test]
    fn every_profile_has_a_layout() {
        for profile in profiles() {
            assert!(Layout::named(&profile.layout).is_some(), "{}: no layout “{}”", profile.id, profile.layout);
        }
    }

    #[test]
    fn the_published_schema_is_that_of_the_type() {
        let schema =
            serde_json::to_string_pretty(&schemars::schema_for!(PrintedData)).expect("a schema is JSON") + "\n";
        expect_test::expect_file!["../../../data/schema/printed.schema.json"].assert_eq(&schema);
    }
}
