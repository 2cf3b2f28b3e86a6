//! The format of a catalogue file.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::read::{object_list, optional_object, versions, year};
use crate::citation::{Body, ResolutionId, Version};
use crate::syntax::Language;

/// A catalogue of resolutions: facts, each with its source and how sure it is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct CatalogueFile {
    /// Where the schema of this file is; editors read it.
    #[serde(rename = "$schema", default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// What the file holds, in a sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The source of every fact below that names none of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// For which bodies, and until when, the list is complete.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "object_list")]
    pub coverage: Vec<Coverage>,
    /// The resolutions. A resolution may stand in several files; what they say is put together.
    #[serde(deserialize_with = "object_list")]
    pub resolutions: Vec<Entry>,
}

/// What is known of one resolution. That it is listed says that it exists or existed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Entry {
    /// Its id.
    pub id: ResolutionId,
    /// Its titles, per language and version.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "object_list")]
    pub titles: Vec<Title>,
    /// Its versions. The list need not be complete.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "versions")]
    pub versions: Vec<VersionFact>,
    /// Whether `versions` lists all that there were until the end of the body's coverage.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub versions_complete: bool,
    /// When it is known to have been in force, in whatever version.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "object_list")]
    pub in_force: Vec<InForce>,
    /// That it is no longer in force.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "optional_object")]
    pub abrogated: Option<Abrogation>,
    /// The resolutions that took its place: for a subject that comes back each year, the latest in the series.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "object_list")]
    pub succeeded_by: Vec<Link>,
    /// For the symbol of a draft: the resolution that it became.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "object_list")]
    pub adopted_as: Vec<Link>,
    /// For a resolution of which nothing else is known: who says that it exists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// How sure a fact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Certainty {
    /// Said somewhere, never checked. It is shown, and no finding rests on it.
    Unproven,
    /// Concluded from other facts.
    Inferred,
    /// The source says it in so many words.
    #[default]
    Proven,
}

impl Certainty {
    fn is_proven(&self) -> bool {
        *self == Certainty::Proven
    }
}

/// What a title is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TitleKind {
    /// Words that say what it is about, not the title itself.
    SubjectPhrase,
    /// The title.
    #[default]
    Title,
}

impl TitleKind {
    fn is_title(&self) -> bool {
        *self == TitleKind::Title
    }
}

/// A title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Title {
    /// Its language.
    pub language: Language,
    /// Its words.
    pub text: String,
    /// The version that has it; without one, nothing is said of the version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<Version>,
    /// Whether it is the title, or only says what the resolution is about.
    #[serde(default, skip_serializing_if = "TitleKind::is_title")]
    pub kind: TitleKind,
    /// Who says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// How sure it is.
    #[serde(default, skip_serializing_if = "Certainty::is_proven")]
    pub certainty: Certainty,
}

/// How a version came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum VersionKind {
    /// Proposed, and not known to have been adopted: never in force.
    Proposed,
    /// In force, whether first adopted or revised.
    AdoptedOrRevised,
    /// The first version.
    Adopted,
    /// A revision: `Rev.`
    Revised,
}

/// A version of a resolution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct VersionFact {
    /// The year, with a suffix where one year had several versions: `2017`, `2019-2`. Left out: the year.
    #[serde(default)]
    pub version: Version,
    /// Where the session met, in English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The year of the session.
    #[serde(deserialize_with = "year")]
    pub year: u16,
    /// When it was adopted. Left out: the end of that body's session in that place and year, or else the year's end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// How it came to be.
    pub kind: VersionKind,
    /// Who says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// How sure it is.
    #[serde(default, skip_serializing_if = "Certainty::is_proven")]
    pub certainty: Certainty,
}

/// That a resolution was in force at a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct InForce {
    /// The year in which it was.
    #[serde(deserialize_with = "year")]
    pub year: u16,
    /// Who says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// How sure it is.
    #[serde(default, skip_serializing_if = "Certainty::is_proven")]
    pub certainty: Certainty,
}

/// That a resolution is no longer in force. One of `date` and `notLaterThan` says when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Abrogation {
    /// The day on which it ceased to be in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// A day on which it was no longer in force, where the exact one is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_later_than: Option<Date>,
    /// What abrogated it: a resolution or a session, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Who says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// How sure it is.
    #[serde(default, skip_serializing_if = "Certainty::is_proven")]
    pub certainty: Certainty,
}

impl Abrogation {
    /// The first day on which it is certain to be no longer in force; `None` where nothing says when.
    pub fn certain_from(&self) -> Option<Date> {
        self.date.or(self.not_later_than)
    }
}

/// A relation to another resolution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Link {
    /// The other resolution.
    pub id: ResolutionId,
    /// Who says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// How sure it is.
    #[serde(default, skip_serializing_if = "Certainty::is_proven")]
    pub certainty: Certainty,
}

/// For which resolutions of a body “not in the catalogue” means “does not exist”.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Coverage {
    /// The body.
    pub body: Body,
    /// The year from which on.
    #[serde(deserialize_with = "year")]
    pub from: u16,
    /// The last year. A resolution that is cited later, without a version, may be newer than this.
    #[serde(deserialize_with = "year")]
    pub to: u16,
    /// Whether every resolution that the body adopted in these years is listed.
    #[serde(default)]
    pub complete: bool,
    /// For a body that numbers its resolutions through: the highest number by the end of `to`. The numbers up to it
    /// were all given out, whether listed or not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_number: Option<u32>,
    /// Who says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// How sure it is.
    #[serde(default, skip_serializing_if = "Certainty::is_proven")]
    pub certainty: Certainty,
}

impl Entry {
    /// An entry that says no more than that the resolution exists.
    pub fn new(id: ResolutionId) -> Entry {
        Entry {
            id,
            titles: Vec::new(),
            versions: Vec::new(),
            versions_complete: false,
            in_force: Vec::new(),
            abrogated: None,
            succeeded_by: Vec::new(),
            adopted_as: Vec::new(),
            source: None,
        }
    }
}

impl CatalogueFile {
    /// The JSON schema of a catalogue file, as published in `catalogue/schema/catalogue.schema.json`.
    pub fn json_schema() -> String {
        let schema = schemars::schema_for!(CatalogueFile);
        let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
        text.push('\n');
        text
    }

    /// The file as JSON with one resolution to a line, sorted: what is committed and compared.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        let mut head = self.clone();
        let resolutions = std::mem::take(&mut head.resolutions);
        let coverage = std::mem::take(&mut head.coverage);
        let mut out = String::from("{\n");
        for (key, value) in [("$schema", &head.schema), ("description", &head.description), ("source", &head.source)] {
            if let Some(value) = value {
                out.push_str(&format!("  \"{key}\": {},\n", serde_json::to_string(value)?));
            }
        }
        if !coverage.is_empty() {
            list(&mut out, "coverage", &coverage)?;
            out.push_str(",\n");
        }
        list(&mut out, "resolutions", &resolutions)?;
        out.push_str("\n}\n");
        Ok(out)
    }
}

fn list<T: Serialize>(out: &mut String, key: &str, items: &[T]) -> Result<(), serde_json::Error> {
    out.push_str(&format!("  \"{key}\": [\n"));
    for (index, item) in items.iter().enumerate() {
        out.push_str("    ");
        out.push_str(&serde_json::to_string(item)?);
        out.push_str(if index + 1 < items.len() { ",\n" } else { "\n" });
    }
    out.push_str("  ]");
    Ok(())
}
