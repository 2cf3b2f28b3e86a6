//! Real texts in: what a drafter gets when a proposal or an adopted text is imported.

#![allow(clippy::unwrap_used)]

use std::path::PathBuf;

use std::process::Command;

use resmark::convert::{Imported, Marker, Options, import};
use resmark::syntax::{Document, Side, lower, parse};
use resmark_tests::{binary, shared, skip};

/// The files of a folder of the real texts, or `None` with a line that says that the test was skipped.
fn files(test: &str, folder: &str) -> Option<Vec<PathBuf>> {
    let Some(shared) = shared() else {
        skip(test, "the real texts are not here");
        return None;
    };
    let mut files: Vec<PathBuf> = std::fs::read_dir(shared.join(folder))
        .map(|entries| entries.filter_map(|entry| Some(entry.ok()?.path())).collect())
        .unwrap_or_default();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    files.sort();
    if files.is_empty() {
        skip(test, &format!("{folder} is not among the real texts"));
        return None;
    }
    Some(files)
}

fn seed(test: &str, name: &str) -> Option<(String, Imported)> {
    let files = files(test, "seeds")?;
    let Some(path) =
        files.iter().find(|path| path.file_name().is_some_and(|file| file.to_string_lossy().starts_with(name)))
    else {
        skip(test, &format!("{name} is not among the real texts"));
        return None;
    };
    let text = std::fs::read_to_string(path).unwrap();
    let imported = import(&text, &Options::default());
    Some((text, imported))
}

fn letters(text: &str) -> Vec<char> {
    let mut letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    letters.sort_unstable();
    letters
}

/// Every letter and digit of the source is in the result or in the list of what was dropped, and none was added.
fn assert_nothing_lost(name: &str, source: &str, imported: &Imported) {
    let mut result = imported.text.clone();
    imported.dropped.iter().for_each(|dropped| result.push_str(&dropped.text));
    // A footnote's name stands in its reference and again before its text; once it was printed.
    let names: String = imported
        .text
        .lines()
        .filter_map(|line| line.strip_prefix("[^")?.split_once("]:"))
        .map(|(name, _)| name.repeat(2))
        .collect();
    let mut expected = source.to_owned();
    expected.push_str(&names);
    assert_eq!(letters(&result), letters(&expected), "{name}");
}

#[test]
fn no_letter_of_the_seeds_is_lost() {
    for path in files("no_letter_of_the_seeds_is_lost", "seeds").into_iter().flatten() {
        let text = std::fs::read_to_string(&path).unwrap();
        assert_nothing_lost(&path.display().to_string(), &text, &import(&text, &Options::default()));
    }
}

#[test]
fn no_letter_of_a_conference_is_lost() {
    for path in files("no_letter_of_a_conference_is_lost", "corpus/pp18").into_iter().flatten() {
        let text = std::fs::read_to_string(&path).unwrap();
        let imported = import(&text, &Options::default());
        assert_nothing_lost(&path.display().to_string(), &text, &imported);
        assert!(!imported.text.contains("{~~") && !imported.text.contains("{++"), "{}", path.display());
    }
}

#[test]
fn what_was_imported_is_left_as_it_is() {
    for folder in ["seeds", "corpus/pp18"] {
        for path in files("what_was_imported_is_left_as_it_is", folder).into_iter().flatten() {
            let text = std::fs::read_to_string(&path).unwrap();
            let once = import(&text, &Options::default());
            let twice = import(&once.text, &Options::default());
            assert_eq!(once.text, twice.text, "{}", path.display());
        }
    }
}

/// Letters in the order of the text, without what an import moves: footnotes, which go behind their section, and what
/// was dropped. `footnotes` are the texts of the footnotes.
fn in_order(text: &str, footnotes: &[String]) -> String {
    let mut letters: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
    for note in footnotes {
        let note: String = note.chars().filter(|c| c.is_alphanumeric()).collect();
        if let Some(at) = letters.rfind(&note) {
            letters.replace_range(at..at + note.len(), "");
        }
    }
    letters
}

#[test]
fn the_words_keep_their_order() {
    for folder in ["seeds", "corpus/pp18"] {
        for path in files("the_words_keep_their_order", folder).into_iter().flatten() {
            // Where the new words of a citation were printed first they stand second afterwards.
            if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("000")) {
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            let imported = import(&text, &Options::default());
            let notes: Vec<String> = imported
                .text
                .lines()
                .filter_map(|line| Some(line.strip_prefix("[^")?.split_once("]: ")?.1.to_owned()))
                .collect();
            let mut source = text.clone();
            for dropped in &imported.dropped {
                // A footnote's number is dropped with the sign that holds it.
                source = source.replacen(&dropped.text, "", 1);
            }
            let mut result = String::new();
            for line in imported.text.lines().filter(|line| !line.starts_with("[^")) {
                let mut line = line.to_owned();
                while let Some(at) = line.find("[^") {
                    let end = line[at..].find(']').unwrap();
                    line.replace_range(at..=at + end, "");
                }
                result.push_str(&line);
            }
            assert_eq!(in_order(&source, &notes), in_order(&result, &[]), "{}", path.display());
        }
    }
}

fn document(text: &str) -> Document {
    let document = lower(text, &parse(text));
    assert_eq!(document.problems, []);
    document
}

/// Every finding of `resmark check` on a text, as of a day: line, rule and what is underlined.
fn findings(text: &str) -> Vec<(String, String)> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("imported.resmark");
    std::fs::write(&file, text).unwrap();
    let output = Command::new(binary())
        .args(["check", "--format", "json", "--as-of", "2026-11-01"])
        .arg(&file)
        .current_dir(folder.path())
        .output()
        .unwrap();
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let number = |finding: &serde_json::Value, key: &str| usize::try_from(finding[key].as_u64().unwrap()).unwrap();
    json["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| {
            let line = lines[number(finding, "line") - 1];
            let (start, end) = (number(finding, "column") - 1, number(finding, "endColumn") - 1);
            let words: String = line.chars().skip(start).take(end.saturating_sub(start)).collect();
            (finding["id"].as_str().unwrap().to_owned(), words)
        })
        .collect()
}

/// Every finding that is expected, with the reason why it is a true one.
fn assert_findings(text: &str, expected: &[(&str, &str, &str)]) {
    let found = findings(text);
    let found: Vec<(&str, &str)> = found.iter().map(|(id, words)| (id.as_str(), words.as_str())).collect();
    let expected: Vec<(&str, &str)> = expected.iter().map(|(id, words, _)| (*id, *words)).collect();
    assert_eq!(found, expected);
}

#[test]
fn only_true_findings_remain_in_the_council_resolution() {
    let Some((_, imported)) = seed("only_true_findings_remain_in_the_council_resolution", "003") else { return };
    assert_findings(
        &imported.text,
        &[
            ("citation/abrogated", "第73号决议（1998年，明尼阿波利斯）", "PP-22 no longer lists it"),
            ("citation/outdated", "第1332号决议（2019年修订版）", "the Council revised it in July 2023"),
            ("citation/outdated", "第1334号决议（2015年修订版）", "this very text is its version of 2023"),
        ],
    );
}

#[test]
fn only_true_findings_remain_in_the_development_conference_resolution() {
    let Some((_, imported)) = seed("only_true_findings_remain_in_the_development_conference_resolution", "004") else {
        return;
    };
    let revised = "PP-22 revised it half a year after WTDC-22";
    assert_findings(
        &imported.text,
        &[
            ("citation/revised-since", "第76/189号决议", "the General Assembly takes the subject up every year"),
            ("citation/revised-since", "第71号决议（2018年，迪拜，修订版）", revised),
            ("citation/revised-since", "第140号决议（2018年，迪拜，修订版）", revised),
            ("citation/revised-since", "第200号决议（2018年，迪拜，修订版）", revised),
            ("citation/unversioned", "第1332号决议", "the Council had revised it in 2019"),
            ("citation/unversioned", "第1336号决议", "the Council had revised it in 2015"),
            ("citation/revised-since", "第140号决议（2018年，迪拜，修订版）", revised),
            ("citation/revised-since", "第140号决议（2018年，迪拜，修订版）", revised),
        ],
    );
}

/// The labels of a section in its two readings, `h>g` where they differ, `-` and `+` where there is one alone; nested
/// ones left out.
fn labels(document: &Document, text: &str, resolution: &str, heading: &str) -> String {
    let title = |index: usize| {
        let title = document.resolutions[index].title.map(|title| document.paragraph(title).range);
        title.map_or("", |range| &text[usize::from(range.start())..usize::from(range.end())])
    };
    let section = document
        .sections
        .iter()
        .find(|section| {
            let words = section.heading.map(|heading| &document.paragraph(heading).views[Side::Amended].text);
            title(section.resolution.index()).contains(resolution) && words.is_some_and(|words| words == heading)
        })
        .unwrap_or_else(|| panic!("{resolution} has a section {heading}"));
    let core = |text: &Option<String>| text.as_ref().map(|text| text.trim_end_matches([')', '.']).to_owned());
    let labels: Vec<String> = document.paragraphs[section.paragraphs.clone()]
        .iter()
        .filter(|paragraph| paragraph.level == 0)
        .filter_map(|paragraph| paragraph.label.as_ref())
        .map(|label| match (core(&label.text.in_force), core(&label.text.amended)) {
            (Some(old), Some(new)) if old == new => old,
            (Some(old), Some(new)) => format!("{old}>{new}"),
            (Some(old), None) => format!("-{old}"),
            (None, Some(new)) => format!("+{new}"),
            (None, None) => String::new(),
        })
        .collect();
    labels.join(" ")
}

#[test]
fn the_labels_of_a_flattened_council_proposal_are_tracked() {
    let Some((_, imported)) = seed("the_labels_of_a_flattened_council_proposal_are_tracked", "000") else { return };
    let document = document(&imported.text);
    let of = |heading: &str| labels(&document, &imported.text, "第1332号决议", heading);
    assert_eq!(of("忆及"), "a b c d e f -g h>g i>h j>i");
    assert_eq!(of("考虑到"), "a b c d e f");
    assert_eq!(of("认识到"), "a b c");
    assert_eq!(of("做出决议"), "1 2 3 4");
    assert_eq!(of("责成秘书长"), "1 2 3 4 5 6 7 8 9 10 11");
    for version in [
        "（{~~2014年，釜山~>2018年，迪拜~~}，修订版）",
        "（201{~~4~>8~~}年，{~~釜山~>迪拜~~}，修订版）",
        "（{~~2014~>2018~~}年，{~~釜山~>迪拜~~}，修订版）",
    ] {
        assert!(imported.text.contains(version), "{version}");
    }
    assert_eq!(imported.notes.len(), 1);
    assert!(!findings(&imported.text).iter().any(|(id, _)| id.starts_with("numbering/")));
}

#[test]
fn the_labels_of_flattened_proposals_to_a_conference_are_tracked() {
    let Some((_, imported)) = seed("the_labels_of_flattened_proposals_to_a_conference_are_tracked", "002") else {
        return;
    };
    let document = document(&imported.text);
    // All of them read by eye, against both sequences and the marks at the ends of the clauses.
    for (resolution, heading, expected) in [
        ("第133号决议", "忆及", "a b c -d"),
        ("第133号决议", "意识到", "a b c -d e>d f>e"),
        ("第133号决议", "强调", "a b c d e"),
        ("第133号决议", "认识到", "-a b>a c>b d>c e>d +e f"),
        ("第133号决议", "责成秘书长和各局主任", "1 2 3 4 5 6 7"),
        ("第130号决议", "忆及", "a b c d e f g -h i>h -j -k"),
        ("第130号决议", "考虑到", "a b c d e f g +h +i +j h>k i>l j>m"),
        ("第130号决议", "认识到", "a b c +d d>e -e f g +h h>i i>j"),
        ("第130号决议", "意识到", "a b c +d d>e e>f f>g g>h h>i"),
        ("第130号决议", "做出决议", "1 2 +3 +4 3>5 +6 4>7"),
        ("第130号决议", "责成秘书长和三个局的主任", "1 2 3 +4 4>5 5>6 6>7 7>8"),
        ("第130号决议", "责成电信标准化局主任", "1 +2 2>3"),
        ("第130号决议", "进一步责成电信标准化局主任和电信发展局主任", "1 2 3 4 5 +6 +7 6>8 +9 7>10 8>11 9>12"),
        ("第130号决议", "请成员国", "1 2 3 +4 +5 +6 4>7"),
        ("第180号决议", "考虑到", "+a +b a>c b>d c>e d>f e>g f>h g>i"),
        ("第180号决议", "注意到", "a +b +c b>d"),
        ("第180号决议", "认识到", "a b c +d d>e e>f f>g g>h"),
        ("第180号决议", "做出决议", "1 2 3 4 +5 5>6"),
        ("第180号决议", "请各成员国", "1 2 3 4 5"),
    ] {
        assert_eq!(labels(&document, &imported.text, resolution, heading), expected, "{resolution} {heading}");
    }
    assert_eq!(document.resolutions.iter().filter(|resolution| resolution.proposal.is_some()).count(), 3);
    assert!(imported.text.contains("# 第133号决议（{~~2014年，釜山~>2018年，迪拜~~}，修订版）"));
    // Two marks: the clause was not the last one and is now.
    assert_eq!(imported.text.matches("{~~；~>，~~}").count(), 2);
    assert!(!findings(&imported.text).iter().any(|(id, _)| id.starts_with("numbering/")));
    assert_eq!(imported.dropped.iter().filter(|dropped| dropped.what == Marker::FootnoteNumber).count(), 10);
}

/// For each section the last label of its clauses, nested ones left out; `–` for a section without labels.
fn last_labels(document: &Document) -> Vec<String> {
    let sections = document.sections.iter().filter(|section| section.heading.is_some());
    sections
        .map(|section| {
            document.paragraphs[section.paragraphs.clone()]
                .iter()
                .filter(|paragraph| paragraph.level == 0)
                .filter_map(|paragraph| paragraph.label.as_ref()?.text[Side::Amended].clone())
                .next_back()
                .map_or("–".to_owned(), |label| label.trim_end_matches([')', '.']).to_owned())
        })
        .collect()
}

#[test]
fn an_adopted_council_resolution_has_its_sections() {
    let Some((_, imported)) = seed("an_adopted_council_resolution_has_its_sections", "003") else { return };
    assert!(imported.text.starts_with("# 第1334号决议（2023年修订版）"));
    assert_eq!(last_labels(&document(&imported.text)), ["h", "b", "d", "e", "c", "d", "12", "3", "4", "6"]);
    assert_eq!(imported.dropped, []);
}

#[test]
fn an_adopted_resolution_in_markdown_has_its_sections() {
    let Some((_, imported)) = seed("an_adopted_resolution_in_markdown_has_its_sections", "004") else { return };
    assert!(imported.text.starts_with("# 第30号决议（2022年，基加利，修订版）\n## "));
    let document = document(&imported.text);
    assert_eq!(last_labels(&document), ["n", "e", "c", "f", "–", "11", "5", "9", "–", "5", "–", "3"]);
    // i) to iii), four times i) to iv) or vi), set flush left in the source.
    assert_eq!(document.paragraphs.iter().filter(|paragraph| paragraph.level == 1).count(), 3 + 4 + 4 + 6);
    // The rule above the footnote, its number there and in the text.
    assert_eq!(imported.dropped.len(), 3);
}
