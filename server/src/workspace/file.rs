//! A document of the workspace.

use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};

use jiff::civil::Date;
use ropey::Rope;

use super::prepared::Prepared;
use super::shelf::{self, Shelf};
use super::{History, Location, Reading, Summary};
use crate::catalogue::Catalogue;
use crate::facts::Facts;
use crate::rules::{self, Answered, Finding, Input, Scope};
use crate::syntax::Parser;

/// A document, for as long as the workspace lives: a document that is closed, deleted and made again keeps its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub u32);

/// A document at one moment. Of one that is not open, its text and a summary are kept; the rest is read again when somebody
/// asks, which gives the same.
#[derive(Debug)]
pub struct File {
    /// Its id.
    pub id: FileId,
    /// Where it lives.
    pub location: Location,
    /// The version that the editor gave it, while it is open there.
    pub version: Option<i32>,
    text: Arc<str>,
    summary: Arc<Summary>,
    /// Its lines, tree and facts: of an open document from the first, of others since somebody asked for them.
    reading: OnceLock<Arc<Reading>>,
    shelf: Arc<Shelf>,
    /// What it remembers of the texts before; nothing while it has not been edited.
    pub(super) history: Option<Arc<History>>,
    /// The moment at which it got its text.
    pub(super) read_at: u64,
    /// What the catalogue said of its citations while it has been open.
    answers: Arc<Answers>,
    /// What the rules say that look at the document alone; made when first asked for.
    own: OnceLock<Arc<[Finding]>>,
    /// What the rules say that look at the catalogue as well; made when first asked for, and dropped when what the
    /// document cites has changed.
    cross: OnceLock<Arc<[Finding]>>,
}

/// What a catalogue said of a document's citations on a day.
#[derive(Debug, Default)]
struct Answers(Mutex<Option<By>>);

/// By which catalogue and on which day, and what it said.
type By = (Weak<Catalogue>, Date, Arc<Answered>);

impl Answers {
    fn by(&self, catalogue: &Arc<Catalogue>, today: Date) -> Arc<Answered> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &*kept {
            // A catalogue does not change while somebody has it, and while this points to it no other takes its place.
            Some((by, day, answered)) if by.as_ptr() == Arc::as_ptr(catalogue) && *day == today => Arc::clone(answered),
            _ => {
                let answered = Arc::default();
                *kept = Some((Arc::downgrade(catalogue), today, Arc::clone(&answered)));
                answered
            }
        }
    }
}

impl File {
    pub(super) fn new(
        id: FileId,
        location: Location,
        version: Option<i32>,
        prepared: Prepared,
        shelf: &Arc<Shelf>,
    ) -> File {
        File {
            id,
            location,
            version,
            text: prepared.text,
            summary: Arc::new(prepared.summary),
            reading: prepared.reading.map(OnceLock::from).unwrap_or_default(),
            shelf: Arc::clone(shelf),
            history: None,
            read_at: 0,
            answers: Arc::default(),
            own: OnceLock::new(),
            cross: OnceLock::new(),
        }
    }

    /// The same, with what it remembers of the texts before, and the moment at which it got its text.
    pub(super) fn remembering(self, history: Option<Arc<History>>, read_at: u64) -> File {
        File { history, read_at, ..self }
    }

    /// The same, with what the catalogue said of its citations in the text `before`.
    pub(super) fn answered_like(self, before: &File) -> File {
        File { answers: Arc::clone(&before.answers), ..self }
    }

    /// What the catalogue said of its citations before, where it is the same catalogue and the same day.
    pub(super) fn answered(&self, catalogue: &Arc<Catalogue>, today: Date) -> Arc<Answered> {
        self.answers.by(catalogue, today)
    }

    /// The same text, to be judged again by the rules that look at the catalogue.
    pub(super) fn unjudged(&self) -> File {
        File { cross: OnceLock::new(), ..self.copied() }
    }

    /// The same text, to be judged again by all rules.
    pub(super) fn unjudged_by_all(&self) -> File {
        File { own: OnceLock::new(), ..self.unjudged() }
    }

    /// The same text under another version. One that is opened or closed is read again: of an open document more is kept.
    pub(super) fn with_version(&self, version: Option<i32>) -> File {
        let copied = File { version, ..self.copied() };
        if version.is_some() == self.is_open() { copied } else { copied.at_rest() }
    }

    /// The same without its reading.
    pub(super) fn at_rest(&self) -> File {
        File { reading: OnceLock::new(), ..self.copied() }
    }

    fn copied(&self) -> File {
        File {
            id: self.id,
            location: self.location.clone(),
            version: self.version,
            text: Arc::clone(&self.text),
            summary: Arc::clone(&self.summary),
            reading: self.reading.clone(),
            shelf: Arc::clone(&self.shelf),
            history: self.history.clone(),
            read_at: self.read_at,
            answers: Arc::clone(&self.answers),
            own: self.own.clone(),
            cross: self.cross.clone(),
        }
    }

    /// Its text.
    pub fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn shared_text(&self) -> &Arc<str> {
        &self.text
    }

    /// What others ask about it; always at hand.
    pub fn summary(&self) -> &Summary {
        &self.summary
    }

    /// Its lines, tree and facts. Of a document that is not open they are read, and then kept for a while: who looks at
    /// many documents takes [`File::glance`], or what the summary says.
    pub fn reading(&self) -> &Reading {
        self.reading.get_or_init(|| match self.is_open() {
            true => Arc::new(Reading::edited(&self.text, &mut Parser::new())),
            false => self.shelf.keep(self.id, &self.text),
        })
    }

    /// What it says; of a document that is not open this is read and kept for a while, see [`File::reading`].
    pub fn facts(&self) -> &Facts {
        &self.reading().facts
    }

    /// The same for who comes by many documents: of one that is not open it is read, and soon forgotten.
    pub fn glance(&self) -> Arc<Reading> {
        match self.is_open() {
            true => self.shared_reading(),
            false => self.kept_reading().unwrap_or_else(|| self.shelf.glance(&self.text)),
        }
    }

    /// The same for who comes by all documents: of one that is not open it is read, and forgotten at once.
    pub(super) fn in_passing(&self) -> Arc<Reading> {
        match self.is_open() {
            true => self.shared_reading(),
            false => self.kept_reading().unwrap_or_else(|| shelf::read(&self.text)),
        }
    }

    /// [`File::reading`], to keep it.
    pub(super) fn shared_reading(&self) -> Arc<Reading> {
        self.reading();
        self.kept_reading().unwrap_or_else(|| shelf::read(&self.text))
    }

    fn kept_reading(&self) -> Option<Arc<Reading>> {
        self.reading.get().cloned()
    }

    /// What is kept of its reading at the moment.
    pub(super) fn kept(&self) -> Option<&Reading> {
        self.reading.get().map(|reading| &**reading)
    }

    /// Its text by lines, for columns.
    pub fn rope(&self) -> Rope {
        self.kept().map_or_else(|| self.shelf.lined(&self.text), |reading| reading.rope.clone())
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

    /// Whether all findings are at hand.
    pub(super) fn is_judged(&self) -> bool {
        self.is_judged_alone() && self.cross.get().is_some()
    }

    /// Whether those are that rest on the document alone.
    pub(super) fn is_judged_alone(&self) -> bool {
        self.own.get().is_some()
    }

    /// What was found in it before the workspace had it.
    pub(super) fn take_over(&self, own: Option<Arc<[Finding]>>, cross: Option<Arc<[Finding]>>) {
        // What is there already is no worse.
        own.into_iter().for_each(|own| drop(self.own.set(own)));
        cross.into_iter().for_each(|cross| drop(self.cross.set(cross)));
    }

    /// What the rules say that look at the document alone, if they were asked.
    pub(super) fn known_own(&self) -> Option<Vec<&Finding>> {
        let mut findings: Vec<&Finding> = self.own.get()?.iter().collect();
        rules::sort(&mut findings);
        Some(findings)
    }

    /// What the rules say, if they were asked.
    pub(super) fn known_findings(&self) -> Option<Vec<&Finding>> {
        let (own, cross) = (self.own.get()?, self.cross.get()?);
        let mut findings: Vec<&Finding> = own.iter().chain(cross.iter()).collect();
        rules::sort(&mut findings);
        Some(findings)
    }

    /// Asks the rules that look at the document alone.
    pub(super) fn judge_own(&self, input: &Input<'_>) {
        self.own.get_or_init(|| rules::check(input, Scope::Document).into());
    }

    /// Asks the rules that look at the catalogue as well.
    pub(super) fn judge_cross(&self, input: &Input<'_>) {
        self.cross.get_or_init(|| rules::check(input, Scope::Catalogue).into());
    }
}
