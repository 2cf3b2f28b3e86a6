//! How findings are judged: `resmark.json`, `--profile`, `--final`; and `check --fix`.

use expect_test::expect;

use crate::run::Folder;

const GAP: &str = "# Resolution 1\n\n*resolves*\n\n1. one;\n3. three.\n";
const EXCUSED: &str = "# Resolution 1\n\n*resolves*\n\n1. one {>>allow numbering/gap: known<<};\n2. two.\n";

/// The findings of a run as `file id severity`.
fn found(folder: &Folder, args: &str) -> Vec<String> {
    let ran = folder.run(&format!("{args} --format json"));
    let report: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{}", ran.shown()));
    let text = |finding: &serde_json::Value, key: &str| finding[key].as_str().unwrap().to_owned();
    let findings = report["findings"].as_array().unwrap().iter();
    findings.map(|f| format!("{} {} {}", text(f, "file"), text(f, "id"), text(f, "severity"))).collect()
}

#[test]
fn the_nearest_configuration_counts() {
    let folder = Folder::with(&[
        ("resmark.json", r#"{"rules": {"numbering/gap": "hint"}}"#),
        ("a.resmark", GAP),
        ("b/resmark.json", r#"{"rules": {"numbering/*": "error"}}"#),
        ("b/c/b.resmark", GAP),
        ("d/resmark.json", "{}"),
        ("d/d.resmark", GAP),
    ]);
    let all =
        ["a.resmark numbering/gap hint", "b/c/b.resmark numbering/gap error", "d/d.resmark numbering/gap warning"];
    assert_eq!(found(&folder, "check ."), all);
    assert_eq!(found(&folder, "check a.resmark"), [all[0]]);
    assert_eq!(found(&folder, "check b/c"), [all[1]]);
    assert_eq!(folder.run("check a.resmark").code, 0);
    assert_eq!(folder.run("check b/c/b.resmark").code, 1);
    let ran = folder.run_with(&["check", "-", "--format", "json"], GAP.as_bytes());
    assert!(ran.stdout.contains("\"hint\""), "as if it stood in this folder: {}", ran.shown());
}

#[test]
fn a_file_says_otherwise() {
    let text = format!("---\nnumbering/gap: off\n---\n\n{GAP}");
    let folder = Folder::with(&[("resmark.json", r#"{"rules": {"numbering/gap": "error"}}"#), ("a.resmark", &text)]);
    assert_eq!(found(&folder, "check a.resmark"), [""; 0]);
}

#[test]
fn what_is_wrong_in_a_configuration_is_named_and_the_rest_counts() {
    let folder = Folder::with(&[
        (
            "resmark.json",
            "{\n  \"profile\": \"ito\",\n  \"rules\": { \"numbering/gpa\": \"off\", \"numbering/gap\": \"hint\" }\n}\n",
        ),
        ("a.resmark", GAP),
        ("b/resmark.json", "{"),
        ("b/b.resmark", "# Resolution 2\n"),
    ]);
    expect![[r#"
        hint[numbering/gap]: “2.” is missing before “3.”. Add what is missing, or renumber the list.
          ╭▸ a.resmark:6:1
          │
        5 │ 1. one;
          │ ── The clause before it
        6 │ 3. three.
          │ ━━
          │
          ╰ help: Renumber this list and the references to it

        Found 1 hint
        --- standard error
        note: b/resmark.json:1:1: the file ends too early; a bracket or a quotation mark is not closed
        error: resmark.json:2:14: there is no profile “ito”; did you mean “itu”?
        error: resmark.json:3:14: there is no finding “numbering/gpa”; did you mean “numbering/gap”?
        --- exit code 2
    "#]]
    .assert_eq(&folder.run("check a.resmark").shown());
    assert_eq!(folder.run("check b").code, 2);
}

#[test]
fn a_configuration_is_looked_for_up_to_the_repository() {
    let folder = Folder::with(&[
        ("resmark.json", r#"{"rules": {"numbering/gap": "off"}}"#),
        ("other/.git/HEAD", ""),
        ("other/b.resmark", GAP),
        ("texts/catalogue/our.json", "{\"resolutions\": []}"),
        ("texts/a.resmark", GAP),
    ]);
    assert_eq!(found(&folder, "check texts/a.resmark"), [""; 0]);
    assert_eq!(found(&folder, "check other/b.resmark"), ["other/b.resmark numbering/gap warning"]);
}

#[test]
fn a_profile_is_known_or_told() {
    let folder = Folder::with(&[("a.resmark", GAP)]);
    assert_eq!(folder.run("check a.resmark --profile UNGA --final").code, 1);
    let ran = folder.run("check a.resmark --profile ungo");
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("there is no profile “ungo”; did you mean “unga”?"), "{}", ran.shown());
}

#[test]
fn findings_are_listed_with_their_levels() {
    let folder = Folder::with(&[]);
    let listed = folder.run("explain").stdout;
    let line = |id: &str| listed.lines().find(|line| line.starts_with(id)).unwrap().to_owned();
    assert!(line("numbering/gap ").contains(" warning "), "{listed}");
    assert!(line("citation/revised-since ").contains(" hint "), "{listed}");
    assert!(folder.run("explain numbering/gpa").stderr.contains("did you mean “numbering/gap”?"));
}

#[test]
fn what_is_certain_is_fixed_and_the_rest_told() {
    let folder = Folder::with(&[("a.resmark", EXCUSED), ("b.resmark", GAP), ("c.resmark", "# Resolution 3\n")]);
    let untouched = std::fs::metadata(folder.path("b.resmark")).unwrap().modified().unwrap();
    expect![[r#"
        a.resmark: 1 fix made

        warning[numbering/gap]: “2.” is missing before “3.”. Add what is missing, or renumber the list.
          ╭▸ b.resmark:6:1
          │
        5 │ 1. one;
          │ ── The clause before it
        6 │ 3. three.
          │ ━━
          │
          ╰ help: Renumber this list and the references to it

        Found 1 warning in 1 of 3 documents
        --- exit code 1
    "#]]
    .assert_eq(&folder.run("check --fix .").shown());
    assert_eq!(folder.read("a.resmark"), "# Resolution 1\n\n*resolves*\n\n1. one;\n2. two.\n");
    assert_eq!(folder.read("b.resmark"), GAP);
    assert_eq!(std::fs::metadata(folder.path("b.resmark")).unwrap().modified().unwrap(), untouched);
    assert_eq!(folder.names(), ["a.resmark", "b.resmark", "c.resmark"]);
    let again = folder.run("check --fix a.resmark");
    assert_eq!((again.stdout.as_str(), again.code), ("Nothing found in 1 document\n", 0));
}

#[test]
fn scripts_get_findings_alone() {
    let folder = Folder::with(&[("a.resmark", EXCUSED)]);
    let ran = folder.run("check --fix a.resmark --format json");
    assert_eq!(ran.stdout, "{\n  \"findings\": []\n}\n");
    assert_eq!((ran.stderr.as_str(), ran.code), ("note: a.resmark: 1 fix made\n", 0));
}

#[test]
fn a_diff_writes_nothing() {
    let folder = Folder::with(&[("a.resmark", EXCUSED), ("b.resmark", GAP)]);
    expect![[r#"
        --- a.resmark
        +++ a.resmark
        @@ -3,4 +3,4 @@
         *resolves*
         
        -1. one {>>allow numbering/gap: known<<};
        +1. one;
         2. two.
        --- exit code 0
    "#]]
    .assert_eq(&folder.run("check --fix --diff .").shown());
    assert_eq!(folder.read("a.resmark"), EXCUSED);
    assert_eq!(folder.run("check --diff .").code, 2, "a diff of what?");
}

#[test]
fn standard_input_is_a_filter() {
    let folder = Folder::with(&[]);
    let ran = folder.run_with(&["check", "--fix", "-"], EXCUSED.as_bytes());
    assert_eq!(ran.stdout, "# Resolution 1\n\n*resolves*\n\n1. one;\n2. two.\n");
    assert_eq!((ran.stderr.as_str(), ran.code), ("note: <stdin>: 1 fix made\n", 0));
    let ran = folder.run_with(&["check", "--fix", "-"], GAP.as_bytes());
    assert_eq!((ran.stdout.as_str(), ran.code), (GAP, 1), "also where there is nothing to fix");
    assert_eq!(folder.run_with(&["check", "--fix", "-", "a.resmark"], b"").code, 2);
}

#[cfg(unix)]
#[test]
fn what_cannot_be_written_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::with(&[("a.resmark", EXCUSED)]);
    std::fs::set_permissions(folder.path("a.resmark"), std::fs::Permissions::from_mode(0o444)).unwrap();
    let ran = folder.run("check --fix a.resmark");
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("it could not be written"), "{}", ran.shown());
    assert!(ran.stdout.contains("markup/unused-excuse"), "what is in the file is judged: {}", ran.shown());
    assert_eq!(folder.read("a.resmark"), EXCUSED);
}
