//! Progress bars in the editor: those that the server opens, and those of requests that take long.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tower_lsp::ls_types::request::WorkDoneProgressCreate;
use tower_lsp::ls_types::{
    NumberOrString, WorkDoneProgress, WorkDoneProgressBegin, WorkDoneProgressCreateParams, WorkDoneProgressEnd,
    WorkDoneProgressParams, WorkDoneProgressReport,
};

use super::outbox::Outbox;

/// How often a bar moves at most.
const AT_MOST_EVERY: Duration = Duration::from_millis(100);

/// A progress bar. It begins when the client has agreed, which nobody waits for, and ends when this is dropped.
pub(super) struct Bar {
    outbox: Outbox,
    token: NumberOrString,
    stage: Arc<Mutex<Stage>>,
}

enum Stage {
    /// The client has not agreed yet.
    Asked,
    /// It is there; when it was moved last.
    Shown(Instant),
    /// It is gone, or was never there.
    Over,
}

impl Bar {
    /// A bar of the server's own. One that can be cancelled is by `window/workDoneProgress/cancel`, with its token.
    pub(super) fn open(outbox: &Outbox, title: &str, message: Option<String>, cancellable: bool) -> Bar {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let token = NumberOrString::String(format!("resmark/{}", NUMBER.fetch_add(1, Ordering::Relaxed)));
        let bar = Bar { outbox: outbox.clone(), token, stage: Arc::new(Mutex::new(Stage::Asked)) };
        let begin = begin(title, message, cancellable);
        let (sender, token, stage) = (outbox.clone(), bar.token.clone(), Arc::clone(&bar.stage));
        let params = WorkDoneProgressCreateParams { token: token.clone() };
        outbox.request::<WorkDoneProgressCreate>(params, move |answer| {
            let mut stage = stage.lock().unwrap_or_else(PoisonError::into_inner);
            if answer.is_ok() && matches!(*stage, Stage::Asked) {
                *stage = Stage::Shown(Instant::now());
                sender.progress(&token, &begin);
            }
        });
        bar
    }

    /// The bar that the client has prepared for a request, if it has.
    pub(super) fn of_request(outbox: &Outbox, params: &WorkDoneProgressParams, title: &str) -> Option<Bar> {
        let token = params.work_done_token.clone()?;
        outbox.progress(&token, &begin(title, None, true));
        let stage = Arc::new(Mutex::new(Stage::Shown(Instant::now())));
        Some(Bar { outbox: outbox.clone(), token, stage })
    }

    /// By which the client names it.
    pub(super) fn token(&self) -> &NumberOrString {
        &self.token
    }

    /// Moves it, unless it was moved a moment ago: what is done, in words, and how much of all, in percent.
    pub(super) fn report(&self, percentage: Option<u32>, message: impl FnOnce() -> String) {
        let mut stage = self.stage.lock().unwrap_or_else(PoisonError::into_inner);
        let Stage::Shown(moved) = &mut *stage else { return };
        if moved.elapsed() < AT_MOST_EVERY {
            return;
        }
        *moved = Instant::now();
        let report = WorkDoneProgressReport { message: Some(message()), percentage, ..Default::default() };
        self.outbox.report(&self.token, &WorkDoneProgress::Report(report));
    }

    /// Takes it away; `message` says what came of it.
    pub(super) fn end(&self, message: Option<String>) {
        let mut stage = self.stage.lock().unwrap_or_else(PoisonError::into_inner);
        if let Stage::Shown(_) = std::mem::replace(&mut *stage, Stage::Over) {
            self.outbox.progress(&self.token, &WorkDoneProgress::End(WorkDoneProgressEnd { message }));
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.end(None);
    }
}

fn begin(title: &str, message: Option<String>, cancellable: bool) -> Value {
    let begin = WorkDoneProgressBegin {
        title: title.to_owned(),
        message,
        cancellable: Some(cancellable),
        // A bar that begins without a percentage never shows one.
        percentage: Some(0),
    };
    json!(WorkDoneProgress::Begin(begin))
}
