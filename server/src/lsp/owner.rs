//! The one owner of the workspace: a thread that takes messages in the order in which they came.
//!
//! Documents' changes and requests go through the same queue, so a request sees every edit before it. A request's own
//! work is done elsewhere, on a snapshot.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use crossbeam_channel::{Receiver, Sender, TryRecvError, unbounded};
use jiff::Zoned;
use jiff::civil::Date;
use serde_json::Value;
use tower_lsp::ls_types::request::WorkspaceConfiguration;
use tower_lsp::ls_types::{
    ConfigurationItem, ConfigurationParams, DidChangeTextDocumentParams, DidChangeWatchedFilesParams,
    DidChangeWorkspaceFoldersParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams, FileChangeType,
    MessageType, PublishDiagnosticsParams, Uri,
};

use super::client::{ClientProfile, Settings};
use super::context::Context;
use super::outbox::Outbox;
use super::pool::{Pool, STACK_BYTES, guarded};
use super::{diagnostics, indexing, uri};
use crate::facts::Facts;
use crate::ide::inlay::Wanted;
use crate::workspace::{CONFIG_FILE, Changes, FileId, FileKind, Loaded, Location, Problem, Snapshot, Workspace};

/// Changes that come closer to one another than this may be parts of one edit: Neovim sends the first line that an edit
/// touches at once and the others 150 ms later.
const ONE_EDIT: Duration = Duration::from_millis(500);

/// How long findings may wait while messages keep coming in.
const PUBLISH_AT_LEAST_EVERY: Duration = Duration::from_millis(300);

/// How long a configuration may have changed unnoticed where the client does not tell.
const LOOK_AT_CONFIGS_EVERY: Duration = Duration::from_secs(1);

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
    Configuration(Value),
    /// A folder has been read.
    Indexed(PathBuf, Loaded),
    /// Somebody wants to look.
    Ask(Question),
    /// The client did not understand us, or we it; to be noted in the log.
    Note(String),
}

/// A request, to be answered from a snapshot.
pub(super) struct Question {
    /// Set when nobody waits for the answer any more.
    pub cancelled: Arc<AtomicBool>,
    /// Whether it may take long and nobody looks at a cursor meanwhile.
    pub background: bool,
    /// Answers.
    pub answer: Box<dyn FnOnce(&Context) + Send>,
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
    folders: Vec<PathBuf>,
    /// How many folders are being read.
    reading: usize,
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
            folders: Vec::new(),
            reading: 0,
            looked: None,
            configs: HashMap::new(),
            uris: imbl::HashMap::new(),
            unpublished: BTreeSet::new(),
            changed: HashMap::new(),
            cited: HashMap::new(),
            shown: HashSet::new(),
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
                    guarded(|| self.publish())
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
                self.settings = settings;
                self.workspace.set_home(folders.first().map(PathBuf::as_path));
                self.workspace.set_complete(folders.is_empty());
                self.folders = folders;
            }
            Message::Initialized => {
                indexing::register(&self.outbox, &self.profile);
                for folder in self.folders.clone() {
                    self.index(folder);
                }
                self.workspace.set_complete(self.reading == 0);
            }
            Message::Open(params) => self.open(params),
            Message::Change(params) => self.change(params),
            Message::Close(params) => self.close(&params),
            Message::Watched(params) => self.watched(params),
            Message::Folders(params) => self.change_folders(params),
            Message::Configuration(value) => self.configure(&value),
            Message::Indexed(folder, loaded) => {
                self.reading = self.reading.saturating_sub(1);
                self.workspace.set_complete(self.reading == 0);
                if self.folders.contains(&folder) {
                    self.workspace.adopt(loaded);
                }
            }
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

    /// For a client that does not tell of files that change: looks whether a configuration did, now and then.
    fn look_at_configs(&mut self) {
        let now = Instant::now();
        if self.profile.watches_files || self.looked.is_some_and(|then| now - then < LOOK_AT_CONFIGS_EVERY) {
            return;
        }
        self.looked = Some(now);
        let snapshot = self.workspace.snapshot();
        let mut folders: BTreeSet<PathBuf> = snapshot.config_folders().map(Path::to_owned).collect();
        let open = snapshot.files().filter(|file| file.is_open());
        for path in open.filter_map(|file| file.location.path()) {
            let below = |folder: &&Path| self.folders.iter().any(|known| folder.starts_with(known));
            folders.extend(path.ancestors().skip(1).take_while(below).map(Path::to_owned));
        }
        for folder in folders {
            let config = folder.join(CONFIG_FILE);
            let written = std::fs::metadata(&config).and_then(|metadata| metadata.modified()).ok();
            if self.configs.insert(config.clone(), written) == Some(written) {
                continue;
            }
            match written {
                // What is wrong with it is noted in the workspace and published from there.
                Some(_) => drop(self.workspace.load_file(&config)),
                None => self.workspace.remove(&Location::from(config.as_path())),
            }
        }
    }

    /// Reads the configuration beside a document that lies in no folder of the workspace.
    fn look_beside(&mut self, location: &Location) {
        let Some(folder) = location.path().and_then(Path::parent) else { return };
        let config = folder.join(CONFIG_FILE);
        if !self.folders.iter().any(|known| folder.starts_with(known)) && config.is_file() {
            // What is wrong with it is noted in the workspace and published from there.
            let _ = self.workspace.load_file(&config);
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
        if !self.profile.pulls {
            let ticket = self.outbox.ticket(uri);
            self.outbox.publish(PublishDiagnosticsParams::new(uri.clone(), Vec::new(), None), ticket);
        }
    }

    fn open_document(&self, uri: &Uri) -> Option<FileId> {
        self.workspace.id_of(&uri::to_location(uri)).filter(|id| self.workspace.is_open(*id))
    }

    fn not_open(&self, what: &str, uri: &Uri) {
        let message = format!("{}: the client {what} a document that is not open; ignored", uri.as_str());
        self.outbox.log(MessageType::WARNING, message);
    }

    fn watched(&mut self, params: DidChangeWatchedFilesParams) {
        for event in params.changes {
            let Some(path) = uri::to_path(&event.uri) else { continue };
            if event.typ == FileChangeType::DELETED {
                self.workspace.remove_folder(&path);
            } else if FileKind::of(&path).is_some() {
                // What went wrong is noted in the workspace and published from there.
                let _ = self.workspace.load_file(&path);
            }
        }
    }

    fn change_folders(&mut self, params: DidChangeWorkspaceFoldersParams) {
        for folder in params.event.removed.iter().filter_map(|folder| uri::to_path(&folder.uri)) {
            self.folders.retain(|known| *known != folder);
            // What another folder of the workspace holds as well stays known to it.
            if !self.folders.iter().any(|other| folder.starts_with(other)) {
                self.workspace.remove_folder(&folder);
            }
            for nested in self.folders.clone().into_iter().filter(|other| other.starts_with(&folder)) {
                self.index(nested);
            }
        }
        for folder in params.event.added.iter().filter_map(|folder| uri::to_path(&folder.uri)) {
            if !self.folders.contains(&folder) {
                self.folders.push(folder.clone());
                self.index(folder);
            }
        }
    }

    /// Reads a folder on a thread of its own.
    fn index(&mut self, folder: PathBuf) {
        if folder.parent().is_none() {
            let message = "the workspace is the whole disk; its resolutions are not looked for. Open a folder instead";
            self.outbox.log(MessageType::WARNING, message);
            return;
        }
        self.reading += 1;
        self.workspace.set_complete(false);
        indexing::start(folder, self.mailbox.clone(), self.outbox.clone(), &self.profile);
    }

    fn configure(&mut self, value: &Value) {
        // A client that sends nothing wants to be asked.
        if value.is_null() && self.profile.configuration {
            let section = ConfigurationItem { scope_uri: None, section: Some("resmark".to_owned()) };
            let mailbox = self.mailbox.clone();
            self.outbox.request::<WorkspaceConfiguration>(
                ConfigurationParams { items: vec![section] },
                move |answer| match answer.map(|values| values.into_iter().next()) {
                    Ok(Some(value)) if !value.is_null() => mailbox.send(Message::Configuration(value)),
                    Ok(_) => mailbox.send(Message::Configuration(Value::Object(Default::default()))),
                    Err(error) => mailbox.send(Message::Note(format!("the settings could not be read: {error}"))),
                },
            );
            return;
        }
        match Settings::of(value) {
            Ok(settings) => {
                if settings != self.settings && self.profile.refreshes_inlay_hints {
                    self.outbox.refresh_inlay_hints();
                }
                self.settings = settings;
            }
            Err(message) => self.outbox.show(MessageType::WARNING, message),
        }
    }

    fn ask(&mut self, question: Question) {
        if question.cancelled.load(Ordering::Relaxed) {
            return;
        }
        self.look_at_the_clock();
        let context = Context {
            snapshot: self.workspace.snapshot(),
            profile: Arc::clone(&self.profile),
            settings: self.settings.clone(),
            uris: self.uris.clone(),
            cancelled: question.cancelled,
        };
        let work = move || {
            if !context.is_cancelled() {
                (question.answer)(&context);
            }
        };
        if question.background { self.pool.run_in_background(work) } else { self.pool.run(work) }
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
        for location in &changes.problems {
            self.publish_problems(location, snapshot.problems_of(location));
        }
        self.refresh(&changes, &snapshot);
        let is_open = |id: &FileId| self.workspace.is_open(*id);
        if self.profile.pulls {
            self.unpublished.clear();
            if changes.judged.iter().any(is_open) {
                self.outbox.refresh_diagnostics();
            }
            return;
        }
        let mut affected: BTreeSet<FileId> = changes.read.iter().chain(&changes.judged).copied().collect();
        affected.append(&mut self.unpublished);
        affected.retain(is_open);
        let context = Arc::new(Context {
            snapshot,
            profile: Arc::clone(&self.profile),
            settings: self.settings.clone(),
            uris: self.uris.clone(),
            cancelled: Arc::default(),
        });
        for id in affected {
            let Some(uri) = context.uri(id) else { continue };
            let (ticket, context, outbox) = (self.outbox.ticket(&uri), Arc::clone(&context), self.outbox.clone());
            self.pool.run_in_background(move || {
                if ticket.is_stale() {
                    return;
                }
                match guarded(|| diagnostics::of_file(&context, id)) {
                    Ok((items, version)) => outbox.publish(PublishDiagnosticsParams::new(uri, items, version), ticket),
                    Err(panic) => {
                        let message = format!("{}: judging it failed ({panic}); please report it", uri.as_str());
                        outbox.log(MessageType::ERROR, message);
                    }
                }
            });
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
            let cited = snapshot.file(*id).map_or(0, |file| fingerprint(file.facts()));
            other |= self.cited.insert(*id, cited) != Some(cited);
        }
        for id in changes.removed.keys() {
            self.cited.remove(id);
        }
        if other {
            self.outbox.refresh_lenses();
        }
    }

    /// Logs a file's problems, shows them once, and marks them in the file.
    fn publish_problems(&mut self, location: &Location, problems: &[Problem]) {
        for problem in problems {
            self.tell(problem);
        }
        // A document that is open has findings of its own.
        let marked = location.path().is_some_and(|path| FileKind::of(path).is_some());
        let open = self.workspace.id_of(location).is_some_and(|id| self.workspace.is_open(id));
        if let (true, false, Some(uri)) = (marked, open, uri::of_location(location)) {
            let items = problems.iter().map(diagnostics::of_problem).collect();
            let ticket = self.outbox.ticket(&uri);
            self.outbox.publish(PublishDiagnosticsParams::new(uri, items, None), ticket);
        }
    }

    /// Writes a problem to the log, and the first time shows it to the drafter.
    fn tell(&mut self, problem: &Problem) {
        let message = problem.to_string();
        self.outbox.log(MessageType::WARNING, message.clone());
        if self.shown.insert(message.clone()) {
            self.outbox.show(MessageType::WARNING, message);
        }
    }

    fn look_at_the_clock(&mut self) {
        self.workspace.set_today(self.settings.as_of.unwrap_or_else(today));
    }
}

/// Whether a URI can be a document of ours: neither a page that the server wrote nor a catalogue or configuration file.
fn is_document(uri: &Uri) -> bool {
    let path = uri::to_path(uri);
    let kind = path.as_deref().and_then(FileKind::of);
    uri.scheme().as_str() != uri::CATALOGUE_SCHEME && !matches!(kind, Some(FileKind::Catalogue | FileKind::Config))
}

/// A number that changes with what a document cites, and not with other words.
fn fingerprint(facts: &Facts) -> u64 {
    let mut hasher = DefaultHasher::new();
    for citation in facts.citations.iter().filter(|citation| citation.id.is_some()) {
        citation.id.hash(&mut hasher);
    }
    hasher.finish()
}

/// The one place where the clock is read.
fn today() -> Date {
    Zoned::now().date()
}

/// The folders that a client names, without those that are no folder on this machine.
pub(super) fn local_folders<'a>(uris: impl Iterator<Item = &'a Uri>) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = uris.filter_map(uri::to_path).filter(|path: &PathBuf| Path::is_dir(path)).collect();
    folders.sort();
    folders.dedup();
    folders
}
