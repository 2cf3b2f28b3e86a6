//! Where a document lives.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

/// Where a document lives: a file, or something that only the editor knows (`untitled:Untitled-1`).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Location {
    /// A file, by its absolute path in the editor and by the path as given on the command line.
    Path(Arc<Path>),
    /// Anything else, by its URI.
    Uri(Arc<str>),
}

impl Location {
    /// The path, if it is a file.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Location::Path(path) => Some(path),
            Location::Uri(_) => None,
        }
    }

    /// The last part of the path or URI: what a drafter calls the file.
    pub fn name(&self) -> String {
        match self {
            Location::Path(path) => path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned(),
            Location::Uri(uri) => uri.rsplit(['/', ':']).next().unwrap_or(uri).to_owned(),
        }
    }
}

impl From<&Path> for Location {
    fn from(path: &Path) -> Location {
        Location::Path(path.into())
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Location::Path(path) => write!(f, "{}", path.display()),
            Location::Uri(uri) => f.write_str(uri),
        }
    }
}
