//! The layers together: what wins, and what holds on which day.
#![allow(clippy::unwrap_used)]

use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;
use crate::citation::{Identity, ResolutionId};
use crate::syntax::{Language, ProposalKind, ResolutionIndex};

fn id(text: &str) -> ResolutionId {
    text.parse().unwrap()
}

/// A catalogue of files `(name, resolutions)`, without the bundled facts.
fn catalogue(files: &[(&str, &str)]) -> Catalogue {
    let mut catalogue = Catalogue::empty();
    for (name, resolutions) in files {
        let text = format!(r#"{{"resolutions": [{resolutions}]}}"#);
        catalogue.set_file(name, Catalogue::parse(&text, name).unwrap());
    }
    catalogue
}

fn identity(id: &str, version: &str) -> Identity {
    Identity {
        resolution: ResolutionIndex(0),
        id: Some(id.parse().unwrap()),
        version: Some(version.to_owned()),
        version_in_force: None,
        body: None,
        place: None,
        date: None,
        language: Some(Language::En),
        subject: Some("Terms of reference".to_owned()),
        profile: None,
    }
}

/// The version in force, or what the resolution is instead.
fn status(catalogue: &Catalogue, of: &str, as_of: Date) -> String {
    match catalogue.status(&id(of), as_of) {
        Status::InForce { version } => version.map_or("some version".to_owned(), |version| version.version.clone()),
        Status::Abrogated { last, .. } => format!("abrogated, last {:?}", last.map(|last| last.version.clone())),
        Status::NewerInSeries { newest, .. } => format!("newer: {newest}"),
        Status::DraftAdopted { link } => format!("adopted as {}", link.value.id),
        Status::ProposedOnly => "proposed".to_owned(),
        Status::NotAdoptedYet { from } => format!("not before {from}"),
        Status::Unknown => "unknown".to_owned(),
    }
}

const LIFE: &str = r#"{"id": "PP-900", "versions": [
    {"year": 2014, "place": "Busan", "date": "2014-11-07", "kind": "adopted"},
    {"year": 2018, "place": "Dubai", "date": "2018-11-16", "kind": "revised"},
    {"year": 2022, "kind": "proposed"}
  ], "abrogated": {"date": "2026-11-27", "by": "PP-26"}}"#;

#[test]
fn a_version_is_in_force_from_its_day_on() {
    let catalogue = catalogue(&[("a", LIFE)]);
    assert_eq!(status(&catalogue, "PP-900", date(2014, 11, 6)), "not before 2014-11-07");
    assert_eq!(status(&catalogue, "PP-900", date(2014, 11, 7)), "2014");
    assert_eq!(status(&catalogue, "PP-900", date(2018, 11, 15)), "2014");
    assert_eq!(status(&catalogue, "PP-900", date(2018, 11, 16)), "2018");
    assert_eq!(status(&catalogue, "PP-900", date(2022, 12, 31)), "2018");
}

#[test]
fn it_ends_on_the_day_it_is_abrogated() {
    let catalogue = catalogue(&[("a", LIFE)]);
    assert_eq!(status(&catalogue, "PP-900", date(2026, 11, 26)), "2018");
    assert_eq!(status(&catalogue, "PP-900", date(2026, 11, 27)), "abrogated, last Some(\"2018\")");
}

#[test]
fn a_year_without_a_day_counts_at_its_end() {
    let catalogue = catalogue(&[("a", r#"{"id": "NN-1", "versions": [{"year": 2020, "kind": "adopted"}]}"#)]);
    assert_eq!(status(&catalogue, "NN-1", date(2020, 12, 30)), "not before 2020-12-31");
    assert_eq!(status(&catalogue, "NN-1", date(2020, 12, 31)), "2020");
}

#[test]
fn before_its_first_known_revision_it_was_in_force_in_some_version() {
    let catalogue = catalogue(&[("a", r#"{"id": "NN-1", "versions": [{"year": 2020, "kind": "revised"}]}"#)]);
    assert_eq!(status(&catalogue, "NN-1", date(2015, 1, 1)), "some version");
    assert_eq!(catalogue.version_in_force(&id("NN-1"), date(2015, 1, 1)), None);
}

#[test]
fn what_was_only_proposed_was_never_in_force() {
    let catalogue = catalogue(&[("a", r#"{"id": "NN-1", "versions": [{"year": 2020, "kind": "proposed"}]}"#)]);
    assert_eq!(status(&catalogue, "NN-1", date(2024, 1, 1)), "proposed");
}

#[test]
fn what_was_never_checked_decides_nothing() {
    let catalogue = catalogue(&[(
        "a",
        r#"{"id": "NN-1", "versions": [{"year": 2010, "kind": "adopted"}, {"year": 2020, "kind": "revised", "certainty": "unproven"}]}"#,
    )]);
    assert_eq!(status(&catalogue, "NN-1", date(2024, 1, 1)), "2010");
    assert_eq!(catalogue.versions(&id("NN-1")).len(), 2);
}

#[test]
fn a_later_version_says_that_it_lived_on() {
    let bundled = r#"{"id": "NN-1", "versions": [{"year": 2010, "kind": "adopted"}],
        "abrogated": {"notLaterThan": "2022-10-14", "certainty": "inferred"}}"#;
    let mut catalogue = catalogue(&[("a", bundled)]);
    assert_eq!(status(&catalogue, "NN-1", date(2023, 1, 1)), "abrogated, last Some(\"2010\")");
    let fact = WorkspaceFact::new(&identity("NN-1", "2022"), None).unwrap();
    catalogue.set_resolutions("one.resmark", vec![fact]);
    assert_eq!(status(&catalogue, "NN-1", date(2023, 1, 1)), "2022");
}

const SERIES: &str = r#"
    {"id": "UNGA-65/141", "succeededBy": [{"id": "UNGA-79/194"}]},
    {"id": "UNGA-70/184", "succeededBy": [{"id": "UNGA-79/194"}]},
    {"id": "UNGA-79/194"}"#;

#[test]
fn of_a_series_the_newest_of_that_day_counts() {
    let catalogue = catalogue(&[("a", SERIES)]);
    assert_eq!(status(&catalogue, "UNGA-65/141", date(2012, 1, 1)), "some version");
    // Session 70 ends on 14 September 2016: only then it is certain that its resolution was there.
    assert_eq!(status(&catalogue, "UNGA-65/141", date(2016, 9, 13)), "some version");
    assert_eq!(status(&catalogue, "UNGA-65/141", date(2016, 9, 14)), "newer: UNGA-70/184");
    assert_eq!(status(&catalogue, "UNGA-65/141", date(2026, 1, 1)), "newer: UNGA-79/194");
    assert_eq!(status(&catalogue, "UNGA-70/184", date(2017, 1, 1)), "some version");
    assert_eq!(status(&catalogue, "UNGA-79/194", date(2026, 1, 1)), "some version");
}

#[test]
fn later_layers_win_and_keep_their_source() {
    let mut catalogue = catalogue(&[(
        "a.json",
        r#"{"id": "NN-1", "versions": [{"year": 2010, "place": "Geneva", "kind": "revised", "source": "a book"}],
            "titles": [{"language": "en", "text": "In the file"}]}"#,
    )]);
    let before = catalogue.clone();
    let fact = WorkspaceFact::new(&identity("NN-1", "2010"), None).unwrap();
    assert_eq!(catalogue.set_resolutions("one.resmark", vec![fact]), [id("NN-1")]);

    let version = catalogue.get(&id("NN-1")).unwrap().version("2010").unwrap();
    assert_eq!((version.source, version.layer, version.place), ("one.resmark", Layer::Resolution, Some("Geneva")));
    let title = catalogue.title(&id("NN-1"), None, Language::En).unwrap();
    assert_eq!((title.text, title.source), ("Terms of reference", "one.resmark"));
    // The snapshot taken before is as it was.
    assert_eq!(before.title(&id("NN-1"), None, Language::En).unwrap().text, "In the file");

    assert_eq!(catalogue.set_resolutions("one.resmark", Vec::new()), [id("NN-1")]);
    assert_eq!(catalogue.get(&id("NN-1")).unwrap().version("2010").unwrap().source, "a book");
    assert_eq!(catalogue.set_resolutions("one.resmark", Vec::new()), []);
}

#[test]
fn a_document_may_hold_several_resolutions() {
    let mut catalogue = Catalogue::empty();
    let fact = |id: &str, version: &str| WorkspaceFact::new(&identity(id, version), None).unwrap();
    let changed = catalogue.set_resolutions("a", vec![fact("NN-1", "2010"), fact("NN-2", "2011")]);
    assert_eq!(changed, [id("NN-1"), id("NN-2")]);
    assert_eq!(catalogue.set_resolutions("b", vec![fact("NN-1", "2014")]), [id("NN-1")]);
    assert_eq!(
        catalogue.set_resolutions("a", vec![fact("NN-1", "2010"), fact("NN-3", "2011")]),
        [id("NN-2"), id("NN-3")]
    );
    assert_eq!(catalogue.versions(&id("NN-1")).len(), 2);
    assert_eq!(catalogue.get(&id("NN-2")).map(|_| ()), None);
}

#[test]
fn copies_count_as_one_in_whatever_order_they_come_and_go() {
    let fact = |version: &str| vec![WorkspaceFact::new(&identity("NN-1", version), None).unwrap()];
    let said = |catalogue: &Catalogue| {
        let entry = catalogue.get(&id("NN-1")).unwrap();
        (entry.layers().count(), entry.sources().join(" "))
    };
    let says = |layers: usize, sources: &str| (layers, sources.to_owned());
    let mut catalogue = Catalogue::empty();
    for document in ["c", "a", "b"] {
        assert_eq!(catalogue.set_resolutions(document, fact("2010")), [id("NN-1")]);
        assert_eq!(catalogue.set_resolutions(document, fact("2010")), [], "{document} says the same again");
    }
    assert_eq!(said(&catalogue), says(1, "a"));
    let copies = catalogue.clone();

    // The one that is named begins to say something else, and goes back to what it said.
    assert_eq!(catalogue.set_resolutions("a", fact("2014")), [id("NN-1")]);
    assert_eq!(said(&catalogue), says(2, "a b"));
    assert_eq!(catalogue.told_otherwise(&copies), [(Asked::number(&id("NN-1")), None)].into());
    catalogue.set_resolutions("a", fact("2010"));
    assert_eq!(said(&catalogue), says(1, "a"));
    assert_eq!(catalogue.told_otherwise(&copies), [].into());

    // They go, the first and the last among them.
    for (document, left) in [("a", "b"), ("c", "b")] {
        assert_eq!(catalogue.set_resolutions(document, Vec::new()), [id("NN-1")]);
        assert_eq!(said(&catalogue), says(1, left));
    }
    assert_eq!(catalogue.set_resolutions("b", Vec::new()), [id("NN-1")]);
    assert!(!catalogue.is_told_of(&id("NN-1")));
    assert_eq!(said(&copies), says(1, "a"), "a snapshot stays as it was");
}

#[test]
fn a_proposal_puts_nothing_into_force_and_undoes_nothing() {
    let mut catalogue = catalogue(&[("a", r#"{"id": "NN-1", "versions": [{"year": 2018, "kind": "revised"}]}"#)]);
    let tracked = Identity { version_in_force: Some("2014".to_owned()), ..identity("NN-1", "2018") };
    let added = identity("NN-2", "2018");
    let facts = vec![
        WorkspaceFact::new(&tracked, Some(ProposalKind::Modify)).unwrap(),
        WorkspaceFact::new(&added, Some(ProposalKind::Add)).unwrap(),
    ];
    catalogue.set_resolutions("proposals.resmark", facts);
    assert_eq!(status(&catalogue, "NN-1", date(2020, 1, 1)), "2018");
    assert_eq!(catalogue.get(&id("NN-1")).unwrap().version("2014").unwrap().kind, VersionKind::AdoptedOrRevised);
    assert_eq!(status(&catalogue, "NN-2", date(2020, 1, 1)), "proposed");
}

#[test]
fn a_title_in_the_language_then_in_english_then_in_any() {
    let catalogue = catalogue(&[(
        "a",
        r#"{"id": "NN-1", "titles": [
            {"language": "zh", "text": "旧", "version": "2014"}, {"language": "zh", "text": "新", "version": "2018"},
            {"language": "en", "text": "On things", "kind": "subject-phrase"}, {"language": "en", "text": "Things"}]},
          {"id": "NN-2", "titles": [{"language": "ru", "text": "О вещах"}]}"#,
    )]);
    let title = |of: &str, version, language| {
        let title = catalogue.title(&id(of), version, language).unwrap();
        (title.text.to_owned(), title.language)
    };
    assert_eq!(title("NN-1", Some("2014"), Language::Zh), ("旧".to_owned(), Language::Zh));
    assert_eq!(title("NN-1", Some("2016"), Language::Zh), ("旧".to_owned(), Language::Zh));
    assert_eq!(title("NN-1", None, Language::Zh), ("新".to_owned(), Language::Zh));
    assert_eq!(title("NN-1", Some("2018"), Language::Fr), ("Things".to_owned(), Language::En));
    assert_eq!(title("NN-2", None, Language::Fr), ("О вещах".to_owned(), Language::Ru));
}

#[test]
fn not_listed_means_not_there_only_where_the_list_is_complete() {
    let bundled = Catalogue::bundled();
    let exists = |of: &str, version: Option<u16>, as_of: Date| match bundled.existence(&id(of), version, as_of) {
        Existence::Listed => "listed".to_owned(),
        Existence::Open => "open".to_owned(),
        Existence::NotYet { from } => format!("not before {from}"),
        Existence::OtherYear { id } => format!("is {id}"),
        Existence::Never { .. } => "never".to_owned(),
    };
    let day = date(2024, 6, 1);
    assert_eq!(exists("WHA-WHA75.8", None, day), "listed");
    assert_eq!(exists("WHA-WHA75.99", None, day), "never");
    assert_eq!(exists("WHA-WHA76.99", None, day), "open");
    assert_eq!(exists("WHA-WHA99.1", None, day), "not before 2046-01-01");
    assert_eq!(exists("PP-140", Some(2022), day), "listed");
    assert_eq!(exists("PP-250", Some(2018), day), "never");
    assert_eq!(exists("PP-250", None, day), "open");
    assert_eq!(exists("PP-250", None, date(2021, 1, 1)), "never");
    assert_eq!(exists("WTSA-250", Some(2016), day), "open");
    assert_eq!(exists("UNGA-70/999", None, day), "open");
    assert_eq!(exists("UNGA-95/1", None, day), "not before 2040-09-01");
    assert_eq!(exists("UNSC-687 (1992)", None, day), "is UNSC-687 (1991)");
    assert!(bundled.covers("WHA") && bundled.covers("PP") && !bundled.covers("WTSA"));
}

#[test]
fn bundled_facts_answer() {
    let bundled = Catalogue::bundled();
    assert_eq!(status(&bundled, "PP-140", date(2020, 1, 1)), "2018");
    assert_eq!(status(&bundled, "PP-140", date(2023, 1, 1)), "2022");
    assert_eq!(status(&bundled, "UNGA-A/78/L.49", date(2024, 6, 1)), "adopted as UNGA-78/265");
    assert_eq!(status(&bundled, "UNGA-70/125", date(2020, 1, 1)), "2015");
    assert_eq!(status(&bundled, "NN-1", date(2020, 1, 1)), "unknown");
    let title = bundled.title(&id("WHA-WHA75.8"), None, Language::Fr).unwrap();
    assert_eq!((title.language, title.kind), (Language::En, TitleKind::Title));
}

#[test]
fn searching_goes_by_number() {
    let catalogue = catalogue(&[("a", r#"{"id": "NN-10"}, {"id": "NN-2"}, {"id": "NN-1"}, {"id": "MM-1"}"#)]);
    assert_eq!(catalogue.search("NN-", 9), [id("NN-1"), id("NN-2"), id("NN-10")]);
    assert_eq!(catalogue.search("NN-1", 9), [id("NN-1"), id("NN-10")]);
    assert_eq!(catalogue.search("", 9).len(), 4);
    assert!(Catalogue::bundled().search("PP-14", 100).contains(&id("PP-140")));
}

#[test]
fn the_published_schema_is_that_of_the_program() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/catalogue/schema/catalogue.schema.json");
    expect_test::expect_file![path].assert_eq(&CatalogueFile::json_schema());
}

fn version_fact() -> impl Strategy<Value = String> {
    let kinds = prop::sample::select(vec!["proposed", "adopted", "revised", "adoptedOrRevised"]);
    let sure = prop::sample::select(vec!["proven", "inferred", "unproven"]);
    let place = prop::sample::select(vec!["Busan", "Dubai", ""]);
    (2010u16..2014, kinds, sure, place).prop_map(|(year, kind, certainty, place)| {
        let place = if place.is_empty() { String::new() } else { format!(r#""place": "{place}", "#) };
        format!(r#"{{"year": {year}, {place}"kind": "{kind}", "certainty": "{certainty}"}}"#)
    })
}

fn entry() -> impl Strategy<Value = String> {
    (1u8..4, prop::collection::vec(version_fact(), 0..4), any::<bool>()).prop_map(|(number, versions, abrogated)| {
        let abrogated = if abrogated { r#", "abrogated": {"date": "2012-06-01"}"# } else { "" };
        format!(r#"{{"id": "NN-{number}", "versions": [{}]{abrogated}}}"#, versions.join(", "))
    })
}

/// All that can be asked, as text.
fn everything(catalogue: &Catalogue) -> String {
    let days = [date(2009, 1, 1), date(2011, 6, 1), date(2013, 12, 31)];
    let ids = ["NN-1", "NN-2", "NN-3"].map(id);
    ids.iter()
        .map(|id| {
            let versions: Vec<_> = catalogue
                .versions(id)
                .into_iter()
                .map(|view| (view.version.clone(), view.place.map(str::to_owned), view.kind, view.certainty))
                .collect();
            let days: Vec<_> = days.iter().map(|day| status(catalogue, &id.to_string(), *day)).collect();
            format!("{id}: {versions:?} {days:?}\n")
        })
        .collect()
}

proptest! {
    #[test]
    fn merging_again_changes_nothing(entries in prop::collection::vec(entry(), 0..6)) {
        let text = entries.join(", ");
        let once = catalogue(&[("a", &text)]);
        let doubled = format!("{text}{}{text}", if text.is_empty() { "" } else { ", " });
        prop_assert_eq!(everything(&once), everything(&catalogue(&[("a", &doubled)])));
        let mut again = once.clone();
        again.set_file("a", Catalogue::parse(&format!(r#"{{"resolutions": [{text}]}}"#), "a").unwrap());
        prop_assert_eq!(everything(&once), everything(&again));
    }

    #[test]
    fn inside_a_layer_order_does_not_matter(
        entries in prop::collection::vec(entry(), 0..6).prop_flat_map(|entries| {
            (Just(entries.clone()), Just(entries).prop_shuffle())
        }),
    ) {
        let (given, shuffled) = entries;
        let one = catalogue(&[("a", &given.join(", "))]);
        prop_assert_eq!(everything(&one), everything(&catalogue(&[("a", &shuffled.join(", "))])));
    }

    #[test]
    fn files_may_arrive_in_any_order(a in entry(), b in entry()) {
        let one = catalogue(&[("a", &a), ("b", &b)]);
        let other = catalogue(&[("b", &b), ("a", &a)]);
        prop_assert_eq!(everything(&one), everything(&other));
    }

    #[test]
    fn reading_never_panics(text in "\\PC*", bytes in prop::collection::vec(any::<u8>(), 0..64)) {
        let _ = Catalogue::parse(&text, "a");
        let _ = Catalogue::parse(&format!(r#"{{"resolutions": [{text}]}}"#), "a");
        let _ = Catalogue::parse_bytes(&bytes, "a");
    }
}
