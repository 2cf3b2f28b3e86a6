//! `resmark preview`.

use expect_test::expect;

use crate::run::Folder;

const PROPOSAL: &str = "---\nprofile: itu\n---\n\nMOD EUR/1/1\n\n# Resolution 9 ({~~Kigali, 2022~>Rev. Baku, 2025~~})\n\n*resolves*\n\n1. to sit {>>on what?<<};\n";

#[test]
fn a_terminal_has_the_printed_text() {
    let folder = Folder::with(&[("a.resmark", PROPOSAL)]);
    expect![[r#"
        MOD EUR/1/1

                               RESOLUTION 9 ({--KIGALI, 2022--}{++REV. BAKU, 2025++})

            resolves

        1.  to sit ‹on what?›;
        --- exit code 0
    "#]]
    .assert_eq(&folder.run("preview a.resmark --format text").shown());
    let coloured = folder.run("preview a.resmark --format text --color always").stdout;
    assert!(coloured.contains("\u{1b}[9m") && !coloured.contains("{--"), "{coloured:?}");
}

#[test]
fn a_page_needs_nothing_else() {
    let folder = Folder::with(&[("a.resmark", PROPOSAL), ("out.html", "what was there\n")]);
    let ran = folder.run("preview a.resmark --view as-amended -o out.html");
    assert_eq!((ran.stdout.as_str(), ran.stderr.as_str(), ran.code), ("", "", 0));
    let page = folder.read("out.html");
    assert!(page.contains("<title>Resolution 9 (Rev. Baku, 2025)</title>"), "{page}");
    assert!(page.contains(">Resolution 9 (Rev. Baku, 2025)</h1>") && !page.contains("<del>"), "{page}");
    assert!(!page.contains("<script") && !page.contains("<link") && !page.contains("http://"), "{page}");
    assert_eq!(folder.run("preview a.resmark --view as-amended").stdout, page);
    assert_eq!(folder.names(), ["a.resmark", "out.html"]);
}

#[test]
fn what_is_no_file_is_said() {
    let folder = Folder::with(&[("a.resmark", PROPOSAL)]);
    let missing = folder.run("preview b.resmark");
    assert_eq!((missing.stdout.as_str(), missing.code), ("", 2));
    assert!(missing.stderr.contains("b.resmark"), "{}", missing.shown());
    let of_a_folder = folder.run("preview .");
    assert_eq!(of_a_folder.code, 2);
    assert!(of_a_folder.stderr.contains("name a file"), "{}", of_a_folder.shown());
    let piped = folder.run_with(&["preview", "-", "--format", "text"], b"# Resolution 1\n");
    assert!(piped.stdout.contains("RESOLUTION 1"), "{}", piped.shown());
}
