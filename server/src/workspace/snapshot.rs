//! The workspace at one moment.

use std::path::Path;
use std::sync::Arc;

use imbl::{HashMap, OrdMap, OrdSet};
use jiff::civil::Date;

use super::index::{Definition, Index};
use super::judging::{Desk, side_of};
use super::{File, FileId, Location, Problem, Text};
use crate::catalogue::Catalogue;
use crate::citation::{ResolutionId, Version};
use crate::config::{Config, Overrides};
use crate::facts::Facts;
use crate::reference::Wanted;
use crate::rules::{Finding, Input, Library, LibraryText, is_of_document_alone};
use crate::syntax::{Language, ResolutionIndex, Side};
use crate::threads::{WORTH_A_THREAD, both};

/// How much of the workspace's folders has been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadState {
    /// They are being read for the first time: what is not known may be in the next file.
    Opening,
    /// More is being read: a folder that came in, or one of which other files count now.
    Reading,
    /// The drafter stopped it: what is in the files that were left is not known.
    Stopped,
    /// All of it: what is not known is not there.
    Whole,
}

/// The workspace after the last edit; it never changes, and a clone costs nothing.
#[derive(Debug, Clone)]
pub struct Snapshot {
    pub(super) files: OrdMap<FileId, Arc<File>>,
    pub(super) ids: HashMap<Location, FileId>,
    /// The documents that are open in the editor.
    pub(super) open: OrdSet<FileId>,
    pub(super) index: Index,
    pub(super) catalogue: Arc<Catalogue>,
    pub(super) problems: OrdMap<Location, Arc<[Problem]>>,
    pub(super) today: Date,
    /// By folder: the day as of which what lies in it and below it is judged, where it is another one.
    pub(super) days: OrdMap<Arc<Path>, Date>,
    /// By folder: the configuration of what lies in it and below it, down to the next one.
    pub(super) configs: OrdMap<Arc<Path>, Arc<Config>>,
    /// The folder in which texts without a path count as being.
    pub(super) home: Option<Arc<Path>>,
    pub(super) overrides: Arc<Overrides>,
    pub(super) read: ReadState,
}

impl Snapshot {
    /// The document of an id.
    pub fn file(&self, id: FileId) -> Option<&Arc<File>> {
        self.files.get(&id)
    }

    /// The document at a path.
    pub fn file_at(&self, path: &Path) -> Option<&Arc<File>> {
        self.file_in(&Location::from(path))
    }

    /// The document at a location.
    pub fn file_in(&self, location: &Location) -> Option<&Arc<File>> {
        self.files.get(self.ids.get(location)?)
    }

    /// Every document, in the order in which they came to be known.
    pub fn files(&self) -> impl Iterator<Item = &Arc<File>> {
        self.files.values()
    }

    /// The documents that are open in the editor.
    pub fn open_files(&self) -> impl Iterator<Item = &Arc<File>> {
        self.open.iter().filter_map(|id| self.file(*id))
    }

    /// The same workspace for who works on one document after the other: what is read of this one while it is looked at is
    /// let go with the answer.
    pub fn beside(&self, id: FileId) -> Snapshot {
        let mut beside = self.clone();
        if let Some(file) = self.file(id).filter(|file| !file.is_open()) {
            beside.files.insert(id, Arc::new(file.at_rest()));
        }
        beside
    }

    /// The same without its documents: what they are judged by.
    pub(super) fn without_documents(&self) -> Snapshot {
        let mut catalogue = Catalogue::clone(&self.catalogue);
        catalogue.forget_resolutions();
        Snapshot {
            files: OrdMap::new(),
            ids: HashMap::new(),
            open: OrdSet::new(),
            index: Index::default(),
            catalogue: Arc::new(catalogue),
            problems: OrdMap::new(),
            ..self.clone()
        }
    }

    /// Whether documents are judged by the same, but for what they say of each other.
    pub(super) fn judges_like(&self, other: &Snapshot) -> bool {
        self.today == other.today
            && self.days == other.days
            && self.configs == other.configs
            && self.home == other.home
            && self.overrides == other.overrides
            && self.catalogue.has_the_files_of(&other.catalogue)
    }

    /// What is wrong with a document, in text order; what the rules found once is kept. While the workspace is read for
    /// the first time, only what rests on the document alone.
    pub fn findings(&self, id: FileId) -> Vec<&Finding> {
        self.file(id).map(|file| self.findings_of(file)).unwrap_or_default()
    }

    pub(super) fn findings_of<'a>(&self, file: &'a File) -> Vec<&'a Finding> {
        self.judge_file(file);
        if self.read != ReadState::Opening {
            return file.known_findings().unwrap_or_default();
        }
        // What rests on other files would be taken back when they are read.
        let mut findings = file.known_own().unwrap_or_default();
        findings.retain(|finding| is_of_document_alone(finding));
        findings
    }

    /// Asks the rules that were not asked yet.
    fn judge_file(&self, file: &File) {
        let alone = self.read == ReadState::Opening;
        if file.is_judged() || (alone && file.is_judged_alone()) {
            return;
        }
        let judge = |input: &Input<'_>| {
            file.judge_own(input);
            if !alone {
                file.judge_cross(input);
            }
        };
        if !file.is_open() {
            let reading = file.in_passing();
            let desk = Desk::new(self);
            let config = self.config_for(&file.location, &reading.facts);
            let today = self.today_for(&file.location);
            judge(&Input::new(file.text(), &reading.facts, &self.catalogue, today, config).with_library(&desk));
        } else if file.text().len() < WORTH_A_THREAD || alone {
            judge(&self.input(file));
        } else {
            // Somebody waits: both kinds of rules at the same time.
            both(|| file.judge_own(&self.input(file)), || file.judge_cross(&self.input(file)));
        }
    }

    /// What a rule reads of a document.
    pub fn input<'a>(&'a self, file: &'a File) -> Input<'a> {
        let config = self.config_for(&file.location, file.facts());
        let today = self.today_for(&file.location);
        let input = Input::new(file.text(), file.facts(), &self.catalogue, today, config).with_library(self);
        if file.is_open() { input.with_answered(file.answered(&self.catalogue, today)) } else { input }
    }

    /// How a document is to be judged: by what is configured for it, and what it says itself.
    pub(super) fn config_for(&self, location: &Location, facts: &Facts) -> Config {
        self.overrides.apply(self.config(location).of_file(&facts.document))
    }

    /// The configuration of a document: that of its folder, or else of the nearest folder above that has one.
    pub fn config(&self, location: &Location) -> Arc<Config> {
        let folder = location.path().and_then(Path::parent).or(self.home.as_deref());
        let mut above = folder.into_iter().flat_map(Path::ancestors);
        above.find_map(|folder| self.configs.get(folder)).cloned().unwrap_or_default()
    }

    /// The folders that have a configuration of their own.
    pub fn config_folders(&self) -> impl Iterator<Item = &Path> {
        self.configs.keys().map(|folder| &**folder)
    }

    /// Whether all of the workspace has been read, so that what is not known is not there.
    pub fn is_complete(&self) -> bool {
        self.read == ReadState::Whole
    }

    /// Whether more of the workspace is about to be known.
    pub fn is_reading(&self) -> bool {
        matches!(self.read, ReadState::Opening | ReadState::Reading)
    }

    /// How much of the workspace has been read.
    pub fn read_state(&self) -> ReadState {
        self.read
    }

    /// What to say beside an answer that another file may change; nothing when all has been read.
    pub fn reservation(&self) -> Option<&'static str> {
        match self.read {
            ReadState::Opening | ReadState::Reading => Some("The files of the workspace are still being read."),
            ReadState::Stopped => Some("Reading the workspace was stopped, so not all of its files are known."),
            ReadState::Whole => None,
        }
    }

    /// The resolutions of the workspace that have this id, whatever their version.
    pub fn defining(&self, id: &ResolutionId) -> &[Definition] {
        self.index.defining(id)
    }

    /// The documents that cite this resolution, or may.
    pub fn citing(&self, id: &ResolutionId) -> &[FileId] {
        self.index.citing(id)
    }

    /// Which resolutions exist: bundled facts, the workspace's catalogue files and its resolutions.
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// What could not be read, by location.
    pub fn problems(&self) -> impl Iterator<Item = &Problem> {
        self.problems.values().flat_map(|problems| problems.iter())
    }

    /// What could not be read of one file.
    pub fn problems_of(&self, location: &Location) -> &[Problem] {
        self.problems.get(location).map_or(&[], |problems| problems)
    }

    /// The day as of which the citations of a document are judged: of the innermost folder that has one of its own, else
    /// the general one.
    pub fn today_for(&self, location: &Location) -> Date {
        let mut above = location.path().filter(|_| !self.days.is_empty()).into_iter().flat_map(Path::ancestors).skip(1);
        above.find_map(|folder| self.days.get(folder)).copied().unwrap_or(self.today)
    }

    /// The day as of which citations are judged, where no folder has one of its own.
    pub fn today(&self) -> Date {
        self.today
    }
}

impl Snapshot {
    /// The texts of a resolution in a version, or in any: their documents, which of the document's resolutions they are,
    /// and the reading that is of this version.
    pub(super) fn texts_of(
        &self,
        id: &ResolutionId,
        version: Option<&Version>,
    ) -> impl Iterator<Item = (&File, ResolutionIndex, Side)> {
        self.summaries_of(id, version).map(|(file, text, side)| (file, text.resolution, side))
    }

    fn summaries_of(&self, id: &ResolutionId, version: Option<&Version>) -> impl Iterator<Item = (&File, &Text, Side)> {
        self.index.defining(id).iter().filter_map(move |definition| {
            let file = self.file(definition.file)?;
            let text = file.summary().text(definition.resolution).filter(|text| !text.is_stub)?;
            let side = side_of(text.version.as_ref(), text.version_in_force.as_ref(), version)?;
            Some((&**file, text, side))
        })
    }
}

impl Library for Snapshot {
    fn texts(&self, id: &ResolutionId, version: Option<&Version>) -> Vec<LibraryText<'_>> {
        let texts = self.texts_of(id, version);
        texts.map(|(file, resolution, side)| LibraryText { facts: file.facts(), resolution, side }).collect()
    }

    fn surely_has(&self, id: &ResolutionId, version: Option<&Version>, language: Language, wanted: &Wanted) -> bool {
        let mut texts = self.summaries_of(id, version).filter(|(_, text, _)| text.language == Some(language));
        texts.any(|(_, text, side)| text.surely_has(wanted, side))
    }
}
