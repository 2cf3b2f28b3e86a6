//! Who defines and who cites which resolution.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use imbl::HashMap;

use super::FileId;
use crate::citation::{ResolutionId, Version};
use crate::facts::Facts;
use crate::syntax::{ResolutionIndex, Side};

/// A resolution that a document of the workspace holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// The document.
    pub file: FileId,
    /// Which of its resolutions.
    pub resolution: ResolutionIndex,
    /// The version it says it is, as amended.
    pub version: Option<Version>,
}

/// Who defines and who cites which resolution; a clone costs nothing.
#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    defining: HashMap<ResolutionId, Arc<[Definition]>>,
    citing: HashMap<ResolutionId, Arc<[FileId]>>,
}

impl Index {
    /// Adds what a document says.
    pub(super) fn add(&mut self, file: FileId, facts: &Facts) {
        for identity in &facts.identities {
            let Some(id) = &identity.id else { continue };
            let definition = Definition { file, resolution: identity.resolution, version: identity.version.clone() };
            let mut list = self.defining.get(id).map(|list| list.to_vec()).unwrap_or_default();
            let at = list.partition_point(|other| (other.file, other.resolution) < (file, identity.resolution));
            list.insert(at, definition);
            self.defining.insert(id.clone(), list.into());
        }
        for id in cited(facts) {
            let mut list = self.citing.get(&id).map(|list| list.to_vec()).unwrap_or_default();
            if let Err(at) = list.binary_search(&file) {
                list.insert(at, file);
                self.citing.insert(id, list.into());
            }
        }
    }

    /// Takes away what a document, of which these are the facts that were added, said.
    pub(super) fn remove(&mut self, file: FileId, facts: &Facts) {
        for id in facts.identities.iter().filter_map(|identity| identity.id.as_ref()) {
            let Some(list) = self.defining.get(id) else { continue };
            let left: Arc<[Definition]> = list.iter().filter(|definition| definition.file != file).cloned().collect();
            if left.is_empty() {
                self.defining.remove(id)
            } else {
                self.defining.insert(id.clone(), left)
            };
        }
        for id in cited(facts) {
            let Some(list) = self.citing.get(&id) else { continue };
            let left: Arc<[FileId]> = list.iter().copied().filter(|other| *other != file).collect();
            if left.is_empty() {
                self.citing.remove(&id)
            } else {
                self.citing.insert(id, left)
            };
        }
    }

    pub(super) fn defining(&self, id: &ResolutionId) -> &[Definition] {
        self.defining.get(id).map_or(&[], |list| list)
    }

    pub(super) fn citing(&self, id: &ResolutionId) -> &[FileId] {
        self.citing.get(id).map_or(&[], |list| list)
    }

    /// Every resolution that is cited, or may be, with the documents that do.
    pub(super) fn cited(&self) -> impl Iterator<Item = (&ResolutionId, &[FileId])> {
        self.citing.iter().map(|(id, files)| (id, &**files))
    }
}

/// What others may refer to in each resolution that a document holds: a number that changes when a label, the words of a
/// clause, by which it is known in another version, or the version does.
pub(super) fn outlines(facts: &Facts) -> BTreeMap<ResolutionId, u64> {
    let mut outlines = BTreeMap::new();
    for identity in &facts.identities {
        let (Some(id), Some(resolution)) = (&identity.id, facts.document.resolutions.get(identity.resolution.index()))
        else {
            continue;
        };
        let mut hasher = DefaultHasher::new();
        (&identity.version, &identity.version_in_force, identity.language).hash(&mut hasher);
        for paragraph in facts.document.paragraphs.get(resolution.paragraphs.clone()).unwrap_or_default() {
            let words = Side::BOTH.map(|side| paragraph.views[side].text.as_str());
            let label = paragraph.label.as_ref().map(|label| (&label.text.in_force, &label.text.amended));
            let there = Side::BOTH.map(|side| paragraph.is_in(side));
            (paragraph.kind, paragraph.level, words, label, there).hash(&mut hasher);
        }
        // Two texts of one resolution in a file count together.
        let outline = outlines.entry(id.clone()).or_insert(0u64);
        *outline = outline.rotate_left(1) ^ hasher.finish();
    }
    outlines
}

/// The resolutions that a document cites or, where the text leaves the body open, may cite.
fn cited(facts: &Facts) -> BTreeSet<ResolutionId> {
    facts
        .citations
        .iter()
        .flat_map(|citation| {
            let open = citation.candidates.iter().map(|body| ResolutionId::new(body.clone(), citation.number.clone()));
            citation.id.clone().into_iter().chain(open.filter(|_| citation.id.is_none()))
        })
        .collect()
}
