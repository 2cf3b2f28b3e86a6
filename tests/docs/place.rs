//! The folder in which the examples of a page are run.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use resmark_tests::{binary, root};

use crate::page::Page;

/// What a command came to.
pub struct Ran {
    /// What it printed on both streams.
    pub printed: String,
    pub code: i32,
}

/// A folder that is gone when the page is done.
pub struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    /// The folder of `page`, with the files that it uses and does not show.
    pub fn of(page: &Page) -> Place {
        let place = Place { folder: tempfile::tempdir().unwrap() };
        let given = root().join("tests/docs/files").join(&page.name);
        if given.is_dir() {
            copy(&given, place.folder.path());
        }
        let commands = page.blocks.iter().filter(|block| matches!(&*block.language, "console" | "sh" | "yaml"));
        let runs_examples =
            |text: &str| text.lines().any(|line| line.contains("resmark ") && line.contains("examples"));
        if page.blocks.iter().any(|block| block.says("in") == Some("examples"))
            || commands.into_iter().any(|block| runs_examples(&block.text))
        {
            copy(&root().join("examples"), &place.folder.path().join("examples"));
        }
        place
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file, in folders that are made.
    pub fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// Runs a script of the shell in the folder `within`.
    pub fn shell(&self, script: &str, within: &str) -> Ran {
        let mut command = Command::new("sh");
        command.arg("-c").arg(format!("exec 2>&1\n{script}"));
        self.run(command, within)
    }

    /// Runs `resmark` with these arguments.
    pub fn resmark(&self, args: &[&str]) -> Ran {
        let mut command = Command::new(binary());
        command.args(args);
        self.run(command, "")
    }

    fn run(&self, mut command: Command, within: &str) -> Ran {
        let programs = binary().parent().unwrap().to_owned();
        let path = std::env::var_os("PATH").unwrap();
        let path = std::env::join_paths([programs].into_iter().chain(std::env::split_paths(&path))).unwrap();
        let output = command
            .current_dir(self.path(within))
            .env("PATH", path)
            .env("HOME", self.folder.path())
            .env_remove("CLICOLOR_FORCE")
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let printed = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        Ran { printed, code: output.status.code().unwrap_or(-1) }
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
