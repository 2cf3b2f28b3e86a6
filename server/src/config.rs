//! The configuration of a workspace, `resmark.json`, and of a file, its metadata.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::profile::Profile;
use crate::syntax::Document;

/// What a finding is made into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Not reported.
    Off,
    /// Something to know.
    Hint,
    /// Something to look at.
    Information,
    /// Probably wrong.
    Warning,
    /// Certainly wrong.
    Error,
}

/// `resmark.json`: what a workspace says of all of its files.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Config {
    /// Where the schema is, for editors.
    #[serde(rename = "$schema", default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// The drafting profile of all files: `itu`, `unga`, `unsc`, `who`, `mun`. Without it, the acting organ's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profile: Option<String>,
    /// Whether the texts are final: no square brackets, comments or tracked changes may be left.
    #[serde(default, rename = "final")]
    pub is_final: bool,
    /// What findings are made into, by id: `numbering/gap`, or by area: `drafting/*`. An id wins over its area.
    #[serde(default)]
    pub rules: BTreeMap<String, Level>,
}

impl Config {
    /// The configuration of one file: the workspace's, with what the file's metadata says instead. What the metadata says
    /// and cannot be understood is left out here; a rule reports it.
    pub fn of_file(&self, document: &Document) -> Config {
        let mut config = self.clone();
        for entry in &document.metadata {
            let value = entry.value.trim();
            if entry.key.eq_ignore_ascii_case("profile") {
                config.profile = Profile::named(value).map(|profile| profile.id.clone()).or(config.profile);
            } else if entry.key.eq_ignore_ascii_case("final") {
                config.is_final = yes(value).unwrap_or(config.is_final);
            } else if entry.key.contains('/')
                && let Some(level) = Level::named(value)
            {
                config.rules.insert(entry.key.to_lowercase(), level);
            }
        }
        config
    }

    /// What a finding of a rule is made into; `None` where nothing is said.
    pub fn level(&self, rule: &str) -> Option<Level> {
        // Most workspaces say nothing, and all rules ask with every key that is typed.
        if self.rules.is_empty() {
            return None;
        }
        let area = || rule.split_once('/').map(|(area, _)| format!("{area}/*"));
        self.rules.get(rule).or_else(|| self.rules.get(&area()?)).copied()
    }
}

/// What a command was told about all texts, whatever their workspace and they themselves say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Overrides {
    /// The drafting profile, by its id.
    pub profile: Option<String>,
    /// Judge the texts as final.
    pub is_final: bool,
}

impl Overrides {
    /// The configuration of one file with what is said instead.
    pub fn apply(&self, mut config: Config) -> Config {
        config.profile = self.profile.clone().or(config.profile);
        config.is_final |= self.is_final;
        config
    }
}

impl Level {
    /// The names of all levels, from the lowest on.
    pub const NAMES: [&str; 5] = ["off", "hint", "information", "warning", "error"];

    /// The level of a name as `resmark.json` writes it.
    pub fn named(name: &str) -> Option<Level> {
        serde_json::from_value(serde_json::Value::String(name.to_lowercase())).ok()
    }
}

/// What `yes` and `no` say in metadata.
pub(crate) fn yes(value: &str) -> Option<bool> {
    match value.to_lowercase().as_str() {
        "yes" | "true" => Some(true),
        "no" | "false" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::{lower, parse};

    #[test]
    fn a_file_says_otherwise_than_its_workspace() {
        let text = "---\nprofile: MUN\nfinal: yes\nnumbering/gap: off\n---\n";
        let workspace: Config =
            serde_json::from_str(r#"{"profile": "itu", "rules": {"numbering/*": "hint", "numbering/order": "error"}}"#)
                .expect("a configuration");
        let config = workspace.of_file(&lower(text, &parse(text)));
        assert_eq!(config.profile.as_deref(), Some("mun"));
        assert!(config.is_final);
        let level = |rule| config.level(rule);
        assert_eq!(level("numbering/gap"), Some(Level::Off));
        assert_eq!(level("numbering/order"), Some(Level::Error));
        assert_eq!(level("numbering/start"), Some(Level::Hint));
        assert_eq!(level("citation/outdated"), None);
    }
}
