//! `resmark import`.

use expect_test::expect;

use crate::run::Folder;

const PASTED: &str = "[bookmark: _Toc1]RESOLUTION 140 (Rev. Dubai, 2018)\n\nThe Plenipotentiary Conference of the International Telecommunication Union (Dubai, 2018),\n\nrecalling\n\na)\tits own words;\nb)\tthose of others,\n\nresolves\n\n1\tto go on.\n";

#[test]
fn the_result_goes_to_standard_output_and_the_rest_to_standard_error() {
    let folder = Folder::with(&[("pasted.txt", PASTED)]);
    expect![[r#"
        # RESOLUTION 140 (Rev. Dubai, 2018)

        The Plenipotentiary Conference of the International Telecommunication Union (Dubai, 2018),

        *recalling*

        a) its own words;
        b) those of others,

        *resolves*

        1. to go on.
        --- standard error
        pasted.txt:1: dropped bookmark: [bookmark: _Toc1]
        pasted.txt: dropped 1 sign
        --- exit code 0
    "#]]
    .assert_eq(&folder.run("import pasted.txt").shown());
    assert_eq!(folder.names(), ["pasted.txt"]);
}

#[test]
fn an_output_is_written_whole() {
    let folder = Folder::with(&[("pasted.txt", PASTED), ("draft.resmark", "what was there\n")]);
    let ran = folder.run("import pasted.txt -o draft.resmark");
    assert_eq!((ran.stdout.as_str(), ran.code), ("", 0), "{}", ran.shown());
    assert_eq!(folder.read("draft.resmark"), folder.run("import pasted.txt").stdout);
    assert_eq!(folder.read("pasted.txt"), PASTED);
    assert_eq!(folder.names(), ["draft.resmark", "pasted.txt"]);
}

#[test]
fn standard_input_is_read() {
    let folder = Folder::with(&[("pasted.txt", PASTED)]);
    let ran = folder.run_with(&["import", "-"], PASTED.as_bytes());
    assert_eq!(ran.stdout, folder.run("import pasted.txt").stdout);
    assert!(ran.stderr.contains("<stdin>:1:"), "{}", ran.shown());
}

#[test]
fn what_is_resmark_stays_as_it_is() {
    let text = "# Resolution 1\n\n*resolves*\n\n1. one;\n2. two.\n";
    let folder = Folder::with(&[("a.resmark", text)]);
    let ran = folder.run("import a.resmark");
    assert_eq!((ran.stdout.as_str(), ran.stderr.as_str(), ran.code), (text, "", 0));
}

#[test]
fn what_was_imported_can_be_checked() {
    let folder = Folder::with(&[("pasted.txt", PASTED)]);
    folder.run("import pasted.txt -o draft.resmark");
    let ran = folder.run("check draft.resmark --as-of 2019-01-01");
    assert_eq!(ran.code, 0, "{}", ran.shown());
}
