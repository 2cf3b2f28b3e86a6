//! How well citations are read in real texts. Each test skips, saying so, where the texts are not there.
//!
//! The thresholds are what was measured when the recogniser was written, a little below it: a change that reads worse
//! fails.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use resmark::citation::{self, Citation};
use resmark::syntax::{lower, parse};
use resmark_tests::{shared, skip};

/// The text with every line a paragraph of its own and without the marks that a converter left, and its citations.
fn read(text: &str) -> (String, Vec<Citation>) {
    let lines: Vec<&str> = text.lines().map(|line| line.trim_start_matches(['#', '*', '-', ' '])).collect();
    let text = lines.join("\n\n");
    let citations = citation::read(&lower(&text, &parse(&text))).citations;
    (text, citations)
}

fn texts(folder: &Path) -> Vec<(String, String)> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut texts: Vec<(String, String)> = entries
        .flatten()
        .filter(|entry| entry.path().extension().is_some_and(|extension| extension == "txt"))
        .filter_map(|entry| {
            let bytes = std::fs::read(entry.path()).ok()?;
            Some((entry.file_name().to_string_lossy().into_owned(), String::from_utf8_lossy(&bytes).into_owned()))
        })
        .collect();
    texts.sort();
    texts
}

/// Byte offsets of the digits behind `marker`, where `then` follows the digits.
fn numbers(text: &str, marker: &str, then: &str) -> Vec<usize> {
    text.match_indices(marker)
        .filter_map(|(at, _)| {
            let start = at + marker.len();
            let digits = text[start..].bytes().take_while(u8::is_ascii_digit).count();
            (digits > 0 && text[start + digits..].starts_with(then)).then_some(start)
        })
        .collect()
}

/// The numbers at `spots` that no citation has, with a few words around them.
fn missed(text: &str, citations: &[Citation], spots: &[usize]) -> Vec<String> {
    let known: BTreeSet<usize> = citations.iter().map(|citation| citation.number_range.start().into()).collect();
    let around = |at: usize| {
        let line = text[..at].rfind('\n').map_or(0, |start| start + 1);
        text[line..].lines().next().unwrap_or_default().chars().take(80).collect()
    };
    spots.iter().filter(|spot| !known.contains(spot)).map(|&spot| around(spot)).collect()
}

#[test]
fn every_resolution_cited_in_the_chinese_texts_is_found() {
    let Some(folder) = shared().map(|shared| shared.join("seeds")).filter(|folder| folder.is_dir()) else {
        return skip("every_resolution_cited_in_the_chinese_texts_is_found", "there are no seeds");
    };
    let (mut all, mut open) = (0, 0);
    for (name, text) in texts(&folder) {
        let (text, citations) = read(&text);
        // The title of each resolution, `第1334号决议（2023年修订版）`, stands alone on its line.
        let titles = |at: &usize| !text[..*at].ends_with("\n第") && *at != "第".len();
        let spots: Vec<usize> = numbers(&text, "第", "号决议").into_iter().filter(titles).collect();
        assert_eq!(missed(&text, &citations, &spots), Vec::<String>::new(), "{name}");
        all += citations.len();
        open += citations.iter().filter(|citation| citation.body.is_none()).count();
    }
    println!("seeds: {all} citations, {open} of an open body");
    assert!(all >= 115, "{all}");
    assert!(open * 100 <= all * 3, "{open} of {all} open");
}

#[test]
fn every_resolution_cited_in_the_acts_of_a_conference_is_found() {
    let Some(folder) = shared().map(|shared| shared.join("corpus/pp18")).filter(|folder| folder.is_dir()) else {
        return skip("every_resolution_cited_in_the_acts_of_a_conference_is_found", "there are no acts");
    };
    let (mut all, mut open) = (0, 0);
    for (name, text) in texts(&folder) {
        let (text, citations) = read(&text);
        let mut spots = numbers(&text, "Resolution ", " (");
        spots.extend(numbers(&text, "Decision ", " (Rev."));
        spots.extend(numbers(&text, "Opinion ", " ("));
        assert_eq!(missed(&text, &citations, &spots), Vec::<String>::new(), "{name}");
        all += citations.len();
        open += citations.iter().filter(|citation| citation.body.is_none()).count();
    }
    println!("acts: {all} citations, {open} of an open body");
    assert!(all >= 290, "{all}");
    assert!(open * 100 <= all, "{open} of {all} open");
}

/// The body and number that an address like `https://undocs.org/A/RES/70/1` names.
fn of_address(address: &str) -> Option<(&'static str, String)> {
    const SERIES: [(&str, &str); 8] = [
        ("/A/HRC/RES/", "HRC"),
        ("/A/HRC/DEC/", "HRC Decision"),
        ("/UNEP/EA/", "UNEA"),
        ("/A/RES/", "UNGA"),
        ("/A/DEC/", "UNGA Decision"),
        ("/S/RES/", "UNSC"),
        ("/E/RES/", "ECOSOC"),
        ("/E/DEC/", "ECOSOC Decision"),
    ];
    SERIES.iter().find_map(|(path, body)| {
        let number = &address[address.find(path)? + path.len()..];
        Some((*body, bare(&number.replace("%20", ""))))
    })
}

/// A number without spaces and without the letter of a part, which the other tool drops.
fn bare(number: &str) -> String {
    let number: String = number.chars().filter(|c| !c.is_whitespace()).collect();
    number.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '-').to_owned()
}

#[test]
fn resolutions_of_the_united_nations_are_found_where_another_tool_links_them() {
    const NAME: &str = "resolutions_of_the_united_nations_are_found_where_another_tool_links_them";
    let Some(archive) = shared().map(|shared| shared.join("corpus/un.tar.xz")).filter(|file| file.is_file()) else {
        return skip(NAME, "there is no corpus");
    };
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let unpacked = Command::new("tar").arg("-xJf").arg(&archive).arg("-C").arg(folder.path()).status();
    if !unpacked.is_ok_and(|status| status.success()) {
        return skip(NAME, "tar and xz are not installed");
    }
    let folder = folder.path().join("un");
    let mut known: BTreeMap<String, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
    for (name, text) in texts(&folder) {
        let numbers = known.entry(name).or_default();
        for citation in read(&text).1 {
            let body = citation.id.map_or(String::new(), |id| id.body);
            numbers.entry(bare(&citation.number)).or_default().insert(body);
        }
    }
    let truth = std::fs::read_to_string(folder.join("truth.jsonl")).expect("the corpus has its truth");
    let (mut links, mut found, mut agree, mut open) = (0, 0, 0, 0);
    let mut seen = BTreeSet::new();
    for line in truth.lines() {
        let line: serde_json::Value = serde_json::from_str(line).expect("the truth is JSON");
        let file = line["file"].as_str().unwrap_or_default();
        for link in line["citations"].as_array().into_iter().flatten() {
            let Some((body, number)) = link["url"].as_str().and_then(of_address) else { continue };
            if !seen.insert((file.to_owned(), body, number.clone())) {
                continue;
            }
            links += 1;
            let Some(bodies) = known.get(file).and_then(|numbers| numbers.get(&number)) else { continue };
            found += 1;
            agree += usize::from(bodies.contains(body));
            open += usize::from(bodies.iter().all(String::is_empty));
        }
    }
    println!("UN: {links} links, {found} found, {agree} of the same body, {open} open");
    // Most of what is missing is a resolution's own number; most of what differs is the other tool's mistake.
    assert!(found * 1000 >= links * 990, "{found} of {links}");
    assert!(agree * 1000 >= found * 990, "{agree} of {found}");
}
