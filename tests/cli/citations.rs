//! `resmark citations`.

use expect_test::expect;

use crate::run::Folder;

const TEXT: &str = "\
---
body: WTDC
date: 2022-06-16
---

# Resolution 196 (Kigali, 2022)

*recalling*

a) Resolutions 101 and 102 (Rev. Guadalajara, 2010) of the Plenipotentiary Conference;
b) Resolution 140 (Rev. Dubai, 2018) of the Plenipotentiary Conference;
c) resolution 70/1 of the United Nations General Assembly,
";

fn rows(folder: &Folder, args: &str) -> Vec<serde_json::Value> {
    let ran = folder.run(args);
    assert_eq!(ran.code, 0, "{}", ran.shown());
    let report: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(report.as_object().unwrap().keys().collect::<Vec<_>>(), ["citations"]);
    report["citations"].as_array().unwrap().clone()
}

#[test]
fn each_citation_is_a_row() {
    let folder = Folder::with(&[("a.resmark", TEXT)]);
    let rows = rows(&folder, "citations a.resmark --as-of 2024-01-01 --format json");
    let mut keys: Vec<_> = rows[0].as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    let place = ["column", "endColumn", "endLine", "file", "line"];
    let mut all = [&place[..], &["body", "id", "number", "status", "text", "version", "wording"]].concat();
    all.sort_unstable();
    assert_eq!(keys, all);
    let short: Vec<_> = rows.iter().map(|row| (row["id"].as_str(), row["status"].as_str().unwrap())).collect();
    assert_eq!(
        short,
        [
            (Some("PP-101@2010"), "outdated"),
            (Some("PP-102@2010"), "outdated"),
            (Some("PP-140@2018"), "revised-since"),
            (Some("UNGA-70/1"), "in-force"),
        ],
        "one row for each member of a group"
    );
    assert_eq!((&rows[2]["line"], &rows[2]["column"]), (&11.into(), &4.into()));
    assert_eq!(rows[2]["text"], "Resolution 140 (Rev. Dubai, 2018)");
    assert_eq!((&rows[3]["body"], &rows[3]["number"]), (&"UNGA".into(), &"70/1".into()));
    assert_eq!(rows[3]["version"], serde_json::Value::Null);
}

#[test]
fn an_open_citation_has_no_id() {
    let folder = Folder::with(&[("a.txt", "*recalling*\n\nits Resolution 69,\n")]);
    let rows = rows(&folder, "citations a.txt --format json");
    assert_eq!(rows.len(), 1);
    assert_eq!((&rows[0]["id"], &rows[0]["body"]), (&serde_json::Value::Null, &serde_json::Value::Null));
    assert_eq!((&rows[0]["number"], &rows[0]["status"]), (&"69".into(), &"open".into()));
}

#[test]
fn the_table_is_aligned() {
    let folder = Folder::with(&[("a.resmark", TEXT)]);
    expect![[r#"
        a.resmark
        10:4   PP-101@2010  outdated       Resolutions 101
        10:24  PP-102@2010  outdated       102 (Rev. Guadalajara, 2010)
        11:4   PP-140@2018  revised-since  Resolution 140 (Rev. Dubai, 2018)
        12:4   UNGA-70/1    in-force       resolution 70/1

        4 citations: 1 in-force, 2 outdated, 1 revised-since
        --- exit code 0
    "#]]
    .assert_eq(&folder.run("citations a.resmark --as-of 2024-01-01").shown());
}

#[test]
fn no_citations() {
    let folder = Folder::with(&[("a.resmark", "# A text\n\nwithout any.\n")]);
    expect![[r#"
        0 citations
        --- exit code 0
    "#]]
    .assert_eq(&folder.run("citations a.resmark").shown());
    assert!(rows(&folder, "citations a.resmark --format json").is_empty());
}
