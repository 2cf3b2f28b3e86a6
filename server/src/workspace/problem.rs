//! What keeps a file from being read.

use std::fmt;

use super::Location;
use crate::catalogue::one_line;

/// A line and a column, both counted from 1, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinePlace {
    /// The line.
    pub line: u32,
    /// The column.
    pub column: u32,
}

/// Why a file or folder could not be read, said to a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file or folder.
    pub location: Location,
    /// Where in the file, if that is known.
    pub place: Option<LinePlace>,
    /// What is wrong and what to do about it; a sentence without the file's name.
    pub message: String,
}

impl Problem {
    /// A problem of the whole file.
    pub fn new(location: impl Into<Location>, message: impl Into<String>) -> Problem {
        Problem { location: location.into(), place: None, message: message.into() }
    }

    /// With the place in the file: line and column counted from 1, the column in characters.
    pub fn at(mut self, line: u32, column: u32) -> Problem {
        self.place = Some(LinePlace { line, column });
        self
    }
}

impl fmt::Display for Problem {
    /// `path:line:column: message`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.location)?;
        if let Some(LinePlace { line, column }) = self.place {
            write!(f, ":{line}:{column}")?;
        }
        write!(f, ": {}", one_line(&self.message))
    }
}

impl std::error::Error for Problem {}
