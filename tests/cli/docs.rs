//! The examples of `docs/command-line.md` are run, and print what the page says. With `UPDATE_EXPECT=1` the page is
//! brought up to date instead; read what changed.
#![cfg(unix)]

use std::process::Command;

use crate::run::Folder;

#[test]
fn the_page_shows_what_the_commands_print() {
    let path = resmark_tests::root().join("docs/command-line.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let folder = Folder::with(&[]);
    let mut shown = String::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        shown.push_str(line);
        shown.push('\n');
        let block = |lines: &mut std::str::Lines<'_>| -> Vec<String> {
            lines.take_while(|line| !line.starts_with("```")).map(str::to_owned).collect()
        };
        if let Some(name) = line.strip_prefix("```resmark ") {
            let text = block(&mut lines).join("\n") + "\n";
            folder.write(name, text.as_bytes());
            shown.push_str(&text);
            shown.push_str("```\n");
        } else if line == "```console" {
            let commands: Vec<String> = block(&mut lines).into_iter().filter(|line| line.starts_with("$ ")).collect();
            // One shell for the block, so that `echo $?` works.
            let script: String = commands
                .iter()
                .map(|command| {
                    let command = command.trim_start_matches("$ ");
                    // The line itself is printed without touching `$?`.
                    format!("cat <<'END_OF_LINE' && (exit $status)\n$ {command}\nEND_OF_LINE\n{command}\nstatus=$?\n")
                })
                .collect();
            shown.push_str(&shell(&folder, &format!("exec 2>&1\nstatus=0\n{script}")));
            shown.push_str("```\n");
        }
    }
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, shown).unwrap();
    } else if page != shown {
        let diff = similar::TextDiff::from_lines(page.as_str(), shown.as_str());
        panic!("docs/command-line.md is not what the commands print:\n{}", diff.unified_diff());
    }
}

fn shell(folder: &Folder, script: &str) -> String {
    let binary = resmark_tests::binary().parent().unwrap();
    let path = std::env::join_paths(
        [binary.to_owned()].into_iter().chain(std::env::split_paths(&std::env::var_os("PATH").unwrap())),
    );
    let output =
        Command::new("sh").arg("-c").arg(script).current_dir(folder.path("")).env("PATH", path.unwrap()).output();
    String::from_utf8(output.unwrap().stdout).unwrap()
}
