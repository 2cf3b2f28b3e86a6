//! The one place where the state changes.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use jiff::civil::Date;
use ropey::Rope;

use super::config_file::{CONFIG_FILE, ConfigFile, parse_config};
use super::history::Past;
use super::index::{Change, Index};
use super::judging::Judged;
use super::load::{FileKind, Loaded, MAX_BYTES, parse_catalogue, read_folder, read_text};
use super::prepared::Prepared;
use super::reading::Draft;
use super::shelf::Shelf;
use super::successors::Successors;
use super::{File, FileId, History, Location, Problem, ReadState, Reading, Snapshot};
use crate::catalogue::{Catalogue, SourceFile, WorkspaceFact};
use crate::citation::ResolutionId;
use crate::config::{Config, Overrides};
use crate::rules::Library;
use crate::syntax::{Parser, Patches, TextRange};

/// What became different since it was last asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Documents that are new or whose text changed.
    pub read: BTreeSet<FileId>,
    /// Documents whose text is the same and whose findings may not be: they cite what changed.
    pub judged: BTreeSet<FileId>,
    /// Documents that are gone, with where they were.
    pub removed: BTreeMap<FileId, Location>,
    /// Files for which what keeps them from being read has changed.
    pub problems: BTreeSet<Location>,
}

/// All documents of a workspace and what follows from them.
///
/// Edits apply in the order in which they are made, each to the text that the one before left. They cost little until
/// somebody looks: [`Workspace::snapshot`] reads every edited document once.
pub struct Workspace {
    pub(super) state: Snapshot,
    parser: Parser,
    /// Documents edited since the last snapshot.
    drafts: BTreeMap<FileId, Draft>,
    /// The ids of documents that are gone.
    gone: HashMap<Location, FileId>,
    /// The next id that is given.
    next: FileId,
    /// Readings of documents that are not open.
    shelf: Arc<Shelf>,
    /// What took the place of what is cited.
    successors: Successors,
    /// Documents that the disk has too, and that are read from there again when the editor closes them.
    on_disk: BTreeSet<FileId>,
    /// The workspace's catalogue files.
    catalogue_files: BTreeSet<Arc<Path>>,
    /// Resolutions of which the catalogue says something else since documents were last marked.
    stale_ids: BTreeSet<ResolutionId>,
    /// Resolutions of whose text others may refer to other clauses than before.
    stale_texts: BTreeSet<ResolutionId>,
    /// Whether a catalogue file or the date changed, so that everything has to be judged again.
    stale_all: bool,
    /// Whether what documents are judged by changed, so that not even what was found in one alone is true any more.
    stale_config: bool,
    changes: Changes,
    /// Counts the texts that were read.
    now: u64,
    /// What documents that are being edited remembered of their last texts.
    pub(super) past: HashMap<FileId, Past>,
    /// Where the edit that each document has seen last began.
    pub(super) begun: HashMap<FileId, Begun>,
    /// Documents whose next edits belong to the last one.
    going_on: BTreeSet<FileId>,
    /// What was known of the texts before their last edits: to take a large one apart takes a while.
    spent: Vec<Arc<File>>,
}

/// A document before an edit, and what of it the edit has replaced so far.
pub(super) struct Begun {
    reading: Arc<Reading>,
    history: Arc<History>,
    patches: Patches,
    /// The moment before the edit.
    until: u64,
}

impl Workspace {
    /// A workspace without documents, on the day as of which citations are judged.
    pub fn new(today: Date) -> Workspace {
        Workspace {
            state: Snapshot {
                files: imbl::OrdMap::new(),
                ids: imbl::HashMap::new(),
                open: imbl::OrdSet::new(),
                index: Index::default(),
                catalogue: Catalogue::bundled(),
                problems: imbl::OrdMap::new(),
                today,
                days: imbl::OrdMap::new(),
                configs: imbl::OrdMap::new(),
                home: None,
                overrides: Arc::default(),
                read: ReadState::Whole,
            },
            parser: Parser::new(),
            drafts: BTreeMap::new(),
            gone: HashMap::new(),
            next: FileId(0),
            shelf: Arc::default(),
            successors: Successors::default(),
            on_disk: BTreeSet::new(),
            catalogue_files: BTreeSet::new(),
            stale_ids: BTreeSet::new(),
            stale_texts: BTreeSet::new(),
            stale_all: false,
            stale_config: false,
            changes: Changes::default(),
            now: 0,
            past: HashMap::new(),
            begun: HashMap::new(),
            spent: Vec::new(),
            going_on: BTreeSet::new(),
        }
    }

    /// A workspace of its own that goes on from a snapshot, to try something out. It never looks at the disk.
    pub fn of(snapshot: &Snapshot) -> Workspace {
        let next = snapshot.files.get_max().map_or(FileId(0), |(last, _)| FileId(last.0.saturating_add(1)));
        let successors = Successors::unknown();
        Workspace { state: snapshot.clone(), next, successors, ..Workspace::new(snapshot.today) }
    }

    /// The state after all edits.
    pub fn snapshot(&mut self) -> Snapshot {
        self.settle();
        self.state.clone()
    }

    /// Lets go of what the last edits have replaced; to be called when nobody waits. It is let go at the latest when the
    /// next edits are read.
    pub fn let_go(&mut self) {
        self.spent.clear();
    }

    /// What became different since this was last called, once all edits are read.
    pub fn take_changes(&mut self) -> Changes {
        self.settle();
        std::mem::take(&mut self.changes)
    }

    /// The id of a document that is there.
    pub fn id_of(&self, location: &Location) -> Option<FileId> {
        self.state.ids.get(location).copied()
    }

    /// Whether a document is open in the editor.
    pub fn is_open(&self, id: FileId) -> bool {
        self.state.files.get(&id).is_some_and(|file| file.is_open())
    }

    /// The text of a document after all edits, by lines; for columns.
    pub fn rope(&self, id: FileId) -> Option<&Rope> {
        match self.drafts.get(&id) {
            Some(draft) => Some(draft.rope()),
            None => self.state.files.get(&id).map(|file| &file.reading().rope),
        }
    }

    /// The editor opens a document: from now on its text is what the editor says. Opening one that is open replaces
    /// its text.
    ///
    /// # Errors
    ///
    /// When the text is larger than [`MAX_BYTES`]; nothing is changed then.
    pub fn open(&mut self, location: Location, version: i32, text: &str) -> Result<FileId, Problem> {
        self.put(location, Some(version), text)
    }

    /// Makes a document with this text known, as if it were a file that says so. One that is open in the editor
    /// stays as it is there.
    ///
    /// # Errors
    ///
    /// When the text is larger than [`MAX_BYTES`]; nothing is changed then.
    pub fn load_text(&mut self, location: Location, text: &str) -> Result<FileId, Problem> {
        match self.id_of(&location) {
            Some(id) if self.is_open(id) => Ok(id),
            _ => self.put(location, None, text),
        }
    }

    fn put(&mut self, location: Location, version: Option<i32>, text: &str) -> Result<FileId, Problem> {
        check_size(&location, text.len())?;
        let id = self.id_for(&location);
        let same = !self.drafts.contains_key(&id)
            && self.state.files.get(&id).is_some_and(|file| file.text() == text && file.location == location);
        if same {
            self.set_version(id, version);
            return Ok(id);
        }
        self.drafts.remove(&id);
        let prepared = match version {
            Some(_) => {
                let reading = Reading::edited(text, &mut self.parser);
                Prepared::of(reading, self.state.files.get(&id).map(|file| &**file))
            }
            None => Prepared::new(&location, text, &mut self.parser, None),
        };
        self.install(id, location, version, prepared, None);
        Ok(id)
    }

    /// Replaces `range` (in bytes; cut to the text and to whole characters) of a document. Unknown ids are ignored.
    ///
    /// # Errors
    ///
    /// When the text would become larger than [`MAX_BYTES`]; nothing is changed then.
    pub fn edit(&mut self, id: FileId, range: TextRange, text: &str) -> Result<(), Problem> {
        let Some(file) = self.state.files.get(&id) else { return Ok(()) };
        let len = self.rope(id).map_or(0, Rope::len_bytes);
        check_size(&file.location, (len + text.len()).saturating_sub(range.len().into()))?;
        self.drafts.entry(id).or_insert_with(|| Draft::of(file.reading())).edit(range, text);
        Ok(())
    }

    /// Replaces the whole text of a document. Unknown ids are ignored.
    ///
    /// # Errors
    ///
    /// When the text is larger than [`MAX_BYTES`]; nothing is changed then.
    pub fn replace(&mut self, id: FileId, text: &str) -> Result<(), Problem> {
        let Some(file) = self.state.files.get(&id) else { return Ok(()) };
        check_size(&file.location, text.len())?;
        self.drafts.insert(id, Draft::whole(text));
        Ok(())
    }

    /// The edits of a document that come next, until it is looked at, belong to those that came last, though it was looked
    /// at in between: an editor may send the edits that were made at once one by one. References whose numbers they change
    /// then name what the text says behind the last of them.
    pub fn goes_on(&mut self, id: FileId) {
        if !self.drafts.contains_key(&id) {
            self.going_on.insert(id);
        }
    }

    /// Notes the version of an open document after an edit.
    pub fn set_version(&mut self, id: FileId, version: Option<i32>) {
        if let Some(file) = self.state.files.get(&id)
            && file.version != version
        {
            let file = file.with_version(version);
            self.put_file(file);
        }
    }

    /// The editor closes a document: what the disk says counts again, and a document that only the editor had is
    /// gone.
    pub fn close(&mut self, id: FileId) {
        let Some(file) = self.state.files.get(&id) else { return };
        let location = file.location.clone();
        self.set_version(id, None);
        // What can be undone is gone with the editor's window.
        self.past.remove(&id);
        self.begun.remove(&id);
        self.going_on.remove(&id);
        match location.path() {
            Some(path) if self.on_disk.contains(&id) => match read_text(path) {
                Ok(text) => {
                    self.report(location.clone(), Vec::new());
                    // A text that was read before is small enough, and one that is not stays as it was.
                    let _ = self.put(location, None, &text);
                }
                // It was moved or deleted while it was open.
                Err(_) if path.symlink_metadata().is_err() => self.remove(&location),
                Err(problem) => {
                    self.remove(&location);
                    self.report(location, vec![problem]);
                }
            },
            _ => self.remove(&location),
        }
    }

    /// A document, catalogue or configuration file is no more. One that is open in the editor stays until it is closed there.
    pub fn remove(&mut self, location: &Location) {
        self.report(location.clone(), Vec::new());
        if let Some(path) = location.path() {
            self.remove_catalogue_file(path);
            if FileKind::of(path) == Some(FileKind::Config)
                && let Some(folder) = path.parent()
            {
                self.stale_config |= self.state.configs.remove(folder).is_some();
            }
        }
        self.forget_documents(std::slice::from_ref(location));
    }

    /// Forgets those of some documents that are not open in the editor.
    fn forget_documents(&mut self, locations: &[Location]) {
        let mut gone: Vec<(FileId, Arc<File>)> = Vec::new();
        for location in locations {
            let Some(id) = self.id_of(location) else { continue };
            self.on_disk.remove(&id);
            if self.is_open(id) {
                continue;
            }
            self.drafts.remove(&id);
            self.past.remove(&id);
            self.begun.remove(&id);
            self.going_on.remove(&id);
            if let Some(file) = self.state.files.remove(&id) {
                self.state.ids.remove(location);
                self.gone.insert(location.clone(), id);
                self.stale_texts.extend(file.summary().outlines().into_keys().cloned());
                self.set_resolutions(location, Vec::new());
                self.changes.read.remove(&id);
                self.changes.removed.insert(id, location.clone());
                gone.push((id, file));
            }
        }
        let mut changes: Vec<Change<'_>> =
            gone.iter().map(|(id, file)| Change { file: *id, before: Some(file.summary()), after: None }).collect();
        self.state.index.change(&mut changes);
    }

    /// Everything at or below a folder is no more, but for what is open in the editor.
    pub fn remove_folder(&mut self, folder: &Path) {
        let below = |location: &Location| location.path().is_some_and(|path| path.starts_with(folder));
        let documents: Vec<Location> = self.state.ids.keys().filter(|location| below(location)).cloned().collect();
        self.forget_documents(&documents);
        self.on_disk_below(folder).iter().for_each(|location| self.remove(location));
    }

    /// What the disk has at or below a folder, as far as it is known: documents, catalogue and configuration files, and
    /// what could not be read.
    fn on_disk_below(&self, folder: &Path) -> BTreeSet<Location> {
        let below = |location: &&Location| location.path().is_some_and(|path| path.starts_with(folder));
        let documents = self.state.ids.iter().filter(|(_, id)| self.on_disk.contains(id)).map(|(location, _)| location);
        let catalogues = self.catalogue_files.iter().filter(|path| path.starts_with(folder));
        let configs = self.state.configs.keys().map(|of| of.join(CONFIG_FILE)).filter(|path| path.starts_with(folder));
        documents
            .filter(below)
            .cloned()
            .chain(catalogues.map(|path| Location::Path(path.clone())))
            .chain(configs.map(|path| Location::from(path.as_path())))
            .chain(self.state.problems.keys().filter(below).cloned())
            .collect()
    }

    /// Whether a file is known of which the disk has the text: a document, a catalogue or a configuration file.
    pub fn knows_of(&self, path: &Path) -> bool {
        let document = self.id_of(&Location::from(path)).is_some_and(|id| self.on_disk.contains(&id));
        let config = || path.parent().is_some_and(|folder| self.state.configs.contains_key(folder));
        document
            || self.catalogue_files.contains(path)
            || (FileKind::of(path) == Some(FileKind::Config) && config())
            || !self.state.problems_of(&Location::from(path)).is_empty()
    }

    /// Reads a folder and adopts what it holds; or a file, if `root` is one named like a document or a catalogue.
    pub fn load_folder(&mut self, root: &Path) {
        self.adopt(read_folder(root, &AtomicBool::new(false)));
    }

    /// Reads one file, whatever its name: as a catalogue or configuration if it is named like one, else as a document.
    ///
    /// # Errors
    ///
    /// Why the file could not be read, or the first thing that is wrong with it; noted in the snapshot, too.
    pub fn load_file(&mut self, path: &Path) -> Result<(), Problem> {
        let location = Location::from(path);
        let text = match read_text(path) {
            Ok(text) => text,
            Err(problem) => {
                self.remove(&location);
                self.report(location, vec![problem.clone()]);
                return Err(problem);
            }
        };
        let problems = match FileKind::of(path) {
            Some(FileKind::Catalogue) => match parse_catalogue(path, &text) {
                Ok(file) => {
                    self.add_catalogue_file(path.into(), Arc::new(file));
                    Vec::new()
                }
                Err(problem) => {
                    self.remove(&location);
                    vec![problem]
                }
            },
            Some(FileKind::Config) => {
                let ConfigFile { config, problems } = parse_config(path, &text);
                self.add_config(path, config);
                problems
            }
            Some(FileKind::Document) | None => match self.load_text(location.clone(), &text) {
                Ok(id) => {
                    self.on_disk.insert(id);
                    Vec::new()
                }
                Err(problem) => vec![problem],
            },
        };
        let first = problems.first().cloned();
        self.report(location, problems);
        first.map_or(Ok(()), Err)
    }

    /// Takes over what was read from a folder of which something may have been known before: what was not found again is
    /// no more, but for what lies below one of the folders `apart`, which are read on their own. Where reading was stopped,
    /// nothing goes.
    pub fn adopt_all(&mut self, root: &Path, loaded: Loaded, apart: &[impl AsRef<Path>]) {
        if !loaded.stopped {
            let found: HashSet<&Path> = loaded
                .documents
                .iter()
                .map(|(path, _)| &**path)
                .chain(loaded.catalogues.iter().map(|(path, _)| &**path))
                .chain(loaded.configs.iter().map(|(path, _)| &**path))
                .chain(loaded.problems.iter().filter_map(|problem| problem.location.path()))
                .collect();
            let apart = |path: &Path| apart.iter().any(|folder| path.starts_with(folder));
            let gone = |location: &Location| location.path().is_some_and(|path| !found.contains(path) && !apart(path));
            let gone: Vec<Location> = self.on_disk_below(root).into_iter().filter(gone).collect();
            self.forget_documents(&gone);
            gone.iter().for_each(|location| self.remove(location));
        }
        self.adopt(loaded);
    }

    /// Takes over what was read from a folder. A document that is open in the editor stays as it is there.
    pub fn adopt(&mut self, loaded: Loaded) {
        for problem in loaded.problems {
            self.report(problem.location.clone(), vec![problem]);
        }
        for (path, file) in loaded.catalogues {
            self.report(Location::Path(path.clone()), Vec::new());
            self.add_catalogue_file(path, file);
        }
        for (path, file) in loaded.configs {
            self.report(Location::Path(path.clone()), file.problems);
            self.add_config(&path, file.config);
        }
        let mut new: Vec<(FileId, Location, Prepared)> = Vec::with_capacity(loaded.documents.len());
        for (path, document) in loaded.documents {
            let location = Location::Path(path);
            let id = self.id_for(&location);
            self.on_disk.insert(id);
            if !self.is_open(id) {
                new.push((id, location, document));
            }
        }
        let judged = self.install_all(new);
        if let Some(by) = loaded.judged_by.filter(|_| !judged.is_empty()) {
            self.take_over(&by, judged);
        }
    }

    /// Takes over what was read of documents that are not open, and gives back what was found in them.
    fn install_all(&mut self, mut new: Vec<(FileId, Location, Prepared)>) -> Vec<(FileId, Judged)> {
        let before: Vec<Option<Arc<File>>> = new.iter().map(|(id, ..)| self.state.files.get(id).cloned()).collect();
        let changes = new.iter_mut().zip(&before).map(|((file, _, prepared), before)| Change {
            file: *file,
            before: before.as_deref().map(File::summary),
            after: Some(&mut prepared.summary),
        });
        let fresh = self.state.index.change(&mut changes.collect::<Vec<_>>());
        self.successors.cited(fresh);
        let mut judged = Vec::new();
        for ((id, location, mut prepared), before) in new.into_iter().zip(before) {
            judged.extend(prepared.judged.take().map(|judged| (id, judged)));
            self.place(id, location, None, prepared, before.as_deref(), None);
        }
        judged
    }

    /// Takes over what was found in documents while the others were not known, as far as that is what would be found now.
    fn take_over(&mut self, by: &Snapshot, judged: Vec<(FileId, Judged)>) {
        self.mark_stale();
        if !by.judges_like(&self.state) {
            return;
        }
        let different = by.catalogue.told_otherwise(&self.state.catalogue);
        for (id, judged) in judged {
            let Some(file) = self.state.files.get(&id) else { continue };
            let (asked, own) = (&judged.asked, file.location.to_string());
            // What it says itself, it was judged by.
            let by_itself = |document: &Option<&str>| *document == Some(own.as_str());
            let told_right = asked.numbers().all(|asked| different.get(&asked).is_none_or(by_itself))
                && (!asked.of_all() || different.values().all(by_itself));
            let knew_texts =
                || asked.texts().iter().all(|of| self.state.defining(of).iter().all(|text| text.file == id));
            let supposed_right = || {
                let supposed = asked.supposed();
                supposed.iter().all(|it| self.state.surely_has(&it.id, it.version.as_ref(), it.language, &it.wanted))
            };
            let stands = told_right && knew_texts() && supposed_right();
            file.take_over(Some(judged.own), Some(judged.cross).filter(|_| stands));
        }
    }

    fn add_catalogue_file(&mut self, path: Arc<Path>, file: Arc<SourceFile>) {
        Arc::make_mut(&mut self.state.catalogue).set_source(&path.to_string_lossy(), file);
        self.catalogue_files.insert(path);
        self.stale_all = true;
        self.successors.forget();
    }

    fn add_config(&mut self, path: &Path, config: Config) {
        let Some(folder) = path.parent() else { return };
        if self.state.configs.get(folder).is_none_or(|before| **before != config) {
            self.state.configs.insert(folder.into(), Arc::new(config));
            self.stale_config = true;
        }
    }

    /// Sets the folder in which texts without a path count as being: its configuration is theirs.
    pub fn set_home(&mut self, folder: Option<&Path>) {
        if self.state.home.as_deref() != folder {
            self.state.home = folder.map(Arc::from);
            self.stale_config = true;
        }
    }

    /// Sets what counts for all documents, whatever is configured.
    pub fn set_overrides(&mut self, overrides: Overrides) {
        if *self.state.overrides != overrides {
            self.state.overrides = Arc::new(overrides);
            self.stale_config = true;
        }
    }

    /// Says whether all of the workspace has been read; if not, it is being read for the first time.
    pub fn set_complete(&mut self, complete: bool) {
        self.set_read(if complete { ReadState::Whole } else { ReadState::Opening });
    }

    /// Says how much of the workspace has been read. When it was read for the first time, every document is judged by what
    /// is known now.
    pub fn set_read(&mut self, read: ReadState) {
        let before = std::mem::replace(&mut self.state.read, read);
        if before == ReadState::Opening && read != ReadState::Opening {
            let others = self.state.files.keys().filter(|id| !self.changes.read.contains(id));
            self.changes.judged.extend(others);
        }
    }

    fn remove_catalogue_file(&mut self, path: &Path) {
        if self.catalogue_files.remove(path) {
            Arc::make_mut(&mut self.state.catalogue).remove_file(&path.to_string_lossy());
            self.stale_all = true;
            self.successors.forget();
        }
    }

    /// Tells the catalogue which resolutions a document holds.
    fn set_resolutions(&mut self, location: &Location, resolutions: Vec<WorkspaceFact>) {
        let catalogue = Arc::make_mut(&mut self.state.catalogue);
        self.stale_ids.extend(catalogue.set_resolutions(&location.to_string(), resolutions));
    }

    /// Tells the catalogue which resolutions a document may hold, which was not read yet.
    pub(super) fn foresee(&mut self, location: &Location, resolutions: Vec<WorkspaceFact>) {
        Arc::make_mut(&mut self.state.catalogue).set_resolutions(&location.to_string(), resolutions);
    }

    /// Changes the day as of which citations are judged.
    pub fn set_today(&mut self, today: Date) {
        if self.state.today != today {
            self.state.today = today;
            self.stale_all = true;
        }
    }

    /// Sets the folders whose citations are judged as of a day of their own, each with that day.
    pub fn set_days<'a>(&mut self, days: impl Iterator<Item = (&'a Path, Date)>) {
        let days: imbl::OrdMap<Arc<Path>, Date> = days.map(|(folder, day)| (Arc::from(folder), day)).collect();
        if self.state.days != days {
            self.state.days = days;
            self.stale_all = true;
        }
    }

    fn id_for(&mut self, location: &Location) -> FileId {
        if let Some(id) = self.id_of(location).or_else(|| self.gone.get(location).copied()) {
            return id;
        }
        let id = self.next;
        self.next = FileId(id.0.saturating_add(1));
        // From now on it is in use, also by a document that is refused.
        self.gone.insert(location.clone(), id);
        id
    }

    /// Puts what was read in the place of what was there before and brings the index up to date.
    fn install(
        &mut self,
        id: FileId,
        location: Location,
        version: Option<i32>,
        mut prepared: Prepared,
        remembered: Option<(Arc<History>, u64)>,
    ) {
        let before = self.state.files.get(&id).cloned();
        let before = before.as_deref();
        let change = Change { file: id, before: before.map(File::summary), after: Some(&mut prepared.summary) };
        let fresh = self.state.index.change(&mut [change]);
        self.successors.cited(fresh);
        self.place(id, location, version, prepared, before, remembered);
    }

    /// Puts what was read, which the index has already, in the place of what was there before.
    fn place(
        &mut self,
        id: FileId,
        location: Location,
        version: Option<i32>,
        mut prepared: Prepared,
        before: Option<&File>,
        remembered: Option<(Arc<History>, u64)>,
    ) {
        self.now += 1;
        let outlines_before = before.map(|before| before.summary().outlines()).unwrap_or_default();
        let outlines = prepared.summary.outlines();
        let changed = |(id, outline): &(&&ResolutionId, &u64)| outlines_before.get(*id) != Some(*outline);
        let gone = outlines_before.keys().filter(|id| !outlines.contains_key(*id));
        let stale = outlines.iter().filter(changed).map(|(id, _)| id).chain(gone);
        self.stale_texts.extend(stale.map(|id| (*id).clone()));
        if let Some(resolutions) = prepared.resolutions.take() {
            self.set_resolutions(&location, resolutions);
        }
        let problem = prepared.failed.then(|| Problem {
            location: location.clone(),
            place: None,
            message: "Resmark failed on this text and left out what it says; please report it with the text".to_owned(),
        });
        self.report(location.clone(), problem.into_iter().collect());
        if before.is_none() {
            self.gone.remove(&location);
            self.state.ids.insert(location.clone(), id);
        }
        let file = File::new(id, location, version, prepared, &self.shelf);
        let file = match before {
            Some(before) => file.answered_like(before),
            None => file,
        };
        let file = match remembered {
            Some((history, read_at)) => file.remembering(Some(history), read_at),
            None => {
                self.past.remove(&id);
                self.begun.remove(&id);
                file.remembering(None, self.now)
            }
        };
        self.put_file(file);
        self.changes.removed.remove(&id);
        self.changes.read.insert(id);
    }

    fn put_file(&mut self, file: File) {
        if file.is_open() {
            self.state.open.insert(file.id);
        } else if self.state.open.contains(&file.id) {
            self.state.open.remove(&file.id);
        }
        self.state.files.insert(file.id, Arc::new(file));
    }

    /// Reads what was edited and marks what is to be judged again.
    fn settle(&mut self) {
        for id in self.shelf.surplus() {
            if let Some(file) = self.state.files.get(&id).filter(|file| !file.is_open()) {
                let file = file.at_rest();
                self.put_file(file);
            }
        }
        if self.drafts.is_empty() {
            return self.mark_stale();
        }
        self.let_go();
        for (id, draft) in std::mem::take(&mut self.drafts) {
            let Some(file) = self.state.files.get(&id).cloned() else { continue };
            let patches = draft.patches(file.text());
            let reading = draft.read(&mut self.parser, file.facts(), &patches);
            let before = file.history.clone().unwrap_or_else(|| Arc::new(History::first(file.reading())));
            let past = self.past.entry(id).or_default();
            past.note(file.text(), &before, file.read_at());
            let goes_on = self.going_on.remove(&id);
            let begun = match self.begun.remove(&id).filter(|_| goes_on) {
                Some(begun) => Begun { patches: begun.patches.then(&patches), ..begun },
                None => Begun { reading: file.shared_reading(), history: before, patches, until: self.now },
            };
            let (history, read_at) = match past.find(&reading.text) {
                Some(moment) => (Arc::clone(&moment.history), moment.read_at),
                None => {
                    let history = begun.history.carried(&begun.reading, &begun.patches, &reading, begun.until);
                    (Arc::new(history), self.now + 1)
                }
            };
            self.begun.insert(id, begun);
            let prepared = Prepared::of(reading, Some(&file));
            self.install(id, file.location.clone(), file.version, prepared, Some((history, read_at)));
            self.spent.push(file);
        }
        self.mark_stale();
    }

    /// Marks what is to be judged again: what cites, or leads to, what has changed.
    fn mark_stale(&mut self) {
        let by_all = std::mem::take(&mut self.stale_config);
        self.stale_all |= by_all;
        if !self.stale_all && self.stale_ids.is_empty() && self.stale_texts.is_empty() {
            return;
        }
        let stale_ids = std::mem::take(&mut self.stale_ids);
        let stale_texts = std::mem::take(&mut self.stale_texts);
        let affected: BTreeSet<FileId> = if std::mem::take(&mut self.stale_all) {
            self.state.files.keys().copied().collect()
        } else {
            let state = &self.state;
            let (index, catalogue) = (&state.index, &state.catalogue);
            let leading = match stale_ids.is_empty() {
                true => BTreeSet::new(),
                false => self.successors.leading_to(&stale_ids, catalogue, index.cited()),
            };
            let citing = leading.iter().flat_map(|id| index.citing(id).iter().copied());
            let defining = stale_ids.iter().flat_map(|id| index.defining(id).iter().map(|other| other.file));
            let into_text = stale_texts.iter().flat_map(|id| {
                let files = index.citing(id).iter().copied();
                files.filter(move |file| state.file(*file).is_some_and(|file| file.summary().pinpoints(id)))
            });
            citing.chain(defining).chain(into_text).collect()
        };
        for id in affected {
            if let Some(file) = self.state.files.get(&id) {
                let file = Arc::new(if by_all { file.unjudged_by_all() } else { file.unjudged() });
                self.state.files.insert(id, file);
                if !self.changes.read.contains(&id) {
                    self.changes.judged.insert(id);
                }
            }
        }
    }

    /// Notes what keeps a file from being read; nothing, if there is nothing.
    fn report(&mut self, location: Location, problems: Vec<Problem>) {
        if problems.is_empty() && self.state.problems.is_empty() || self.state.problems_of(&location) == problems {
            return;
        }
        if problems.is_empty() {
            self.state.problems.remove(&location);
        } else {
            self.state.problems.insert(location.clone(), problems.into());
        }
        self.changes.problems.insert(location);
    }
}

fn check_size(location: &Location, len: usize) -> Result<(), Problem> {
    if len as u64 <= MAX_BYTES {
        return Ok(());
    }
    let message = format!("the text is too large: {len} bytes, where {MAX_BYTES} can be read");
    Err(Problem { location: location.clone(), place: None, message })
}
