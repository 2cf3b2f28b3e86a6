//! The same script beside language servers for other markups: the same client, the same machine, the same run.
//!
//! A cold start is: the program is started, initialized, given a text, and its first findings are there. A keystroke is a
//! letter typed into a word in the middle, to the next findings; a server that does not publish any is asked for them.
//! Then it is asked for what the place in the middle means, where that is defined, what may stand there, who refers to it,
//! and what the text consists of.

mod servers;
pub mod texts;

use std::time::Duration;

use anyhow::Result;
use serde::Serialize;
use serde_json::{Value, json};

use crate::client::{Client, Findings, uri_of};
use crate::parts::keystroke::typing;
use crate::parts::requests::described;
use crate::sample::{Runs, Sample};
use crate::texts::{folder, place};
pub use servers::{Peer, Peers, all};
use texts::Text;

/// What one server did with one text.
#[derive(Clone, Debug, Serialize)]
pub struct Outcome {
    /// The server's name.
    pub server: String,
    /// The size of the text, by name.
    pub size: &'static str,
    /// What was asked.
    pub asked: &'static str,
    /// The median in milliseconds, if it did it.
    pub median: Option<f64>,
    /// The 99th of 100, or the slowest.
    pub p99: Option<f64>,
    /// How many runs.
    pub runs: usize,
    /// What it answered.
    pub did: String,
}

/// The sizes of the texts.
pub const SIZES: [(usize, &str); 3] = [(20_000, "20 kB"), (100_000, "100 kB"), (1_000_000, "1 MB")];

/// What is asked besides a cold start and keystrokes, with the method for it.
const QUESTIONS: [(&str, &str); 5] = [
    ("hover", "textDocument/hover"),
    ("definition", "textDocument/definition"),
    ("completion", "textDocument/completion"),
    ("references", "textDocument/references"),
    ("document symbols", "textDocument/documentSymbol"),
];

/// Puts every server through the script.
pub fn measure(peers: &[Peer], quick: bool, outcomes: &mut Vec<Outcome>) {
    for &(bytes, size) in if quick { &SIZES[..1] } else { &SIZES } {
        for peer in peers {
            eprintln!("  {} with {size}", peer.name);
            let begun = outcomes.len();
            if let Err(error) = script(peer, bytes, size, quick, outcomes) {
                outcomes.push(Outcome {
                    server: peer.name.clone(),
                    size,
                    asked: if outcomes.len() == begun { "cold start" } else { "the rest" },
                    median: None,
                    p99: None,
                    runs: 0,
                    did: format!("cut off: {error:#}"),
                });
            }
        }
    }
}

fn script(peer: &Peer, bytes: usize, size: &'static str, quick: bool, outcomes: &mut Vec<Outcome>) -> Result<()> {
    let text = (peer.text)(bytes);
    let folder = folder()?;
    let path = folder.path().join(peer.file);
    std::fs::write(&path, &text.text)?;
    let uri = uri_of(&path);
    let mut tell = |asked: &'static str, sample: Result<Sample>, did: String| {
        let (sample, did) = match sample {
            Ok(sample) => (Some(sample), did),
            Err(error) => (None, format!("{error:#}")),
        };
        outcomes.push(Outcome {
            server: peer.name.clone(),
            size,
            asked,
            median: sample.as_ref().map(Sample::median),
            p99: sample.as_ref().filter(|sample| sample.runs() >= 20).map(Sample::p99),
            runs: sample.as_ref().map_or(0, Sample::runs),
            did,
        });
    };

    let mut found = 0;
    let cold = Sample::of(Runs::new(if quick { 3 } else { 20 }, 10), || {
        let (client, time, findings) = start(peer, folder.path(), &uri, &text)?;
        found = findings;
        drop(client);
        Ok(time)
    });
    tell("cold start", cold, format!("{} {found} findings", how(peer)));

    let (mut client, _, _) = start(peer, folder.path(), &uri, &text)?;
    // What it does behind its first findings is over by then.
    client.rest(Duration::from_millis(500))?;
    let runs = Runs::new(if quick { 30 } else { 300 }, 10);
    let typed = typing(&mut client, &uri, place(&text.text, text.word), peer.findings, runs);
    let lost = typed.is_err();
    tell("keystroke", typed, how(peer).to_owned());
    if lost {
        client = start(peer, folder.path(), &uri, &text)?.0;
    }

    for (asked, method) in QUESTIONS {
        let at = match asked {
            "completion" => text.offered,
            _ => text.reference,
        };
        let Some(at) = at else {
            tell(asked, Err(anyhow::anyhow!("has no counterpart")), String::new());
            continue;
        };
        let (line, character) = place(&text.text, at);
        let params = json!({
            "textDocument": { "uri": uri },
            "position": { "line": line, "character": character },
            "context": { "includeDeclaration": true, "triggerKind": 1 },
        });
        let mut last = Value::Null;
        let sample = Sample::of(Runs::new(if quick { 20 } else { 100 }, 4), || {
            client.rest(Duration::from_millis(1))?;
            let (time, answer) = client.ask(method, params.clone())?;
            last = answer;
            Ok(time)
        });
        let did = described(&last);
        let refused = last["error"].is_object() || last["result"].is_null() || did == "0 items";
        match sample {
            Ok(_) if refused => tell(asked, Err(anyhow::anyhow!("{did}")), String::new()),
            sample => tell(asked, sample, did),
        }
    }
    Ok(())
}

/// Starts the server with the text; how long it took to its first findings, and how many there were.
fn start(peer: &Peer, folder: &std::path::Path, uri: &str, text: &Text) -> Result<(Client, Duration, usize)> {
    let mut client = Client::start(&mut peer.command())?;
    client.patience = Duration::from_secs(20);
    if let Some(helper) = peer.helper(uri)? {
        client.with_helper(helper);
    }
    client.settings = peer.settings.clone();
    client.initialize(Some(folder), peer.findings, peer.options.clone())?;
    if !peer.settings.is_null() {
        client.notify("workspace/didChangeConfiguration", json!({ "settings": peer.settings }))?;
    }
    client.open(uri, peer.language, &text.text)?;
    let (at, findings) = client.findings(uri, peer.findings)?;
    let time = at - client.started;
    Ok((client, time, findings.len()))
}

fn how(peer: &Peer) -> &'static str {
    match peer.findings {
        Findings::Pushed => "publishes",
        Findings::Pulled => "is asked for",
    }
}
