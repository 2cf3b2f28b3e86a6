//! A document of the workspace.

use std::sync::{Arc, OnceLock};

use super::{History, Location, Reading};
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
    /// What it remembers of the texts before; nothing while it has not been edited.
    pub(super) history: Option<Arc<History>>,
    /// The moment at which it got its text.
    pub(super) read_at: u64,
    /// What the rules say that look at the document alone; made when first asked for.
    own: OnceLock<Arc<[Finding]>>,
    /// What the rules say that look at the catalogue as well; made when first asked for, and dropped when what the
    /// document cites has changed.
    cross: OnceLock<Arc<[Finding]>>,
}

impl File {
    pub(super) fn new(id: FileId, location: Location, version: Option<i32>, reading: Reading) -> File {
        File { id, location, version, reading, history: None, read_at: 0, own: OnceLock::new(), cross: OnceLock::new() }
    }

    /// The same, with what it remembers of the texts before, and the moment at which it got its text.
    pub(super) fn remembering(self, history: Option<Arc<History>>, read_at: u64) -> File {
        File { history, read_at, ..self }
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
            history: self.history.clone(),
            read_at: self.read_at,
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

    /// Which clauses its references named when they were written; `None` while it has not been edited, and its text is
    /// all there is to go by.
    pub fn history(&self) -> Option<&History> {
        self.history.as_deref()
    }

    /// The moment at which it got its text, in the count of the workspace.
    pub fn read_at(&self) -> u64 {
        self.read_at
    }

    /// Whether it is open in the editor.
    pub fn is_open(&self) -> bool {
        self.version.is_some()
    }

    /// What the rules say that look at the document alone.
    pub(super) fn own_findings(&self, input: &Input<'_>) -> Vec<Finding> {
        let mut findings = self.own.get_or_init(|| rules::check(input, Scope::Document).into()).to_vec();
        rules::sort(&mut findings);
        findings
    }

    pub(super) fn findings(&self, input: &Input<'_>) -> Vec<Finding> {
        let own = self.own.get_or_init(|| rules::check(input, Scope::Document).into());
        let cross = self.cross.get_or_init(|| rules::check(input, Scope::Catalogue).into());
        let mut findings: Vec<Finding> = own.iter().chain(cross.iter()).cloned().collect();
        rules::sort(&mut findings);
        findings
    }
}
