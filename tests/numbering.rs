//! Findings on numbering in adopted texts: every one of them is judged in `numbering.md`. And the other way round:
//! mistakes that are put into these texts are found, each once. The tests skip, saying so, where the texts are not there.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use jiff::civil::date;
use resmark::catalogue::Catalogue;
use resmark::config::Config;
use resmark::convert::{Options, import};
use resmark::facts::Facts;
use resmark::numbering::{Item, List, Step, lists};
use resmark::rules::{Input, Scope, check};
use resmark::syntax::{Document, Side, lower, parse};
use resmark_tests::{root, shared, skip};

/// A finding: file, rule, label.
type Found = (String, String, String);

/// The findings on numbering in a text.
fn findings(file: &str, text: &str) -> Vec<Found> {
    let facts = Facts::read(text, &parse(text));
    let catalogue = Catalogue::default();
    let input = Input::new(text, &facts, &catalogue, date(2026, 11, 1), Config::default());
    check(&input, Scope::Document)
        .into_iter()
        .filter(|finding| finding.rule.starts_with("numbering/"))
        .map(|finding| {
            let words: String = text[std::ops::Range::<usize>::from(finding.range)].chars().take(20).collect();
            (file.to_owned(), finding.rule.to_owned(), words)
        })
        .collect()
}

/// The texts of a folder, imported; several at a time.
fn imported(folder: &Path) -> Vec<(String, String)> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    let workers = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    let size = paths.len().div_ceil(workers).max(1);
    std::thread::scope(|scope| {
        let parts: Vec<_> = paths
            .chunks(size)
            .map(|paths| {
                scope.spawn(move || {
                    paths
                        .iter()
                        .map(|path| {
                            let bytes = std::fs::read(path).unwrap();
                            let text = String::from_utf8_lossy(&bytes);
                            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
                            (name, import(&text, &Options::default()).text)
                        })
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        parts.into_iter().flat_map(|part| part.join().unwrap()).collect()
    })
}

/// The texts of the United Nations, imported; `None` with a line that says that the test was skipped.
fn united_nations(test: &str) -> Option<Vec<(String, String)>> {
    let Some(archive) = shared().map(|shared| shared.join("corpus/un.tar.xz")).filter(|file| file.is_file()) else {
        skip(test, "there is no corpus");
        return None;
    };
    let folder = tempfile::tempdir().unwrap();
    let unpacked = Command::new("tar").arg("-xJf").arg(&archive).arg("-C").arg(folder.path()).status();
    if !unpacked.is_ok_and(|status| status.success()) {
        skip(test, "tar and xz are not installed");
        return None;
    }
    Some(imported(&folder.path().join("un")))
}

/// The rows of the page: what was found, and whether it was judged a true finding.
fn judged() -> Vec<(Found, bool)> {
    let page = std::fs::read_to_string(root().join("tests/numbering.md")).unwrap();
    page.lines()
        .filter_map(|line| {
            let cells: Vec<&str> = line.strip_prefix("| ")?.split('|').map(str::trim).collect();
            let rule = cells.get(1)?.strip_prefix('`')?.strip_suffix('`')?;
            let label = cells.get(2)?.trim_matches('`');
            let verdict = *cells.get(3)?;
            let found = ((*cells.first()?).to_owned(), format!("numbering/{rule}"), label.to_owned());
            matches!(verdict, "true" | "false").then_some((found, verdict == "true"))
        })
        .collect()
}

/// How often each rule found something.
fn by_class(found: &[Found]) -> BTreeMap<&str, usize> {
    let mut classes = BTreeMap::new();
    found.iter().for_each(|(_, rule, _)| *classes.entry(rule.as_str()).or_default() += 1);
    classes
}

/// What was found and has no row, or one that says that it is wrong.
fn assert_true(what: &str, found: &[Found], most_wrong: usize) {
    let rows = judged();
    let verdict = |finding: &Found| rows.iter().find(|(row, _)| row == finding).map(|(_, verdict)| *verdict);
    println!("{what}: {} findings, {:?}", found.len(), by_class(found));
    let unjudged: Vec<&Found> = found.iter().filter(|finding| verdict(finding).is_none()).collect();
    assert!(unjudged.is_empty(), "{what}: judge these in tests/numbering.md: {unjudged:#?}");
    let wrong: Vec<&Found> = found.iter().filter(|finding| verdict(finding) == Some(false)).collect();
    assert!(wrong.len() <= most_wrong, "{what}: {wrong:#?}");
    let found: BTreeSet<&Found> = found.iter().collect();
    for (row, _) in rows.iter().filter(|(row, _)| row.0.starts_with("cmp_") == what.starts_with("acts")) {
        if !found.contains(row) {
            println!("{what}: no longer found: {row:?}");
        }
    }
}

#[test]
fn findings_in_the_acts_of_a_conference_are_true() {
    const NAME: &str = "findings_in_the_acts_of_a_conference_are_true";
    let Some(folder) = shared().map(|shared| shared.join("corpus/pp18")).filter(|folder| folder.is_dir()) else {
        return skip(NAME, "there are no acts");
    };
    let found: Vec<Found> = imported(&folder).iter().flat_map(|(file, text)| findings(file, text)).collect();
    assert_true("acts of a conference", &found, 2);
}

#[test]
fn findings_in_adopted_texts_are_true_and_mistakes_put_into_them_are_found_once() {
    let Some(texts) = united_nations("findings_in_adopted_texts_are_true_and_mistakes_put_into_them_are_found_once")
    else {
        return;
    };
    let found: Vec<Found> = texts.iter().flat_map(|(file, text)| findings(file, text)).collect();
    assert_true("UN", &found, (found.len() / 50).max(2));
    // Reading all of them once more takes long; a quarter says as much.
    let clean = texts.iter().filter(|(file, _)| !found.iter().any(|(other, ..)| other == file));
    mistakes(clean.step_by(4));
}

/// The next number of a row that looks random (Marsaglia's xorshift).
fn random(state: &mut u64) -> usize {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    usize::try_from(*state >> 11).unwrap_or(0)
}

/// Puts one mistake into each of texts that have no finding: a clause taken out, a number twice, two exchanged, one wrong.
fn mistakes<'a>(texts: impl Iterator<Item = &'a (String, String)>) {
    let mut state: u64 = 20_261_122;
    let (mut made, mut once, mut missed, mut twice) = (0, 0, Vec::new(), Vec::new());
    for (file, text) in texts {
        let document = lower(text, &parse(text));
        let lists = lists(&document, Side::Amended);
        let long: Vec<&List> = lists
            .iter()
            .filter(|list| list.items.len() > 3 && list.items.iter().all(|item| item.step == Step::Follows))
            .collect();
        if long.is_empty() {
            continue;
        }
        let list = long[random(&mut state) % long.len()];
        let at = 1 + random(&mut state) % (list.items.len() - 3);
        let Some((kind, changed)) = mistake(text, &document, &list.items, at, random(&mut state) % 4) else { continue };
        made += 1;
        match findings(file, &changed).len() {
            0 => missed.push((file, kind, list.items[at].label.to_string())),
            1 => once += 1,
            _ => twice.push((file, kind, list.items[at].label.to_string())),
        }
    }
    println!("mistakes: {made} made, {once} found once, {} missed, {} found twice", missed.len(), twice.len());
    println!("missed: {missed:?}\ntwice: {twice:?}");
    assert!(made > 150, "{made}");
    assert!(once * 100 >= made * 95, "{once} of {made}");
}

/// The text with a mistake at an item of a list.
fn mistake(text: &str, document: &Document, items: &[Item], at: usize, kind: usize) -> Option<(&'static str, String)> {
    let range = |index: usize| document.paragraph(items[index].paragraph).label.as_ref().map(|label| label.range);
    let mut changed = text.to_owned();
    let mut set = |index: usize, label: String| {
        changed.replace_range(std::ops::Range::<usize>::from(range(index)?), &label);
        Some(())
    };
    let label = &items[at].label;
    let kind = match kind {
        0 => {
            // With all that stands below it.
            let paragraph = document.paragraph(items[at].paragraph);
            let below = document.paragraphs.iter().skip(items[at].paragraph.index() + 1);
            let end =
                below.take_while(|below| below.level > paragraph.level && below.section == paragraph.section).last();
            let end = end.map_or(paragraph.range.end(), |last| last.range.end());
            changed.replace_range(usize::from(paragraph.range.start())..usize::from(end), "");
            "left out"
        }
        1 => {
            set(at, items[at - 1].label.to_string())?;
            "twice"
        }
        2 => {
            // From the end, so that places stay.
            set(at + 1, label.to_string())?;
            set(at, items[at + 1].label.to_string())?;
            "exchanged"
        }
        _ => {
            set(at, label.with(label.value + 7, 0).to_string())?;
            "wrong"
        }
    };
    Some((kind, changed))
}
