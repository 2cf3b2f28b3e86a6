//! Reading files and folders.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use dashmap::DashMap;
use ignore::{WalkBuilder, WalkState};

use super::config_file::{CONFIG_FILE, ConfigFile, parse_config};
use super::file_io::BYTE_ORDER_MARK;
use super::{Problem, Reading};
use crate::catalogue::{Catalogue, CatalogueFile};
use crate::syntax::Parser;

/// The extension of a document, without the dot.
pub const DOCUMENT_EXTENSION: &str = "resmark";

/// The most that a file may hold, in bytes. Offsets count up to four gigabytes, and the parser wants several times
/// the text's size in memory.
pub const MAX_BYTES: u64 = 512 * 1024 * 1024;

/// What a file of a workspace is, told by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// `*.resmark`
    Document,
    /// `*.catalogue.json`, or any `*.json` in a folder named `catalogue`.
    Catalogue,
    /// `resmark.json`
    Config,
}

impl FileKind {
    /// What the file at `path` is; `None` for a file that is none of ours.
    pub fn of(path: &Path) -> Option<FileKind> {
        let name = path.file_name()?.to_str()?;
        let parent = || path.parent().and_then(Path::file_name).and_then(|name| name.to_str());
        if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(DOCUMENT_EXTENSION)) {
            Some(FileKind::Document)
        } else if name == CONFIG_FILE {
            Some(FileKind::Config)
        } else if name.ends_with(".catalogue.json") || (name.ends_with(".json") && parent() == Some("catalogue")) {
            Some(FileKind::Catalogue)
        } else {
            None
        }
    }
}

/// The text of a file, without a byte order mark.
///
/// # Errors
///
/// What a person has to know when the file cannot be opened, is no regular file (a pipe would be waited on for ever),
/// is larger than [`MAX_BYTES`], is not UTF-8 or holds a NUL byte, with the place.
pub fn read_text(path: &Path) -> Result<String, Problem> {
    let metadata = fs::metadata(path).map_err(|error| unreadable(path, &error))?;
    if metadata.is_dir() {
        return Err(Problem::new(path, "this is a folder, not a file"));
    }
    if !metadata.is_file() {
        return Err(Problem::new(path, "this is a pipe or a device, not a file"));
    }
    if metadata.len() > MAX_BYTES {
        let message = format!("the file is too large: {} bytes, where {MAX_BYTES} can be read", metadata.len());
        return Err(Problem::new(path, message));
    }
    let bytes = fs::read(path).map_err(|error| unreadable(path, &error))?;
    decode(path, bytes)
}

/// The text that bytes hold, without a byte order mark; `path` is what problems are named after.
///
/// # Errors
///
/// What a person has to know when they are not UTF-8 or hold a NUL byte, with the place.
pub fn decode(path: &Path, bytes: Vec<u8>) -> Result<String, Problem> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(Problem::new(path, "the text is UTF-16; save it as UTF-8").at(1, 1));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let byte = error.as_bytes().get(at).copied().unwrap_or_default();
        let before = String::from_utf8_lossy(&error.as_bytes()[..at]);
        problem_at(path, &before, format!("the text is not UTF-8 (byte {byte:#04x} at offset {at}); save it as UTF-8"))
    })?;
    if let Some(at) = text.find('\0') {
        let message = format!("there is a NUL byte at offset {at}, so this is no text; remove it or name another file");
        return Err(problem_at(path, &text[..at], message));
    }
    Ok(match text.strip_prefix(BYTE_ORDER_MARK) {
        Some(rest) => rest.to_owned(),
        None => text,
    })
}

/// A problem at the end of `before`.
fn problem_at(path: &Path, before: &str, message: String) -> Problem {
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let column = before[before.rfind('\n').map_or(0, |at| at + 1)..].chars().count() + 1;
    Problem::new(path, message).at(line as u32, column as u32)
}

/// A file or folder that the system does not let us read.
fn unreadable(path: &Path, error: &std::io::Error) -> Problem {
    let message = match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        std::io::ErrorKind::PermissionDenied => "it cannot be read: permission denied".to_owned(),
        _ => format!("it cannot be read: {error}"),
    };
    Problem::new(path, message)
}

/// Reads a catalogue file of the workspace.
///
/// # Errors
///
/// What is wrong with it, with the place.
pub(super) fn parse_catalogue(path: &Path, text: &str) -> Result<CatalogueFile, Problem> {
    Catalogue::parse(text, &path.to_string_lossy()).map_err(|error| {
        let message = if error.path.is_empty() { error.message } else { format!("{}: {}", error.path, error.message) };
        Problem::new(path, message).at(error.line as u32, error.column as u32)
    })
}

/// What a folder holds.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The documents, by path.
    pub documents: Vec<(Arc<Path>, Reading)>,
    /// The catalogue files, by path.
    pub catalogues: Vec<(Arc<Path>, CatalogueFile)>,
    /// The configuration files, by path.
    pub configs: Vec<(Arc<Path>, ConfigFile)>,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

/// What came of one file.
enum Entry {
    Document(Box<Reading>),
    Catalogue(CatalogueFile),
    Config(ConfigFile),
}

/// Reads every document, catalogue and configuration file below `root` (or `root` itself, if it is such a file), on several threads.
/// `.gitignore` and `.ignore` are respected and hidden entries left out; links are followed, not in circles, and what
/// two paths lead to is read once. `stop` ends the walk early.
pub fn read_folder(root: &Path, stop: &AtomicBool) -> Loaded {
    let entries: DashMap<PathBuf, Entry> = DashMap::new();
    let problems = Mutex::new(Vec::new());
    let report = |problem| problems.lock().unwrap_or_else(PoisonError::into_inner).push(problem);
    // `require_git(false)`: a `.gitignore` counts in a folder that is not (yet) a repository as well.
    let walk = WalkBuilder::new(root).follow_links(true).require_git(false).build_parallel();
    walk.run(|| {
        let mut parser = Parser::new();
        let (entries, report) = (&entries, &report);
        Box::new(move |entry| {
            if stop.load(Ordering::Relaxed) {
                return WalkState::Quit;
            }
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    walk_problem(root, &error).into_iter().for_each(report);
                    return WalkState::Continue;
                }
            };
            let path = entry.path();
            let Some(kind) = FileKind::of(path) else { return WalkState::Continue };
            if entry.file_type().is_some_and(|kind| kind.is_dir()) {
                return WalkState::Continue;
            }
            match (read_text(path), kind) {
                (Ok(text), FileKind::Document) => {
                    entries.insert(path.to_owned(), Entry::Document(Box::new(Reading::new(&text, &mut parser))));
                }
                (Ok(text), FileKind::Catalogue) => match parse_catalogue(path, &text) {
                    Ok(file) => drop(entries.insert(path.to_owned(), Entry::Catalogue(file))),
                    Err(problem) => report(problem),
                },
                (Ok(text), FileKind::Config) => {
                    entries.insert(path.to_owned(), Entry::Config(parse_config(path, &text)));
                }
                (Err(problem), _) => report(problem),
            }
            WalkState::Continue
        })
    });
    let mut loaded =
        Loaded { problems: problems.into_inner().unwrap_or_else(PoisonError::into_inner), ..Loaded::default() };
    loaded.problems.sort_by(|a, b| a.location.cmp(&b.location));
    for (path, entry) in once_each(entries) {
        match entry {
            Entry::Document(reading) => loaded.documents.push((path.into(), *reading)),
            Entry::Catalogue(file) => loaded.catalogues.push((path.into(), file)),
            Entry::Config(file) => loaded.configs.push((path.into(), file)),
        }
    }
    loaded
}

/// In the order of their paths, and of the paths that lead to the same file the one that is no link.
fn once_each(entries: DashMap<PathBuf, Entry>) -> BTreeMap<PathBuf, Entry> {
    let mut by_file: BTreeMap<PathBuf, (PathBuf, Entry)> = BTreeMap::new();
    for (path, entry) in entries {
        let real = fs::canonicalize(&path).unwrap_or_else(|_| path.clone());
        let better = by_file.get(&real).is_none_or(|(other, _)| {
            (path != real, path.components().count(), &path) < (*other != real, other.components().count(), other)
        });
        if better {
            by_file.insert(real, (path, entry));
        }
    }
    by_file.into_values().collect()
}

/// What a person has to know of an entry that the walk could not enter. A link that leads back to a folder above
/// harms nobody.
fn walk_problem(root: &Path, error: &ignore::Error) -> Option<Problem> {
    fn path_of(error: &ignore::Error) -> Option<&Path> {
        match error {
            ignore::Error::WithPath { path, .. } => Some(path),
            ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
            _ => None,
        }
    }
    fn is_loop(error: &ignore::Error) -> bool {
        match error {
            ignore::Error::Loop { .. } => true,
            ignore::Error::WithPath { err, .. } | ignore::Error::WithDepth { err, .. } => is_loop(err),
            _ => false,
        }
    }
    if is_loop(error) {
        return None;
    }
    let path = path_of(error).unwrap_or(root);
    Some(match error.io_error() {
        // A link to nothing concerns us only if it is named like one of ours, and not hidden: Emacs locks a file that is
        // being edited by such a link, `.#name`.
        Some(io)
            if io.kind() == std::io::ErrorKind::NotFound
                && path != root
                && (FileKind::of(path).is_none() || is_hidden(path)) =>
        {
            return None;
        }
        Some(io) => unreadable(path, io),
        None => Problem::new(path, format!("it cannot be read: {error}")),
    })
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn problem(bytes: &[u8]) -> String {
        decode(Path::new("a.resmark"), bytes.to_vec()).unwrap_err().to_string()
    }

    #[test]
    fn the_place_of_a_wrong_byte_is_named() {
        assert_eq!(
            problem("# 决议\n决\u{e9}".as_bytes()[..12].iter().chain(b"\xe9").copied().collect::<Vec<_>>().as_slice()),
            "a.resmark:2:2: the text is not UTF-8 (byte 0xe9 at offset 12); save it as UTF-8"
        );
        assert_eq!(
            problem(b"a\nbc\0"),
            "a.resmark:2:3: there is a NUL byte at offset 4, so this is no text; remove it or name another file"
        );
        assert_eq!(problem(b"\xff\xfea\0"), "a.resmark:1:1: the text is UTF-16; save it as UTF-8");
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_text() {
        assert_eq!(decode(Path::new("a"), "\u{feff}---\n".into()).unwrap(), "---\n");
    }

    #[test]
    fn names_tell_what_a_file_is() {
        for (path, kind) in [
            ("a/b.resmark", Some(FileKind::Document)),
            ("A.RESMARK", Some(FileKind::Document)),
            ("catalogue/itu.json", Some(FileKind::Catalogue)),
            ("x/our.catalogue.json", Some(FileKind::Catalogue)),
            ("x/resmark.json", Some(FileKind::Config)),
            ("catalogue/resmark.json", Some(FileKind::Config)),
            ("x/package.json", None),
            ("resmark", None),
        ] {
            assert_eq!(FileKind::of(Path::new(path)), kind, "{path}");
        }
    }

    #[test]
    fn a_folder_and_a_missing_file_are_told() {
        let folder = tempfile::tempdir().unwrap();
        assert!(read_text(folder.path()).unwrap_err().message.contains("folder"));
        assert!(read_text(&folder.path().join("none")).unwrap_err().message.contains("no such file"));
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_is_not_waited_on() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("a.resmark");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        assert!(read_text(&pipe).unwrap_err().message.contains("pipe"));
    }
}
