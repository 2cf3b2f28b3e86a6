//! `resmark fmt`.

use expect_test::expect;

use crate::run::Folder;

const UNTIDY: &str = "# Resolution 1  \n*resolves*\n1.  one:\n     a) first;\n2. two.";
const TIDY: &str = "# Resolution 1\n\n*resolves*\n\n1. one:\n   a) first;\n2. two.\n";

#[test]
fn files_are_changed_in_place_and_named() {
    let folder = Folder::with(&[("a.resmark", UNTIDY), ("b.resmark", TIDY), ("c/d.resmark", UNTIDY)]);
    let ran = folder.run("fmt .");
    expect![[r#"
        a.resmark formatted
        c/d.resmark formatted
        --- exit code 0
    "#]]
    .assert_eq(&ran.shown());
    assert_eq!(folder.read("a.resmark"), TIDY);
    assert_eq!(folder.read("c/d.resmark"), TIDY);
    assert_eq!(folder.names(), ["a.resmark", "b.resmark", "c", "c/d.resmark"]);
    assert_eq!(folder.run("fmt .").shown(), "--- exit code 0\n");
}

#[test]
fn a_file_that_is_tidy_is_not_written() {
    let folder = Folder::with(&[("b.resmark", TIDY)]);
    let before = std::fs::metadata(folder.path("b.resmark")).unwrap().modified().unwrap();
    folder.run("fmt b.resmark");
    assert_eq!(std::fs::metadata(folder.path("b.resmark")).unwrap().modified().unwrap(), before);
}

#[test]
fn check_writes_nothing() {
    let folder = Folder::with(&[("a.resmark", UNTIDY), ("b.resmark", TIDY)]);
    expect![[r#"
        a.resmark would be formatted
        --- exit code 1
    "#]]
    .assert_eq(&folder.run("fmt --check .").shown());
    assert_eq!(folder.read("a.resmark"), UNTIDY);
    assert_eq!(folder.run("fmt --check b.resmark").shown(), "--- exit code 0\n");
}

#[test]
fn diff_writes_nothing() {
    let folder = Folder::with(&[("a.resmark", UNTIDY)]);
    expect![[r#"
        --- a.resmark
        +++ a.resmark
        @@ -1,5 +1,7 @@
        -# Resolution 1  
        +# Resolution 1
        +
         *resolves*
        -1.  one:
        -     a) first;
        -2. two.
        \ No newline at end of file
        +
        +1. one:
        +   a) first;
        +2. two.
        --- exit code 0
    "#]]
    .assert_eq(&folder.run("fmt --diff .").shown());
    assert_eq!(folder.run("fmt --diff --check .").code, 1);
    assert_eq!(folder.read("a.resmark"), UNTIDY);
}

#[test]
fn a_filter_passes_text_on() {
    let folder = Folder::with(&[]);
    let ran = folder.run_with(&["fmt", "-"], UNTIDY.as_bytes());
    assert_eq!((ran.stdout.as_str(), ran.code), (TIDY, 0));
    let ran = folder.run_with(&["fmt", "-"], TIDY.as_bytes());
    assert_eq!((ran.stdout.as_str(), ran.code), (TIDY, 0), "also where nothing changes");
    let ran = folder.run_with(&["fmt", "--check", "-"], UNTIDY.as_bytes());
    assert_eq!((ran.stdout.as_str(), ran.code), ("<stdin> would be formatted\n", 1));
    assert_eq!(folder.run_with(&["fmt", "-", "a.resmark"], b"").code, 2);
    assert_eq!(folder.names(), [""; 0]);
}

#[test]
fn line_breaks_and_byte_order_mark_stay() {
    let folder = Folder::with(&[("a.resmark", "\u{feff}# Resolution 1  \r\n\r\n*resolves*\r\n\r\none.\r\n")]);
    assert_eq!(folder.run("fmt a.resmark").code, 0);
    assert_eq!(folder.read("a.resmark"), "\u{feff}# Resolution 1\r\n\r\n*resolves*\r\n\r\none.\r\n");
}
