//! `resmark check`.

use expect_test::{Expect, expect};

use crate::run::Folder;

const DRAFT: &str = "\
---
body: WTDC
date: 2022-06-16
---

# Resolution 196 (Kigali, 2022)
## Clocks that agree

The World Telecommunication Development Conference (Kigali, 2022),

*recalling*

a) Resolution 140 (Rev. Busan, 2014) of the Plenipotentiary Conference,

*resolves*

1. that every meeting begin by the same clock;
3. to review *resolves* 7 after two years.
";

fn check(folder: &Folder, args: &str, expect: Expect) {
    expect.assert_eq(&folder.run(args).shown());
}

#[test]
fn each_finding_is_shown_with_its_line() {
    let folder = Folder::with(&[("draft.resmark", DRAFT)]);
    check(
        &folder,
        "check draft.resmark --as-of 2024-01-01",
        expect![[r#"
            hint[numbering/lone]: “a)” is the only label of its list. Leave it out, or give the clauses that follow theirs.
               ╭▸ draft.resmark:13:1
               │
            13 │ a) Resolution 140 (Rev. Busan, 2014) of the Plenipotentiary Conference,
               │ ━━
               │
               ╰ help: Leave the label out

            warning[citation/outdated]: This version of Resolution 140 was out of date when this text was written: (Rev. Dubai, 2018) has been in force since 16 November 2018. Cite that version, or pin the citation if the old one is meant.
               ╭▸ draft.resmark:13:4
               │
            13 │ a) Resolution 140 (Rev. Busan, 2014) of the Plenipotentiary Conference,
               │    ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
               │
               ├ note: Resolution 140 (Rev. Dubai, 2018), in force since 16 November 2018
               ├ help: Cite (Rev. Dubai, 2018)
               ├ help: Cite (Rev. Bucharest, 2022)
               ╰ help: Pin this citation: the old text is meant

            warning[numbering/gap]: “2.” is missing before “3.”. Add what is missing, or renumber the list.
               ╭▸ draft.resmark:18:1
               │
            17 │ 1. that every meeting begin by the same clock;
               │ ── The clause before it
            18 │ 3. to review *resolves* 7 after two years.
               │ ━━
               │
               ╰ help: Renumber this list and the references to it

            warning[reference/dangling]: There is no clause “7” in “resolves”. It has “1.” to “3.”.
               ╭▸ draft.resmark:18:25
               │
            15 │ *resolves*
               │ ────────── The section it names
               ┆
            18 │ 3. to review *resolves* 7 after two years.
               ╰╴                        ━

            Found 3 warnings, 1 hint
            --- exit code 1
        "#]],
    );
}

#[test]
fn wide_characters_are_underlined_where_they_stand() {
    let folder = Folder::with(&[(
        "草案.resmark",
        "# 第196号决议（2022年，基加利）\n\n世界电信发展大会（2022年，基加利），\n\n*做出决议*\n\n1. 会议按同一时钟开始；\n2. 两年后审议上述做出决议7。\n",
    )]);
    check(
        &folder,
        "check . --as-of 2024-01-01",
        expect![[r#"
            warning[reference/dangling]: There is no clause “7” in “做出决议”. It has “1.” to “2.”.
              ╭▸ 草案.resmark:8:15
              │
            5 │ *做出决议*
              │ ────────── The section it names
              ┆
            8 │ 2. 两年后审议上述做出决议7。
              ╰╴                         ━

            Found 1 warning
            --- exit code 1
        "#]],
    );
}

#[test]
fn text_from_right_to_left_is_quoted() {
    let folder = Folder::with(&[(
        "draft.resmark",
        "# القرار 196 (كيغالي، 2022)\n\nإن المؤتمر العالمي لتنمية الاتصالات (كيغالي، 2022)،\n\n*يقرر*\n\n1. أن تبدأ الاجتماعات في موعدها؛\n3. أن تنتهي في موعدها.\n",
    )]);
    check(
        &folder,
        "check . --as-of 2024-01-01",
        expect![[r#"
            warning[numbering/gap]: “2.” is missing before “3.”. Add what is missing, or renumber the list.
              ╭▸ draft.resmark:8:1
              │
            7 │ 1. أن تبدأ الاجتماعات في موعدها؛
              │ ── The clause before it
            8 │ 3. أن تنتهي في موعدها.
              │ ━━
              │
              ╰ help: Renumber this list and the references to it

            Found 1 warning
            --- exit code 1
        "#]],
    );
}

#[test]
fn a_long_line_is_shortened_around_the_finding() {
    let words = "words ".repeat(2000);
    let text = format!("# Resolution 1\n\n*resolves*\n\n1. {words}as in *resolves* 9 above {words};\n2. two.\n");
    let folder = Folder::with(&[("draft.resmark", &text)]);
    check(
        &folder,
        "check draft.resmark",
        expect![[r#"
            warning[reference/dangling]: There is no clause “9” in “resolves”. It has “1.” to “2.”.
              ╭▸ draft.resmark:5:12021
              │
              ⸬  
            5 │ …ords words words words words as in *resolves* 9 above words words words words words words word…
              │                                                ━
              │
              ├ note: The section it names
              │
              ⸬  draft.resmark:3:1
              │
            3 │ *resolves*
              ╰╴──────────

            Found 1 warning
            --- exit code 1
        "#]],
    );
}

#[test]
fn nothing_found() {
    let folder = Folder::with(&[("a.resmark", "# Resolution 1\n\n*resolves*\n\n1. one;\n2. two.\n")]);
    check(
        &folder,
        "check a.resmark",
        expect![[r#"
        Nothing found in 1 document
        --- exit code 0
    "#]],
    );
    check(
        &folder,
        "check a.resmark --format json",
        expect![[r#"
        {
          "findings": []
        }
        --- exit code 0
    "#]],
    );
}

#[test]
fn json_has_the_keys_that_scripts_rely_on() {
    let folder = Folder::with(&[("draft.resmark", DRAFT)]);
    let ran = folder.run("check draft.resmark --as-of 2024-01-01 --format json");
    assert_eq!(ran.code, 1, "{}", ran.shown());
    let report: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(report.as_object().unwrap().keys().collect::<Vec<_>>(), ["findings"]);
    let findings = report["findings"].as_array().unwrap();
    let gap = findings.iter().find(|finding| finding["id"] == "numbering/gap").unwrap();
    let mut keys: Vec<_> = gap.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    assert_eq!(keys, ["column", "endColumn", "endLine", "file", "id", "line", "message", "severity"]);
    assert_eq!(gap["file"], "draft.resmark");
    assert_eq!((&gap["line"], &gap["column"]), (&18.into(), &1.into()));
    assert_eq!((&gap["endLine"], &gap["severity"]), (&18.into(), &"warning".into()));
}

#[test]
fn columns_are_counted_in_characters() {
    let folder =
        Folder::with(&[("a.resmark", "# 第1号决议\n\n*做出决议*\n\n1. 𠀀𠀀é决议按照上述做出决议9执行；\n2. 二。\n")]);
    let ran = folder.run("check a.resmark --format json");
    let report: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let finding = &report["findings"][0];
    assert_eq!(finding["id"], "reference/dangling", "{}", ran.shown());
    assert_eq!(finding["line"], 5);
    let line: Vec<char> = "1. 𠀀𠀀é决议按照上述做出决议9执行；".chars().collect();
    let (start, end) = (finding["column"].as_u64().unwrap(), finding["endColumn"].as_u64().unwrap());
    let underlined: String = line[start as usize - 1..end as usize - 1].iter().collect();
    assert!(underlined.contains("做出决议9") || underlined == "9", "{underlined}");
}

#[test]
fn sarif_is_what_code_hosts_read() {
    let folder = Folder::with(&[("a b/草案.resmark", DRAFT)]);
    let ran = folder.run("check . --as-of 2024-01-01 --format sarif");
    assert_eq!(ran.code, 1, "{}", ran.shown());
    let log: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["tool"]["driver"]["name"], "resmark");
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let result = run["results"].as_array().unwrap().iter().find(|result| result["ruleId"] == "numbering/gap").unwrap();
    assert_eq!(result["level"], "warning");
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "a%20b/%E8%8D%89%E6%A1%88.resmark");
    assert_eq!((&place["region"]["startLine"], &place["region"]["startColumn"]), (&18.into(), &1.into()));
    let index = result["ruleIndex"].as_u64().unwrap() as usize;
    assert_eq!(run["tool"]["driver"]["rules"][index]["id"], "numbering/gap");
}

#[test]
fn colours_only_when_asked_for() {
    let folder = Folder::with(&[("draft.resmark", DRAFT)]);
    assert!(!folder.run("check draft.resmark").stdout.contains('\u{1b}'), "no terminal, no colours");
    assert!(folder.run("check draft.resmark --color always").stdout.contains('\u{1b}'));
    assert!(!folder.run("--color never check draft.resmark").stdout.contains('\u{1b}'));
    assert!(!folder.run("check draft.resmark --format json --color always").stdout.contains('\u{1b}'));
}

#[test]
fn hints_alone_are_no_failure() {
    let text = "---\nbody: WTDC\ndate: 2022-06-16\n---\n\n# Resolution 196 (Kigali, 2022)\n\n*recalling*\n\nResolution 140 (Rev. Dubai, 2018) of the Plenipotentiary Conference.\n";
    let folder = Folder::with(&[("a.resmark", text)]);
    let ran = folder.run("check a.resmark --as-of 2024-01-01 --format json");
    assert!(ran.stdout.contains("citation/revised-since"), "{}", ran.shown());
    assert_eq!(ran.code, 0, "{}", ran.shown());
    let ran = folder.run("check a.resmark --as-of 2022-08-01 --format json");
    assert!(!ran.stdout.contains("citation/"), "not revised yet on that day: {}", ran.shown());
}

#[test]
fn a_folder_is_walked_and_gitignore_respected() {
    let gap = "# Resolution 1\n\n*resolves*\n\n1. one;\n3. three.\n";
    let folder = Folder::with(&[
        (".gitignore", "old/\n"),
        ("b.resmark", gap),
        ("a/deep/a.resmark", gap),
        ("old/old.resmark", gap),
        (".hidden/hidden.resmark", gap),
        ("notes.txt", gap),
    ]);
    let files = |args: &str| -> Vec<String> {
        let report: serde_json::Value = serde_json::from_str(&folder.run(args).stdout).unwrap();
        report["findings"].as_array().unwrap().iter().map(|f| f["file"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(files("check . --format json"), ["a/deep/a.resmark", "b.resmark"]);
    assert_eq!(files("check notes.txt --format json"), ["notes.txt"], "a file that is named is read");
    assert_eq!(files("check old --format json"), ["old/old.resmark"], "a folder that is named is walked");
    assert_eq!(files("check a b.resmark ./b.resmark --format json"), ["a/deep/a.resmark", "b.resmark"]);
}

#[test]
fn standard_input_is_checked() {
    let folder = Folder::with(&[]);
    let ran =
        folder.run_with(&["check", "-", "--format", "json"], b"# Resolution 1\n\n*resolves*\n\n1. one;\n3. three.\n");
    assert!(ran.stdout.contains("\"<stdin>\""), "{}", ran.shown());
    assert_eq!(ran.code, 1);
}

#[test]
fn the_workspace_around_a_file_is_known_and_not_reported_on() {
    let cited = "---\nid: MU-7@2019\n---\n\n# Resolution 7 (Old Town, 2019)\n\n*resolves*\n\n1. one;\n3. three.\n";
    let citing = "---\nbody: MU\n---\n\n# Resolution 8 (Old Town, 2021)\n\n*recalling*\n\n[the decision](MU-7@2019),\n";
    let folder = Folder::with(&[
        ("catalogue/our.json", "{\"resolutions\": []}"),
        ("x/cited.resmark", cited),
        ("y/citing.resmark", citing),
    ]);
    let ran = folder.run("citations y/citing.resmark --format json");
    assert!(ran.stdout.contains("\"MU-7@2019\""), "{}", ran.shown());
    assert!(ran.stdout.contains("\"in-force\""), "{}", ran.shown());
    let ran = folder.run("check y/citing.resmark --format json");
    assert!(!ran.stdout.contains("numbering/gap"), "{}", ran.shown());
}
