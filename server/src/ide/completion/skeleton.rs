//! Skeletons: a whole resolution to begin with, an annex, a tracked change; to be filled in from place to place.
//!
//! They come when the drafter asks for them, never by themselves: on an empty line, or behind the first letters of what
//! they are called.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use regex::{Captures, Regex};
use schemars::JsonSchema;
use serde::Deserialize;
use unicode_segmentation::UnicodeSegmentation;

use super::{Completion, Item, ItemKind};
use crate::ide::target::language_at;
use crate::syntax::{Language, ResolutionIndex, TextRange, TextSize, fold};
use crate::workspace::{File, Snapshot};

/// How many files of the workspace are asked which language is written there.
const ASKED: usize = 100;

/// `data/skeletons.json`
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct SkeletonData {
    #[serde(rename = "$schema")]
    _schema: Option<String>,
    /// Where the layouts are from.
    #[serde(rename = "source")]
    _source: String,
    /// In the order in which they are offered.
    skeletons: Vec<Skeleton>,
}

/// Something to fill in.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Skeleton {
    /// What may be typed to get it, in any language: small letters and hyphens.
    name: String,
    /// The profile of the house whose layout it has.
    profile: Option<String>,
    /// Where it is offered.
    place: Place,
    /// It in each language.
    forms: Vec<Form>,
}

/// Where a skeleton is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Place {
    /// In a file that is empty but for metadata.
    Start,
    /// At the beginning of a line, behind an empty one.
    Block,
    /// Anywhere, behind the first letters of its name.
    Anywhere,
}

/// A skeleton in one language.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Form {
    /// Absent for what is the same in all.
    language: Option<Language>,
    /// What the list shows.
    label: String,
    /// The lines, with places to fill in as the Language Server Protocol writes them: `${1:subject}`, `${1}`, `$0` for
    /// the last of them.
    lines: Vec<String>,
}

fn skeletons() -> &'static [Skeleton] {
    static SKELETONS: LazyLock<Vec<Skeleton>> = LazyLock::new(|| {
        let data: SkeletonData =
            serde_json::from_str(include_str!("../../../data/skeletons.json")).expect("a test reads the skeletons");
        data.skeletons
    });
    &SKELETONS
}

/// What may be begun at `offset`. The language of the text comes first, else that of the workspace, else `language`, that
/// of the editor.
pub(super) fn complete(
    snapshot: &Snapshot,
    file: &File,
    offset: TextSize,
    language: Option<Language>,
) -> Option<Completion> {
    let text = file.text();
    let before = text.get(..usize::from(offset))?;
    let line = &before[before.rfind(['\n', '\r']).map_or(0, |at| at + 1)..];
    let typed = last_word(line);
    let is_alone = line.trim_start().len() == typed.len();
    let above = before[..before.len() - line.len()].trim_end_matches([' ', '\t']);
    let behind_empty = above.trim().is_empty() || above.ends_with("\n\n") || above.ends_with("\n\r\n");
    let only = file.facts().document.paragraphs.iter().all(|paragraph| {
        let own = text.get(std::ops::Range::<usize>::from(paragraph.range)).unwrap_or_default();
        own.trim() == line.trim()
    });
    let rest = text.get(usize::from(offset)..)?;
    let is_empty = is_alone && only && rest.trim().is_empty();
    let at_block = is_alone && behind_empty && rest.lines().next().is_none_or(|line| line.trim().is_empty());
    // In running text only what is called for by name.
    if !at_block && typed.chars().count() < 2 {
        return None;
    }
    let offered = |place| match place {
        Place::Start => is_empty,
        Place::Block => at_block,
        Place::Anywhere => true,
    };
    // What is typed of a name tells no language.
    let own = language_at(file.facts(), offset).filter(|_| !is_empty || before.len() > line.len());
    let first = own.or_else(|| most_written(snapshot)).or(language).unwrap_or(Language::En);
    let profile = snapshot.input(file).profile(ResolutionIndex(0)).map(|profile| profile.id.as_str());
    let wanted = fold(typed);
    let mut found: Vec<(&Skeleton, &Form)> = skeletons()
        .iter()
        .filter(|skeleton| offered(skeleton.place))
        .flat_map(|skeleton| skeleton.forms.iter().map(move |form| (skeleton, form)))
        // A text has one language; where none is written yet all are there.
        .filter(|(_, form)| form.language.is_none() || own.is_none_or(|own| form.language == Some(own)))
        .filter(|(skeleton, form)| skeleton.name.starts_with(&wanted) || has_word(&fold(&form.label), &wanted))
        .collect();
    found.sort_by_key(|(skeleton, form)| {
        let other_language = form.language.is_some_and(|language| language != first);
        // What every language has comes behind the first of them.
        let other_house = profile.is_some() && skeleton.profile.is_some() && skeleton.profile.as_deref() != profile;
        (other_language, other_house)
    });
    let range = TextRange::new(offset - TextSize::of(typed), offset);
    let items = found.into_iter().map(|(skeleton, form)| item(skeleton, form, range, typed));
    // What is typed on may name it in another way: the list is asked for again.
    Some(Completion { items: items.collect(), incomplete: true }).filter(|found| !found.items.is_empty())
}

fn item(skeleton: &Skeleton, form: &Form, range: TextRange, typed: &str) -> Item {
    Item {
        label: form.label.clone(),
        description: skeleton.name.clone(),
        detail: String::new(),
        kind: ItemKind::Skeleton,
        range,
        text: form.lines.join("\n"),
        // It was looked for here, by name, label and without accents.
        filter: if typed.is_empty() { form.label.clone() } else { typed.to_owned() },
        outdated: false,
        about: None,
        sample: Some(filled(&form.lines.join("\n")).into_owned()),
    }
}

/// The letters and hyphens before the cursor.
fn last_word(line: &str) -> &str {
    let letters = line.graphemes(true).rev().take_while(|it| it.chars().all(|c| c.is_alphabetic() || c == '-'));
    &line[line.len() - letters.map(str::len).sum::<usize>()..]
}

/// Whether a word of `label` begins with `wanted`; Chinese words are not parted.
fn has_word(label: &str, wanted: &str) -> bool {
    label.match_indices(wanted).any(|(at, _)| !label[..at].ends_with(|c: char| c.is_alphabetic() && c.is_ascii()))
}

/// The language in which most texts of the workspace are written.
fn most_written(snapshot: &Snapshot) -> Option<Language> {
    let mut counts: HashMap<Language, usize> = HashMap::new();
    for file in snapshot.files().take(ASKED) {
        if let Some(language) = file.summary().texts().first().and_then(|text| text.language) {
            *counts.entry(language).or_default() += 1;
        }
    }
    Language::ALL.into_iter().rev().max_by_key(|language| counts.get(language).copied()).filter(|_| !counts.is_empty())
}

/// A skeleton with the words that stand in its places, as it looks before anything is filled in.
fn filled(lines: &str) -> Cow<'_, str> {
    static PLACE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\$\{(\d+)(?::([^}]*))?\}|\$(\d+)").expect("a regular expression"));
    let words: HashMap<&str, &str> =
        PLACE.captures_iter(lines).filter_map(|place| Some((place.get(1)?.as_str(), place.get(2)?.as_str()))).collect();
    PLACE.replace_all(lines, |place: &Captures<'_>| {
        let number = place.get(1).or(place.get(3)).map_or("", |number| number.as_str());
        words.get(number).copied().unwrap_or_default().to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::tests::workspace;
    use crate::profile::Profile;

    #[test]
    fn the_schema_is_up_to_date() {
        let schema =
            serde_json::to_string_pretty(&schemars::schema_for!(SkeletonData)).expect("a schema is JSON") + "\n";
        expect_test::expect_file!["../../../data/schema/skeletons.schema.json"].assert_eq(&schema);
    }

    /// Who fills nothing in is told of nothing, and the house is known from the text.
    #[test]
    fn skeletons_have_no_findings() {
        for (skeleton, form) in all() {
            if skeleton.place == Place::Anywhere || skeleton.forms.len() == 1 {
                continue;
            }
            let text = filled(&form.lines.join("\n")).into_owned();
            let text = match skeleton.place {
                Place::Block if skeleton.profile.is_none() => format!("{}\n\n{text}\n", resolution(form.language)),
                _ => text + "\n",
            };
            let (snapshot, id, _) = workspace(&format!("$0{text}"));
            let findings = snapshot.findings(id);
            assert!(findings.is_empty(), "{} {:?}: {findings:?}\n{text}", skeleton.name, form.language);
            let file = snapshot.file(id).expect("loaded");
            let house = snapshot.input(file).profile(ResolutionIndex(0)).map(|profile| profile.id.clone());
            let expected = skeleton.profile.clone().or_else(|| Some("itu".to_owned()));
            assert_eq!(house, expected, "{} {:?}\n{text}", skeleton.name, form.language);
            let language = file.facts().identities.first().and_then(|identity| identity.language);
            assert_eq!(language, form.language, "{}\n{text}", skeleton.name);
        }
    }

    #[test]
    fn skeletons_are_whole() {
        for (skeleton, form) in all() {
            let text = form.lines.join("\n");
            assert!(text.contains("$0") || text.contains("${0:"), "{} ends nowhere", skeleton.name);
            assert!(skeleton.profile.as_deref().is_none_or(|id| Profile::named(id).is_some()), "{}", skeleton.name);
            assert!(!filled(&text).contains('$'), "{}: {}", skeleton.name, filled(&text));
        }
    }

    fn all() -> impl Iterator<Item = (&'static Skeleton, &'static Form)> {
        skeletons().iter().flat_map(|skeleton| skeleton.forms.iter().map(move |form| (skeleton, form)))
    }

    /// The resolution of the ITU in a language, for what stands inside one.
    fn resolution(language: Option<Language>) -> String {
        let form = all().find(|(skeleton, form)| skeleton.name == "resolution-itu" && form.language == language);
        filled(&form.expect("there is one").1.lines.join("\n")).into_owned()
    }
}
