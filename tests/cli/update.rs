//! `resmark update`.

use expect_test::expect;
use resmark_tests::{shared, skip};

use crate::run::Folder;

const OLD: &str = "\
# Resolution 301 (Dubai, 2018)

The Plenipotentiary Conference of the International Telecommunication Union (Dubai, 2018),

*resolves*

1. to inspect all the bridges every year;
2. to publish what was found on them;
3. to count the boats.
";

const NEW: &str = "\
# Resolution 301 (Rev. Bucharest, 2022)

The Plenipotentiary Conference of the International Telecommunication Union (Bucharest, 2022),

*resolves*

1. to build new bridges;
2. to inspect all the bridges every year;
3. to publish what was found on them.
";

const DRAFT: &str = "\
# Resolution 302 (Doha, 2026)

The Plenipotentiary Conference of the International Telecommunication Union (Doha, 2026),

*considering*

a) Resolution 140 (Rev. Dubai, 2018) of this conference;
b) *resolves* 2 of Resolution 301 (Dubai, 2018) of this conference;
c) *resolves* 3 of Resolution 301 (Dubai, 2018) of this conference;
d) [Resolution 70 (Rev. Dubai, 2018)](=) of this conference;
e) Resolutions 101 and 140 (Rev. Busan, 2014) of this conference,
";

fn workspace(draft: &str) -> Folder {
    let catalogue = ("catalogue/own.json", "{\"resolutions\": []}");
    Folder::with(&[catalogue, ("old.resmark", OLD), ("new.resmark", NEW), ("draft.resmark", draft)])
}

#[test]
fn citations_and_their_pinpoints_are_brought_up_to_date() {
    let folder = workspace(DRAFT);
    expect![[r#"
        draft.resmark:7:4: Resolution 140: (Rev. Dubai, 2018) → (Rev. Bucharest, 2022)
        draft.resmark:8:20: Resolution 301: (Dubai, 2018) → (Rev. Bucharest, 2022), resolves 2 → resolves 3
        draft.resmark:9:20: Resolution 301: (Dubai, 2018) → (Rev. Bucharest, 2022)
        draft.resmark updated
        --- standard error
        note: draft.resmark:9:15: look at the pinpoint “resolves 3”: no clause of (Rev. Bucharest, 2022) has the same words
        note: draft.resmark:11:4: Resolution 140 (Rev. Busan, 2014) is left as it is: what it shares a parenthesis with is not to be cited in the same version
        --- exit code 0
    "#]].assert_eq(&folder.run("update draft.resmark --as-of 2026-01-01").shown());
    expect![[r#"
        # Resolution 302 (Doha, 2026)

        The Plenipotentiary Conference of the International Telecommunication Union (Doha, 2026),

        *considering*

        a) Resolution 140 (Rev. Bucharest, 2022) of this conference;
        b) *resolves* 3 of Resolution 301 (Rev. Bucharest, 2022) of this conference;
        c) *resolves* 3 of Resolution 301 (Rev. Bucharest, 2022) of this conference;
        d) [Resolution 70 (Rev. Dubai, 2018)](=) of this conference;
        e) Resolutions 101 and 140 (Rev. Busan, 2014) of this conference,
    "#]]
    .assert_eq(&folder.read("draft.resmark"));
    // The rest of the workspace stays, and so does the draft from then on.
    assert_eq!((folder.read("old.resmark").as_str(), folder.read("new.resmark").as_str()), (OLD, NEW));
    let once = folder.read("draft.resmark");
    let again = folder.run("update draft.resmark --as-of 2026-01-01");
    assert_eq!((again.stdout.as_str(), again.code), ("", 0), "{}", again.shown());
    assert_eq!(folder.read("draft.resmark"), once);
}

#[test]
fn check_and_diff_write_nothing() {
    let folder = workspace(DRAFT);
    expect![[r#"
        draft.resmark:7:4: Resolution 140: (Rev. Dubai, 2018) → (Rev. Bucharest, 2022)
        draft.resmark:8:20: Resolution 301: (Dubai, 2018) → (Rev. Bucharest, 2022), resolves 2 → resolves 3
        draft.resmark:9:20: Resolution 301: (Dubai, 2018) → (Rev. Bucharest, 2022)
        draft.resmark would be updated
        --- standard error
        note: draft.resmark:9:15: look at the pinpoint “resolves 3”: no clause of (Rev. Bucharest, 2022) has the same words
        note: draft.resmark:11:4: Resolution 140 (Rev. Busan, 2014) is left as it is: what it shares a parenthesis with is not to be cited in the same version
        --- exit code 1
    "#]].assert_eq(&folder.run("update --check draft.resmark --as-of 2026-01-01").shown());
    expect![[r#"
        --- draft.resmark
        +++ draft.resmark
        @@ -5,7 +5,7 @@
         *considering*
         
        -a) Resolution 140 (Rev. Dubai, 2018) of this conference;
        -b) *resolves* 2 of Resolution 301 (Dubai, 2018) of this conference;
        -c) *resolves* 3 of Resolution 301 (Dubai, 2018) of this conference;
        +a) Resolution 140 (Rev. Bucharest, 2022) of this conference;
        +b) *resolves* 3 of Resolution 301 (Rev. Bucharest, 2022) of this conference;
        +c) *resolves* 3 of Resolution 301 (Rev. Bucharest, 2022) of this conference;
         d) [Resolution 70 (Rev. Dubai, 2018)](=) of this conference;
         e) Resolutions 101 and 140 (Rev. Busan, 2014) of this conference,
        --- standard error
        draft.resmark:7:4: Resolution 140: (Rev. Dubai, 2018) → (Rev. Bucharest, 2022)
        draft.resmark:8:20: Resolution 301: (Dubai, 2018) → (Rev. Bucharest, 2022), resolves 2 → resolves 3
        draft.resmark:9:20: Resolution 301: (Dubai, 2018) → (Rev. Bucharest, 2022)
        note: draft.resmark:9:15: look at the pinpoint “resolves 3”: no clause of (Rev. Bucharest, 2022) has the same words
        note: draft.resmark:11:4: Resolution 140 (Rev. Busan, 2014) is left as it is: what it shares a parenthesis with is not to be cited in the same version
        --- exit code 0
    "#]].assert_eq(&folder.run("update --diff draft.resmark --as-of 2026-01-01").shown());
    assert_eq!(folder.read("draft.resmark"), DRAFT);
    // On an earlier day less was out of date.
    let ran = folder.run("update --check draft.resmark --as-of 2019-01-01");
    assert!(!ran.stdout.contains("Bucharest"), "{}", ran.shown());
}

#[test]
fn a_filter_passes_text_on() {
    let folder = Folder::with(&[]);
    let ran =
        folder.run_with(&["update", "-"], b"Resolution 140 (Rev. Dubai, 2018) of the Plenipotentiary Conference\n");
    assert_eq!(ran.code, 0, "{}", ran.shown());
    assert_eq!(ran.stdout, "Resolution 140 (Rev. Bucharest, 2022) of the Plenipotentiary Conference\n");
    assert!(
        ran.stderr.contains("<stdin>:1:1: Resolution 140: (Rev. Dubai, 2018) → (Rev. Bucharest, 2022)"),
        "{}",
        ran.shown()
    );
}

#[test]
fn changes_to_a_proposal_are_tracked() {
    let folder = Folder::with(&[(
        "a.resmark",
        "MOD EUR/1/1\n\n# Resolution 130 (Rev. Dubai, 2018)\n\n*considering*\n\nResolution 140 (Rev. Dubai, 2018) of the Plenipotentiary Conference,\n",
    )]);
    folder.run("update a.resmark");
    let text = folder.read("a.resmark");
    assert!(text.contains("Resolution 140 (Rev. {~~Dubai~>Bucharest~~}, {~~2018~>2022~~})"), "{text}");
}

/// A real resolution of June 2022: what it cites from 2018 was right then, and has been revised since.
#[test]
fn a_resolution_that_is_taken_up_again_is_brought_up_to_date() {
    const NAME: &str = "update: a real resolution";
    let source = shared().map(|folder| folder.join("seeds/004_88187c1c78d8be9e.txt")).filter(|path| path.is_file());
    let Some(source) = source else { return skip(NAME, "the real texts are not here") };
    let folder = Folder::with(&[]);
    folder.write("004.txt", &std::fs::read(source).unwrap());
    assert_eq!(folder.run("import 004.txt -o adopted.resmark").code, 0);
    let levels = |file: &str, rule: &str| {
        let ran = folder.run(&format!("check {file} --format json --as-of 2026-11-22"));
        let report: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
        let of_rule = |finding: &&serde_json::Value| finding["id"] == rule;
        let findings = report["findings"].as_array().unwrap().iter().filter(of_rule);
        findings.map(|finding| finding["severity"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(levels("adopted.resmark", "citation/outdated"), [""; 0]);
    let since = levels("adopted.resmark", "citation/revised-since");
    assert!(since.len() >= 5 && since.iter().all(|severity| severity == "hint"), "{since:?}");

    // A drafter takes it up again, and says of when the text is now.
    let draft = format!("---\ndate: 2026-11-22\n---\n\n{}", folder.read("adopted.resmark"));
    folder.write("draft.resmark", draft.as_bytes());
    let outdated = levels("draft.resmark", "citation/outdated");
    let warnings = outdated.iter().filter(|severity| *severity == "warning").count();
    assert!(warnings >= 5, "{outdated:?}");
    let ran = folder.run("update draft.resmark --as-of 2026-11-22");
    assert_eq!(ran.code, 0, "{}", ran.shown());
    let left = levels("draft.resmark", "citation/outdated");
    assert!(left.iter().all(|severity| severity == "hint"), "{left:?}");
    // Nothing but the versions has changed.
    let after = folder.read("draft.resmark");
    assert_eq!(after.matches("2018年，迪拜").count() + warnings, draft.matches("2018年，迪拜").count());
    let neutral = |text: &str| text.replace("2018年，迪拜", "@").replace("2022年，布加勒斯特", "@");
    assert_eq!(neutral(&after), neutral(&draft));
}
