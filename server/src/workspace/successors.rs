//! Which resolutions lead to which others: what is said of a citation depends on what took its place, too.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use crate::catalogue::Catalogue;
use crate::citation::ResolutionId;

/// For the resolutions that are cited: which of them lead to which others, looked up when somebody wants to know.
#[derive(Debug, Default)]
pub(super) struct Successors {
    /// By a resolution that took the place of others: those that are cited and lead to it.
    leading_to: HashMap<ResolutionId, Vec<Arc<ResolutionId>>>,
    /// What was followed already.
    followed: HashSet<Arc<ResolutionId>>,
    /// What is cited and was not followed yet.
    fresh: Vec<Arc<ResolutionId>>,
    /// Whether everything has to be followed anew.
    anew: bool,
}

impl Successors {
    /// Those of resolutions of which nothing is known yet.
    pub fn unknown() -> Successors {
        Successors { anew: true, ..Successors::default() }
    }

    /// Notes that these are cited.
    pub fn cited(&mut self, ids: Vec<Arc<ResolutionId>>) {
        self.fresh.extend(ids);
    }

    /// The catalogue says something else of who succeeded whom.
    pub fn forget(&mut self) {
        *self = Successors::unknown();
    }

    /// What is cited and leads to one of `stale`, these themselves included. `all` are the resolutions that are cited.
    pub fn leading_to<'a>(
        &mut self,
        stale: &BTreeSet<ResolutionId>,
        catalogue: &Catalogue,
        all: impl Iterator<Item = &'a Arc<ResolutionId>>,
    ) -> BTreeSet<ResolutionId> {
        if std::mem::take(&mut self.anew) {
            self.fresh = all.cloned().collect();
        }
        for id in std::mem::take(&mut self.fresh) {
            if self.followed.insert(Arc::clone(&id)) {
                for successor in successors(catalogue, &id) {
                    self.leading_to.entry(successor).or_default().push(Arc::clone(&id));
                }
            }
        }
        let before = stale.iter().filter_map(|id| self.leading_to.get(id)).flatten();
        before.map(|id| (**id).clone()).chain(stale.iter().cloned()).collect()
    }
}

/// What took the place of a resolution, and of that.
fn successors(catalogue: &Catalogue, id: &ResolutionId) -> Vec<ResolutionId> {
    let mut found: Vec<ResolutionId> = Vec::new();
    let mut next = 0;
    let mut of = Some(id.clone());
    while let Some(current) = of {
        if let Some(entry) = catalogue.get(&current) {
            for link in entry.succeeded_by().into_iter().chain(entry.adopted_as()) {
                if link.value.id != *id && !found.contains(&link.value.id) {
                    found.push(link.value.id.clone());
                }
            }
        }
        of = found.get(next).cloned();
        next += 1;
    }
    found
}
