//! The one owner of the workspace: a thread that takes messages in the order in which they came.
//!
//! Documents' changes and requests go through the same queue, so a request sees every edit before it. A request's own
//! work is done elsewhere, on a snapshot.

mod disk;
mod settings;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use crossbeam_channel::{Receiver, Sender, TryRecvError, unbounded};
use dashmap::DashMap;
use jiff::Zoned;
use jiff::civil::Date;
use serde_json::Value;
use tower_lsp::ls_types::{
    CreateFilesParams, DeleteFilesParams, DidChangeTextDocumentParams, DidChangeWatchedFilesParams,
    DidChangeWorkspaceFoldersParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams, MessageType,
    NumberOrString, PublishDiagnosticsParams, RenameFilesParams, Uri,
};

use super::client::{ClientProfile, Settings};
use super::context::Context;
use super::indexing::Underway;
use super::outbox::Outbox;
use super::pool::{Pool, STACK_BYTES, guarded};
use super::{diagnostics, uri, watch};
use crate::ide::inlay::Wanted;
use crate::workspace::{Changes, FileId, FileKind, Loaded, Location, Problem, ReadState, Snapshot, Summary, Workspace};

/// Changes that come closer to one another than this may be parts of one edit: Neovim sends the first line that an edit
/// touches at once and the others 150 ms later.
const ONE_EDIT: Duration = Duration::from_millis(500);

/// How long findings may wait while messages keep coming in.
const PUBLISH_AT_LEAST_EVERY: Duration = Duration::from_millis(300);

/// A text of so many bytes is judged at once when it is typed in: that takes hardly longer than to wake another thread.
const AT_ONCE: usize = 48 * 1024;

/// What the owner is told.
pub(super) enum Message {
    /// The client has introduced itself.
    Initialize {
        profile: ClientProfile,
        settings: Settings,
        folders: Vec<PathBuf>,
    },
    /// The client is ready to be asked.
    Initialized,
    Open(DidOpenTextDocumentParams),
    Change(DidChangeTextDocumentParams),
    Close(DidCloseTextDocumentParams),
    Watched(DidChangeWatchedFilesParams),
    Folders(DidChangeWorkspaceFoldersParams),
    /// Files were made, moved or deleted in the editor.
    Created(CreateFilesParams),
    Renamed(RenameFilesParams),
    Deleted(DeleteFilesParams),
    /// The settings changed; what they are, if the client says it.
    Configuration(Value),
    /// What the client answered when it was asked for the settings: in general, then of each of these folders.
    Configured(Vec<PathBuf>, Vec<Value>),
    /// A folder has been read; the number under which that was begun.
    Indexed(u32, Loaded),
    /// The drafter wants no more of what a progress bar shows.
    Cancel(NumberOrString),
    /// Somebody wants to look.
    Ask(Question),
    /// The client did not understand us, or we it; to be noted in the log.
    Note(String),
}

/// A request, to be answered from a snapshot.
pub(super) struct Question {
    /// Set when nobody waits for the answer any more.
    pub cancelled: Arc<AtomicBool>,
    /// When it is answered.
    pub when: When,
    /// Answers.
    pub answer: Box<dyn FnOnce(&Context) + Send>,
}

/// When a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    /// At once: a drafter waits for it.
    Now,
    /// Behind others: it may take long, and nobody looks at a cursor meanwhile.
    Behind,
    /// When the folders are read: an answer that left out what is in the next file would do harm.
    Read,
}

/// The way to the owner.
#[derive(Clone)]
pub(super) struct Mailbox(Sender<Message>);

impl Mailbox {
    /// Hands over a message; never waits.
    pub(super) fn send(&self, message: Message) {
        // Fails only when the server is ending.
        let _ = self.0.send(message);
    }
}

/// Starts the owner.
pub(super) fn start(outbox: Outbox) -> Mailbox {
    let (sender, receiver) = unbounded();
    let mailbox = Mailbox(sender);
    let own = mailbox.clone();
    let body = move || Owner::new(outbox, own).run(&receiver);
    // Without a thread every request is answered with an error: the queue's receiver is dropped.
    let _ = thread::Builder::new().name("resmark-owner".to_owned()).stack_size(STACK_BYTES).spawn(body);
    mailbox
}

struct Owner {
    workspace: Workspace,
    profile: Arc<ClientProfile>,
    settings: Settings,
    /// The settings at the start, which later ones are laid over.
    first_settings: Settings,
    /// What is set for single folders.
    folder_settings: Arc<Vec<(PathBuf, Settings)>>,
    folders: Vec<PathBuf>,
    /// The folders that are being read, by the number under which that was begun.
    readings: BTreeMap<u32, Underway>,
    /// How often reading was begun.
    begun: u32,
    /// Whether all was read once.
    opened: bool,
    /// Folders of which the drafter did not want to wait for the end.
    stopped: BTreeSet<PathBuf>,
    /// Files that changed while folders are being read: who reads may have come by before.
    touched: BTreeSet<PathBuf>,
    /// Counts how often something changed by which every document is judged.
    epoch: Arc<AtomicU64>,
    /// What was last answered to a client that pulls, by its name.
    answered: Arc<DashMap<Uri, String>>,
    /// When the configurations were last looked at, and when each was written; for a client that does not watch them.
    looked: Option<Instant>,
    configs: HashMap<PathBuf, Option<SystemTime>>,
    /// The documents' URIs as the client writes them.
    uris: imbl::HashMap<FileId, Uri>,
    /// Open documents whose findings have to be published.
    unpublished: BTreeSet<FileId>,
    /// When each document was changed last.
    changed: HashMap<FileId, Instant>,
    /// What each document cites, as a number, for a client whose lenses follow it.
    cited: HashMap<FileId, u64>,
    /// Problems that were shown to the drafter already.
    shown: HashSet<String>,
    /// Questions that wait until the folders are read.
    waiting: Vec<Question>,
    pool: Pool,
    outbox: Outbox,
    mailbox: Mailbox,
}

impl Owner {
    fn new(outbox: Outbox, mailbox: Mailbox) -> Owner {
        Owner {
            workspace: Workspace::new(today()),
            profile: Arc::new(ClientProfile::of(&Default::default())),
            settings: Settings::default(),
            first_settings: Settings::default(),
            folder_settings: Arc::default(),
            folders: Vec::new(),
            readings: BTreeMap::new(),
            begun: 0,
            opened: false,
            stopped: BTreeSet::new(),
            touched: BTreeSet::new(),
            epoch: Arc::default(),
            answered: Arc::default(),
            looked: None,
            configs: HashMap::new(),
            uris: imbl::HashMap::new(),
            unpublished: BTreeSet::new(),
            changed: HashMap::new(),
            cited: HashMap::new(),
            shown: HashSet::new(),
            waiting: Vec::new(),
            pool: Pool::new(),
            outbox,
            mailbox,
        }
    }

    fn run(mut self, queue: &Receiver<Message>) {
        // Since when there may be something to publish.
        let mut pending: Option<Instant> = None;
        loop {
            // Findings are published when nothing more is waiting, or now and then when it never ends.
            let message = match pending {
                Some(since) if since.elapsed() > PUBLISH_AT_LEAST_EVERY => None,
                Some(_) => match queue.try_recv() {
                    Ok(message) => Some(message),
                    Err(TryRecvError::Empty) => None,
                    Err(TryRecvError::Disconnected) => return,
                },
                None => match queue.recv() {
                    Ok(message) => Some(message),
                    Err(_) => return,
                },
            };
            let outcome = match message {
                Some(message) => {
                    pending.get_or_insert_with(Instant::now);
                    guarded(|| self.take(message))
                }
                None => {
                    pending = None;
                    guarded(|| {
                        self.publish();
                        self.workspace.let_go();
                    })
                }
            };
            if let Err(panic) = outcome {
                self.outbox.log(MessageType::ERROR, format!("Resmark failed ({panic}) and goes on; please report it"));
            }
        }
    }

    fn take(&mut self, message: Message) {
        self.look_at_configs();
        match message {
            Message::Initialize { profile, settings, folders } => {
                self.profile = Arc::new(profile);
                self.settings = settings.clone();
                self.first_settings = settings;
                self.workspace.set_home(folders.first().map(PathBuf::as_path));
                self.workspace.set_read(if folders.is_empty() { ReadState::Whole } else { ReadState::Opening });
                self.folders = folders;
            }
            Message::Initialized => {
                watch::register(&self.outbox, &self.profile, &self.folders);
                self.ask_for_settings();
                for folder in self.folders.clone() {
                    self.index(folder);
                }
                self.note_what_is_read();
            }
            Message::Open(params) => self.open(params),
            Message::Change(params) => self.change(params),
            Message::Close(params) => self.close(&params),
            Message::Watched(params) => self.watched(params),
            Message::Folders(params) => self.change_folders(params),
            Message::Created(params) => self.created(&params),
            Message::Renamed(params) => self.renamed(&params),
            Message::Deleted(params) => self.deleted(&params),
            Message::Configuration(value) => self.configure(&value),
            Message::Configured(folders, values) => self.configured(&folders, &values),
            Message::Indexed(number, loaded) => self.indexed(number, loaded),
            Message::Cancel(token) => self.cancel(&token),
            Message::Ask(question) => self.ask(question),
            Message::Note(text) => self.outbox.log(MessageType::WARNING, text),
        }
    }

    fn open(&mut self, params: DidOpenTextDocumentParams) {
        let document = params.text_document;
        if !is_document(&document.uri) {
            return;
        }
        let location = uri::to_location(&document.uri);
        self.look_beside(&location);
        match self.workspace.open(location, document.version, &document.text) {
            Ok(id) => {
                self.uris.insert(id, document.uri);
                self.unpublished.insert(id);
            }
            Err(problem) => self.tell(&problem),
        }
    }

    fn change(&mut self, params: DidChangeTextDocumentParams) {
        let document = params.text_document;
        let Some(id) = self.open_document(&document.uri) else {
            if is_document(&document.uri) {
                self.not_open("changed", &document.uri);
            }
            return;
        };
        let before = self.changed.insert(id, Instant::now());
        if before.is_some_and(|before| before.elapsed() < ONE_EDIT) {
            self.workspace.goes_on(id);
        }
        for change in params.content_changes {
            let outcome = match change.range {
                Some(range) => {
                    let Some(rope) = self.workspace.rope(id) else { continue };
                    let range = self.profile.encoding.text_range(rope, range);
                    self.workspace.edit(id, range, &change.text)
                }
                None => self.workspace.replace(id, &change.text),
            };
            if let Err(problem) = outcome {
                self.tell(&problem);
            }
        }
        self.workspace.set_version(id, Some(document.version));
        self.unpublished.insert(id);
    }

    fn close(&mut self, params: &DidCloseTextDocumentParams) {
        let uri = &params.text_document.uri;
        let Some(id) = self.open_document(uri) else {
            if is_document(uri) {
                self.not_open("closed", uri);
            }
            return;
        };
        self.workspace.close(id);
        self.changed.remove(&id);
        self.unpublished.remove(&id);
        self.answered.remove(uri);
        if !self.profile.pulls {
            let ticket = self.outbox.ticket(uri);
            self.outbox.publish(PublishDiagnosticsParams::new(uri.clone(), Vec::new(), None), &ticket);
        }
    }

    fn open_document(&self, uri: &Uri) -> Option<FileId> {
        self.workspace.id_of(&uri::to_location(uri)).filter(|id| self.workspace.is_open(*id))
    }

    fn not_open(&self, what: &str, uri: &Uri) {
        let message = format!("{}: the client {what} a document that is not open; ignored", uri.as_str());
        self.outbox.log(MessageType::WARNING, message);
    }

    fn ask(&mut self, question: Question) {
        if question.cancelled.load(Ordering::Relaxed) {
            return;
        }
        if question.when == When::Read && !self.readings.is_empty() {
            self.waiting.push(question);
            return;
        }
        self.look_at_the_clock();
        let context = self.context(question.cancelled);
        let work = move || {
            if !context.is_cancelled() {
                (question.answer)(&context);
            }
        };
        if question.when == When::Behind { self.pool.run_in_background(work) } else { self.pool.run(work) }
    }

    /// The state as it is now, for who answers.
    fn context(&mut self, cancelled: Arc<AtomicBool>) -> Context {
        Context {
            snapshot: self.workspace.snapshot(),
            profile: Arc::clone(&self.profile),
            settings: self.settings.clone(),
            folder_settings: Arc::clone(&self.folder_settings),
            folders: self.folders.clone(),
            uris: self.uris.clone(),
            answered: Arc::clone(&self.answered),
            began: self.epoch.load(Ordering::Relaxed),
            epoch: Arc::clone(&self.epoch),
            cancelled,
        }
    }

    /// Sends what has become different since the last time: findings to a client that waits for them, and to one
    /// that pulls the word to pull again.
    fn publish(&mut self) {
        self.look_at_the_clock();
        let changes = self.workspace.take_changes();
        if !(changes.read.is_empty() && changes.judged.is_empty() && changes.removed.is_empty()) {
            self.outbox.pages().changed();
        }
        let snapshot = self.workspace.snapshot();
        self.publish_problems(&changes.problems, &snapshot);
        self.refresh(&changes, &snapshot);
        let is_open = |id: &FileId| self.workspace.is_open(*id);
        if self.profile.pulls {
            self.unpublished.clear();
            if changes.judged.iter().any(is_open) {
                self.outbox.refresh_diagnostics();
            }
            return;
        }
        let typed = std::mem::take(&mut self.unpublished);
        let affected = changes.read.iter().chain(&changes.judged).chain(&typed);
        let mut affected: BTreeSet<FileId> = affected.copied().collect();
        affected.retain(is_open);
        let context = Arc::new(self.context(Arc::default()));
        let alone = affected.len() == 1;
        for id in affected {
            let Some(uri) = context.uri(id) else { continue };
            let small = snapshot.file(id).is_some_and(|file| file.text().len() <= AT_ONCE);
            let (ticket, context, outbox) = (self.outbox.ticket(&uri), Arc::clone(&context), self.outbox.clone());
            let judge = move || {
                if ticket.is_stale() {
                    return;
                }
                match guarded(|| diagnostics::of_file(&context, id)) {
                    Ok((items, version)) => outbox.publish(PublishDiagnosticsParams::new(uri, items, version), &ticket),
                    Err(panic) => {
                        let message = format!("{}: judging it failed ({panic}); please report it", uri.as_str());
                        outbox.log(MessageType::ERROR, message);
                    }
                }
            };
            // A drafter waits for what is said of the words just typed, but not for what follows from them elsewhere.
            match typed.contains(&id) {
                true if alone && small => judge(),
                true => self.pool.run(judge),
                false => self.pool.run_in_background(judge),
            }
        }
    }

    /// Tells the client to ask again for what stands in open documents and follows from others.
    fn refresh(&mut self, changes: &Changes, snapshot: &Snapshot) {
        if self.profile.refreshes_inlay_hints
            && self.settings.inlay_hints != Wanted::default()
            && changes.judged.iter().any(|id| self.workspace.is_open(*id))
        {
            self.outbox.refresh_inlay_hints();
        }
        if !(self.profile.refreshes_lenses && self.profile.shows_references) {
            return;
        }
        // With each key a document is read again; the lenses of the others change only with what it cites.
        let mut other = !changes.judged.is_empty() || !changes.removed.is_empty();
        for id in &changes.read {
            let cited = snapshot.file(*id).map_or(0, |file| fingerprint(file.summary()));
            other |= self.cited.insert(*id, cited) != Some(cited);
        }
        for id in changes.removed.keys() {
            self.cited.remove(id);
        }
        if other {
            self.outbox.refresh_lenses();
        }
    }

    /// Marks the problems of files at their places, logs them, and shows the drafter those that are new, in one message.
    fn publish_problems(&mut self, locations: &BTreeSet<Location>, snapshot: &Snapshot) {
        let mut new = Vec::new();
        for location in locations {
            let problems = snapshot.problems_of(location);
            new.extend(problems.iter().filter(|problem| self.log_problem(problem)));
            // A document that is open has findings of its own.
            let marked = location.path().is_some_and(|path| FileKind::of(path).is_some());
            let open = self.workspace.id_of(location).is_some_and(|id| self.workspace.is_open(id));
            if let (true, false, Some(uri)) = (marked, open, uri::of_location(location)) {
                let items = problems.iter().map(diagnostics::of_problem).collect();
                let ticket = self.outbox.ticket(&uri);
                self.outbox.publish(PublishDiagnosticsParams::new(uri, items, None), &ticket);
            }
        }
        let Some(first) = new.first() else { return };
        let others = match new.len() {
            1 => String::new(),
            2 => ". There is 1 more problem; the server's log has both".to_owned(),
            many => format!(". There are {} more problems; the server's log has all", many - 1),
        };
        self.outbox.show(MessageType::WARNING, format!("{first}{others}"));
    }

    /// Writes a problem to the log, and the first time shows it to the drafter.
    fn tell(&mut self, problem: &Problem) {
        if self.log_problem(problem) {
            self.outbox.show(MessageType::WARNING, problem.to_string());
        }
    }

    /// Writes a problem to the log; whether it is the first time.
    fn log_problem(&mut self, problem: &Problem) -> bool {
        let message = problem.to_string();
        self.outbox.log(MessageType::WARNING, message.clone());
        self.shown.insert(message)
    }

    fn look_at_the_clock(&mut self) {
        self.workspace.set_today(self.settings.as_of.unwrap_or_else(today));
        let days = self.folder_settings.iter().filter_map(|(folder, of)| Some((folder.as_path(), of.as_of?)));
        self.workspace.set_days(days);
    }
}

/// Whether a URI can be a document of ours: neither a page that the server wrote nor a catalogue or configuration file.
fn is_document(uri: &Uri) -> bool {
    let path = uri::to_path(uri);
    let kind = path.as_deref().and_then(FileKind::of);
    uri.scheme().as_str() != uri::CATALOGUE_SCHEME && !matches!(kind, Some(FileKind::Catalogue | FileKind::Config))
}

/// A number that changes with what a document cites, and not with other words.
fn fingerprint(summary: &Summary) -> u64 {
    let mut hasher = DefaultHasher::new();
    summary.cites().for_each(|id| id.hash(&mut hasher));
    hasher.finish()
}

/// The one place where the clock is read.
pub(super) fn today() -> Date {
    Zoned::now().date()
}

/// The folders that a client names, without those that are no folder on this machine.
pub(super) fn local_folders<'a>(uris: impl Iterator<Item = &'a Uri>) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = uris.filter_map(uri::to_path).filter(|path: &PathBuf| Path::is_dir(path)).collect();
    folders.sort();
    folders.dedup();
    folders
}
