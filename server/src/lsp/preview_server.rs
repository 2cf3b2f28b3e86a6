//! The preview in a browser: `resmark/previewAddress`, and pages served on this machine alone.
//!
//! What keeps other programs and web sites out: it listens on 127.0.0.1; the path begins with a secret of 192 bits from
//! the system; the name by which it is called has to be this machine's own, so that no web site can have its name lead
//! here; and the pages run nothing but our script and load nothing from elsewhere. Who asks slowly, or for too much, is
//! hung up on.
#![expect(clippy::disallowed_types, reason = "the one place that listens, on this machine's own address")]

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{self, HeaderName, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use serde::{Deserialize, Serialize};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tower_lsp::ls_types::request::ShowDocument;
use tower_lsp::ls_types::{Position, Range, ShowDocumentParams, TextDocumentIdentifier, Uri};

use super::outbox::Outbox;
use super::owner::Mailbox;
use super::preview::ViewName;
use super::preview_stream::{self, Body, Watched, ask};
use crate::ide::graph::STYLE as GRAPH_STYLE;
use crate::ide::preview::html::{SCRIPT, STYLE};

/// Bytes of the secret.
const SECRET: usize = 24;

/// The longest message that a page may send, in bytes.
const LONGEST: usize = 64 * 1024;

/// How many connections are held at once; a browser holds six to one machine, and what comes above waits.
const CONNECTIONS: usize = 64;

/// How long somebody may take to send what he asks for, before the connection is closed.
const PATIENCE: Duration = Duration::from_secs(10);

/// The most bytes that the head of a request may have, and the most lines. The longest is a document's address.
const HEAD: usize = 64 * 1024;
const HEAD_LINES: usize = 64;

/// The script of a page in a browser.
const BROWSER_SCRIPT: &str = include_str!("../../preview/browser.js");

/// The script of the page with the graph.
const GRAPH_SCRIPT: &str = include_str!("../../preview/graph.js");

/// What a page may load and do: our style and script, and ask this server.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// What is asked for.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AddressParams {
    pub text_document: TextDocumentIdentifier,
    #[serde(default)]
    pub view: ViewName,
    #[serde(default)]
    pub page: PageName,
}

/// What a page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum PageName {
    /// A text as it would be printed.
    #[default]
    Resolution,
    /// Who cites whom.
    Graph,
}

/// Where a page is.
#[derive(Debug, Serialize)]
pub(super) struct Address {
    pub url: String,
}

/// The editor has scrolled to a line, from 0.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ScrollParams {
    pub text_document: TextDocumentIdentifier,
    pub line: u32,
}

/// The server, once it runs. It ends with the program.
pub(super) struct PreviewServer {
    shared: Arc<Shared>,
}

/// What all connections share.
struct Shared {
    port: u16,
    /// What every path begins with, without slashes.
    secret: String,
    mailbox: Mailbox,
    outbox: Outbox,
}

impl PreviewServer {
    /// Starts it, on a port that the system chooses.
    ///
    /// # Errors
    ///
    /// Why it cannot be, in words for the drafter.
    pub(super) async fn start(mailbox: Mailbox, outbox: Outbox) -> Result<PreviewServer, String> {
        let failed = |error: &dyn std::fmt::Display| format!("the preview cannot be served on this machine: {error}");
        let mut bytes = [0u8; SECRET];
        getrandom::fill(&mut bytes).map_err(|error| failed(&error))?;
        let secret = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.map_err(|error| failed(&error))?;
        let port = listener.local_addr().map_err(|error| failed(&error))?.port();
        let shared = Arc::new(Shared { port, secret, mailbox, outbox });
        tokio::spawn(accept(listener, Arc::clone(&shared)));
        Ok(PreviewServer { shared })
    }

    /// The address of a page.
    pub(super) fn address(&self, params: &AddressParams) -> Address {
        let Shared { port, secret, .. } = &*self.shared;
        let page = match params.page {
            PageName::Resolution => "",
            PageName::Graph => "graph",
        };
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("uri", params.text_document.uri.as_str());
        if params.page == PageName::Resolution {
            query.append_pair("view", params.view.name());
        }
        Address { url: format!("http://127.0.0.1:{port}/{secret}/{page}?{}", query.finish()) }
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
        let Ok((stream, _)) = listener.accept().await else {
            // Too many open files, or the like: it may pass.
            tokio::time::sleep(Duration::from_millis(100)).await;
            continue;
        };
        let shared = Arc::clone(&shared);
        let service = service_fn(move |request| {
            let shared = Arc::clone(&shared);
            async move { Ok::<_, Infallible>(answer(&shared, request).await) }
        });
        tokio::spawn(async move {
            let mut http = http1::Builder::new();
            http.timer(TokioTimer::new()).header_read_timeout(PATIENCE).max_buf_size(HEAD).max_headers(HEAD_LINES);
            // A browser that goes away in the middle is no fault.
            let _ = http.serve_connection(TokioIo::new(stream), service).await;
            drop(place);
        });
    }
}

/// What a request asks for.
#[derive(Debug, PartialEq, Eq)]
enum Route {
    /// A file of ours: its type and words.
    File(&'static str, &'static str),
    /// What a page shows, now and whenever it changes.
    Events,
    /// A place of the text, to be shown in the editor.
    Reveal,
    /// Called by a name that is not this machine's.
    WrongHost,
    /// There is no such thing, or whoever asks does not know the secret.
    NotFound,
}

/// Sorts a request out by its method, its path and the names by which it calls this machine.
fn route(shared_secret: &str, port: u16, method: &Method, path: &str, hosts: &[&[u8]]) -> Route {
    let own = [format!("127.0.0.1:{port}"), format!("localhost:{port}")];
    if hosts.is_empty() || !hosts.iter().all(|host| own.iter().any(|own| own.as_bytes() == *host)) {
        return Route::WrongHost;
    }
    let rest = path.strip_prefix('/').and_then(|path| path.strip_prefix(shared_secret));
    let Some(name) = rest.and_then(|rest| rest.strip_prefix('/')) else { return Route::NotFound };
    match (method, name) {
        (&Method::GET, "") => Route::File("text/html; charset=utf-8", PAGE),
        (&Method::GET, "graph") => Route::File("text/html; charset=utf-8", GRAPH_PAGE),
        (&Method::GET, "preview.css") => Route::File("text/css; charset=utf-8", STYLE),
        (&Method::GET, "graph.css") => Route::File("text/css; charset=utf-8", GRAPH_STYLE),
        (&Method::GET, "preview.js") => Route::File("text/javascript; charset=utf-8", SCRIPT),
        (&Method::GET, "browser.js") => Route::File("text/javascript; charset=utf-8", BROWSER_SCRIPT),
        (&Method::GET, "graph.js") => Route::File("text/javascript; charset=utf-8", GRAPH_SCRIPT),
        (&Method::GET, "events") => Route::Events,
        (&Method::POST, "reveal") => Route::Reveal,
        _ => Route::NotFound,
    }
}

const PAGE: &str = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
    <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Resmark</title>\n\
    <link rel=\"icon\" href=\"data:,\">\n<link rel=\"stylesheet\" href=\"preview.css\">\n\
    <script src=\"preview.js\" defer></script>\n<script src=\"browser.js\" defer></script>\n</head>\n<body></body>\n</html>\n";

const GRAPH_PAGE: &str = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
    <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Who cites whom</title>\n\
    <link rel=\"icon\" href=\"data:,\">\n<link rel=\"stylesheet\" href=\"preview.css\">\n\
    <link rel=\"stylesheet\" href=\"graph.css\">\n<script src=\"graph.js\" defer></script>\n</head>\n\
    <body class=\"resmark-graph\"></body>\n</html>\n";

async fn answer(shared: &Shared, request: Request<Incoming>) -> Response<Body> {
    let mut hosts: Vec<&[u8]> = request.headers().get_all(header::HOST).iter().map(HeaderValue::as_bytes).collect();
    hosts.extend(request.uri().authority().map(|authority| authority.as_str().as_bytes()));
    let found = route(&shared.secret, shared.port, request.method(), request.uri().path(), &hosts);
    let query = request.uri().query().unwrap_or_default();
    match found {
        Route::File(kind, words) => respond(StatusCode::OK, kind, words),
        Route::Events => match Watched::of(query) {
            Some(watched) => {
                let body = preview_stream::start(watched, shared.mailbox.clone(), shared.outbox.pages());
                with_headers(Response::new(body), "text/event-stream")
            }
            None => plain(StatusCode::BAD_REQUEST, "Say which text: ?uri=…"),
        },
        Route::Reveal => reveal(shared, request).await,
        Route::WrongHost => plain(StatusCode::FORBIDDEN, "This page is for this machine alone."),
        Route::NotFound => {
            plain(StatusCode::NOT_FOUND, "There is no such page. Open the preview from the editor again.")
        }
    }
}

/// A place that somebody double-clicked on.
#[derive(Deserialize)]
struct Reveal {
    uri: Uri,
    line: u32,
}

async fn reveal(shared: &Shared, request: Request<Incoming>) -> Response<Body> {
    // A page of another site may send a message here, if it knows the secret, but not without saying where it is from.
    let origins = [format!("http://127.0.0.1:{}", shared.port), format!("http://localhost:{}", shared.port)];
    let origin = request.headers().get(header::ORIGIN).map(HeaderValue::as_bytes);
    if origin.is_some_and(|origin| !origins.iter().any(|own| own.as_bytes() == origin)) {
        return plain(StatusCode::FORBIDDEN, "This page is for this machine alone.");
    }
    let body = tokio::time::timeout(PATIENCE, Limited::new(request.into_body(), LONGEST).collect()).await;
    let body = body.ok().and_then(Result::ok).map(|body| body.to_bytes());
    let Some(Reveal { uri, line }) = body.and_then(|body| serde_json::from_slice(&body).ok()) else {
        return plain(StatusCode::BAD_REQUEST, "Say which place: {\"uri\": …, \"line\": …}");
    };
    let wanted = uri.clone();
    let known = ask(&shared.mailbox, move |context| {
        (context.profile.shows_documents, context.file(&wanted).is_some() || super::uri::to_page(&wanted).is_some())
    });
    match known.await {
        Some((true, true)) => {
            let place = Position { line, character: 0 };
            let params = ShowDocumentParams {
                uri,
                external: Some(false),
                take_focus: Some(true),
                selection: Some(Range { start: place, end: place }),
            };
            // An editor that cannot do it now has nothing to say to a browser.
            shared.outbox.request::<ShowDocument>(params, |_| {});
            plain(StatusCode::ACCEPTED, "")
        }
        Some((false, _)) => plain(StatusCode::NOT_IMPLEMENTED, "This editor cannot be asked to go there."),
        _ => plain(StatusCode::NOT_FOUND, "The editor does not have this text."),
    }
}

fn plain(status: StatusCode, words: &'static str) -> Response<Body> {
    respond(status, "text/plain; charset=utf-8", words)
}

fn respond(status: StatusCode, kind: &'static str, words: &'static str) -> Response<Body> {
    let mut response = Response::new(Full::new(Bytes::from_static(words.as_bytes())).boxed());
    *response.status_mut() = status;
    with_headers(response, kind)
}

fn with_headers(mut response: Response<Body>, kind: &'static str) -> Response<Body> {
    let all: [(HeaderName, &'static str); 6] = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "no-store"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    for (name, value) in all {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn routed(method: &Method, path: &str, hosts: &[&str]) -> Route {
        let hosts: Vec<&[u8]> = hosts.iter().map(|host| host.as_bytes()).collect();
        route("s3cret", 4000, method, path, &hosts)
    }

    #[test]
    fn only_who_knows_the_secret_gets_in() {
        let get = |path| routed(&Method::GET, path, &["127.0.0.1:4000"]);
        assert_eq!(get("/s3cret/events"), Route::Events);
        for wrong in ["/", "", "/s3cret", "/s3cre/", "/s3crett/", "//s3cret/", "/x/s3cret/", "/s3cret/../", "/S3CRET/"]
        {
            assert_eq!(get(wrong), Route::NotFound, "{wrong}");
        }
        assert_eq!(routed(&Method::POST, "/s3cret/", &["127.0.0.1:4000"]), Route::NotFound);
        assert_eq!(get("/s3cret/reveal"), Route::NotFound);
    }

    #[test]
    fn only_this_machine_is_called() {
        let called = |hosts: &[&str]| routed(&Method::GET, "/s3cret/events", hosts);
        assert_eq!(called(&["localhost:4000"]), Route::Events);
        for wrong in [
            &["evil.example"][..],
            &["evil.example:4000"],
            &["127.0.0.1"],
            &["127.0.0.1:4001"],
            &["localhost.evil.example:4000"],
            &["127.0.0.1:4000", "evil.example"],
            &[],
        ] {
            assert_eq!(called(wrong), Route::WrongHost, "{wrong:?}");
        }
    }
}
