//! `resmark.json`: what it says, where it is wrong, and its published schema.

use std::borrow::Cow;
use std::fmt;
use std::path::Path;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::Problem;
use crate::config::{Config, Level};
use crate::profile::{Profile, profiles};
use crate::rules::{RULES, check_id, profile_names, unknown_level, unknown_profile};
use crate::suggest::nearest;

/// The name of the file in which a folder says how its texts are judged.
pub const CONFIG_FILE: &str = "resmark.json";

/// What can be set, in the order in which it is documented.
const SETTINGS: [&str; 4] = ["profile", "final", "rules", "$schema"];

/// A configuration file, read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ConfigFile {
    /// What can be understood of it; the default where nothing can.
    pub config: Config,
    /// What cannot, in text order.
    pub problems: Vec<Problem>,
}

/// Reads a configuration. What is wrong is left out and told, with its place; the rest counts.
pub(super) fn parse_config(path: &Path, text: &str) -> ConfigFile {
    let mut reader = Reader { path, text, file: ConfigFile::default() };
    match serde_json::from_str::<Entries<'_>>(text) {
        Ok(entries) => reader.settings(entries),
        Err(error) => {
            let message = error.to_string();
            let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(message, _)| message);
            let message = match (error.is_eof(), error.is_data()) {
                _ if text.trim().is_empty() => "the file is empty; write at least `{}`".to_owned(),
                (true, _) => "the file ends too early; a bracket or a quotation mark is not closed".to_owned(),
                (_, true) => "expected settings in braces, as in { \"profile\": \"itu\" }".to_owned(),
                _ => format!("this is not JSON: {message}; nothing in this file counts until that is put right"),
            };
            let column = column_in_characters(text, error.line(), error.column());
            reader.file.problems.push(Problem::new(path, message).at(error.line().max(1) as u32, column));
        }
    }
    reader.file
}

struct Reader<'a> {
    path: &'a Path,
    text: &'a str,
    file: ConfigFile,
}

impl<'a> Reader<'a> {
    fn settings(&mut self, entries: Entries<'a>) {
        for (index, (name, value)) in entries.0.iter().enumerate() {
            if entries.0[..index].iter().any(|(other, _)| other == name) {
                self.tell(self.of_name(name, value), format!("“{name}” stands here twice; the last one counts"));
            }
            match &**name {
                "$schema" => self.file.config.schema = string(value),
                "profile" => self.profile(value),
                "final" => match serde_json::from_str(value.get()) {
                    Ok(is_final) => self.file.config.is_final = is_final,
                    Err(_) => self.tell(self.of_value(value), "expected true or false".to_owned()),
                },
                "rules" => match serde_json::from_str::<Entries<'a>>(value.get()) {
                    Ok(rules) => rules.0.iter().for_each(|(id, level)| self.rule(id, level)),
                    Err(_) => {
                        let message = "expected findings with their levels, as in { \"numbering/gap\": \"off\" }";
                        self.tell(self.of_value(value), message.to_owned());
                    }
                },
                _ => {
                    let message = match nearest(name, SETTINGS) {
                        Some(meant) => format!("there is no setting “{name}”; did you mean “{meant}”?"),
                        // The findings are found one level below.
                        None if name.contains('/') => format!("“{name}” belongs in “rules”"),
                        None => format!("there is no setting “{name}”; possible are {}", SETTINGS[..3].join(", ")),
                    };
                    self.tell(self.of_name(name, value), message);
                }
            }
        }
    }

    fn profile(&mut self, value: &'a RawValue) {
        match string(value) {
            Some(name) => match Profile::named(&name) {
                Some(profile) => self.file.config.profile = Some(profile.id.clone()),
                None => self.tell(self.of_value(value), unknown_profile(&name)),
            },
            None => self.tell(self.of_value(value), format!("expected the name of a profile: {}", profile_names())),
        }
    }

    fn rule(&mut self, id: &str, value: &'a RawValue) {
        if let Err(message) = check_id(id) {
            self.tell(self.of_name(id, value), message);
            return;
        }
        match string(value).as_deref().map(|name| (name, Level::named(name))) {
            Some((_, Some(level))) => {
                self.file.config.rules.insert(id.to_string(), level);
            }
            Some((name, None)) => self.tell(self.of_value(value), unknown_level(name)),
            None => self.tell(self.of_value(value), format!("expected a level: {}", Level::NAMES.join(", "))),
        }
    }

    fn tell(&mut self, offset: usize, message: String) {
        let before = self.text.get(..offset).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        self.file.problems.push(Problem::new(self.path, message).at(line as u32, column as u32));
    }

    /// The byte at which the quotation mark of a name stands. One with an escape in it is a copy; then that of its value.
    fn of_name(&self, name: &str, value: &'a RawValue) -> usize {
        self.offset(name).map_or_else(|| self.of_value(value), |at| at.saturating_sub(1))
    }

    fn of_value(&self, value: &'a RawValue) -> usize {
        self.offset(value.get()).unwrap_or_default()
    }

    /// The place in the text of a part of it; `None` for what is no part of it.
    fn offset(&self, part: &str) -> Option<usize> {
        let at = (part.as_ptr() as usize).checked_sub(self.text.as_ptr() as usize)?;
        (at < self.text.len()).then_some(at)
    }
}

fn string(value: &RawValue) -> Option<String> {
    serde_json::from_str(value.get()).ok()
}

fn column_in_characters(text: &str, line: usize, column: usize) -> u32 {
    let line = text.split('\n').nth(line.saturating_sub(1)).unwrap_or_default();
    let before = line.get(..column.saturating_sub(1)).unwrap_or(line);
    before.chars().count() as u32 + 1
}

/// The names and values of an object, as they stand in the text, so that their places are known.
struct Entries<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Entries<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Entries<'a>, D::Error> {
        struct Fields;
        impl<'de> Visitor<'de> for Fields {
            type Value = Entries<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries<'de>, A::Error> {
                #[derive(serde::Deserialize)]
                struct Name<'a>(#[serde(borrow)] Cow<'a, str>);
                let mut entries = Vec::new();
                while let Some((Name(name), value)) = map.next_entry::<Name<'de>, &'de RawValue>()? {
                    entries.push((name, value));
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(Fields)
    }
}

/// The JSON schema of a configuration file, as published in `schema/resmark.schema.json`: what the type says, with the
/// profiles and findings that there are.
pub fn config_schema() -> String {
    let mut schema = serde_json::to_value(schemars::schema_for!(Config)).unwrap_or_default();
    if let Some(settings) = schema.get_mut("properties") {
        let describe = |settings: &Value, name: &str| settings[name]["description"].clone();
        let names: Vec<&str> = profiles().iter().map(|profile| profile.id.as_str()).collect();
        let titles: Vec<&str> = profiles().iter().map(|profile| profile.name.as_str()).collect();
        settings["profile"] =
            json!({ "description": describe(settings, "profile"), "enum": names, "enumDescriptions": titles });
        let mut rules = serde_json::Map::new();
        for area in RULES.iter().filter_map(|rule| rule.id.split('/').next()) {
            let about = format!("Every finding of the area “{area}” that is not named itself.");
            rules.insert(format!("{area}/*"), json!({ "description": about, "$ref": "#/$defs/Level" }));
        }
        for rule in RULES {
            let default = format!("{:?}", rule.severity).to_lowercase();
            let about = json!({ "description": rule.summary(), "default": default, "$ref": "#/$defs/Level" });
            rules.insert(rule.id.to_owned(), about);
        }
        settings["rules"] = json!({
            "description": describe(settings, "rules"),
            "type": "object",
            "properties": rules,
            "additionalProperties": false,
        });
    }
    serde_json::to_string_pretty(&schema).unwrap_or_default() + "\n"
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect, expect_file};

    use super::*;

    fn problems(text: &str, expect: Expect) {
        let file = parse_config(Path::new("resmark.json"), text);
        let lines: String = file.problems.iter().map(|problem| format!("{problem}\n")).collect();
        expect.assert_eq(&lines);
    }

    #[test]
    fn settings_are_read() {
        let text = r#"{"$schema": "x", "profile": "UNGA", "final": true, "rules": {"numbering/*": "off", "numbering/gap": "Error"}}"#;
        let file = parse_config(Path::new("resmark.json"), text);
        assert_eq!(file.problems, []);
        assert_eq!(file.config.profile.as_deref(), Some("unga"));
        assert!(file.config.is_final);
        assert_eq!(file.config.level("numbering/gap"), Some(Level::Error));
        assert_eq!(file.config.level("numbering/start"), Some(Level::Off));
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place_and_the_rest_counts() {
        let text = r#"{
  "profile": "unag",
  "finl": true,
  "final": "yes",
  "numbering/gap": "off",
  "colour": 3,
  "rules": {
    "numbering/gpa": "off",
    "number/gap": "off",
    "nonsense/*": "off",
    "编号/gap": "off", "citation/outdated": "of",
    "numbering/order": "loud",
    "numbering/start": 0,
    "numbering/gap": "error"
  }
}"#;
        problems(
            text,
            expect![[r#"
                resmark.json:2:14: there is no profile “unag”; did you mean “unga”?
                resmark.json:3:3: there is no setting “finl”; did you mean “final”?
                resmark.json:4:12: expected true or false
                resmark.json:5:3: “numbering/gap” belongs in “rules”
                resmark.json:6:3: there is no setting “colour”; possible are profile, final, rules
                resmark.json:8:5: there is no finding “numbering/gpa”; did you mean “numbering/gap”?
                resmark.json:9:5: there is no finding “number/gap”; did you mean “numbering/gap”?
                resmark.json:10:5: there is no finding “nonsense/*”; `resmark explain` lists them
                resmark.json:11:5: there is no finding “编号/gap”; did you mean “numbering/gap”?
                resmark.json:11:43: “of” is no level; did you mean “off”?
                resmark.json:12:24: “loud” is no level; possible are off, hint, information, warning, error
                resmark.json:13:24: expected a level: off, hint, information, warning, error
            "#]],
        );
        let config = parse_config(Path::new("resmark.json"), text).config;
        assert_eq!(config.level("numbering/gap"), Some(Level::Error));
    }

    #[test]
    fn what_is_no_json_is_told() {
        problems("", expect!["resmark.json:1:1: the file is empty; write at least `{}`\n"]);
        problems(
            "{\n  \"profile\": \"itu\"\n  \"final\": true\n}",
            expect![[r#"
                resmark.json:3:3: this is not JSON: expected `,` or `}`; nothing in this file counts until that is put right
            "#]],
        );
        problems(
            "{ \"profile\": \"itu\"",
            expect!["resmark.json:1:18: the file ends too early; a bracket or a quotation mark is not closed\n"],
        );
        problems(
            "[]",
            expect![[r#"
                resmark.json:1:1: expected settings in braces, as in { "profile": "itu" }
            "#]],
        );
        let deep = format!("{{ \"colour\": {}{} }}", "[".repeat(100_000), "]".repeat(100_000));
        problems(
            &deep,
            expect!["resmark.json:1:3: there is no setting “colour”; possible are profile, final, rules\n"],
        );
    }

    #[test]
    fn the_published_schema_is_that_of_the_type() {
        expect_file!["../../schema/resmark.schema.json"].assert_eq(&config_schema());
    }

    #[test]
    fn the_guide_shows_what_is_understood() {
        let guide = include_str!("../../../docs/configuration.md");
        let example = guide.split("```json resmark.json\n").nth(1).and_then(|rest| rest.split("```").next());
        let file = parse_config(Path::new("resmark.json"), example.expect("the guide has an example"));
        assert_eq!(file.problems, []);
        assert_eq!(file.config.rules.len(), 3);
    }

    #[test]
    fn the_guide_lists_the_profiles() {
        use crate::profile::{Counting, LetterRun, Openings};
        let guide = include_str!("../../../docs/configuration.md");
        for profile in profiles() {
            let openings = match profile.openings {
                Openings::Headings => "in headings of their own",
                Openings::Clauses => "at the beginning of each clause",
            };
            let labels = profile.operative.labels.iter().filter(|label| !label.is_empty());
            let labels: Vec<String> = labels.map(|label| format!("`{label}`")).collect();
            let counting = match profile.operative.counting {
                Counting::Continuous => "on through the resolution",
                Counting::PerSection => "again below each heading",
            };
            let letters = match profile.letters {
                LetterRun::Doubled => "`aa)` `bb)`",
                LetterRun::Columns => "`aa)` `ab)`",
            };
            let (id, name, labels) = (&profile.id, &profile.name, labels.join(" "));
            let row = format!("| `{id}` | {name} | {openings} | {labels}, {counting} | {letters} |\n");
            assert!(guide.contains(&row), "docs/configuration.md lacks this row:\n{row}");
        }
    }
}
