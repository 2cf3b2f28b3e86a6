//! `resmark renumber`.

use expect_test::expect;

use crate::run::Folder;

const GAP: &str = "\
---
body: WTDC
---

# Resolution 196 (Kigali, 2022)

*resolves*

1. one;
3. three;
4. to review *resolves* 3 above.
";

const MENDED: &str = "\
---
body: WTDC
---

# Resolution 196 (Kigali, 2022)

*resolves*

1. one;
2. three;
3. to review *resolves* 2 above.
";

#[test]
fn labels_and_references_change_together() {
    let folder = Folder::with(&[("a.resmark", GAP)]);
    expect![[r#"
        a.resmark renumbered
        --- exit code 0
    "#]]
    .assert_eq(&folder.run("renumber a.resmark").shown());
    assert_eq!(folder.read("a.resmark"), MENDED);
    assert_eq!(folder.run("renumber a.resmark").shown(), "--- exit code 0\n");
}

#[test]
fn check_and_diff_write_nothing() {
    let folder = Folder::with(&[("a.resmark", GAP)]);
    expect![[r#"
        a.resmark would be renumbered
        --- exit code 1
    "#]]
    .assert_eq(&folder.run("renumber --check a.resmark").shown());
    expect![[r#"
        --- a.resmark
        +++ a.resmark
        @@ -8,4 +8,4 @@
         
         1. one;
        -3. three;
        -4. to review *resolves* 3 above.
        +2. three;
        +3. to review *resolves* 2 above.
        --- exit code 0
    "#]]
    .assert_eq(&folder.run("renumber --diff a.resmark").shown());
    assert_eq!(folder.read("a.resmark"), GAP);
}

#[test]
fn a_filter_passes_text_on() {
    let folder = Folder::with(&[]);
    let ran = folder.run_with(&["renumber", "-"], GAP.as_bytes());
    assert_eq!((ran.stdout.as_str(), ran.code), (MENDED, 0));
}

#[test]
fn changes_are_tracked_in_a_proposal() {
    let text = "MOD EUR/1/1\n\n# Resolution 1\n\n*resolves*\n\n1. one;\n{++2. new;++}\n2. two.\n";
    let folder = Folder::with(&[("a.resmark", text)]);
    folder.run("renumber a.resmark");
    assert!(folder.read("a.resmark").contains("{~~2~>3~~}. two."), "{}", folder.read("a.resmark"));
}

#[test]
fn what_was_not_named_is_listed_and_left_alone() {
    let citing = "---\nbody: WTDC\n---\n\n# Resolution 197 (Kigali, 2022)\n\n*recalling*\n\nresolves 3 of Resolution 196 (Kigali, 2022),\n";
    let files = [("catalogue/our.json", "{\"resolutions\": []}"), ("a.resmark", GAP), ("b.resmark", citing)];
    let folder = Folder::with(&files);
    let ran = folder.run("renumber a.resmark");
    assert_eq!(ran.code, 0, "{}", ran.shown());
    assert!(ran.stderr.contains("b.resmark"), "{}", ran.shown());
    assert_eq!(folder.read("b.resmark"), citing);
    // Both named: both written.
    let folder = Folder::with(&files);
    let ran = folder.run("renumber a.resmark b.resmark");
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{}", ran.shown());
    assert!(folder.read("b.resmark").contains("resolves 2 of Resolution 196"), "{}", folder.read("b.resmark"));
}
