//! Reading files and folders.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use super::config_file::{CONFIG_FILE, ConfigFile, parse_config};
use super::file_io::{BYTE_ORDER_MARK, open_regular};
use super::prepared::{Prepared, foresee};
use super::{Judging, Location, Problem, Snapshot, Workspace, walk};
use crate::catalogue::{Catalogue, SourceFile};
use crate::syntax::Parser;
use crate::threads::in_parallel;

/// The extension of a document, without the dot.
pub const DOCUMENT_EXTENSION: &str = "resmark";

/// The most that a file may hold, in bytes. Offsets count up to four gigabytes, and the parser wants several times
/// the text's size in memory.
pub const MAX_BYTES: u64 = 512 * 1024 * 1024;

/// So many bytes of a text are looked at before it is read, for the resolution that it may be.
const BEGINNING: usize = 2048;

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
    // What the system calls empty may go on for ever, as in `/proc`.
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or_default());
    let file = open_regular(path).map_err(|error| unreadable(path, &error))?;
    let read = file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|error| unreadable(path, &error))?;
    if read as u64 > MAX_BYTES {
        return Err(Problem::new(
            path,
            format!("the file is too large: more than the {MAX_BYTES} bytes that can be read"),
        ));
    }
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

/// The beginning of a text of which not much is known yet: so many bytes of whole paragraphs, or all of it. Nothing where it
/// cannot be read; who reads all of it says so.
fn read_beginning(path: &Path) -> Option<String> {
    let mut bytes = Vec::with_capacity(BEGINNING);
    open_regular(path).ok()?.take(BEGINNING as u64).read_to_end(&mut bytes).ok()?;
    let whole = bytes.len() < BEGINNING;
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let readable = error.utf8_error().valid_up_to();
            String::from_utf8_lossy(error.as_bytes().get(..readable)?).into_owned()
        }
    };
    let end = text.rfind("\n\n").filter(|_| !whole).map_or(text.len(), |end| end + 1);
    let beginning = text.get(..end)?;
    Some(beginning.strip_prefix(BYTE_ORDER_MARK).unwrap_or(beginning).to_owned())
}

/// A problem at the end of `before`.
fn problem_at(path: &Path, before: &str, message: String) -> Problem {
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let column = before[before.rfind('\n').map_or(0, |at| at + 1)..].chars().count() + 1;
    Problem::new(path, message).at(line as u32, column as u32)
}

/// A file or folder that the system does not let us read.
pub(super) fn unreadable(path: &Path, error: &std::io::Error) -> Problem {
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
pub(super) fn parse_catalogue(path: &Path, text: &str) -> Result<SourceFile, Problem> {
    let name = path.to_string_lossy();
    Catalogue::parse(text, &name).map(|file| SourceFile::new(&*name, file)).map_err(|error| {
        let message = if error.path.is_empty() { error.message } else { format!("{}: {}", error.path, error.message) };
        Problem::new(path, message).at(error.line as u32, error.column as u32)
    })
}

/// What a folder holds.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The documents, by path.
    pub documents: Vec<(Arc<Path>, Prepared)>,
    /// The catalogue files, by path.
    pub catalogues: Vec<(Arc<Path>, Arc<SourceFile>)>,
    /// The configuration files, by path.
    pub configs: Vec<(Arc<Path>, ConfigFile)>,
    /// What could not be read.
    pub problems: Vec<Problem>,
    /// How many files were found, those that could not be read included.
    pub found: usize,
    /// How many of them were looked into; fewer where reading was stopped.
    pub read: usize,
    /// Whether it was stopped before all was found and read.
    pub stopped: bool,
    /// What documents were judged by while they were read; nothing, if they were not.
    pub judged_by: Option<Box<Snapshot>>,
}

/// How far reading a folder has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Files are still being looked for; so many were found.
    Found(usize),
    /// So many files were read, of so many.
    Read(usize, usize),
}

/// What came of one file.
enum Entry {
    Document(Box<Prepared>),
    Catalogue(Arc<SourceFile>),
    Config(ConfigFile),
}

/// Reads every document, catalogue and configuration file below `root` (or `root` itself, if it is such a file), on all
/// cores. `.gitignore` and `.ignore` are respected, hidden entries and `node_modules` left out; links are followed, not in
/// circles, and what two paths lead to is read once. `stop` ends it early.
pub fn read_folder(root: &Path, stop: &AtomicBool) -> Loaded {
    read_folder_telling(root, stop, &|_| {}, None)
}

/// The same, saying of each file how far it has come. With `judging` documents are judged as well, as if each were the only
/// one: most need not be read again then.
pub fn read_folder_telling(
    root: &Path,
    stop: &AtomicBool,
    tell: &(dyn Fn(Step) + Sync),
    judging: Option<Judging<'_>>,
) -> Loaded {
    let found = walk::find(root, stop, &|count| tell(Step::Found(count)));
    let files: Vec<(PathBuf, FileKind)> = found.files;
    let mut loaded = Loaded { problems: found.problems, found: files.len(), ..Loaded::default() };
    let (documents, others): (Vec<_>, Vec<_>) =
        files.iter().map(|(path, kind)| (path, *kind)).partition(|(_, kind)| *kind == FileKind::Document);
    let read = AtomicUsize::new(0);
    // What documents are judged by comes first.
    for (wanted, with) in [(others, None), (documents, judging)] {
        let by = with.as_ref().map(|judging| {
            let documents: Vec<&Path> = wanted.iter().map(|(path, _)| path.as_path()).collect();
            base(judging, &loaded, &documents, stop)
        });
        let entries = in_parallel(wanted.len(), Parser::new, |parser, index| {
            let (path, kind) = wanted.get(index).filter(|_| !stop.load(Ordering::Relaxed))?;
            let judged = with.as_ref().is_some_and(|judging| (judging.wanted)(path));
            let entry = read_entry(path, *kind, parser, by.as_deref().filter(|_| judged));
            tell(Step::Read(read.fetch_add(1, Ordering::Relaxed) + 1, files.len()));
            Some((Arc::<Path>::from(path.as_path()), entry))
        });
        for (path, entry) in entries {
            match entry {
                Ok(Entry::Document(document)) => loaded.documents.push((path, *document)),
                Ok(Entry::Catalogue(file)) => loaded.catalogues.push((path, file)),
                Ok(Entry::Config(file)) => loaded.configs.push((path, file)),
                // What was deleted since it was found is no more.
                Err(_) if path.symlink_metadata().is_err() => {}
                Err(problem) => loaded.problems.push(problem),
            }
        }
        loaded.judged_by = by;
    }
    loaded.read = read.into_inner();
    loaded.stopped = stop.load(Ordering::Relaxed);
    loaded.problems.sort_by(|a, b| a.location.cmp(&b.location));
    loaded
}

/// What the documents of a folder are judged by: what was known before, with the folder's catalogue and configuration
/// files, and with the resolutions that the documents seem to be, as their beginnings say. Where that is wrong, who asked
/// for it is judged again.
fn base(judging: &Judging<'_>, loaded: &Loaded, documents: &[&Path], stop: &AtomicBool) -> Box<Snapshot> {
    let mut workspace = Workspace::of(&judging.by.without_documents());
    workspace.adopt(Loaded {
        catalogues: loaded.catalogues.clone(),
        configs: loaded.configs.clone(),
        ..Loaded::default()
    });
    if documents.iter().any(|path| (judging.wanted)(path)) {
        let foreseen = in_parallel(documents.len(), Parser::new, |parser, index| {
            let path = documents.get(index).filter(|_| !stop.load(Ordering::Relaxed))?;
            Some(read_beginning(path).map(|text| foresee(&text, parser)).unwrap_or_default())
        });
        for (path, resolutions) in documents.iter().zip(foreseen).filter(|(_, resolutions)| !resolutions.is_empty()) {
            workspace.foresee(&Location::from(*path), resolutions);
        }
    }
    Box::new(workspace.snapshot())
}

fn read_entry(path: &Path, kind: FileKind, parser: &mut Parser, by: Option<&Snapshot>) -> Result<Entry, Problem> {
    let text = read_text(path)?;
    Ok(match kind {
        FileKind::Document => Entry::Document(Box::new(Prepared::new(&Location::from(path), &text, parser, by))),
        FileKind::Catalogue => Entry::Catalogue(Arc::new(parse_catalogue(path, &text)?)),
        FileKind::Config => Entry::Config(parse_config(path, &text)),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::sync::Mutex;

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

    #[test]
    fn reading_says_how_far_it_has_come_and_can_be_stopped() {
        let folder = tempfile::tempdir().unwrap();
        for number in 0..20 {
            fs::write(folder.path().join(format!("{number}.resmark")), "text").unwrap();
        }
        fs::write(folder.path().join("latin1.resmark"), b"\xe9").unwrap();
        let steps = Mutex::new(Vec::new());
        let loaded =
            read_folder_telling(folder.path(), &AtomicBool::new(false), &|step| steps.lock().unwrap().push(step), None);
        assert_eq!((loaded.found, loaded.read, loaded.stopped), (21, 21, false));
        assert_eq!((loaded.documents.len(), loaded.problems.len()), (20, 1));
        let steps = steps.into_inner().unwrap();
        assert!(steps.contains(&Step::Found(21)) && steps.contains(&Step::Read(21, 21)), "{steps:?}");
        let stop = AtomicBool::new(false);
        let tell = |step| {
            if matches!(step, Step::Read(3.., _)) {
                stop.store(true, Ordering::Relaxed);
            }
        };
        let loaded = read_folder_telling(folder.path(), &stop, &tell, None);
        assert!(loaded.stopped && loaded.found == 21);
        assert!((3..21).contains(&loaded.read), "what was read stays: {}", loaded.read);
        assert_eq!(loaded.documents.len() + loaded.problems.len(), loaded.read);
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_is_not_waited_on() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("a.resmark");
        #[expect(clippy::disallowed_types, reason = "the standard library makes no pipes with a name")]
        let mut mkfifo = std::process::Command::new("mkfifo");
        assert!(mkfifo.arg(&pipe).status().unwrap().success());
        assert!(read_text(&pipe).unwrap_err().message.contains("pipe"));
    }
}
