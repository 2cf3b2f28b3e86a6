//! What an open page follows: server-sent events with the preview, whenever it changes, and with the editor's place.

use std::convert::Infallible;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use futures::channel::oneshot;
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, channel};
use hyper::body::Bytes;
use serde_json::json;
use tower_lsp::ls_types::{TextDocumentIdentifier, Uri};

use super::context::Context;
use super::graph;
use super::owner::{Mailbox, Message, Question, When};
use super::pool::guarded;
use super::preview::{self, Format, PreviewParams, ViewName};
use super::preview_pages::Pages;

/// What a response is made of.
pub(super) type Body = BoxBody<Bytes, Infallible>;

/// How long the page waits for the rest of an edit: some editors send one in two pieces.
const TOGETHER: Duration = Duration::from_millis(40);

/// How often a word is said that means nothing, so that a page that is gone is noticed.
const PULSE: Duration = Duration::from_secs(15);

/// What a page wants to see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Watched {
    /// A text as it would be printed.
    Resolution(Uri, ViewName),
    /// Who cites whom, around a text.
    Graph(Uri),
}

impl Watched {
    /// Reads the query of an address: `uri=file:///a.resmark&view=tracked`.
    pub(super) fn of(query: &str) -> Option<Watched> {
        let value = |name: &str| {
            let mut pairs = form_urlencoded::parse(query.as_bytes());
            pairs.find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
        };
        let uri = Uri::from_str(&value("uri")?).ok()?;
        if value("page").as_deref() == Some("graph") {
            return Some(Watched::Graph(uri));
        }
        Some(Watched::Resolution(uri, value("view").and_then(|name| ViewName::named(&name)).unwrap_or_default()))
    }

    fn uri(&self) -> &Uri {
        let (Watched::Resolution(uri, _) | Watched::Graph(uri)) = self;
        uri
    }

    /// What there is to see, as an event; `None` for a text that is not there.
    fn event(&self, context: &Context) -> Option<String> {
        match self {
            Watched::Resolution(uri, view) => {
                let text_document = TextDocumentIdentifier { uri: uri.clone() };
                let params = PreviewParams { text_document, view: *view, format: Format::Html, width: None };
                let shown = preview::answer(context, &params)?;
                Some(event("show", &serde_json::to_string(&shown).ok()?))
            }
            Watched::Graph(uri) => {
                let params = graph::Params { text_document: Some(TextDocumentIdentifier { uri: uri.clone() }) };
                let picture = graph::of(context, &params)?;
                Some(event("graph", &serde_json::to_string(&picture).ok()?))
            }
        }
    }
}

/// Follows something for a page until the page goes away.
pub(super) fn start(watched: Watched, mailbox: Mailbox, pages: &Pages) -> Body {
    let listener = pages.listen();
    // With room for one: what a page has not taken yet is made anew once it has.
    let (mut page, body) = channel::Channel::<Bytes, Infallible>::new(1);
    tokio::spawn(async move {
        let (mut changed, mut scrolled) = (listener.changed, listener.scrolled);
        let mut last: Option<String> = None;
        loop {
            changed.mark_unchanged();
            let wanted = watched.clone();
            let found = ask(&mailbox, move |context| wanted.event(context)).await;
            let next = found.flatten().unwrap_or_else(|| {
                let text = "The editor does not have this text any more. The page goes on when it is opened again.";
                event("gone", &json!({ "text": text }).to_string())
            });
            if last.as_deref() != Some(next.as_str()) {
                if page.send_data(Bytes::from(next.clone())).await.is_err() {
                    return;
                }
                last = Some(next);
            }
            loop {
                let word = tokio::select! {
                    outcome = changed.changed() => match outcome {
                        Ok(()) => break,
                        Err(_) => return,
                    },
                    outcome = scrolled.changed() => match outcome {
                        Ok(()) => scrolled_to(scrolled.borrow_and_update().as_ref(), watched.uri()),
                        Err(_) => return,
                    },
                    () = tokio::time::sleep(PULSE) => Some(":\n\n".to_owned()),
                };
                if let Some(word) = word
                    && page.send_data(Bytes::from(word)).await.is_err()
                {
                    return;
                }
            }
            tokio::time::sleep(TOGETHER).await;
        }
    });
    body.boxed()
}

/// The event that brings a page to the editor's place, if it shows that text.
fn scrolled_to(place: Option<&(Uri, u32)>, shown: &Uri) -> Option<String> {
    let (_, line) = place.filter(|(uri, _)| super::uri::to_location(uri) == super::uri::to_location(shown))?;
    Some(event("scroll", &json!({ "line": line }).to_string()))
}

/// An event, of which the data is JSON and so has no line break.
fn event(name: &str, data: &str) -> String {
    format!("event: {name}\ndata: {data}\n\n")
}

/// Asks for something on behalf of a page; `None` when the server is ending, or failed.
pub(super) async fn ask<T: Send + 'static>(
    mailbox: &Mailbox,
    answer: impl FnOnce(&Context) -> T + Send + 'static,
) -> Option<T> {
    let (sender, receiver) = oneshot::channel();
    let answer = Box::new(move |context: &Context| {
        if let Ok(answer) = guarded(|| answer(context)) {
            let _ = sender.send(answer);
        }
    });
    let cancelled = Arc::new(AtomicBool::new(false));
    mailbox.send(Message::Ask(Question { cancelled, when: When::Now, answer }));
    receiver.await.ok()
}
