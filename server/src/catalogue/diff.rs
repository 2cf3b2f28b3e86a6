//! What differs between two lists of resolutions.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::format::{Certainty, Entry, Title, VersionFact};
use crate::citation::ResolutionId;

/// How one resolution differs between two lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Difference {
    /// The resolution.
    pub id: ResolutionId,
    /// Whether it is in one list alone.
    pub change: Change,
    /// Its facts that are in one list alone.
    pub facts: Vec<FactChange>,
}

/// In which of two lists something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// In the first alone.
    Removed,
    /// In both, and not the same.
    Changed,
    /// In the second alone.
    Added,
}

/// A fact that differs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FactChange {
    /// What it is about: “version 2022”, “title (en)”, “abrogated”, “succeeded by PP-130”.
    pub about: String,
    /// In which list it is.
    pub change: Change,
    /// What the first list says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// What the second list says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

/// What differs between `before` and `after`, by id; who says it is left aside. What an entry says in several parts counts as
/// if it stood together.
pub fn diff(before: &[Entry], after: &[Entry]) -> Vec<Difference> {
    let [before, after] = [facts_by_id(before), facts_by_id(after)];
    let ids: BTreeSet<&ResolutionId> = before.keys().chain(after.keys()).copied().collect();
    let differences = ids.into_iter().filter_map(|id| {
        let (old, new) = (before.get(id), after.get(id));
        let change = match (old, new) {
            (Some(_), None) => Change::Removed,
            (None, _) => Change::Added,
            (Some(_), Some(_)) => Change::Changed,
        };
        let facts = changes(old, new);
        (change != Change::Changed || !facts.is_empty()).then(|| Difference { id: id.clone(), change, facts })
    });
    differences.collect()
}

/// What is said, by what it is about.
type Facts = BTreeMap<String, BTreeSet<String>>;

fn facts_by_id(entries: &[Entry]) -> BTreeMap<&ResolutionId, Facts> {
    let mut all: BTreeMap<&ResolutionId, Facts> = BTreeMap::new();
    for entry in entries {
        let facts = all.entry(&entry.id).or_default();
        let mut add = |about: String, text: String, certainty: Certainty| {
            let sure = super::lines::certainty_words(certainty).map(|words| format!(" ({words})")).unwrap_or_default();
            facts.entry(about).or_default().insert(format!("{text}{sure}"));
        };
        entry.versions.iter().for_each(|fact| add(format!("version {}", fact.version), version(fact), fact.certainty));
        entry.titles.iter().for_each(|fact| add(about_title(fact), fact.text.clone(), fact.certainty));
        entry.in_force.iter().for_each(|fact| add(format!("in force in {}", fact.year), String::new(), fact.certainty));
        if let Some(fact) = &entry.abrogated {
            let date = fact.date.map(|date| format!("on {date}"));
            let date = date.or_else(|| fact.not_later_than.map(|date| format!("on {date} or before")));
            let by = fact.by.as_ref().map(|by| format!("by {by}"));
            let words: Vec<String> = date.into_iter().chain(by).collect();
            add("abrogated".to_owned(), words.join(", "), fact.certainty);
        }
        for fact in &entry.succeeded_by {
            add(format!("succeeded by {}", fact.id), String::new(), fact.certainty);
        }
        entry.adopted_as.iter().for_each(|fact| add(format!("adopted as {}", fact.id), String::new(), fact.certainty));
        if entry.versions_complete {
            add("all versions listed".to_owned(), String::new(), Certainty::Proven);
        }
    }
    all
}

fn version(fact: &VersionFact) -> String {
    let place = fact.place.clone().map(|place| format!("{place}, "));
    let date = fact.date.map(|date| format!(", {date}"));
    let kind = serde_json::to_value(fact.kind).ok().and_then(|kind| kind.as_str().map(str::to_owned));
    format!("{}{}, {}{}", place.unwrap_or_default(), fact.year, kind.unwrap_or_default(), date.unwrap_or_default())
}

fn about_title(title: &Title) -> String {
    match &title.version {
        Some(version) => format!("title ({}, {version})", title.language.code()),
        None => format!("title ({})", title.language.code()),
    }
}

fn changes(old: Option<&Facts>, new: Option<&Facts>) -> Vec<FactChange> {
    let none = Facts::new();
    let (old, new) = (old.unwrap_or(&none), new.unwrap_or(&none));
    let about: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let words = |facts: Option<&BTreeSet<String>>| {
        facts.map(|facts| facts.iter().map(String::as_str).collect::<Vec<_>>().join(" | "))
    };
    let changes = about.into_iter().filter_map(|about| {
        let (before, after) = (words(old.get(about)), words(new.get(about)));
        let change = match (&before, &after) {
            (Some(before), Some(after)) if before == after => return None,
            (Some(_), Some(_)) => Change::Changed,
            (Some(_), None) => Change::Removed,
            (None, _) => Change::Added,
        };
        Some(FactChange { about: about.clone(), change, before, after })
    });
    changes.collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;
    use crate::catalogue::Catalogue;

    fn entries(resolutions: &str) -> Vec<Entry> {
        Catalogue::parse(&format!(r#"{{"resolutions": [{resolutions}]}}"#), "a").unwrap().resolutions
    }

    fn shown(before: &str, after: &str) -> String {
        let differences = diff(&entries(before), &entries(after));
        let lines = differences.iter().map(|difference| {
            let facts = difference
                .facts
                .iter()
                .map(|fact| format!(" [{:?} {}: {:?} → {:?}]", fact.change, fact.about, fact.before, fact.after));
            format!("{:?} {}{}\n", difference.change, difference.id, facts.collect::<String>())
        });
        lines.collect()
    }

    #[test]
    fn what_was_added_removed_and_changed() {
        let before = r#"{"id": "LC-1"}, {"id": "LC-2", "versions": [{"year": 2004, "kind": "adopted"}], "source": "a"},
            {"id": "LC-3", "titles": [{"language": "en", "text": "Old"}]}, {"id": "LC-4", "source": "a"}"#;
        let after = r#"{"id": "LC-2", "versions": [{"year": 2004, "place": "Geneva", "kind": "adopted"},
                {"year": 2008, "kind": "revised", "certainty": "unproven"}]},
            {"id": "LC-3", "abrogated": {"date": "2016-05-20", "by": "LC-5"}}, {"id": "LC-4", "source": "b"}, {"id": "LC-5"}"#;
        expect_test::expect![[r#"
            Removed LC-1
            Changed LC-2 [Changed version 2004: Some("2004, adopted") → Some("Geneva, 2004, adopted")] [Added version 2008: None → Some("2008, revised (said, never checked)")]
            Changed LC-3 [Added abrogated: None → Some("on 2016-05-20, by LC-5")] [Removed title (en): Some("Old") → None]
            Added LC-5
        "#]].assert_eq(&shown(before, after));
    }

    proptest! {
        #[test]
        fn nothing_differs_from_itself_in_any_order(order in Just(vec![1, 2, 3, 4]).prop_shuffle()) {
            let list = |numbers: &[i32]| {
                let all = numbers.iter().map(|n| format!(r#"{{"id": "LC-{n}", "inForce": [{{"year": 201{n}}}]}}"#));
                entries(&all.collect::<Vec<_>>().join(", "))
            };
            prop_assert_eq!(diff(&list(&[1, 2, 3, 4]), &list(&order)), []);
        }
    }
}
