//! A document of the workspace.

use std::sync::{Arc, OnceLock};

use super::{Location, Reading};
use crate::facts::Facts;
use crate::rules::{self, Finding, Input, Scope};

/// A document, for as long as the workspace lives: a document that is closed, deleted and made again keeps its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub u32);

/// A document at one moment.
#[derive(Debug)]
pub struct File {
    /// Its id.
    pub id: FileId,
    /// Where it lives.
    pub location: Location,
    /// The version that the editor gave it, while it is open there.
    pub version: Option<i32>,
    /// Its text, tree and facts.
    pub reading: Reading,
    /// What the rules say that look at the document alone; made when first asked for.
    own: OnceLock<Arc<[Finding]>>,
    /// What the rules say that look at the catalogue as well; made when first asked for, and dropped when what the
    /// document cites has changed.
    cross: OnceLock<Arc<[Finding]>>,
}

impl File {
    pub(super) fn new(id: FileId, location: Location, version: Option<i32>, reading: Reading) -> File {
        File { id, location, version, reading, own: OnceLock::new(), cross: OnceLock::new() }
    }

    /// The same text, to be judged again by the rules that look at the catalogue.
    pub(super) fn unjudged(&self) -> File {
        File { cross: OnceLock::new(), ..self.copied() }
    }

    /// The same text, to be judged again by all rules.
    pub(super) fn unjudged_by_all(&self) -> File {
        File { own: OnceLock::new(), ..self.unjudged() }
    }

    /// The same text under another version.
    pub(super) fn with_version(&self, version: Option<i32>) -> File {
        File { version, ..self.copied() }
    }

    fn copied(&self) -> File {
        File {
            id: self.id,
            location: self.location.clone(),
            version: self.version,
            reading: self.reading.clone(),
            own: self.own.clone(),
            cross: self.cross.clone(),
        }
    }

    /// Its text.
    pub fn text(&self) -> &str {
        &self.reading.text
    }

    /// What it says.
    pub fn facts(&self) -> &Facts {
        &self.reading.facts
    }

    /// Whether it is open in the editor.
    pub fn is_open(&self) -> bool {
        self.version.is_some()
    }

    pub(super) fn findings(&self, input: &Input<'_>) -> Vec<Finding> {
        let own = self.own.get_or_init(|| rules::check(input, Scope::Document).into());
        let cross = self.cross.get_or_init(|| rules::check(input, Scope::Catalogue).into());
        let mut findings: Vec<Finding> = own.iter().chain(cross.iter()).cloned().collect();
        rules::sort(&mut findings);
        findings
    }
}
