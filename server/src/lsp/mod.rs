//! The protocol: capabilities, conversion, dispatch, and nothing else.
//!
//! `tower-lsp-server` polls handlers concurrently, so a handler only hands its message to the one owner of the state
//! (`owner.rs`), before it first waits for anything; a request is then answered by a worker thread from a snapshot.
//! No handler waits for the client. `ARCHITECTURE.md` says what was measured to arrive at that.

mod actions;
mod capabilities;
mod citations;
mod client;
mod completion;
mod context;
mod diagnostics;
mod features;
mod files;
mod folding;
mod formatting;
mod frames;
mod gate;
mod goto;
mod graph;
mod hierarchy;
mod hover;
mod indexing;
mod inlay;
mod lens;
mod links;
mod outbox;
mod outline;
mod owner;
mod plain;
mod pool;
mod position;
mod preview;
mod preview_pages;
mod preview_server;
mod preview_stream;
mod progress;
mod rename;
mod selection;
mod server;
mod socket;
mod status;
mod stdio;
mod tables;
mod tokens;
mod uri;
mod waiting;
mod watch;
mod workspace_symbols;

use std::process::ExitCode;

use tower_lsp::{LspService, Server};

use server::Backend;

/// Whose findings they are, for an editor that shows those of several tools.
const SOURCE: &str = "resmark";

/// How many requests may be answered at once. Notifications wait for a place as well, and cancelling is one: with few
/// places a handful of slow requests would keep the edits out.
const CONCURRENCY: usize = 1024;

/// Serves one client over standard input and output until it leaves. Fails when the client left without saying
/// goodbye (`exit` without `shutdown`), as the protocol wants it, or when the threads cannot be started.
pub fn run() -> ExitCode {
    tables::prepare();
    // Messages are handed on and nothing more is done with them here: one thread does that soonest, as no message has to
    // wake another one on its way.
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("resmark lsp: the server could not be started: {error}");
            return ExitCode::from(2);
        }
    };
    let said_goodbye = runtime.block_on(serve());
    // Reading a file or a terminal cannot be interrupted; a client that said `exit` need not close it.
    runtime.shutdown_background();
    if said_goodbye { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

async fn serve() -> bool {
    let marks = socket::Marks::default();
    let (service, socket) = LspService::build(|client| Backend::new(client, marks.clone()))
        .custom_method("workspace/textDocumentContent", Backend::document_content)
        .custom_method("window/workDoneProgress/cancel", Backend::cancel_progress)
        .custom_method("textDocument/rangesFormatting", Backend::ranges_formatting)
        .custom_method("resmark/preview", Backend::preview)
        .custom_method("resmark/previewAddress", Backend::preview_address)
        .custom_method("resmark/previewScroll", Backend::preview_scroll)
        .custom_method("resmark/citations", Backend::citations)
        .custom_method("resmark/graph", Backend::graph)
        .custom_method("resmark/status", Backend::status)
        .custom_method("resmark/viewText", Backend::view_text)
        .custom_method("resmark/viewTree", Backend::view_tree)
        .finish();
    let goodbye = service.inner().goodbye();
    let socket = socket::Socket::new(socket, marks);
    let server =
        Server::new(frames::Frames::new(stdio::input()), stdio::output(), socket).concurrency_level(CONCURRENCY);
    server.serve(gate::Gate::new(service)).await;
    goodbye.load(std::sync::atomic::Ordering::Acquire)
}
