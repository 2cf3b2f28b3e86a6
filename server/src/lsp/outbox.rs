//! What the server says to the client on its own account.
//!
//! Nobody waits for the client here: notifications go out one after the other from a queue of their own, of which what is
//! out of date is dropped (see [`waiting`](super::waiting)), and a request is a task with a time limit.

use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use serde_json::{Value, json};
use tokio::runtime::Handle;
use tokio::sync::Notify;
use tower_lsp::Client;
use tower_lsp::ls_types::notification::{Notification, PublishDiagnostics};
use tower_lsp::ls_types::request::Request;
use tower_lsp::ls_types::{MessageType, NumberOrString, PublishDiagnosticsParams, Uri};

use super::preview_pages::Pages;
use super::socket::{Mark, Marks};
use super::waiting::{Outgoing, Ticket, Waiting};

/// How long a client may take to answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// The way to the client; a clone is another handle on the same one.
#[derive(Clone)]
pub(super) struct Outbox {
    client: Client,
    runtime: Handle,
    waiting: Arc<Waiting>,
    /// Set when the client has to ask again.
    refreshes: Arc<Refreshes>,
    /// The open pages of the preview.
    pages: Pages,
    marks: Marks,
}

/// Progress and partial results, for which the types have one form only.
enum Progress {}

impl Notification for Progress {
    type Params = Value;
    const METHOD: &'static str = "$/progress";
}

/// What the client can be told to ask for again. One request at a time of each; what is wanted meanwhile is one more
/// request, however often it was wanted.
#[derive(Default)]
struct Refreshes {
    diagnostics: Notify,
    lenses: Notify,
    inlay_hints: Notify,
}

impl Outbox {
    /// An outbox whose queue is worked off on `runtime`.
    pub(super) fn new(client: Client, runtime: Handle, marks: Marks) -> Outbox {
        let waiting = Arc::new(Waiting::default());
        let (outgoing, sender) = (Arc::clone(&waiting), client.clone());
        runtime.spawn(async move {
            loop {
                match outgoing.next().await {
                    // These two may be sent even before the client is ready.
                    Outgoing::Log(typ, message) => sender.log_message(typ, message).await,
                    Outgoing::Show(typ, message) => sender.show_message(typ, message).await,
                    Outgoing::Diagnostics(params) => notify::<PublishDiagnostics>(&sender, params).await,
                    Outgoing::Progress(token, value) | Outgoing::Report(token, value) => {
                        notify::<Progress>(&sender, json!({ "token": token, "value": value })).await;
                    }
                    Outgoing::Mark(params) => notify::<Mark>(&sender, params).await,
                }
            }
        });
        let refreshes = Arc::new(Refreshes::default());
        let (wanted, sender) = (Arc::clone(&refreshes), client.clone());
        runtime.spawn(async move {
            loop {
                wanted.diagnostics.notified().await;
                let _ = tokio::time::timeout(PATIENCE, sender.workspace_diagnostic_refresh()).await;
            }
        });
        let (wanted, sender) = (Arc::clone(&refreshes), client.clone());
        runtime.spawn(async move {
            loop {
                wanted.lenses.notified().await;
                let _ = tokio::time::timeout(PATIENCE, sender.code_lens_refresh()).await;
            }
        });
        let (wanted, sender) = (Arc::clone(&refreshes), client.clone());
        runtime.spawn(async move {
            loop {
                wanted.inlay_hints.notified().await;
                let _ = tokio::time::timeout(PATIENCE, sender.inlay_hint_refresh()).await;
            }
        });
        Outbox { client, runtime, waiting, refreshes, marks, pages: Pages::new() }
    }

    /// Writes a line to the server's log in the editor.
    pub(super) fn log(&self, typ: MessageType, message: impl Into<String>) {
        self.waiting.push(Outgoing::Log(typ, message.into()));
    }

    /// Shows a message to the drafter.
    pub(super) fn show(&self, typ: MessageType, message: impl Into<String>) {
        self.waiting.push(Outgoing::Show(typ, message.into()));
    }

    /// The open pages of the preview.
    pub(super) fn pages(&self) -> &Pages {
        &self.pages
    }

    /// A ticket for the diagnostics of a document; those still under way are stale from now on.
    pub(super) fn ticket(&self, uri: &Uri) -> Ticket {
        self.waiting.ticket(uri)
    }

    /// Publishes the diagnostics of a document unless the ticket is stale.
    pub(super) fn publish(&self, params: PublishDiagnosticsParams, ticket: &Ticket) {
        self.waiting.publish(params, ticket);
    }

    /// Tells a client that pulls its diagnostics to pull them again.
    pub(super) fn refresh_diagnostics(&self) {
        self.refreshes.diagnostics.notify_one();
    }

    /// Tells a client to ask for the lenses again.
    pub(super) fn refresh_lenses(&self) {
        self.refreshes.lenses.notify_one();
    }

    /// Tells a client to ask for the inlay hints again.
    pub(super) fn refresh_inlay_hints(&self) {
        self.refreshes.inlay_hints.notify_one();
    }

    /// Begins or ends a bar, or hands out a part of an answer.
    pub(super) fn progress(&self, token: &NumberOrString, value: &impl Serialize) {
        self.waiting.push(Outgoing::Progress(token.clone(), json!(value)));
    }

    /// Says where a bar stands, which may be out of date before it goes out.
    pub(super) fn report(&self, token: &NumberOrString, value: &impl Serialize) {
        self.waiting.push(Outgoing::Report(token.clone(), json!(value)));
    }

    /// Waits until what was said so far is on its way, so that the answer that comes next does not overtake it. The client
    /// need not answer anything.
    pub(super) async fn flushed(&self) {
        let (params, came_out) = self.marks.mark();
        self.waiting.push(Outgoing::Mark(params));
        let _ = tokio::time::timeout(PATIENCE, came_out).await;
    }

    /// Asks the client something and hands on the answer, or why there is none.
    pub(super) fn request<R>(&self, params: R::Params, then: impl FnOnce(Result<R::Result, String>) + Send + 'static)
    where
        R: Request,
        R::Params: Send + 'static,
        R::Result: Send + 'static,
    {
        let client = self.client.clone();
        self.runtime.spawn(async move {
            then(match tokio::time::timeout(PATIENCE, client.send_request::<R>(params)).await {
                Ok(Ok(answer)) => Ok(answer),
                Ok(Err(error)) => Err(error.to_string()),
                Err(_) => Err("the client did not answer".to_owned()),
            });
        });
    }
}

async fn notify<N: Notification>(client: &Client, params: N::Params) {
    client.send_notification::<N>(params).await;
}
