//! The bundled catalogue holds every fact of the tables that it was made from. Skips, saying so, where they are not there.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use resmark::catalogue::{Catalogue, VersionKind};
use resmark::citation::ResolutionId;
use resmark::syntax::Language;
use resmark_tests::{shared, skip};

/// The rows of a table below its first line, as fields.
fn rows(path: &Path) -> Option<Vec<Vec<String>>> {
    let text = std::fs::read_to_string(path).ok()?;
    let fields = |line: &str| line.split('\t').map(|field| field.trim().to_owned()).collect();
    Some(text.lines().skip(1).map(fields).collect())
}

/// The ids that a row may be listed as. The Radiocommunication Assembly adopts the resolutions of ITU-R; from 401 on the
/// General Assembly counts decisions; and the Human Rights Council numbers like the Assembly.
fn ids(body: &str, number: &str) -> Vec<ResolutionId> {
    match body {
        "RA" => vec![ResolutionId::new("ITU-R", number.split('-').next().unwrap())],
        "UNGA" => ["UNGA", "UNGA Decision", "HRC"].map(|body| ResolutionId::new(body, number)).into(),
        _ => vec![ResolutionId::new(body, number)],
    }
}

/// The words of a title column, without what marks a subject phrase and without a note behind it; of one that is cut off,
/// what there is.
fn title(text: &str) -> &str {
    let text = text.split(" [").next().unwrap().trim().trim_start_matches('~').trim();
    let text = text.strip_prefix('(').and_then(|text| text.strip_suffix(')')).unwrap_or(text);
    text.trim_end_matches(['.', '…']).trim_end()
}

/// What the catalogue does not say of a row.
fn missing(catalogue: &Catalogue, row: &[String]) -> Option<String> {
    let field = |index: usize| row.get(index).map_or("", String::as_str);
    let (body, number, place, year, kind) = (field(0), field(1), field(4), field(5), field(6));
    if kind == "abrogation-proposed" {
        return None;
    }
    let Some(entry) = ids(body, number).iter().find_map(|id| catalogue.get(id)) else {
        return Some(format!("{body}-{number} is not listed"));
    };
    for (language, text) in [(Language::En, title(field(2))), (Language::Zh, title(field(3)))] {
        let known = |text: &str| {
            entry.titles().iter().any(|fact| fact.value.language == language && fact.value.text.starts_with(text))
        };
        if !text.is_empty() && !known(text) {
            return Some(format!("{body}-{number} lacks its title in {language:?}: {text}"));
        }
    }
    if let Some(listed) = kind.strip_prefix("in-force-") {
        let year = if listed == "at-session" { year } else { listed };
        let known = entry.in_force().iter().any(|fact| fact.value.year.to_string() == year);
        return (!known).then(|| format!("{body}-{number} was in force in {year}"));
    }
    if kind.starts_with("absent-") {
        return entry.abrogation().is_none().then(|| format!("{body}-{number} is no longer in force"));
    }
    if kind == "draft-symbol" || year.is_empty() {
        return None;
    }
    let versions = entry.versions();
    let Some(version) = versions.iter().find(|view| view.year.to_string() == year) else {
        return Some(format!("{body}-{number} lacks its version of {year}"));
    };
    if !place.is_empty() && version.place != Some(place) {
        return Some(format!("{body}-{number} of {year} was adopted in {place}, not in {:?}", version.place));
    }
    let known = match kind {
        "rev" => version.kind == VersionKind::Revised,
        "adopted" => version.kind != VersionKind::Proposed,
        // Where another row says that it was adopted, it was.
        "rev-proposed" => true,
        _ => version.kind != VersionKind::Proposed,
    };
    (!known).then(|| format!("{body}-{number} of {year} is {:?}, not {kind}", version.kind))
}

#[test]
fn every_row_of_the_tables_is_there() {
    let Some(folder) = shared().map(|shared| shared.join("catalogue")).filter(|folder| folder.is_dir()) else {
        return skip("every_row_of_the_tables_is_there", "there are no tables");
    };
    let catalogue = Catalogue::bundled();
    let mut count = 0;
    let mut wrong = Vec::new();
    for name in ["itu-and-un.tsv", "wha.tsv"] {
        for row in rows(&folder.join(name)).unwrap() {
            count += 1;
            wrong.extend(missing(&catalogue, &row));
        }
    }
    println!("{count} rows");
    assert_eq!(wrong, [""; 0]);
}
