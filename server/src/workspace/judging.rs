//! Judging documents that are not open: each is read, judged and let go.

use std::cell::OnceCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use super::{File, FileId, Location, Reading, Snapshot};
use crate::catalogue::{Asked, Supposed, WorkspaceFact};
use crate::citation::{ResolutionId, Version};
use crate::facts::Facts;
use crate::reference::Wanted;
use crate::rules::{self, Finding, Input, Library, LibraryText, Scope};
use crate::syntax::{Language, Side};
use crate::threads::in_parallel;

/// Which documents of a folder are judged while it is read, and by what.
pub struct Judging<'a> {
    /// The workspace before: its catalogue files, configurations and day count; its documents do not.
    pub by: &'a Snapshot,
    /// Says of a path whether its findings will be wanted.
    pub wanted: &'a (dyn Fn(&Path) -> bool + Sync),
}

/// What was found in a document while the others were not known.
#[derive(Debug)]
pub(super) struct Judged {
    pub own: Arc<[Finding]>,
    pub cross: Arc<[Finding]>,
    /// The resolutions of which no other document may say anything, else it has to be judged again.
    pub asked: Asked,
}

/// Judges a document as if it were the only one. `None` where that fails for a fault of ours: who looks at it later is told.
pub(super) fn judge_alone(
    by: &Snapshot,
    location: &Location,
    text: &str,
    facts: &Facts,
    resolutions: &[WorkspaceFact],
) -> Option<Judged> {
    let asked = Arc::new(Asked::default());
    let mut catalogue = by.catalogue().telling(Arc::clone(&asked));
    catalogue.set_resolutions(&location.to_string(), resolutions.to_vec());
    let (own, cross) = {
        let desk = Desk { snapshot: by, own: Some(facts), asked: Some(&asked), held: OnceCell::new() };
        let config = by.config_for(location, facts);
        let input = Input::new(text, facts, &catalogue, by.today_for(location), config).with_library(&desk);
        let judged =
            catch_unwind(AssertUnwindSafe(|| [Scope::Document, Scope::Catalogue].map(|it| rules::check(&input, it))));
        let [own, cross] = judged.ok()?;
        (own.into(), cross.into())
    };
    drop(catalogue);
    Some(Judged { own, cross, asked: Arc::into_inner(asked)? })
}

impl Snapshot {
    /// Judges documents on all cores, so that their findings are at hand afterwards. Stops when `stop` says so.
    pub fn judge(&self, files: &[FileId], stop: &(dyn Fn() -> bool + Sync)) {
        let files: Vec<&Arc<File>> =
            files.iter().filter_map(|id| self.file(*id)).filter(|file| !file.is_judged()).collect();
        in_parallel(
            files.len(),
            || (),
            |(), index| {
                let file = files.get(index).filter(|_| !stop())?;
                self.findings_of(file);
                Some(())
            },
        );
    }

    /// Asks something of every one of some documents, on all cores, and gives the answers in order; each document is read
    /// for it and let go.
    pub fn ask_each<T: Send>(&self, files: &[FileId], ask: impl Fn(&File, &Reading) -> T + Sync) -> Vec<T> {
        let files: Vec<&Arc<File>> = files.iter().filter_map(|id| self.file(*id)).collect();
        in_parallel(
            files.len(),
            || (),
            |(), index| {
                let file = files.get(index)?;
                Some(ask(file, &file.in_passing()))
            },
        )
    }
}

/// The texts that are looked up while one document is judged: those that are not kept are read, and let go with it.
pub(super) struct Desk<'s> {
    snapshot: &'s Snapshot,
    /// The document that is judged, where the snapshot does not have it.
    own: Option<&'s Facts>,
    /// Who hears which resolutions are asked for.
    asked: Option<&'s Asked>,
    held: OnceCell<Box<Held>>,
}

/// A reading on the desk, and the ones that came after it.
struct Held {
    reading: Arc<Reading>,
    next: OnceCell<Box<Held>>,
}

impl<'s> Desk<'s> {
    /// An empty one, for a document of the snapshot.
    pub fn new(snapshot: &'s Snapshot) -> Desk<'s> {
        Desk { snapshot, own: None, asked: None, held: OnceCell::new() }
    }

    fn facts(&self, file: &'s File) -> &Facts {
        if let Some(reading) = file.kept() {
            return &reading.facts;
        }
        let mut place = &self.held;
        while let Some(held) = place.get() {
            if Arc::ptr_eq(&held.reading.text, file.shared_text()) {
                return &held.reading.facts;
            }
            place = &held.next;
        }
        &place.get_or_init(|| Box::new(Held { reading: file.glance(), next: OnceCell::new() })).reading.facts
    }
}

impl Drop for Desk<'_> {
    fn drop(&mut self) {
        // One by one: the list may be long, and would be let go within itself.
        let mut next = self.held.take();
        while let Some(mut held) = next {
            next = held.next.take();
        }
    }
}

impl Library for Desk<'_> {
    fn texts(&self, id: &ResolutionId, version: Option<&Version>) -> Vec<LibraryText<'_>> {
        self.asked.into_iter().for_each(|asked| asked.note_text(id));
        let own = self.own.into_iter().flat_map(|facts| {
            let own = facts.identities.iter().filter(|identity| identity.id.as_ref() == Some(id));
            own.filter(|identity| !facts.document.is_stub(identity.resolution)).filter_map(move |identity| {
                let side = side_of(identity.version.as_ref(), identity.version_in_force.as_ref(), version)?;
                Some(LibraryText { facts, resolution: identity.resolution, side })
            })
        });
        own.chain(self.snapshot.texts_of(id, version).map(|(file, resolution, side)| LibraryText {
            facts: self.facts(file),
            resolution,
            side,
        }))
        .collect()
    }

    fn surely_has(&self, id: &ResolutionId, version: Option<&Version>, language: Language, wanted: &Wanted) -> bool {
        let Some(asked) = self.asked else { return self.snapshot.surely_has(id, version, language, wanted) };
        let is_own = self.own.is_some_and(|own| own.identities.iter().any(|own| own.id.as_ref() == Some(id)));
        // Another document says that it is this resolution. That it has the clauses, nearly always, is seen later.
        let supposed = !is_own && self.snapshot.catalogue().is_told_of(id);
        if supposed {
            let (id, version) = (id.clone(), version.cloned());
            asked.suppose(Supposed { id, version, language, wanted: wanted.clone() });
        }
        supposed
    }
}

/// The reading of a text that is of a version; as amended first, as a text without tracked changes is the same in both.
pub(super) fn side_of(
    amended: Option<&Version>,
    in_force: Option<&Version>,
    version: Option<&Version>,
) -> Option<Side> {
    let is_it = |own: Option<&Version>| version.is_none() || own == version;
    if is_it(amended) { Some(Side::Amended) } else { is_it(in_force.or(amended)).then_some(Side::InForce) }
}
