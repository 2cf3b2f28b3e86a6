//! A disk that is full while a command writes: the old file is as it was, and one line says so.

use std::process::{Command, Output, Stdio};

use resmark_tests::{binary, skip};

/// Runs `resmark` where no file may become larger than four kilobytes.
fn run(folder: &std::path::Path, arguments: &[&str]) -> Output {
    // The system would end the process otherwise, where a disk that is full gives it an error.
    let script = "trap '' XFSZ; ulimit -f 8; exec \"$0\" \"$@\"";
    let mut shell = Command::new("sh");
    shell.args(["-c", script]).arg(binary()).args(arguments).current_dir(folder).stdin(Stdio::null()).output().unwrap()
}

#[test]
fn a_full_disk_leaves_the_old_file_as_it_was() {
    const NAME: &str = "a_full_disk_leaves_the_old_file_as_it_was";
    if !cfg!(target_os = "linux") {
        return skip(NAME, "it sets limits as Linux does");
    }
    let list: String = (1..900)
        .map(|number| format!("{}. words to fill the line;   \n", if number > 5 { number + 1 } else { number }))
        .collect();
    let text = format!("# Resolution 1\n\n*resolves*\n\n{list}");
    assert!(text.len() > 20_000);
    let plain = format!("recalling\n\n{}", "a)\tone, with words to fill the line;\n".repeat(900));
    let table: String = (1..900).map(|number| format!("PP-{number}\t2018\tWords to fill the line\n")).collect();
    let files = [
        ("a.resmark", text),
        ("plain.txt", plain),
        ("table.tsv", format!("id\tyear\ttitle\n{table}")),
        ("old.resmark", "old\n".to_owned()),
    ];
    for arguments in [
        &["fmt", "a.resmark"][..],
        &["renumber", "a.resmark"],
        &["fmt", "."],
        &["import", "plain.txt", "-o", "old.resmark"],
        &["import", "plain.txt", "-o", "new.resmark"],
        &["catalogue", "build", "table.tsv", "-o", "old.resmark"],
        &["catalogue", "build", "table.tsv", "-o", "new.json"],
    ] {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in &files {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        let output = run(folder.path(), arguments);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(matches!(output.status.code(), Some(1 | 2)), "{arguments:?}: {:?}: {said}", output.status);
        let errors: Vec<&str> = said.lines().filter(|line| line.starts_with("error: ")).collect();
        assert_eq!(errors.len(), 1, "{arguments:?}: {said}");
        assert!(errors[0].contains("it could not be written"), "{arguments:?}: {said}");
        for (name, text) in &files {
            assert!(
                std::fs::read_to_string(folder.path().join(name)).unwrap() == *text,
                "{arguments:?}: {name} is another"
            );
        }
        let count = std::fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(count, files.len(), "{arguments:?}: something is left behind");
    }
}
