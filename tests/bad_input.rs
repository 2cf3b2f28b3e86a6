//! Whatever a file holds, the commands say one clear thing about it, go on with the rest, and write nothing that was
//! not asked for.
#![allow(clippy::unwrap_used)]

#[path = "cli/run.rs"]
mod run;

use std::time::{Duration, Instant};

use expect_test::{Expect, expect};
use run::{Folder, Ran};

/// A document in which there is nothing to find.
const GOOD: &str = "# Resolution 1\n\n*resolves*\n\n1. one;\n2. two.\n";

/// A document in which there is something to find.
const GAP: &str = "# Resolution 2\n\n*resolves*\n\n1. one;\n3. three.\n";

fn says(ran: &Ran, code: i32, stderr: Expect) {
    stderr.assert_eq(&ran.stderr);
    assert_eq!(ran.code, code, "{}", ran.shown());
}

/// Runs in less time than anybody would wait for.
fn in_time<T>(work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let value = work();
    assert!(start.elapsed() < Duration::from_secs(180), "it took {:?}", start.elapsed());
    value
}

#[test]
fn text_that_is_not_utf_8() {
    let folder = Folder::with(&[]);
    folder.write("a.resmark", b"# Resolution 1\n\nR\xe9solution\n");
    says(
        &folder.run("check a.resmark"),
        2,
        expect![[r#"
            error: a.resmark:3:2: the text is not UTF-8 (byte 0xe9 at offset 17); save it as UTF-8
        "#]],
    );
    for command in ["citations", "fmt", "renumber", "import"] {
        let ran = folder.run(&format!("{command} a.resmark"));
        assert_eq!(ran.code, 2, "{command}: {}", ran.shown());
        assert!(ran.stderr.contains("a.resmark:3:2: the text is not UTF-8"), "{command}: {}", ran.shown());
    }
    assert_eq!(std::fs::read(folder.path("a.resmark")).unwrap(), b"# Resolution 1\n\nR\xe9solution\n");
}

#[test]
fn utf_16() {
    let folder = Folder::with(&[]);
    folder.write("a.resmark", b"\xff\xfe#\0 \0R\0");
    says(
        &folder.run("check a.resmark"),
        2,
        expect![[r#"
            error: a.resmark:1:1: the text is UTF-16; save it as UTF-8
        "#]],
    );
}

#[test]
fn a_nul_byte() {
    let folder = Folder::with(&[("a.resmark", "# Resolution\0 1\n")]);
    says(
        &folder.run("check a.resmark"),
        2,
        expect![[r#"
            error: a.resmark:1:13: there is a NUL byte at offset 12, so this is no text; remove it or name another file
        "#]],
    );
}

#[test]
fn standard_input_that_is_no_text() {
    let folder = Folder::with(&[]);
    says(
        &folder.run_with(&["fmt", "-"], b"a\xff"),
        2,
        expect![[r#"
            error: <stdin>:1:2: the text is not UTF-8 (byte 0xff at offset 1); save it as UTF-8
        "#]],
    );
}

#[test]
fn a_word_file_is_not_imported_as_text() {
    let folder = Folder::with(&[]);
    folder.write("a.docx", b"PK\x03\x04\x14\x00\x06\xff\xff");
    says(
        &folder.run("import a.docx -o a.resmark"),
        2,
        expect![[r#"
            error: a.docx: this is a docx file, not text; save it as plain text first, from the word processor or with `pandoc -t plain`
        "#]],
    );
    assert_eq!(folder.names(), ["a.docx"]);
}

#[test]
fn one_bad_file_does_not_keep_the_others_from_being_checked() {
    let folder = Folder::with(&[("a.resmark", GAP), ("c.resmark", GOOD)]);
    folder.write("b.resmark", b"\xff\xff");
    let ran = folder.run("check . --format json");
    assert!(ran.stdout.contains("numbering/gap"), "{}", ran.shown());
    says(
        &ran,
        2,
        expect![[r#"
            error: b.resmark:1:1: the text is not UTF-8 (byte 0xff at offset 0); save it as UTF-8
        "#]],
    );
}

#[test]
fn a_file_that_is_not_there() {
    let folder = Folder::with(&[("a.resmark", GOOD)]);
    says(
        &folder.run("check none.resmark a.resmark"),
        2,
        expect![[r#"
            error: none.resmark: there is no such file or folder
        "#]],
    );
    for command in ["citations", "fmt", "renumber", "import"] {
        let ran = folder.run(&format!("{command} none.resmark"));
        assert_eq!(ran.code, 2, "{}", ran.shown());
        assert_eq!(ran.stderr, "error: none.resmark: there is no such file or folder\n", "{command}");
    }
    let absolute = folder.path("none.resmark").display().to_string();
    assert_eq!(folder.run_with(&["check", &absolute], b"").code, 2);
}

#[test]
fn a_wrong_call() {
    let folder = Folder::with(&[("a.resmark", GOOD)]);
    assert_eq!(folder.run("").code, 2);
    assert_eq!(folder.run("chekc a.resmark").code, 2);
    assert_eq!(folder.run("check").code, 2);
    let ran = folder.run("check a.resmark --as-of yesterday");
    assert!(ran.stderr.contains("2024-06-30"), "{}", ran.shown());
    assert_eq!(ran.code, 2);
}

#[cfg(unix)]
#[test]
fn links_pipes_and_folders_named_like_documents() {
    use std::os::unix::fs::symlink;
    let folder = Folder::with(&[("good.resmark", GOOD), ("folder.resmark/inner.resmark", GOOD)]);
    symlink("loop.resmark", folder.path("loop.resmark")).unwrap();
    symlink("nowhere", folder.path("dangling.resmark")).unwrap();
    symlink(".", folder.path("circle")).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(folder.path("pipe.resmark")).status().unwrap().success());
    let ran = in_time(|| folder.run("check ."));
    says(
        &ran,
        2,
        expect![[r#"
        error: dangling.resmark: there is no such file or folder
        error: loop.resmark: it cannot be read: Too many levels of symbolic links (os error 40)
        error: pipe.resmark: this is a pipe or a device, not a file
    "#]],
    );
    assert!(ran.stdout.contains("2 documents"), "{}", ran.shown());
    for named in ["loop.resmark", "dangling.resmark", "pipe.resmark"] {
        let ran = in_time(|| folder.run(&format!("check {named}")));
        assert_eq!(ran.code, 2, "{named}: {}", ran.shown());
        assert!(ran.stderr.contains(named), "{named}: {}", ran.shown());
        assert_eq!(ran.stderr.lines().count(), 1, "{named}: {}", ran.shown());
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::with(&[("good.resmark", GOOD), ("closed/a.resmark", GOOD)]);
    let closed = folder.path("closed");
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o000)).unwrap();
    if std::fs::read_dir(&closed).is_ok() {
        resmark_tests::skip("a_folder_that_cannot_be_read", "the super-user can read every folder");
    } else {
        let ran = folder.run("check .");
        assert_eq!(ran.code, 2, "{}", ran.shown());
        assert!(ran.stderr.contains("closed"), "{}", ran.shown());
    }
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn a_catalogue_file_that_is_not_json() {
    let folder = Folder::with(&[("a.resmark", GAP), ("catalogue/our.json", "{\n  \"resolutions\": [,]\n}\n")]);
    let ran = folder.run("check a.resmark --format json");
    assert!(ran.stdout.contains("numbering/gap"), "{}", ran.shown());
    says(
        &ran,
        2,
        expect![[r#"
        error: catalogue/our.json:2:19: this is not JSON: expected value
    "#]],
    );
}

#[test]
fn a_catalogue_file_with_wrong_types() {
    for (text, place) in [
        ("[]", ""),
        ("{\"resolutions\": 5}", "resolutions"),
        ("{\"resolutions\": [{\"id\": 5}]}", "id"),
        ("{\"resolutions\": [{\"id\": \"PP-140\", \"versions\": \"2022\"}]}", "versions"),
    ] {
        let folder = Folder::with(&[("a.resmark", GOOD), ("catalogue/our.json", text)]);
        let ran = folder.run("check a.resmark");
        assert_eq!(ran.code, 2, "{text}: {}", ran.shown());
        assert!(ran.stderr.starts_with("error: catalogue/our.json"), "{text}: {}", ran.shown());
        assert!(ran.stderr.contains(place), "{text}: {}", ran.shown());
        assert_eq!(ran.stderr.lines().count(), 1, "{text}: {}", ran.shown());
    }
}

#[test]
fn a_line_of_fifty_megabytes() {
    let words = "words and 词语 that say nothing, ".repeat(400);
    let line = format!("{words}Resolution 140 (Rev. Dubai, 2018), ").repeat(50 * 1024 * 1024 / words.len());
    let folder = Folder::with(&[("a.resmark", &line)]);
    let ran = in_time(|| folder.run("check a.resmark"));
    assert!(matches!(ran.code, 0 | 1), "exit code {}: {}", ran.code, &ran.stderr);
    assert_eq!(ran.stderr, "");
}

#[test]
fn ten_thousand_nested_indents() {
    let mut text = "# Resolution 1\n\n*resolves*\n\n".to_owned();
    for depth in 0..10_000 {
        text.push_str(&" ".repeat(depth * 2));
        text.push_str("1. deep:\n");
    }
    let folder = Folder::with(&[("a.resmark", &text)]);
    for command in ["check", "citations", "fmt --check", "renumber --check", "import"] {
        let ran = in_time(|| folder.run(&format!("{command} a.resmark")));
        assert!(matches!(ran.code, 0 | 1), "{command}: exit code {}: {}", ran.code, ran.stderr);
    }
    assert_eq!(folder.read("a.resmark"), text);
}

#[test]
fn changes_that_never_end() {
    let text =
        format!("# Resolution 1\n\n*resolves*\n\n1. one {{++ and\n2. two;\n{}", "{++ {-- {~~ {>> ".repeat(20_000));
    let folder = Folder::with(&[("a.resmark", &text)]);
    let ran = in_time(|| folder.run("check a.resmark --format json"));
    assert!(matches!(ran.code, 0 | 1), "exit code {}: {}", ran.code, ran.stderr);
    assert!(ran.stdout.contains("markup/unclosed-change"));
}

#[test]
fn an_output_that_cannot_be_written() {
    let folder = Folder::with(&[("a.txt", "recalling\n\na)\tone,\n"), ("folder/b.txt", "b")]);
    for out in ["folder", "none/a.resmark", "a.txt/b.resmark"] {
        let ran = folder.run(&format!("import a.txt -o {out}"));
        assert_eq!(ran.code, 2, "{out}: {}", ran.shown());
        assert!(ran.stderr.starts_with(&format!("error: {out}: it could not be written")), "{}", ran.shown());
        assert_eq!(ran.stdout, "", "{out}");
    }
    assert_eq!(folder.names(), ["a.txt", "folder", "folder/b.txt"]);
}

#[test]
fn a_file_that_is_read_only_stays_as_it_is() {
    let untidy = "# Resolution 1   \n";
    let folder = Folder::with(&[("a.resmark", untidy), ("b.resmark", untidy)]);
    let path = folder.path("a.resmark");
    let mut permissions = std::fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&path, permissions).unwrap();
    let ran = folder.run("fmt .");
    says(
        &ran,
        2,
        expect![[r#"
            error: a.resmark: it could not be written: it is read-only; it is as it was
        "#]],
    );
    assert_eq!(folder.read("a.resmark"), untidy);
    assert_eq!(folder.read("b.resmark"), "# Resolution 1\n");
    assert_eq!(folder.names(), ["a.resmark", "b.resmark"]);
}

#[cfg(unix)]
#[test]
fn whoever_reads_may_stop_reading() {
    let folder = Folder::with(&[("a.resmark", &GAP.repeat(500))]);
    let binary = resmark_tests::binary().display().to_string();
    let output = std::process::Command::new("sh")
        .args(["-c", &format!("'{binary}' check a.resmark | head -n 1")])
        .current_dir(folder.path(""))
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}
