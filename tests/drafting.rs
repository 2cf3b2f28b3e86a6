//! Adopted texts: what a conference has adopted opens its sections with known verbs, in the right order, none of them twice,
//! and its enacting lines fit its titles. A finding there is one that a drafter would laugh at.

#![allow(clippy::unwrap_used)]

use resmark_tests::{binary, shared, skip};

/// The rules on opening verbs and on the order of a resolution.
const RULES: [&str; 4] = ["drafting/verb", "drafting/repeated-verb", "drafting/part-order", "drafting/enacting-line"];

/// What the rules find in a folder, a line each.
fn found(path: &std::path::Path) -> Vec<String> {
    let output = std::process::Command::new(binary()).args(["check", "--format", "json"]).arg(path).output().unwrap();
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let findings = report["findings"].as_array().cloned().unwrap_or_default();
    let own = findings.iter().filter(|finding| RULES.iter().any(|rule| finding["id"] == *rule));
    own.map(|finding| format!("{} {}: {}", finding["file"], finding["line"], finding["message"])).collect()
}

#[test]
fn a_conference_opens_its_sections_well() {
    let Some(texts) = shared().map(|shared| shared.join("corpus/pp18")).filter(|folder| folder.is_dir()) else {
        skip("a_conference_opens_its_sections_well", "the real texts are not here");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    // The texts as they are, and with one mistake each, so that silence means something.
    let kinds = ["adopted", "forgotten", "mistyped"].map(|kind| folder.path().join(kind));
    kinds.iter().for_each(|kind| std::fs::create_dir(kind).unwrap());
    let mut count = 0;
    for entry in std::fs::read_dir(texts).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let text = resmark::convert::import(&text, &resmark::convert::Options::default()).text;
        let forgotten = once(&text, "Union (Dubai, 2018)", "Union (Busan, 2014)");
        let mistyped = once(&text, "*resolves", "*resovles");
        for (kind, text) in kinds.iter().zip([Some(text), forgotten, mistyped]) {
            let file = kind.join(path.file_name().unwrap()).with_extension("resmark");
            text.into_iter().for_each(|text| std::fs::write(&file, text).unwrap());
        }
        count += 1;
    }
    assert_eq!(found(&kinds[0]), Vec::<String>::new());
    let [forgotten, mistyped] = [&kinds[1], &kinds[2]].map(|kind| found(kind).len());
    println!("{count} texts, {forgotten} enacting lines forgotten and {mistyped} verbs mistyped on purpose");
    assert!(count >= 20 && forgotten >= 20 && mistyped >= 15, "{count} {forgotten} {mistyped}");
}

fn once(text: &str, from: &str, to: &str) -> Option<String> {
    text.contains(from).then(|| text.replacen(from, to, 1))
}
