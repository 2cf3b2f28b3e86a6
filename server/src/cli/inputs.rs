//! What a command is given: files, folders and standard input, and the workspace around them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use jiff::civil::Date;

use super::Outcome;
use super::output::Output;
use crate::config::Overrides;
use crate::workspace::{
    CONFIG_FILE, File, FileId, FileKind, Judging, Location, Problem, Snapshot, Workspace, reached, read_folder_telling,
};

/// What standard input is called.
pub(super) const STDIN: &str = "<stdin>";

/// What a command was given, read.
pub(super) struct Inputs {
    /// Everything that is known, the workspace around what was named included.
    pub workspace: Workspace,
    /// What was named: the documents to work on, by the names that a person knows them by, in the order of these.
    pub targets: Vec<Target>,
    /// Whether something that was named, or a catalogue file, could not be read.
    pub incomplete: bool,
}

/// A document to work on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Target {
    /// Its name: the path as given on the command line, or the path of the folder given and what is below it.
    pub name: PathBuf,
    /// Its place in the workspace.
    pub file: FileId,
}

impl Inputs {
    /// Reads what `paths` name and the workspaces around it: catalogue files, and resolutions that can be cited. What
    /// cannot be read is told on standard error.
    pub fn read(paths: &[PathBuf], as_of: Date, output: &mut Output) -> Inputs {
        Inputs::read_with(Reader::new(as_of, true), paths, output)
    }

    /// The same for who wants the findings of all that is named, with what counts for all documents.
    pub fn read_to_judge(paths: &[PathBuf], as_of: Date, overrides: Overrides, output: &mut Output) -> Inputs {
        let mut reader = Reader::new(as_of, true);
        reader.workspace.set_overrides(overrides);
        reader.judged = paths.iter().filter_map(|path| fs::canonicalize(path).ok()).collect();
        Inputs::read_with(reader, paths, output)
    }

    /// Reads what `paths` name and nothing around it, for what looks at one document at a time.
    pub fn read_alone(paths: &[PathBuf], output: &mut Output) -> Inputs {
        Inputs::read_with(Reader::new(Date::MIN, false), paths, output)
    }

    /// Reads the workspace that a folder is or lies in, for what asks it and works on no document of it.
    pub fn read_workspace(folder: &Path, as_of: Date, output: &mut Output) -> Inputs {
        let mut reader = Reader::new(as_of, true);
        let mut incomplete = false;
        if let Err(problem) = reader.read(folder) {
            output.error(&problem.to_string());
            incomplete = true;
        }
        let Reader { mut workspace, named, .. } = reader;
        incomplete |= tell(&workspace.snapshot(), &named, output);
        Inputs { workspace, targets: Vec::new(), incomplete }
    }

    fn read_with(mut reader: Reader, paths: &[PathBuf], output: &mut Output) -> Inputs {
        let mut incomplete = false;
        for path in paths {
            if let Err(problem) = reader.read(path) {
                output.error(&problem.to_string());
                incomplete = true;
            }
        }
        let Reader { mut workspace, named, .. } = reader;
        let snapshot = workspace.snapshot();
        incomplete |= tell(&snapshot, &named, output);
        let targets = targets(&snapshot, &named);
        for (real, given) in &named {
            let below = |location: &Location| location.path().is_some_and(|path| path.starts_with(real));
            let empty = || {
                !snapshot.files().any(|file| below(&file.location)) && !snapshot.problems().any(|p| below(&p.location))
            };
            if real.is_dir() && empty() {
                output.note(&format!("{}: there is no .resmark file in this folder", given.display()));
            }
        }
        Inputs { workspace, targets, incomplete }
    }

    /// Everything that is known at this moment.
    pub fn snapshot(&mut self) -> Snapshot {
        self.workspace.snapshot()
    }

    /// The worse of `outcome` and what reading came to.
    pub fn outcome(&self, outcome: Outcome) -> Outcome {
        if self.incomplete { Outcome::Failed } else { outcome }
    }
}

/// The documents that were named, in the order of their names.
fn targets(snapshot: &Snapshot, named: &BTreeMap<PathBuf, PathBuf>) -> Vec<Target> {
    let mut targets: Vec<Target> = Vec::new();
    let mut taken = BTreeSet::new();
    for (real, given) in named {
        let mut take = |file: &Arc<File>| {
            if let Some(name) = name_of(file, real, given)
                && taken.insert(file.id)
            {
                targets.push(Target { name, file: file.id });
            }
        };
        match snapshot.file_at(real) {
            // What is a document is no folder that holds others.
            Some(file) => take(file),
            None => snapshot.files().for_each(take),
        }
    }
    targets.sort();
    targets
}

struct Reader {
    workspace: Workspace,
    /// Whether to read the workspaces around what is named.
    around: bool,
    /// The folders that are read already.
    roots: BTreeSet<PathBuf>,
    /// The files and folders of which the findings will be wanted.
    judged: Vec<PathBuf>,
    /// What was named: the real path, and how it was named. Standard input is the empty path.
    named: BTreeMap<PathBuf, PathBuf>,
}

impl Reader {
    fn new(as_of: Date, around: bool) -> Reader {
        let workspace = Workspace::new(as_of);
        Reader { workspace, around, roots: BTreeSet::new(), judged: Vec::new(), named: BTreeMap::new() }
    }

    fn read(&mut self, path: &Path) -> Result<(), Problem> {
        if path == Path::new("-") {
            let text = read_stdin()?;
            if self.around
                && let Ok(here) = fs::canonicalize(".")
            {
                // What comes from nowhere is judged as if it stood in the current folder.
                self.workspace.set_home(Some(&here));
                self.load_config(&here);
            }
            self.workspace.load_text(Location::Uri(STDIN.into()), &text)?;
            self.named.insert(PathBuf::new(), STDIN.into());
            return Ok(());
        }
        let Ok(real) = fs::canonicalize(path) else {
            // Says what keeps it from being read.
            return crate::workspace::read_text(path).map(drop);
        };
        let is_folder = real.is_dir();
        if self.around {
            // First what documents are judged by.
            self.load_config(if is_folder { &real } else { real.parent().unwrap_or(&real) });
            if let Some(root) = root_of(&real) {
                self.load(&root);
            }
        }
        if is_folder {
            self.load(&real);
        } else {
            // What is wrong with it is noted in the workspace, too, and told from there.
            let _ = self.workspace.load_file(&real);
        }
        self.named.entry(real).or_insert_with(|| path.to_owned());
        Ok(())
    }

    /// Reads the configuration that counts in a folder: its own, or the nearest one above in the same repository.
    fn load_config(&mut self, folder: &Path) {
        for folder in folder.ancestors() {
            let config = folder.join(CONFIG_FILE);
            if config.is_file() {
                // What is wrong with it is noted in the workspace and told from there.
                let _ = self.workspace.load_file(&config);
                return;
            }
            if folder.join(".git").exists() {
                return;
            }
        }
    }

    fn load(&mut self, folder: &Path) {
        let wanted = BTreeSet::from([folder.to_owned()]);
        let known = |root: &PathBuf| folder == root || (folder.starts_with(root) && !reached(root, &wanted).is_empty());
        if !self.roots.iter().any(known) {
            let judged = |path: &Path| self.judged.iter().any(|named| path.starts_with(named));
            let by = self.workspace.snapshot();
            let judging = (!self.judged.is_empty()).then_some(Judging { by: &by, wanted: &judged });
            let loaded = read_folder_telling(folder, &AtomicBool::new(false), &|_| {}, judging);
            drop(by);
            self.workspace.adopt(loaded);
            self.roots.insert(folder.to_owned());
        }
    }
}

/// The workspace that a path lies in: the nearest folder at or above it that has a `.git` or a `catalogue` folder, or
/// else a `resmark.json`, of which a workspace may have several. A whole home folder is taken only when nothing nearer is
/// marked at all.
fn root_of(real: &Path) -> Option<PathBuf> {
    let home = std::env::home_dir();
    let above = || real.ancestors().skip(usize::from(!real.is_dir()));
    let is_root = |folder: &&Path| folder.join(".git").exists() || folder.join("catalogue").is_dir();
    let is_any = |folder: &&Path| is_root(folder) || folder.join(CONFIG_FILE).is_file();
    let below_home = above().take_while(|folder| Some(*folder) != home.as_deref());
    below_home.into_iter().find(is_root).or_else(|| above().find(is_any)).map(Path::to_owned)
}

/// What a person calls a document, if it was named.
fn name_of(file: &Arc<File>, real: &Path, given: &Path) -> Option<PathBuf> {
    match file.location.path() {
        Some(path) => below(path, real, given),
        None => real.as_os_str().is_empty().then(|| given.to_owned()),
    }
}

/// Tells what could not be read below what was named and around it; says whether any of that matters for the outcome.
fn tell(snapshot: &Snapshot, named: &BTreeMap<PathBuf, PathBuf>, output: &mut Output) -> bool {
    let mut incomplete = false;
    for problem in snapshot.problems() {
        let mut problem = problem.clone();
        let mut matters = true;
        if let Some(path) = problem.location.path().map(Path::to_owned) {
            let name = named.iter().find_map(|(real, given)| below(&path, real, given));
            // A document beside those that were named can be cited, no more; a catalogue file judges all of them, and a
            // configuration what lies below it.
            matters = name.is_some()
                || match FileKind::of(&path) {
                    Some(FileKind::Catalogue) => true,
                    Some(FileKind::Config) => {
                        let folder = path.parent().unwrap_or(&path);
                        named.keys().any(|real| real.starts_with(folder) || real.as_os_str().is_empty())
                    }
                    Some(FileKind::Document) | None => false,
                };
            problem.location = Location::from(name.unwrap_or_else(|| relative(&path)).as_path());
        }
        if matters {
            output.error(&problem.to_string());
        } else {
            output.note(&problem.to_string());
        }
        incomplete |= matters;
    }
    incomplete
}

/// What a person calls `path`, if `given`, whose real path is `real`, names it or a folder that it lies in.
fn below(path: &Path, real: &Path, given: &Path) -> Option<PathBuf> {
    let below = path.strip_prefix(real).ok().filter(|_| !real.as_os_str().is_empty())?;
    if below.as_os_str().is_empty() {
        return Some(given.to_owned());
    }
    Some(given.strip_prefix(".").unwrap_or(given).join(below))
}

/// A path as seen from the current folder, where it lies below that.
pub(super) fn relative(path: &Path) -> PathBuf {
    let here = std::env::current_dir().and_then(fs::canonicalize).ok();
    here.and_then(|here| path.strip_prefix(here).ok().map(Path::to_owned)).unwrap_or_else(|| path.to_owned())
}

/// All of standard input.
///
/// # Errors
///
/// As for a file: not UTF-8, a NUL byte, too large.
pub(super) fn read_stdin() -> Result<String, Problem> {
    let mut bytes = Vec::new();
    let location = Path::new(STDIN);
    std::io::stdin()
        .lock()
        .read_to_end(&mut bytes)
        .map_err(|error| Problem::new(location, format!("it cannot be read: {error}")))?;
    crate::workspace::decode(location, bytes)
}
