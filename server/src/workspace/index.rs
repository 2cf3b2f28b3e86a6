//! Who defines and who cites which resolution.

use std::sync::Arc;

use imbl::HashMap;

use super::FileId;
use super::summary::{Cited, Summary};
use crate::citation::{ResolutionId, Version};
use crate::syntax::ResolutionIndex;

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

/// Who defines and who cites which resolution; a clone costs nothing. The ids are shared with the summaries.
#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    defining: HashMap<Arc<ResolutionId>, Arc<[Definition]>>,
    citing: HashMap<Arc<ResolutionId>, Arc<[FileId]>>,
}

/// A document that comes, goes or changes.
pub(super) struct Change<'a> {
    pub file: FileId,
    pub before: Option<&'a Summary>,
    pub after: Option<&'a mut Summary>,
}

impl Index {
    /// Takes over what documents say in the place of what they said before: work in proportion to what is different, and
    /// to the documents that cite the same. Returns the resolutions that nobody cited before.
    pub(super) fn change(&mut self, changes: &mut [Change<'_>]) -> Vec<Arc<ResolutionId>> {
        let mut defined: std::collections::HashMap<Arc<ResolutionId>, Difference<Definition>> = Default::default();
        let mut cited: std::collections::HashMap<Arc<ResolutionId>, Difference<FileId>> = Default::default();
        for Change { file, before, after } in changes {
            if let Some(after) = after {
                // What is known by that id already, here or in what comes in with it.
                let shared = |id: &Arc<ResolutionId>| match self.citing.get_key_value(id) {
                    Some((known, _)) => Arc::clone(known),
                    None => cited.get_key_value(id).map_or(id, |(known, _)| known).clone(),
                };
                after.share(shared);
            }
            let (before, after) = (*before, after.as_deref());
            if !defines_the_same(before, after) {
                for text in before.into_iter().flat_map(Summary::texts) {
                    let Some(id) = &text.id else { continue };
                    defined.entry(Arc::clone(id)).or_default().gone.push(*file);
                }
                for text in after.into_iter().flat_map(Summary::texts) {
                    let Some(id) = &text.id else { continue };
                    let definition =
                        Definition { file: *file, resolution: text.resolution, version: text.version.clone() };
                    defined.entry(Arc::clone(id)).or_default().new.push(definition);
                }
            }
            differing(before, after, |id, is_new| {
                let difference = cited.entry(Arc::clone(id)).or_default();
                if is_new {
                    difference.new.push(*file);
                } else {
                    difference.gone.push(*file);
                }
            });
        }
        for (id, difference) in defined {
            let list = self.defining.get(&id).map_or(&[][..], |list| list);
            let list = difference.applied(list, |definition| (definition.file, definition.resolution));
            match list {
                Some(list) => self.defining.insert(id, list),
                None => self.defining.remove(&id),
            };
        }
        let mut fresh = Vec::new();
        for (id, difference) in cited {
            let before = self.citing.get(&id);
            let list = difference.applied(before.map_or(&[][..], |list| list), |file| (*file, ResolutionIndex(0)));
            match list {
                Some(list) => {
                    if before.is_none() {
                        fresh.push(Arc::clone(&id));
                    }
                    self.citing.insert(id, list);
                }
                None => drop(self.citing.remove(&id)),
            }
        }
        fresh
    }

    pub(super) fn defining(&self, id: &ResolutionId) -> &[Definition] {
        self.defining.get(id).map_or(&[], |list| list)
    }

    pub(super) fn citing(&self, id: &ResolutionId) -> &[FileId] {
        self.citing.get(id).map_or(&[], |list| list)
    }

    /// Every resolution that is cited, or may be.
    pub(super) fn cited(&self) -> impl Iterator<Item = &Arc<ResolutionId>> {
        self.citing.keys()
    }
}

/// What becomes of the list of a resolution.
struct Difference<T> {
    gone: Vec<FileId>,
    new: Vec<T>,
}

impl<T> Default for Difference<T> {
    fn default() -> Self {
        Difference { gone: Vec::new(), new: Vec::new() }
    }
}

impl<T: Clone> Difference<T> {
    /// The list afterwards, in order; `None` for an empty one.
    fn applied(mut self, list: &[T], key: impl Fn(&T) -> (FileId, ResolutionIndex)) -> Option<Arc<[T]>> {
        self.gone.sort_unstable();
        let stays = |item: &&T| self.gone.binary_search(&key(item).0).is_err();
        let mut list: Vec<T> = list.iter().filter(stays).cloned().collect();
        list.append(&mut self.new);
        // Two runs that are in order mostly: sorting these is merging them.
        list.sort_by_key(&key);
        (!list.is_empty()).then(|| list.into())
    }
}

fn defines_the_same(before: Option<&Summary>, after: Option<&Summary>) -> bool {
    let said = |summary: Option<&'_ Summary>| -> Vec<_> {
        let texts = summary.into_iter().flat_map(Summary::texts).filter(|text| text.id.is_some());
        texts.map(|text| (text.id.clone(), text.resolution, text.version.clone())).collect()
    };
    said(before) == said(after)
}

/// The resolutions that only one of two summaries cites; whether it is the later one.
fn differing<'s>(
    before: Option<&'s Summary>,
    after: Option<&'s Summary>,
    mut tell: impl FnMut(&'s Arc<ResolutionId>, bool),
) {
    let cited = |summary: Option<&'s Summary>| -> &'s [Cited] { summary.map_or(&[], Summary::cited) };
    let (mut old, mut new) = (cited(before).iter().peekable(), cited(after).iter().peekable());
    loop {
        let order = match (old.peek(), new.peek()) {
            (None, None) => return,
            (Some(_), None) => std::cmp::Ordering::Less,
            (None, Some(_)) => std::cmp::Ordering::Greater,
            (Some(old), Some(new)) if Arc::ptr_eq(&old.id, &new.id) => std::cmp::Ordering::Equal,
            (Some(old), Some(new)) => old.id.cmp(&new.id),
        };
        if order.is_le()
            && let Some(cited) = old.next()
            && order.is_lt()
        {
            tell(&cited.id, false);
        }
        if order.is_ge()
            && let Some(cited) = new.next()
            && order.is_gt()
        {
            tell(&cited.id, true);
        }
    }
}
