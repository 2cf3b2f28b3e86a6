//! Reading the workspace's folders in the background, and hearing of files that change there.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use serde_json::{Value, json};
use tower_lsp::ls_types::request::{RegisterCapability, WorkDoneProgressCreate};
use tower_lsp::ls_types::{
    MessageType, NumberOrString, ProgressParams, ProgressParamsValue, Registration, RegistrationParams,
    WorkDoneProgress, WorkDoneProgressBegin, WorkDoneProgressCreateParams, WorkDoneProgressEnd,
};

use super::client::ClientProfile;
use super::outbox::Outbox;
use super::owner::{Mailbox, Message};
use super::pool::{STACK_BYTES, guarded};
use crate::workspace::{Loaded, read_folder};

/// Asks the client to tell of files and settings that change.
pub(super) fn register(outbox: &Outbox, profile: &ClientProfile) {
    let mut registrations = Vec::new();
    if profile.watches_files {
        let watchers: Vec<Value> = ["**/*.resmark", "**/*.catalogue.json", "**/catalogue/*.json", "**/resmark.json"]
            .into_iter()
            .map(|glob| json!({ "globPattern": glob }))
            .collect();
        registrations.push(registration("workspace/didChangeWatchedFiles", json!({ "watchers": watchers })));
    }
    if profile.dynamic_configuration {
        registrations.push(registration("workspace/didChangeConfiguration", json!({ "section": "resmark" })));
    }
    if registrations.is_empty() {
        return;
    }
    let log = outbox.clone();
    outbox.request::<RegisterCapability>(RegistrationParams { registrations }, move |answer| {
        if let Err(error) = answer {
            log.log(MessageType::WARNING, format!("files that change outside of the editor go unnoticed: {error}"));
        }
    });
}

fn registration(method: &str, options: Value) -> Registration {
    Registration { id: format!("resmark:{method}"), method: method.to_owned(), register_options: Some(options) }
}

/// Reads a folder on a thread of its own and hands what it holds to the owner; nothing, if it cannot be read.
pub(super) fn start(folder: PathBuf, mailbox: Mailbox, outbox: Outbox, profile: &ClientProfile) {
    let progress = profile.progress.then(|| Progress::begin(&outbox, &folder));
    let (unread, sender) = (folder.clone(), mailbox.clone());
    let body = move || {
        match guarded(|| read_folder(&folder, &AtomicBool::new(false))) {
            Ok(loaded) => {
                let (documents, problems) = (loaded.documents.len(), loaded.problems.len());
                let message = format!("{}: {documents} documents read, {problems} problems", folder.display());
                outbox.log(MessageType::LOG, message);
                mailbox.send(Message::Indexed(folder, loaded));
            }
            Err(panic) => {
                let message = format!("{}: reading it failed ({panic}); please report it", folder.display());
                outbox.log(MessageType::ERROR, message);
                mailbox.send(Message::Indexed(folder, Loaded::default()));
            }
        }
        if let Some(progress) = progress {
            progress.end();
        }
    };
    // Without a thread the workspace's other resolutions stay unknown; what is open works all the same.
    if thread::Builder::new().name("resmark-indexing".to_owned()).stack_size(STACK_BYTES).spawn(body).is_err() {
        sender.send(Message::Indexed(unread, Loaded::default()));
    }
}

/// A progress bar in the editor; it appears when the client has agreed, which nobody waits for.
struct Progress {
    outbox: Outbox,
    token: NumberOrString,
    state: Arc<Mutex<ProgressState>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum ProgressState {
    Asked,
    Shown,
    Over,
}

impl Progress {
    fn begin(outbox: &Outbox, folder: &Path) -> Progress {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let token = NumberOrString::String(format!("resmark/reading-{number}"));
        let state = Arc::new(Mutex::new(ProgressState::Asked));
        let begin = WorkDoneProgressBegin {
            title: "Reading resolutions".to_owned(),
            message: folder.file_name().map(|name| name.to_string_lossy().into_owned()),
            ..WorkDoneProgressBegin::default()
        };
        let begin = value(&token, WorkDoneProgress::Begin(begin));
        let (sender, shared) = (outbox.clone(), Arc::clone(&state));
        outbox.request::<WorkDoneProgressCreate>(
            WorkDoneProgressCreateParams { token: token.clone() },
            move |answer| {
                let mut state = shared.lock().unwrap_or_else(PoisonError::into_inner);
                if answer.is_ok() && *state == ProgressState::Asked {
                    *state = ProgressState::Shown;
                    sender.progress(begin);
                }
            },
        );
        Progress { outbox: outbox.clone(), token, state }
    }

    fn end(self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if *state == ProgressState::Shown {
            self.outbox.progress(value(&self.token, WorkDoneProgress::End(WorkDoneProgressEnd::default())));
        }
        *state = ProgressState::Over;
    }
}

fn value(token: &NumberOrString, value: WorkDoneProgress) -> ProgressParams {
    ProgressParams { token: token.clone(), value: ProgressParamsValue::WorkDone(value) }
}
