//! In front of the library: only messages that it can read.
//!
//! It ends the server at the first message that is no JSON, or none of JSON-RPC, and waits for more when one is empty. Here
//! such a message is replaced by a request that [`Gate`](super::gate::Gate) answers with an error, and the next one counts
//! again. Half a surrogate pair, which an editor written in JavaScript sends as an escape where a drafter has cut a character
//! in two, is no text in UTF-8; it becomes a character that says so and is as long. The bytes of all others go on as they are.

use std::borrow::Cow;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use serde::Deserialize;
use serde::de::IgnoredAny;
use tokio::io::{AsyncRead, ReadBuf};
use tower_lsp::jsonrpc::{Request, Response};

/// The method of what stands for a message that is no JSON.
pub(super) const NO_JSON: &str = "$/resmark/noJson";

/// The method of what stands for a message that is JSON and none of the protocol's.
pub(super) const NO_MESSAGE: &str = "$/resmark/noMessage";

/// As many bytes are read at once.
const CHUNK: usize = 16 * 1024;

/// No head of a message is longer than this.
const HEAD: usize = 4 * 1024;

/// The library reads nothing that nests deeper; the protocol comes nowhere near.
const DEPTH: usize = 100;

/// A stream of messages, without those that cannot be read.
pub(super) struct Frames<R> {
    inner: R,
    /// What has come in and is no whole message yet.
    raw: Vec<u8>,
    /// What goes out, and how much of it is gone.
    out: Vec<u8>,
    gone: usize,
    /// Of the message that begins `raw`: where its body begins and ends.
    body: Option<(usize, usize)>,
}

impl<R> Frames<R> {
    pub(super) fn new(inner: R) -> Frames<R> {
        Frames { inner, raw: Vec::new(), out: Vec::new(), gone: 0, body: None }
    }

    /// Makes the next message ready to go out; `false` when more has to come in first.
    fn next(&mut self) -> bool {
        let (start, end) = match self.body {
            Some(body) => body,
            None => {
                let head = find(&self.raw[..self.raw.len().min(HEAD)], b"\r\n\r\n");
                if head.is_none() && self.raw.len() < HEAD {
                    return false;
                }
                let start = head.map_or(HEAD, |head| head + 4);
                let length = head.and_then(|head| length(&self.raw[..head]));
                let Some(end) = length.and_then(|length| start.checked_add(length)) else {
                    // Where the next message begins is not known: wherever something looks like it.
                    let rest = find(&self.raw[start..], b"Content-Length").unwrap_or(self.raw.len() - start);
                    self.raw.drain(..start + rest);
                    self.put_for(NO_JSON);
                    return true;
                };
                *self.body.insert((start, end))
            }
        };
        if self.raw.len() < end {
            return false;
        }
        self.body = None;
        match readable(&self.raw[start..end]) {
            Err(method) => self.put_for(method),
            Ok(body) => {
                let out = [format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes(), body.as_bytes()].concat();
                (self.out, self.gone) = (out, 0);
            }
        }
        self.raw.drain(..end);
        true
    }

    /// Makes what stands for an unreadable message ready to go out.
    fn put_for(&mut self, method: &str) {
        let body = format!("{{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"{method}\"}}");
        self.out = format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes();
        self.gone = 0;
    }
}

impl<R: AsyncRead + Unpin> AsyncRead for Frames<R> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = &mut *self;
        loop {
            let left = this.out.get(this.gone..).unwrap_or_default();
            if !left.is_empty() {
                let count = left.len().min(buffer.remaining());
                buffer.put_slice(&left[..count]);
                this.gone += count;
                return Poll::Ready(Ok(()));
            }
            if this.next() {
                continue;
            }
            let mut chunk = [0; CHUNK];
            let mut read = ReadBuf::new(&mut chunk);
            ready!(Pin::new(&mut this.inner).poll_read(context, &mut read))?;
            if read.filled().is_empty() {
                // The client is gone, be it in the middle of a message.
                return Poll::Ready(Ok(()));
            }
            this.raw.extend_from_slice(read.filled());
        }
    }
}

/// A message as the library takes it, without looking at what is in it.
#[derive(Deserialize)]
struct Shape<'a> {
    #[serde(borrow)]
    jsonrpc: Cow<'a, str>,
    #[serde(borrow, default)]
    method: Option<Cow<'a, str>>,
    #[serde(default, rename = "id")]
    _id: Option<Id<'a>>,
    #[serde(default, rename = "params")]
    _params: IgnoredAny,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Id<'a> {
    Number(#[allow(dead_code)] i64),
    Text(
        #[serde(borrow)]
        #[allow(dead_code)]
        Cow<'a, str>,
    ),
    Null,
}

/// The body as the library can read it, or the method of what stands for it.
fn readable(body: &[u8]) -> Result<Cow<'_, str>, &'static str> {
    let body = mended(std::str::from_utf8(body).map_err(|_| NO_JSON)?).ok_or(NO_MESSAGE)?;
    // Fields one after another, without their names, would do for the types.
    let named = body.trim_start().starts_with('{');
    match serde_json::from_str::<Shape<'_>>(&body) {
        Ok(shape) if named && shape.jsonrpc == "2.0" && (shape.method.is_some() || is_answer(&body)) => Ok(body),
        Ok(_) => Err(NO_MESSAGE),
        Err(error) if error.is_data() => Err(NO_MESSAGE),
        Err(_) => Err(NO_JSON),
    }
}

/// Whether what names no method can be read; answers of the client are few.
fn is_answer(body: &str) -> bool {
    serde_json::from_str::<Response>(body).is_ok() || serde_json::from_str::<Request>(body).is_ok()
}

/// The same JSON without halves of surrogate pairs; `None` where it nests too deep or has a number that is out of range.
fn mended(body: &str) -> Option<Cow<'_, str>> {
    let bytes = body.as_bytes();
    let (mut depth, mut at) = (0_usize, 0);
    // Where escapes stand that are half a pair.
    let mut halves = Vec::new();
    while let Some(byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            b'"' => at = end_of_string(bytes, at, &mut halves),
            b'0'..=b'9' => {
                let rest = &body[at - 1..];
                let number = &rest[..rest
                    .find(|c: char| !matches!(c, '0'..='9' | '.' | '+' | '-' | 'e' | 'E'))
                    .unwrap_or(rest.len())];
                if number.parse::<f64>().is_ok_and(f64::is_infinite) {
                    return None;
                }
                at += number.len() - 1;
            }
            _ => {}
        }
        if depth > DEPTH {
            return None;
        }
    }
    if halves.is_empty() {
        return Some(Cow::Borrowed(body));
    }
    let mut whole = body.to_owned();
    for half in halves {
        // As many bytes: `\\ufffd`.
        whole.replace_range(half..half + 6, "\\ufffd");
    }
    Some(Cow::Owned(whole))
}

/// The end of the string that begins at `at`; notes the escapes in it that are half a surrogate pair.
fn end_of_string(bytes: &[u8], mut at: usize, halves: &mut Vec<usize>) -> usize {
    let unit = |at: usize| {
        let hex = bytes.get(at..at + 6)?.strip_prefix(b"\\u")?;
        u32::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok()
    };
    loop {
        match bytes.get(at) {
            None => return at,
            Some(b'"') => return at + 1,
            Some(b'\\') => match unit(at) {
                Some(0xD800..0xDC00) if matches!(unit(at + 6), Some(0xDC00..0xE000)) => at += 12,
                Some(0xD800..0xE000) => {
                    halves.push(at);
                    at += 6;
                }
                _ => at += 2,
            },
            Some(_) => at += 1,
        }
    }
}

/// The length that the head of a message says that its body has.
fn length(head: &[u8]) -> Option<usize> {
    let head = std::str::from_utf8(head).ok()?;
    let mut fields = head.split("\r\n").filter_map(|line| line.split_once(':'));
    let (_, value) = fields.find(|(name, _)| name.trim().eq_ignore_ascii_case("content-length"))?;
    value.trim().parse().ok()
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::future::poll_fn;

    use proptest::prelude::*;

    use super::*;

    fn framed(body: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    }

    fn stood_for(method: &str) -> String {
        framed(&format!("{{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"{method}\"}}"))
    }

    #[tokio::main(flavor = "current_thread")]
    async fn through(bytes: &[u8]) -> String {
        let (mut frames, mut out) = (Frames::new(bytes), Vec::new());
        loop {
            let mut part = [0; 70];
            let mut part = ReadBuf::new(&mut part);
            poll_fn(|context| Pin::new(&mut frames).poll_read(context, &mut part)).await.unwrap();
            if part.filled().is_empty() {
                return String::from_utf8(out).unwrap();
            }
            out.extend_from_slice(part.filled());
        }
    }

    const GOOD: &str = r#"{"jsonrpc":"2.0","id":1,"method":"shutdown"}"#;

    #[test]
    fn what_can_be_read_goes_on_as_it_is() {
        for body in [
            GOOD,
            r#"{"jsonrpc":"2.0","method":"x","params":{"text":"决 \ud83d\ude00 \\ud83d","n":1e3}}"#,
            r#"{"jsonrpc":"2.0","id":"a","result":null}"#,
            r#"{"jsonrpc":"2.0","id":7,"error":{"code":-1,"message":"no"}}"#,
        ] {
            assert_eq!(through((framed(body) + &framed(GOOD)).as_bytes()), framed(body) + &framed(GOOD));
        }
    }

    #[test]
    fn what_cannot_be_read_is_replaced_and_the_next_counts() {
        let deep = format!(r#"{{"jsonrpc":"2.0","method":"x","params":{}1{}}}"#, "[".repeat(130), "]".repeat(130));
        for (body, method) in [
            ("", NO_JSON),
            ("{ nonsense", NO_JSON),
            ("[]", NO_MESSAGE),
            (r#"["2.0","x",1,[]]"#, NO_MESSAGE),
            ("7", NO_MESSAGE),
            ("{}", NO_MESSAGE),
            (r#"{"jsonrpc":"1.0","method":"x"}"#, NO_MESSAGE),
            (r#"{"jsonrpc":"2.0","id":1.5,"method":"x"}"#, NO_MESSAGE),
            (r#"{"jsonrpc":"2.0","method":"x","params":[1e999]}"#, NO_MESSAGE),
            (&deep, NO_MESSAGE),
        ] {
            assert_eq!(through((framed(body) + &framed(GOOD)).as_bytes()), stood_for(method) + &framed(GOOD), "{body}");
        }
    }

    #[test]
    fn a_head_without_a_length_is_passed_over() {
        for head in ["Nothing: 7\r\n\r\n", "Content-Length: x\r\n\r\n{}", &format!("{}\r\n\r\n", "x".repeat(9000))] {
            let out = through((head.to_owned() + &framed(GOOD)).as_bytes());
            assert!(out.starts_with(&stood_for(NO_JSON)) && out.ends_with(&framed(GOOD)), "{out}");
        }
    }

    #[test]
    fn half_a_surrogate_pair_becomes_a_character_as_long() {
        let (before, after) = (
            r#"{"jsonrpc":"2.0","method":"\ud83d \udE00\ud83d\ude00"}"#,
            r#"{"jsonrpc":"2.0","method":"\ufffd \ufffd\ud83d\ude00"}"#,
        );
        assert_eq!(through(framed(before).as_bytes()), framed(after));
    }

    proptest! {
        /// The library reads whatever comes through.
        #[test]
        fn what_comes_through_can_be_read(pieces in prop::collection::vec(prop::sample::select(vec![
            "{", "}", "[", "]", "\"", "\\", "\\u", "d83d", "\\ud800", "\"jsonrpc\":\"2.0\"", ",", ":", "\"id\":", "\"method\":\"x\"",
            "\"params\":", "\"result\":", "\"error\":", "1", "-", "1e99", "9e999", "null", "true", "决", "\u{7f}", "\n",
        ]), 0..14), whole in any::<bool>()) {
            let pieces = pieces.concat();
            let body = if whole { format!("{{\"jsonrpc\":\"2.0\",\"method\":\"x\",{pieces}}}") } else { pieces };
            if let Ok(body) = readable(body.as_bytes()) {
                prop_assert!(is_answer(&body), "{}", body);
            }
        }
    }
}
