//! Which files of a folder are looked at.
//!
//! What `.gitignore` and `.ignore` name, what is hidden, and what package managers unpack (`node_modules`) is left out.
//! Links are followed as long as they stay in the folder, and not in circles: what lies elsewhere was not named by anybody,
//! and what is read may be written, as by a renumbering of all.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use ignore::{DirEntry, WalkBuilder, WalkState};

use super::Problem;
use super::load::{FileKind, unreadable};

/// The files that say what is left out.
const IGNORE_FILES: [&str; 2] = [".gitignore", ".ignore"];

/// A folder that a package manager fills with the work of others.
const PACKAGES: &str = "node_modules";

/// Whether the file at `path` says what of its folder is left out.
pub fn is_ignore_file(path: &Path) -> bool {
    path.file_name().and_then(|name| name.to_str()).is_some_and(|name| IGNORE_FILES.contains(&name))
}

/// What is said of a file that a link outside of the folder would bring in.
const OUTSIDE: &str = "this link leads out of the folder and is not followed; open or name the folder that it leads to";

/// What a walk found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The files that are ours, in the order of paths; of the paths that lead to the same file the one that is no link.
    pub files: Vec<(PathBuf, FileKind)>,
    /// What could not be entered.
    pub problems: Vec<Problem>,
}

/// Looks for the documents, catalogue and configuration files below `root` (or `root` itself, if it is such a file), on
/// several threads. `stop` ends the walk early; `tell` hears now and then how many there are so far.
pub(super) fn find(root: &Path, stop: &AtomicBool, tell: &(dyn Fn(usize) + Sync)) -> Found {
    let files = Mutex::new(Vec::new());
    let problems = Mutex::new(Vec::new());
    let count = AtomicUsize::new(0);
    let outside = Arc::new(Mutex::new(Vec::new()));
    let (real_root, told) = (fs::canonicalize(root).unwrap_or_else(|_| root.to_owned()), Arc::clone(&outside));
    let stays = move |entry: &DirEntry| {
        let out = leads_out(entry, &real_root);
        // Of a folder nobody knows whether it holds anything of ours; many are links of other tools.
        if out && entry.path().is_file() && FileKind::of(entry.path()).is_some() {
            locked(&told).push(Problem::new(entry.path(), OUTSIDE));
        }
        !out
    };
    builder(root, stays).build_parallel().run(|| {
        let (files, problems, count) = (&files, &problems, &count);
        Box::new(move |entry| {
            if stop.load(Ordering::Relaxed) {
                return WalkState::Quit;
            }
            match entry {
                Ok(entry) => {
                    let folder = entry.file_type().is_some_and(|kind| kind.is_dir());
                    if let Some(kind) = FileKind::of(entry.path()).filter(|_| !folder) {
                        let is_link = entry.path_is_symlink();
                        locked(files).push((entry.into_path(), kind, is_link));
                        tell(count.fetch_add(1, Ordering::Relaxed) + 1);
                    }
                }
                Err(error) => locked(problems).extend(problem(root, &error)),
            }
            WalkState::Continue
        })
    });
    let files = files.into_inner().unwrap_or_else(PoisonError::into_inner);
    let mut problems = problems.into_inner().unwrap_or_else(PoisonError::into_inner);
    problems.append(&mut locked(&outside));
    Found { files: once_each(files), problems }
}

/// Those of `paths` that a walk through `root` comes by: they are there, and nothing says that they are left out.
pub fn reached(root: &Path, paths: &BTreeSet<PathBuf>) -> BTreeSet<PathBuf> {
    let wanted = paths.clone();
    let leads = move |entry: &DirEntry| {
        // What lies below a path follows it at once in the order of paths.
        wanted.range(entry.path().to_owned()..).next().is_some_and(|path| path.starts_with(entry.path()))
    };
    let real_root = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
    let inside = move |entry: &DirEntry| !leads_out(entry, &real_root) && leads(entry);
    let found = builder(root, inside).build().filter_map(Result::ok).map(DirEntry::into_path);
    found.filter(|path| paths.contains(path)).collect()
}

/// Whether an entry is a link to a place that is not in the folder, whose real path is `real_root`.
fn leads_out(entry: &DirEntry, real_root: &Path) -> bool {
    // The folder itself may be reached by a link.
    entry.depth() > 0
        && entry.path_is_symlink()
        && fs::canonicalize(entry.path()).is_ok_and(|real| !real.starts_with(real_root))
}

/// A walk through what is looked at, as far as `enters` lets it.
fn builder(root: &Path, enters: impl Fn(&DirEntry) -> bool + Send + Sync + 'static) -> WalkBuilder {
    let mut builder = WalkBuilder::new(root);
    // `require_git(false)`: a `.gitignore` counts in a folder that is not (yet) a repository as well.
    builder.follow_links(true).require_git(false);
    builder.filter_entry(move |entry| (entry.depth() == 0 || entry.file_name() != PACKAGES) && enters(entry));
    builder
}

/// In the order of their paths, and of the paths that lead to the same file the one that is no link.
fn once_each(files: Vec<(PathBuf, FileKind, bool)>) -> Vec<(PathBuf, FileKind)> {
    // Where the folders really are: asking the system once for each is enough, but for a file that is a link itself.
    let mut folders: HashMap<PathBuf, PathBuf> = HashMap::new();
    let mut real_of = |path: &Path, is_link: bool| -> Option<PathBuf> {
        let folder = path.parent().filter(|_| !is_link)?;
        if !folders.contains_key(folder) {
            folders.insert(folder.to_owned(), fs::canonicalize(folder).ok()?);
        }
        Some(folders.get(folder)?.join(path.file_name()?))
    };
    let mut by_file: HashMap<PathBuf, (PathBuf, FileKind)> = HashMap::with_capacity(files.len());
    for (path, kind, is_link) in files {
        let real = real_of(&path, is_link).or_else(|| fs::canonicalize(&path).ok()).unwrap_or_else(|| path.clone());
        let better = by_file.get(&real).is_none_or(|(other, _)| {
            (path != real, path.components().count(), &path) < (*other != real, other.components().count(), other)
        });
        if better {
            by_file.insert(real, (path, kind));
        }
    }
    let mut files: Vec<(PathBuf, FileKind)> = by_file.into_values().collect();
    files.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
    files
}

/// What a person has to know of an entry that the walk could not enter. A link that leads back to a folder above
/// harms nobody.
fn problem(root: &Path, error: &ignore::Error) -> Option<Problem> {
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

fn locked<T>(of: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// A folder with these files.
    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    /// What is found, relative to the folder.
    fn found(folder: &Path) -> Vec<String> {
        let found = find(folder, &AtomicBool::new(false), &|_| {});
        assert_eq!(found.problems, []);
        found.files.iter().map(|(path, _)| path.strip_prefix(folder).unwrap().display().to_string()).collect()
    }

    const LEFT_OUT: &[(&str, &str)] = &[
        ("a.resmark", ""),
        ("deep/b.resmark", ""),
        ("deep/drafts/c.resmark", ""),
        ("old/d.resmark", ""),
        (".hidden/e.resmark", ""),
        ("node_modules/x/f.resmark", ""),
        (".gitignore", "/old\n"),
        ("deep/.ignore", "drafts\n"),
    ];

    #[test]
    fn what_is_named_hidden_or_of_others_is_left_out() {
        assert_eq!(found(folder(LEFT_OUT).path()), ["a.resmark", "deep/b.resmark"]);
    }

    #[test]
    fn a_path_is_reached_where_the_walk_comes_by() {
        let folder = folder(LEFT_OUT);
        let all = ["a.resmark", "deep", "deep/b.resmark", "deep/drafts/c.resmark", "old/d.resmark", "none.resmark"];
        let more = [".hidden/e.resmark", "node_modules/x/f.resmark"];
        let paths = all.iter().chain(&more).map(|name| folder.path().join(name)).collect();
        let reached: Vec<_> = reached(folder.path(), &paths).into_iter().collect();
        let names = ["a.resmark", "deep", "deep/b.resmark"];
        assert_eq!(reached, names.map(|name| folder.path().join(name)));
    }

    #[cfg(unix)]
    #[test]
    fn links_in_a_circle_end_and_a_closed_folder_is_told() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = folder(&[("a/a.resmark", ""), ("closed/b.resmark", "")]);
        symlink("..", folder.path().join("a/up")).unwrap();
        symlink("a", folder.path().join("again")).unwrap();
        assert_eq!(found(folder.path()), ["a/a.resmark", "closed/b.resmark"]);
        let closed = folder.path().join("closed");
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
        // Root reads what is closed to others.
        if fs::read_dir(&closed).is_err() {
            let found = find(folder.path(), &AtomicBool::new(false), &|_| {});
            assert_eq!(found.problems.len(), 1);
        }
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o700)).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_out_is_not_followed() {
        use std::os::unix::fs::symlink;
        let elsewhere = folder(&[("secret.resmark", ""), ("texts/b.resmark", "")]);
        let inside = folder(&[("real/a.resmark", "")]);
        let there = |name: &str| elsewhere.path().join(name);
        let here = |name: &str| inside.path().join(name);
        symlink("real", here("within")).unwrap();
        symlink(there("texts"), here("out")).unwrap();
        symlink(there("secret.resmark"), here("one.resmark")).unwrap();
        symlink("/etc/passwd", here("real/passwd.resmark")).unwrap();
        // Out by a link that is inside.
        symlink("../out", here("real/round")).unwrap();
        let found = find(inside.path(), &AtomicBool::new(false), &|_| {});
        assert_eq!(found.files.into_iter().map(|(path, _)| path).collect::<Vec<_>>(), [here("real/a.resmark")]);
        let told: BTreeSet<_> = found.problems.iter().filter_map(|problem| problem.location.path()).collect();
        assert!(told.contains(here("one.resmark").as_path()), "{told:?}");
        assert!(found.problems.iter().all(|problem| problem.message == OUTSIDE));
        let paths = ["one.resmark", "out/b.resmark", "real/a.resmark", "real/passwd.resmark", "within/a.resmark"];
        let reached = reached(inside.path(), &paths.map(here).into_iter().collect());
        assert_eq!(reached.into_iter().collect::<Vec<_>>(), [here("real/a.resmark"), here("within/a.resmark")]);
        // The folder itself may be a link.
        let link = there("link");
        symlink(inside.path(), &link).unwrap();
        let found = find(&link, &AtomicBool::new(false), &|_| {});
        assert_eq!(found.files.into_iter().map(|(path, _)| path).collect::<Vec<_>>(), [link.join("real/a.resmark")]);
    }

    #[test]
    fn a_walk_that_is_stopped_finds_nothing() {
        assert!(find(folder(LEFT_OUT).path(), &AtomicBool::new(true), &|_| {}).files.is_empty());
    }

    #[test]
    fn files_that_leave_out_are_known_by_their_names() {
        assert!(is_ignore_file(Path::new("x/.gitignore")) && is_ignore_file(Path::new(".ignore")));
        assert!(!is_ignore_file(Path::new("x/gitignore")) && !is_ignore_file(Path::new("/")));
    }
}
