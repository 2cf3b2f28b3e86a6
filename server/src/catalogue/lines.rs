//! The facts about a resolution as lines for a person: what is known, who says so, and how sure it is.

use std::collections::HashSet;
use std::fmt;

use super::entry::{EntryView, Layer};
use super::format::{Certainty, TitleKind, VersionKind};
use crate::citation::place_name;
use crate::syntax::Language;

/// A fact, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactLine {
    /// What it is about: “Title (fr)”, “Version 2022”, “In force”, “Abrogated”, “Succeeded by”, “Adopted as”.
    pub about: String,
    /// What is known.
    pub text: String,
    /// Who says so, in words or as an address.
    pub source: String,
    /// Where the fact comes from.
    pub layer: Layer,
    /// How sure it is.
    pub certainty: Certainty,
}

impl FactLine {
    /// Who says so and how sure it is: “Final Acts, Dubai 2018”, “concluded, not proven; from a list of 2023”.
    pub fn ground(&self) -> String {
        match certainty_words(self.certainty) {
            Some(words) => format!("{words}; {}", self.source),
            None => self.source.clone(),
        }
    }
}

/// “Version 2022: Rev. Bucharest, 2022, from 14 October 2022 (Final Acts)”
impl fmt::Display for FactLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} ({})", self.about, self.text, self.ground())
    }
}

/// How sure a fact is, in words; `None` where it is proven, of which nothing need be said.
pub fn certainty_words(certainty: Certainty) -> Option<&'static str> {
    match certainty {
        Certainty::Proven => None,
        Certainty::Inferred => Some("concluded, not proven"),
        Certainty::Unproven => Some("said, never checked"),
    }
}

/// Everything that is known of a resolution, one line for each fact: titles by language, versions by age, then what became
/// of it.
pub fn fact_lines(entry: &EntryView<'_>) -> Vec<FactLine> {
    let mut lines = Vec::new();
    let mut add = |about: String, text: String, source: &str, layer, certainty| {
        lines.push(FactLine { about, text, source: source.to_owned(), layer, certainty });
    };
    let mut titles = entry.titles();
    titles.sort_by(|a, b| (a.value.language, &a.value.version).cmp(&(b.value.language, &b.value.version)));
    for fact in titles {
        let title = fact.value;
        let what = if title.kind == TitleKind::SubjectPhrase { "Subject" } else { "Title" };
        let of = title.version.as_ref().map(|version| format!(", {version}")).unwrap_or_default();
        let about = format!("{what} ({}{of})", title.language.code());
        add(about, title.text.clone(), fact.source, fact.layer, fact.certainty);
    }
    for version in entry.versions() {
        let place = version.place.map(|place| place_name(place, Language::En).unwrap_or(place));
        let name = place.map_or_else(|| version.year.to_string(), |place| format!("{place}, {}", version.year));
        let given = version.day_is_given;
        let from = format!("in force {} {}", if given { "from" } else { "by" }, version.date);
        let text = match version.kind {
            VersionKind::Proposed => format!("{name}, proposed, not known to have been adopted"),
            VersionKind::Adopted => format!("{name}, adopted, {from}"),
            VersionKind::Revised => format!("Rev. {name}, {from}"),
            VersionKind::AdoptedOrRevised => format!("{name}, adopted or revised, {from}"),
        };
        add(format!("Version {}", version.version), text, version.source, version.layer, version.certainty);
    }
    for fact in entry.in_force() {
        add("In force".to_owned(), format!("in {}", fact.value.year), fact.source, fact.layer, fact.certainty);
    }
    if let Some(fact) = entry.abrogation() {
        let abrogation = fact.value;
        let mut text = match (abrogation.date, abrogation.not_later_than) {
            (Some(date), _) => format!("on {date}"),
            (None, Some(date)) => format!("on {date} or before"),
            (None, None) => "on a day that is not known".to_owned(),
        };
        if let Some(by) = &abrogation.by {
            text.push_str(&format!(", by {by}"));
        }
        add("Abrogated".to_owned(), text, fact.source, fact.layer, fact.certainty);
    }
    for fact in entry.succeeded_by() {
        let text = fact.value.id.to_string();
        add("Succeeded by".to_owned(), text, fact.source, fact.layer, fact.certainty);
    }
    for fact in entry.adopted_as() {
        add("Adopted as".to_owned(), fact.value.id.to_string(), fact.source, fact.layer, fact.certainty);
    }
    // A workspace's file may repeat what is bundled, from the same source: it is said once.
    let mut said = HashSet::new();
    lines.retain(|line| said.insert((line.about.clone(), line.text.clone(), line.source.clone())));
    lines
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use expect_test::expect;

    use super::*;
    use crate::catalogue::Catalogue;

    #[test]
    fn every_fact_has_its_line() {
        let mut catalogue = Catalogue::empty();
        let text = r#"{"source": "a book", "resolutions": [{"id": "LC-7",
            "titles": [{"language": "fr", "text": "Niveau des eaux", "version": "2004"},
                {"language": "en", "text": "on water levels", "kind": "subject-phrase", "certainty": "unproven"}],
            "versions": [{"year": 2016, "place": "Nairobi", "date": "2016-05-20", "kind": "revised"},
                {"year": 2004, "place": "Geneva", "kind": "adopted"}, {"year": 2020, "kind": "proposed"}],
            "inForce": [{"year": 2018}],
            "abrogated": {"notLaterThan": "2022-10-14", "by": "LC-12", "source": "a list", "certainty": "inferred"},
            "succeededBy": [{"id": "LC-12"}], "adoptedAs": [{"id": "LC-13"}]}]}"#;
        // What two files say in the same words is said once.
        for name in ["a.json", "b.json"] {
            catalogue.set_file(name, Catalogue::parse(text, name).unwrap());
        }
        let id = "LC-7".parse().unwrap();
        let lines = fact_lines(&catalogue.get(&id).unwrap());
        let lines: String = lines.iter().map(|line| format!("{line}\n")).collect();
        expect![[r#"
            Subject (en): on water levels (said, never checked; a book)
            Title (fr, 2004): Niveau des eaux (a book)
            Version 2004: Geneva, 2004, adopted, in force by 2004-12-31 (a book)
            Version 2016: Rev. Nairobi, 2016, in force from 2016-05-20 (a book)
            Version 2020: 2020, proposed, not known to have been adopted (a book)
            In force: in 2018 (a book)
            Abrogated: on 2022-10-14 or before, by LC-12 (concluded, not proven; a list)
            Succeeded by: LC-12 (a book)
            Adopted as: LC-13 (a book)
        "#]]
        .assert_eq(&lines);
    }
}
