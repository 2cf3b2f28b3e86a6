//! The texts, the places in them, and the folders in which they lie.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

pub use generate::{of_workspace, resolution};

// Others use what this program does not.
#[allow(dead_code)]
#[path = "../../support/generate.rs"]
mod generate;

/// The number of the resolution that is typed into; the catalogue knows none of that number.
pub const NUMBER: usize = 905;

/// What is typed: a word grows by a letter, and is taken back after eight, as by somebody who cannot decide.
#[derive(Default)]
pub struct Typing {
    typed: usize,
}

/// One step of that.
pub struct Letter {
    /// How many bytes behind the place of typing.
    pub offset: usize,
    /// How many bytes are taken away there.
    pub removed: usize,
    /// What is put there.
    pub text: &'static str,
}

impl Typing {
    /// By how many letters the word has grown so far.
    pub fn grown(&self) -> usize {
        self.typed % 9
    }

    /// The next step.
    pub fn step(&mut self) -> Letter {
        let step = self.typed % 9;
        self.typed += 1;
        match step {
            8 => Letter { offset: 0, removed: 8, text: "" },
            offset => Letter { offset, removed: 0, text: "x" },
        }
    }
}

/// Where in a resolution of this text is typed: the end of the first word of a clause near the start, the middle and the
/// end, as byte offsets.
///
/// # Errors
/// When there is no clause there.
pub fn places(text: &str) -> Result<[(&'static str, usize); 3]> {
    let at = |from: usize| behind_first_word(text, from).context("a text without clauses");
    let last = text.trim_end().rfind('\n').context("a text of one line")?;
    Ok([("start", at(0)?), ("middle", at(text.len() / 2)?), ("end", at(last)?)])
}

/// The end of the first word of the next clause behind `from`.
fn behind_first_word(text: &str, from: usize) -> Option<usize> {
    let mut start = from + text.get(from..)?.find('\n')? + 1;
    loop {
        let line = text.get(start..)?;
        let line = line.split_once('\n').map_or(line, |(line, _)| line);
        let indented = line.len() - line.trim_start().len();
        if let Some((label, rest)) = line.trim_start().split_once(' ')
            && label.ends_with([')', '.'])
            && label.len() <= 3
        {
            return Some(start + indented + label.len() + 1 + rest.find(' ').unwrap_or(rest.len()));
        }
        start += line.len() + 1;
    }
}

/// The line and the column of a byte of a text, both from 0; columns count bytes, as all these texts are ASCII.
pub fn place(text: &str, byte: usize) -> (usize, usize) {
    let before = &text[..byte];
    (before.matches('\n').count(), byte - before.rfind('\n').map_or(0, |newline| newline + 1))
}

/// A workspace of generated resolutions in a temporary folder, removed with this value.
pub struct Generated {
    folder: tempfile::TempDir,
    /// Its files, in order of their names.
    pub files: Vec<PathBuf>,
    /// How many bytes of text.
    pub bytes: u64,
}

impl Generated {
    /// A workspace of `count` resolutions.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn new(count: usize) -> Result<Generated> {
        let mut made = Generated { folder: folder()?, files: Vec::with_capacity(count), bytes: 0 };
        made.grow(count)?;
        Ok(made)
    }

    /// Writes the resolutions that are missing to `count`.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn grow(&mut self, count: usize) -> Result<()> {
        for index in self.files.len()..count {
            let (name, text) = of_workspace(index);
            let path = self.path().join(name);
            if let Some(parent) = path.parent() {
                std::fs::create_dir_all(parent)?;
            }
            std::fs::write(&path, &text).with_context(|| format!("cannot write {}", path.display()))?;
            self.bytes += text.len() as u64;
            self.files.push(path);
        }
        Ok(())
    }

    /// Its folder.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }
}

/// A folder for texts, removed with the value.
///
/// # Errors
/// When it cannot be made.
pub fn folder() -> Result<tempfile::TempDir> {
    tempfile::Builder::new().prefix("resmark-bench-").tempdir().context("cannot make a temporary folder")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_places_are_behind_the_first_words_of_clauses() -> Result<()> {
        let text = "# T\n\nE,\n\n*noting*\n\na) that one;\nb) what two;\nc) that three,\n\n*resolves*\n\n1. those four:\n   a) that five.\n";
        let found = places(text)?.map(|(name, at)| (name, &text[at - 4..at]));
        assert_eq!(found, [("start", "that"), ("middle", "hose"), ("end", "that")]);
        assert_eq!(place(text, places(text)?[0].1), (6, 7));
        Ok(())
    }

    #[test]
    fn what_is_typed_is_taken_back() {
        let mut typing = Typing::default();
        let mut text = String::from("that ");
        for _ in 0..9 {
            let letter = typing.step();
            text.replace_range(4 + letter.offset..4 + letter.offset + letter.removed, letter.text);
        }
        assert_eq!(text, "that ");
    }
}
