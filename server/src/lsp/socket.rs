//! The way out to the client, in which one can see how far it was used.
//!
//! The library writes answers and the server's own messages as they come, each from a queue of its own, so an answer may
//! overtake what was said before it. Partial results and progress that belong to a request have to come first. So they
//! are followed by a mark, which is taken out here, when everything before it is on its way, and never written.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};

use dashmap::DashMap;
use futures::channel::oneshot;
use futures::{Stream, StreamExt};
use serde::{Deserialize, Serialize};
use tower_lsp::jsonrpc::Request;
use tower_lsp::ls_types::notification::Notification;
use tower_lsp::{ClientSocket, Loopback};

/// A message that only says how far the way out was used.
pub(super) enum Mark {}

/// Which mark it is.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct MarkParams {
    number: u64,
}

impl Notification for Mark {
    type Params = MarkParams;
    const METHOD: &'static str = "$/resmark/mark";
}

/// The marks that somebody waits for.
#[derive(Clone, Default)]
pub(super) struct Marks {
    waiting: Arc<DashMap<u64, oneshot::Sender<()>>>,
    count: Arc<AtomicU64>,
}

impl Marks {
    /// A new mark, and what tells that it has come out.
    pub(super) fn mark(&self) -> (MarkParams, oneshot::Receiver<()>) {
        let (sender, receiver) = oneshot::channel();
        let number = self.count.fetch_add(1, Ordering::Relaxed);
        self.waiting.insert(number, sender);
        (MarkParams { number }, receiver)
    }

    /// Tells who waits that a mark has come out.
    fn came_out(&self, request: &Request) {
        let params = request.params().cloned().and_then(|params| serde_json::from_value::<MarkParams>(params).ok());
        if let Some((_, waiting)) = params.and_then(|params| self.waiting.remove(&params.number)) {
            let _ = waiting.send(());
        }
    }
}

/// The library's socket, from which marks are taken out.
pub(super) struct Socket {
    inner: ClientSocket,
    marks: Marks,
}

impl Socket {
    pub(super) fn new(inner: ClientSocket, marks: Marks) -> Socket {
        Socket { inner, marks }
    }
}

impl Loopback for Socket {
    type RequestStream = Outgoing<<ClientSocket as Loopback>::RequestStream>;
    type ResponseSink = <ClientSocket as Loopback>::ResponseSink;

    fn split(self) -> (Self::RequestStream, Self::ResponseSink) {
        let (inner, answers) = Loopback::split(self.inner);
        (Outgoing { inner, marks: self.marks }, answers)
    }
}

/// The server's own messages, without the marks.
pub(super) struct Outgoing<S> {
    inner: S,
    marks: Marks,
}

impl<S: Stream<Item = Request> + Unpin> Stream for Outgoing<S> {
    type Item = Request;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Request>> {
        loop {
            match self.inner.poll_next_unpin(context) {
                Poll::Ready(Some(request)) if request.method() == Mark::METHOD => self.marks.came_out(&request),
                other => return other,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use futures::stream;

    use super::*;

    #[tokio::test]
    async fn a_mark_tells_that_it_came_out_and_is_not_written() {
        let marks = Marks::default();
        let (params, mut came) = marks.mark();
        let before = Request::build("window/logMessage").finish();
        let mark = Request::build(Mark::METHOD).params(serde_json::to_value(params).unwrap()).finish();
        let behind = Request::build("$/progress").finish();
        let mut out = Outgoing { inner: stream::iter([before, mark, behind]), marks };
        assert_eq!(out.next().await.unwrap().method(), "window/logMessage");
        assert_eq!(came.try_recv(), Ok(None), "what is before it has only now been taken");
        assert_eq!(out.next().await.unwrap().method(), "$/progress");
        assert_eq!(came.try_recv(), Ok(Some(())));
        assert!(out.next().await.is_none());
    }
}
