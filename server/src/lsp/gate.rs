//! In front of the library: what it would throw away in silence.
//!
//! The library reads URIs strictly and drops a notification whose URI it cannot read. Some clients write letters as
//! they are (`file:///决议.resmark`); those are escaped here. What still is no URI is noted in the log.
//!
//! And behind it: capabilities of the protocol that the library's types do not have.

use std::future;
use std::pin::Pin;
use std::str::FromStr;
use std::task::{Context, Poll};

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::Value;
use tower_lsp::LspService;
use tower_lsp::jsonrpc::{Error, Request, Response};
use tower_lsp::ls_types::Uri;
use tower_service::Service;

use super::owner::{Mailbox, Message};
use super::server::Backend;
use super::{capabilities, frames};

/// What may not stand in a URI as it is (RFC 3986); `%` may, as it begins an escape.
const FORBIDDEN: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'\\').add(b'^').add(b'`').add(b'{').add(b'|').add(b'}');

/// The keys that hold a URI in what a client sends.
const URI_KEYS: &[&str] = &["uri", "rootUri", "scopeUri", "targetUri", "oldUri", "newUri"];

/// How deep a message is searched for URIs; those of the protocol lie within.
const DEPTH: usize = 8;

/// The service with its gate.
pub(super) struct Gate {
    inner: LspService<Backend>,
    mailbox: Mailbox,
}

impl Gate {
    pub(super) fn new(inner: LspService<Backend>) -> Gate {
        let mailbox = inner.inner().mailbox();
        Gate { inner, mailbox }
    }
}

impl Service<Request> for Gate {
    type Response = Option<Response>;
    type Error = <LspService<Backend> as Service<Request>>::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let (method, id, params) = request.into_parts();
        let unreadable = match &*method {
            frames::NO_JSON => Some(Error::parse_error()),
            frames::NO_MESSAGE => Some(Error::invalid_request()),
            _ => None,
        };
        if let Some(error) = unreadable {
            return Box::pin(future::ready(Ok(id.map(|id| Response::from_error(id, error)))));
        }
        let mut params = params.unwrap_or(Value::Null);
        let mut broken = Vec::new();
        mend(&mut params, DEPTH, &mut broken);
        for uri in &broken {
            self.mailbox.send(Message::Note(format!("{method}: “{uri}” is no URI; the message is ignored")));
        }
        if id.is_none() && !broken.is_empty() {
            return Box::pin(future::ready(Ok(None)));
        }
        let introduces_itself = method == "initialize";
        let mut request = Request::build(method);
        if !params.is_null() {
            request = request.params(params);
        }
        if let Some(id) = id {
            request = request.id(id);
        }
        let answer = self.inner.call(request.finish());
        if !introduces_itself {
            return answer;
        }
        Box::pin(async move { Ok(answer.await?.map(with_unnamed_capabilities)) })
    }
}

/// The answer to `initialize` with the capabilities that the library's types have no name for.
fn with_unnamed_capabilities(response: Response) -> Response {
    let (id, mut result) = response.into_parts();
    if let Ok(Value::Object(offered)) = result.as_mut().map(|result| &mut result["capabilities"]) {
        offered.extend(capabilities::unnamed().map(|(name, value)| (name.to_owned(), value)));
    }
    Response::from_parts(id, result)
}

/// Escapes what may not stand in a URI, and collects what is none even then.
fn mend(value: &mut Value, depth: usize, broken: &mut Vec<String>) {
    if depth == 0 {
        return;
    }
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| mend(item, depth - 1, broken)),
        Value::Object(entries) => {
            for (key, value) in entries.iter_mut() {
                match value {
                    Value::String(text) if URI_KEYS.contains(&key.as_str()) => {
                        if Uri::from_str(text).is_err() {
                            let escaped = utf8_percent_encode(text, FORBIDDEN).to_string();
                            if Uri::from_str(&escaped).is_err() {
                                broken.push(text.clone());
                            }
                            *text = escaped;
                        }
                    }
                    _ => mend(value, depth - 1, broken),
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn mended(mut value: Value) -> (Value, Vec<String>) {
        let mut broken = Vec::new();
        mend(&mut value, DEPTH, &mut broken);
        (value, broken)
    }

    #[test]
    fn letters_are_escaped() {
        let (value, broken) = mended(json!({"textDocument": {"uri": "file:///a b/决.resmark", "text": "决"}}));
        assert_eq!(value, json!({"textDocument": {"uri": "file:///a%20b/%E5%86%B3.resmark", "text": "决"}}));
        assert!(broken.is_empty());
    }

    #[test]
    fn what_is_right_stays() {
        for uri in ["file:///c%3A/x.resmark", "untitled:Untitled-1", "resmark-catalogue:/PP-140.md"] {
            let (value, broken) = mended(json!([{"uri": uri}]));
            assert_eq!((value, broken.len()), (json!([{"uri": uri}]), 0));
        }
    }

    #[test]
    fn capabilities_are_added_to_the_answer() {
        let answer = Response::from_ok(1.into(), json!({"capabilities": {"hoverProvider": true}}));
        let (_, result) = with_unnamed_capabilities(answer).into_parts();
        let offered = json!({
            "hoverProvider": true,
            "typeHierarchyProvider": true,
            "documentRangeFormattingProvider": {"rangesSupport": true},
        });
        assert_eq!(result, Ok(json!({ "capabilities": offered })));
        let refused = Response::from_error(1.into(), tower_lsp::jsonrpc::Error::internal_error());
        let (_, result) = with_unnamed_capabilities(refused).into_parts();
        assert!(result.is_err());
    }

    #[test]
    fn what_is_no_uri_is_named() {
        assert_eq!(mended(json!({"uri": "a resolution"})).1, ["a resolution"]);
        assert_eq!(mended(json!({"uri": ""})).1, [""]);
    }
}
