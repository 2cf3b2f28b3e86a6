//! The layers and their updates.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, OnceLock};

use jiff::civil::Date;

use super::asked::Asked;
use super::bundled;
use super::entry::{EntryView, Fact, Layer, Part, TitleView, VersionView, fact};
use super::existence::{self, Existence};
use super::format::{CatalogueFile, Coverage, Entry};
use super::read::{self, CatalogueError};
use super::status::{self, Status};
use super::titles::{self, IndexedTitle};
use super::workspace::WorkspaceFact;
use crate::citation::{self, ResolutionId};
use crate::suggest;
use crate::syntax::Language;

/// A file of facts, made ready for look-ups.
#[derive(Debug)]
pub struct SourceFile {
    /// How the file is named where its facts are shown.
    name: String,
    /// Its facts, the resolutions sorted by id.
    file: CatalogueFile,
    /// For each resolution that others name as their successor: which ones do. Made when first asked for.
    predecessors: OnceLock<HashMap<ResolutionId, Vec<ResolutionId>>>,
    /// Its titles, for look-ups by their words. Made when first asked for.
    titles: OnceLock<Vec<IndexedTitle>>,
}

impl SourceFile {
    /// Makes `file` ready.
    pub fn new(name: impl Into<String>, mut file: CatalogueFile) -> SourceFile {
        if !file.resolutions.is_sorted_by(|a, b| a.id <= b.id) {
            file.resolutions.sort_by(|a, b| a.id.cmp(&b.id));
        }
        SourceFile { name: name.into(), file, predecessors: OnceLock::new(), titles: OnceLock::new() }
    }

    fn entries(&self, id: &ResolutionId) -> &[Entry] {
        let all = &self.file.resolutions;
        let start = all.partition_point(|entry| entry.id < *id);
        let end = all.partition_point(|entry| entry.id <= *id);
        &all[start..end]
    }

    pub(super) fn all_entries(&self) -> &[Entry] {
        &self.file.resolutions
    }

    pub(super) fn titles(&self) -> &[IndexedTitle] {
        self.titles.get_or_init(|| titles::index(&self.file.resolutions))
    }

    fn source(&self) -> &str {
        self.file.source.as_deref().unwrap_or(&self.name)
    }

    fn predecessors(&self, id: &ResolutionId) -> &[ResolutionId] {
        let all = self.predecessors.get_or_init(|| {
            let mut all: HashMap<ResolutionId, Vec<ResolutionId>> = HashMap::new();
            for entry in &self.file.resolutions {
                for link in &entry.succeeded_by {
                    all.entry(link.id.clone()).or_default().push(entry.id.clone());
                }
            }
            all
        });
        all.get(id).map_or(&[], Vec::as_slice)
    }
}

/// What texts of the workspace say of the resolution that they are. Copies say the same, however many there are, and
/// count as one.
#[derive(Debug, Clone, PartialEq)]
struct Own {
    entry: Arc<Entry>,
    /// The document that says so, by the caller's name for it; of several the first by name. Nearly always it is the only
    /// one, and a set takes far more memory, even of one.
    document: Arc<str>,
    /// The other documents that say the very same.
    copies: imbl::OrdSet<Arc<str>>,
}

impl Own {
    fn new(document: &Arc<str>, entry: Entry) -> Own {
        Own { entry: Arc::new(entry), document: Arc::clone(document), copies: imbl::OrdSet::new() }
    }

    fn is_of(&self, document: &Arc<str>) -> bool {
        self.document == *document || self.copies.contains(document)
    }

    fn add(&mut self, document: &Arc<str>) {
        match document.cmp(&self.document) {
            Ordering::Equal => {}
            Ordering::Greater => {
                self.copies.insert(Arc::clone(document));
            }
            Ordering::Less => {
                self.copies.insert(std::mem::replace(&mut self.document, Arc::clone(document)));
            }
        }
    }

    /// Takes a document away; `false` where none is left.
    fn remove(&mut self, document: &Arc<str>) -> bool {
        if self.document != *document {
            self.copies.remove(document);
            return true;
        }
        let next = self.copies.remove_min();
        next.map(|next| self.document = next).is_some()
    }
}

/// The merged catalogue. Cloning it is cheap and gives a snapshot that later updates leave alone.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    /// Whether the facts that come with the program are part of it.
    with_bundled: bool,
    /// The workspace's catalogue files, by name.
    files: imbl::OrdMap<Arc<str>, Arc<SourceFile>>,
    /// The workspace's resolutions, by body and number; where texts do not say the same of one, in the order of their
    /// documents, whichever was read first.
    own: imbl::OrdMap<ResolutionId, Arc<Vec<Own>>>,
    /// Which of them each document holds.
    documents: imbl::HashMap<Arc<str>, Arc<Vec<ResolutionId>>>,
    /// Who hears which of the workspace's resolutions are asked for.
    asked: Option<Arc<Asked>>,
}

impl Catalogue {
    /// The facts that come with the program. Costs nothing: each family of bodies is read when first asked for.
    pub fn bundled() -> Arc<Catalogue> {
        static BUNDLED: LazyLock<Arc<Catalogue>> =
            LazyLock::new(|| Arc::new(Catalogue { with_bundled: true, ..Catalogue::default() }));
        Arc::clone(&BUNDLED)
    }

    /// A catalogue that knows nothing.
    pub fn empty() -> Catalogue {
        Catalogue::default()
    }

    /// Reads the text of a catalogue file. `name` is what an error calls the file.
    pub fn parse(text: &str, name: &str) -> Result<CatalogueFile, CatalogueError> {
        read::parse(text, name)
    }

    /// Reads the bytes of a catalogue file, which may not even be UTF-8.
    pub fn parse_bytes(bytes: &[u8], name: &str) -> Result<CatalogueFile, CatalogueError> {
        read::parse_bytes(bytes, name)
    }

    /// Adds a catalogue file of the workspace, or puts it in the place of the one of the same name. The name is shown
    /// as the source of facts that name none.
    pub fn set_file(&mut self, name: &str, file: CatalogueFile) {
        self.set_source(name, Arc::new(SourceFile::new(name, file)));
    }

    /// The same with a file that was made ready before.
    pub fn set_source(&mut self, name: &str, file: Arc<SourceFile>) {
        self.files.insert(name.into(), file);
    }

    /// Whether another catalogue has the very same files of the workspace.
    pub fn has_the_files_of(&self, other: &Catalogue) -> bool {
        let pairs = self.files.iter().zip(&other.files);
        self.files.len() == other.files.len()
            && pairs.into_iter().all(|(one, other)| one.0 == other.0 && Arc::ptr_eq(one.1, other.1))
    }

    /// Forgets what the documents of the workspace say.
    pub fn forget_resolutions(&mut self) {
        self.own = imbl::OrdMap::new();
        self.documents = imbl::HashMap::new();
    }

    /// The same catalogue, which tells `asked` of which resolutions it was asked what the workspace says.
    pub fn telling(&self, asked: Arc<Asked>) -> Catalogue {
        Catalogue { asked: Some(asked), ..self.clone() }
    }

    /// Takes a catalogue file of the workspace away.
    pub fn remove_file(&mut self, name: &str) {
        self.files.remove(name);
    }

    /// The names of the workspace's catalogue files.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(|name| &**name)
    }

    /// Says which resolutions a document of the workspace holds, in the place of what was said of it before; an empty
    /// list forgets the document. `document` is shown as the source.
    ///
    /// Returns the resolutions of which something has changed: whoever cites them is to be judged again.
    pub fn set_resolutions(&mut self, document: &str, facts: Vec<WorkspaceFact>) -> Vec<ResolutionId> {
        let document: Arc<str> = document.into();
        let before = self.documents.get(&document).cloned().unwrap_or_default();
        let mut changed = Vec::new();
        let new_of = |id: &ResolutionId| -> Vec<&Entry> {
            facts.iter().map(|fact| &fact.entry).filter(|entry| entry.id == *id).collect()
        };
        for id in before.iter().chain(facts.iter().map(|fact| &fact.entry.id)) {
            let said = self.own.get(id).map_or(&[][..], |all| all.as_slice());
            let old: Vec<&Entry> = said.iter().filter(|own| own.is_of(&document)).map(|own| &*own.entry).collect();
            let new = new_of(id);
            let same = old.iter().all(|entry| new.contains(entry)) && new.iter().all(|entry| old.contains(entry));
            if !same && !changed.contains(id) {
                changed.push(id.clone());
            }
        }
        for id in &changed {
            let all = Arc::make_mut(self.own.entry(id.clone()).or_default());
            all.retain_mut(|own| !own.is_of(&document) || own.remove(&document));
            for entry in new_of(id) {
                match all.iter_mut().find(|own| *own.entry == *entry) {
                    Some(own) => own.add(&document),
                    None => all.push(Own::new(&document, entry.clone())),
                }
            }
            all.sort_by(|one, other| one.document.cmp(&other.document));
            if all.is_empty() {
                self.own.remove(id);
            }
        }
        if facts.is_empty() {
            self.documents.remove(&document);
        } else {
            let ids = facts.into_iter().map(|fact| fact.entry.id).collect();
            self.documents.insert(document, Arc::new(ids));
        }
        changed
    }

    /// Whether a resolution of the workspace has this id.
    pub fn is_told_of(&self, id: &ResolutionId) -> bool {
        self.own.contains_key(id)
    }

    /// The resolutions of which the workspaces of two catalogues do not say the same, as numbers ([`Asked::number`]); each
    /// with the one document that says anything of it, if it is one.
    pub fn told_otherwise<'c>(&'c self, other: &'c Catalogue) -> HashMap<u64, Option<&'c str>> {
        let mut different: HashMap<u64, Option<&str>> = HashMap::new();
        for (from, against) in [(self, other), (other, self)] {
            for (id, own) in &from.own {
                let others = against.own.get(id);
                let same = others == Some(own);
                if !same && let Some(first) = own.first() {
                    let is_first = |other: &Own| other.document == first.document && other.copies.is_empty();
                    let only = own.iter().chain(others.into_iter().flat_map(|others| others.iter())).all(is_first);
                    // Of two ids that share a number nothing is known.
                    let new = only.then_some(&*first.document);
                    let known = different.entry(Asked::number(id)).or_insert(new);
                    *known = known.filter(|known| Some(*known) == new);
                }
            }
        }
        different
    }

    /// The facts that come with the program, file by file.
    pub fn bundled_entries() -> impl Iterator<Item = &'static Entry> {
        bundled::with_prefix("").flat_map(|file| &file.file.resolutions)
    }

    /// What is known of a resolution; `None` where no layer lists it.
    pub fn get(&self, id: &ResolutionId) -> Option<EntryView<'_>> {
        let mut parts = Vec::new();
        for (layer, file) in self.files_for(&id.body) {
            parts.extend(file.entries(id).iter().map(|entry| Part { layer, default_source: file.source(), entry }));
        }
        self.asked.iter().for_each(|asked| asked.note(id));
        if let Some(own) = self.own.get(id) {
            parts.extend(own.iter().map(|own| Part {
                layer: Layer::Resolution,
                default_source: &own.document,
                entry: &own.entry,
            }));
        }
        EntryView::new(parts)
    }

    /// Its versions, oldest first, proposed ones included.
    pub fn versions(&self, id: &ResolutionId) -> Vec<VersionView<'_>> {
        self.get(id).map(|entry| entry.versions()).unwrap_or_default()
    }

    /// The version in force on a day, as far as is known. `None` where it is abrogated, not yet adopted, or where no
    /// version is known.
    pub fn version_in_force(&self, id: &ResolutionId, as_of: Date) -> Option<VersionView<'_>> {
        let entry = self.get(id)?;
        match status::of_entry(&entry, as_of) {
            Status::InForce { version } if !counts_anew(id) => version,
            _ => None,
        }
    }

    /// What a resolution is on a day.
    pub fn status(&self, id: &ResolutionId, as_of: Date) -> Status<'_> {
        let Some(entry) = self.get(id) else { return Status::Unknown };
        match status::of_entry(&entry, as_of) {
            Status::InForce { version } => match status::newest_in_series(self, &entry, as_of) {
                Some(newer) => newer,
                // Another year is another text there, and both are in force.
                None if counts_anew(id) => Status::InForce { version: None },
                None => Status::InForce { version },
            },
            other => other,
        }
    }

    /// Its title: in that language, else in English, else in any; of that version, else of any. The answer says which.
    pub fn title(&self, id: &ResolutionId, version: Option<&str>, language: Language) -> Option<TitleView<'_>> {
        self.get(id)?.title(version, language)
    }

    /// For which years the list of a body's resolutions is complete.
    pub fn coverage(&self, body: &str) -> Vec<Fact<'_, Coverage>> {
        self.files_for(body)
            .flat_map(|(layer, file)| {
                let own = file.file.coverage.iter().filter(move |coverage| coverage.body == body);
                own.map(move |coverage| fact(coverage, layer, file.source()))
            })
            .collect()
    }

    /// Whether, for some years at least, “not in the catalogue” means “does not exist” for this body.
    pub fn covers(&self, body: &str) -> bool {
        self.coverage(body).iter().any(|fact| fact.value.complete || fact.value.last_number.is_some())
    }

    /// Whether a resolution exists, asked by a text of the day `as_of` that may name a version of the year
    /// `version_year`.
    pub fn existence(&self, id: &ResolutionId, version_year: Option<u16>, as_of: Date) -> Existence<'_> {
        existence::existence(self, id, version_year, as_of)
    }

    /// The resolutions whose id begins with `prefix` (`PP-14`, `UNGA-70/`), sorted; at most `limit`. A prefix without
    /// a body asks all families.
    pub fn search(&self, prefix: &str, limit: usize) -> Vec<ResolutionId> {
        let body = prefix.split_once('-').map_or(prefix, |(body, _)| body);
        self.asked.iter().for_each(|asked| asked.note_all());
        let mut files: Vec<&SourceFile> = self.files.values().map(|file| &**file).collect();
        for file in bundled::with_prefix(bundled::base_body(body)).filter(|_| self.with_bundled) {
            files.push(file);
        }
        // What begins with the prefix is of a body that begins with its body: these stand together.
        let listed = files.into_iter().flat_map(|file| {
            let all = &file.file.resolutions;
            let behind = all.get(all.partition_point(|entry| *entry.id.body < *body)..).unwrap_or_default();
            behind.iter().map(|entry| &entry.id).take_while(|id| id.body.starts_with(body))
        });
        let first = ResolutionId::new(body, "");
        let own = self.own.range(first..).map(|(id, _)| id).take_while(|id| id.body.starts_with(body));
        let mut found: Vec<&ResolutionId> = listed.chain(own).filter(|id| begins_with(id, prefix)).collect();
        found.sort_by(|a, b| by_number(a, b));
        found.dedup();
        found.into_iter().take(limit).cloned().collect()
    }

    /// The resolutions whose ids are nearly `text`, which is the id of none: `PP-104` for `PP 104`, the best first; at
    /// most `limit`.
    pub fn near(&self, text: &str, limit: usize) -> Vec<ResolutionId> {
        let plain = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
        let wanted = plain(text);
        let all = self.search("", usize::MAX);
        let same = all.iter().filter(|id| plain(&id.to_string()) == wanted || plain(&id.number) == wanted);
        let mut near: Vec<ResolutionId> = same.cloned().collect();
        if near.is_empty() {
            let parts = |id: &ResolutionId| id.to_string().strip_prefix(text).is_some_and(|rest| rest.starts_with(' '));
            near.extend(all.iter().filter(|id| parts(id)).cloned());
        }
        let mut ids: Vec<String> = all.iter().map(ToString::to_string).collect();
        while near.len() < limit {
            let Some(meant) = suggest::nearest(text, ids.iter().map(String::as_str)).map(str::to_owned) else { break };
            ids.retain(|id| *id != meant);
            near.extend(meant.parse().ok().filter(|id| !near.contains(id)));
        }
        near.truncate(limit);
        near
    }

    /// Every file of facts; reads all families of the bundled ones.
    pub(super) fn all_files(&self) -> impl Iterator<Item = &SourceFile> {
        let bundled = self.with_bundled.then(|| bundled::with_prefix("")).into_iter().flatten();
        // The map shortens the lifetime of the bundled ones.
        bundled.map(|file| -> &SourceFile { file }).chain(self.files.values().map(|file| &**file))
    }

    /// What the workspace's resolutions say of themselves.
    pub(super) fn own_entries(&self) -> impl Iterator<Item = &Entry> {
        self.asked.iter().for_each(|asked| asked.note_all());
        self.own.values().flat_map(|all| all.iter()).map(|own| &*own.entry)
    }

    /// The files that may say something of a body, the earlier layer first.
    fn files_for(&self, body: &str) -> impl Iterator<Item = (Layer, &SourceFile)> {
        let bundled = self.with_bundled.then(|| bundled::of_body(body)).flatten();
        let files = self.files.values().map(|file| (Layer::File, &**file));
        bundled.map(|file| (Layer::Bundled, file)).into_iter().chain(files)
    }

    /// The series on one subject that a resolution belongs to, itself and the latest included; empty where it belongs
    /// to none. In no particular order.
    pub fn series(&self, id: &ResolutionId) -> Vec<&ResolutionId> {
        let links = self.get(id).map(|entry| entry.succeeded_by()).unwrap_or_default();
        let mut latest: Vec<&ResolutionId> = links.iter().map(|link| &link.value.id).collect();
        if latest.is_empty() && !self.predecessors(id, &id.body).is_empty() {
            latest.extend(self.get(id).map(|entry| entry.id()));
        }
        let mut series: Vec<&ResolutionId> =
            latest.iter().flat_map(|latest| self.predecessors(latest, &id.body)).collect();
        series.extend(latest);
        series
    }

    /// The resolutions of `body` and of the organ of `latest` that name `latest` as what took their place.
    pub(super) fn predecessors(&self, latest: &ResolutionId, body: &str) -> Vec<&ResolutionId> {
        let own = self.with_bundled.then(|| bundled::of_body(body)).flatten();
        let of_latest = self.files_for(&latest.body).map(|(_, file)| file);
        let others = of_latest.filter(|file| own.is_none_or(|own| !std::ptr::eq(own, *file)));
        own.into_iter().chain(others).flat_map(|file| file.predecessors(latest)).collect()
    }
}

/// Whether the id, as it is printed, begins with `prefix`.
fn begins_with(id: &ResolutionId, prefix: &str) -> bool {
    let of_number = || prefix.strip_prefix(&*id.body)?.strip_prefix('-');
    id.body.starts_with(prefix) || of_number().is_some_and(|rest| id.number.starts_with(rest))
}

/// `PP-2` before `PP-10`: by body, then by the numbers in the number.
fn by_number(a: &ResolutionId, b: &ResolutionId) -> Ordering {
    let key = |id: &ResolutionId| -> Vec<u64> {
        id.number.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok()).collect()
    };
    a.body.cmp(&b.body).then_with(|| key(a).cmp(&key(b))).then_with(|| a.number.cmp(&b.number))
}

/// Whether the body of a resolution counts anew each time it meets.
pub(super) fn counts_anew(id: &ResolutionId) -> bool {
    let base = id.body.split(' ').next().unwrap_or(&id.body);
    citation::body(base).is_some_and(|body| body.counts_anew)
}
