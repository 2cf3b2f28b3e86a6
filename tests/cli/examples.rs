//! The workspace of examples shows what its README says.

use std::collections::BTreeMap;
use std::process::Command;

/// The kinds of findings in each file of the examples, with their number.
fn findings(paths: &[&str]) -> BTreeMap<String, BTreeMap<String, usize>> {
    let output = Command::new(resmark_tests::binary())
        .args(["check", "--as-of", "2026-06-01", "--format", "json"])
        .args(paths)
        .current_dir(resmark_tests::root().join("examples"))
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut files: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for finding in report["findings"].as_array().unwrap() {
        let (file, id) = (finding["file"].as_str().unwrap(), finding["id"].as_str().unwrap());
        *files.entry(file.to_owned()).or_default().entry(id.to_owned()).or_default() += 1;
    }
    files
}

#[test]
fn every_finding_in_the_examples_is_meant() {
    let shown: String = findings(&["."])
        .into_iter()
        .map(|(file, ids)| {
            let ids: Vec<String> = ids.into_iter().map(|(id, count)| format!("{id} × {count}")).collect();
            format!("{file}: {}\n", ids.join(", "))
        })
        .collect();
    expect_test::expect![[r#"
        itu/ar/القرار-193.resmark: citation/revised-since × 1, numbering/gap × 1
        itu/fr/résolution-192.resmark: citation/revised-since × 1, numbering/duplicate × 1
        itu/wtdc-191.resmark: citation/revised-since × 1
        itu/zh/第301号决议.resmark: citation/outdated × 2, numbering/gap × 1, reference/dangling × 1
        practice/citations.resmark: citation/abrogated × 1, citation/outdated × 3, citation/revised-since × 2, citation/unknown × 1, citation/unknown-version × 1
        practice/drafting.resmark: drafting/enacting-line × 1, drafting/full-stop × 2, drafting/part-order × 1, drafting/verb × 1, footnote/undefined × 1, footnote/unused × 1, reference/direction × 1
        practice/numbering.resmark: numbering/duplicate × 1, numbering/gap × 1, numbering/order × 1, numbering/start × 1, numbering/style × 1, reference/dangling × 1
        practice/references.resmark: citation/clause × 1, reference/ambiguous × 1, reference/dangling × 1, reference/direction × 1, reference/stale × 1
        start-here.resmark: citation/abrogated × 1, citation/outdated × 1, citation/revised-since × 1, numbering/gap × 1, reference/dangling × 1
        un/general-assembly.resmark: citation/outdated × 1, numbering/gap × 1, reference/dangling × 1
        who/wha79.resmark: numbering/gap × 1
    "#]].assert_eq(&shown);
}

#[test]
fn the_examples_are_formatted() {
    let output = Command::new(resmark_tests::binary())
        .args(["fmt", "--check", "."])
        .current_dir(resmark_tests::root().join("examples"))
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "");
}
