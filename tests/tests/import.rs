//! Real texts in: what a drafter gets when a proposal or an adopted text is imported.

#![allow(clippy::unwrap_used)]

use std::path::PathBuf;

use resmark::convert::{Imported, Options, import};
use resmark_tests::{shared, skip};

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

fn headings(text: &str) -> Vec<&str> {
    text.lines().filter_map(|line| line.strip_prefix('*')?.strip_suffix('*')).collect()
}

#[test]
fn an_adopted_council_resolution_has_its_sections() {
    let Some((_, imported)) = seed("an_adopted_council_resolution_has_its_sections", "003") else { return };
    assert!(imported.text.starts_with("# 第1334号决议（2023年修订版）"));
    assert_eq!(
        headings(&imported.text),
        [
            "忆及",
            "进一步忆及",
            "考虑到",
            "满意地注意到",
            "赞赏",
            "考虑到2022年全权代表大会已做出决议",
            "做出决议，责成秘书长",
            "责成CWG WSIS&SDG",
            "鼓励成员国",
            "鼓励成员",
        ]
    );
    assert_eq!(imported.dropped, []);
}

#[test]
fn an_adopted_resolution_in_markdown_has_its_sections() {
    let Some((_, imported)) = seed("an_adopted_resolution_in_markdown_has_its_sections", "004") else { return };
    assert!(imported.text.starts_with("# 第30号决议（2022年，基加利，修订版）\n## "));
    assert_eq!(headings(&imported.text).len(), 12);
    // The rule above the footnote and its number.
    assert_eq!(imported.dropped.len(), 3);
    let labels = |from: &str| -> Vec<String> {
        let section = imported.text.split_once(from).unwrap().1.split_once("\n*").unwrap().0;
        section
            .lines()
            .filter_map(|line| Some(line.trim_end().split_once([')', '.'])?.0.to_owned()))
            .filter(|l| l.trim().len() < 4)
            .collect()
    };
    assert_eq!(labels("*进一步责成电信发展局局长*").len(), 9 + 4 + 4 + 6);
}
