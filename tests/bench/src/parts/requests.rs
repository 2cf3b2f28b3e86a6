//! What a drafter asks for: hovers, definitions, completions, references, symbols, renumbering.

use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::{Document, Task};
use crate::client::{Client, Findings, uri_of};
use crate::figure::Figure;
use crate::limit;
use crate::sample::{Runs, Sample};
use crate::texts::{self, Generated};

/// The name of the part.
pub const PART: &str = "requests";

const ROUND_TRIP: &str = "hover in an empty document";
const PARSE_AGAIN: &str = "incremental parse of the same edit";
const PARSE: &str = "whole parse of the same text";

/// Words that refer to a clause of the same text, and where in them its label stands.
const REFERENCE: (&str, usize) = ("* a) above", 2);

/// In documents of each size: of a reference in the middle.
pub fn documents(task: &Task, figures: &mut Vec<Figure>) -> Result<()> {
    for &(bytes, size) in task.sizes() {
        let runs = runs(task, bytes);
        // A clause was put in: the labels behind it are wrong, all the others are in order.
        let text = texts::resolution(bytes, texts::NUMBER);
        let text = text.replacen("*resolves*\n\n1. ", "*resolves*\n\n1. to begin with this;\n1. ", 1);
        let document = Document::of(text)?;
        let text = &document.text;
        let mut client = task.serving(document.folder())?;
        document.open(&mut client)?;
        let half = text.len() / 2;
        let behind = text[half..].find(REFERENCE.0).map(|at| half + at);
        let found = behind.or_else(|| text.rfind(REFERENCE.0)).context("a text without references")?;
        let at = found + REFERENCE.1;
        let label = texts::place(text, at);
        let empty = round_trip(&mut client, document.folder(), runs)?;
        let place = |(line, character): (usize, usize)| json!({ "textDocument": { "uri": document.uri }, "position": { "line": line, "character": character } });
        let mut references = place(label);
        references["context"] = json!({ "includeDeclaration": true });
        for (name, method, params) in [
            ("hover", "textDocument/hover", place(label)),
            ("definition", "textDocument/definition", place(label)),
            ("references", "textDocument/references", references),
        ] {
            figures.push(asked(&mut client, name, size, method, &params, runs).beside(empty, ROUND_TRIP));
        }
        let typed = completion(&mut client, &document.uri, label, runs);
        let limit = limit::keystroke(text, at, runs)?;
        figures.push(done(typed, "completion behind a keystroke", size).beside(limit.median(), PARSE_AGAIN));

        let last = texts::place(text, text.len());
        let whole = json!({
            "textDocument": { "uri": document.uri },
            "range": { "start": { "line": 0, "character": 0 }, "end": { "line": last.0, "character": last.1 } },
            "context": { "diagnostics": [], "only": ["source.renumber.document"] },
        });
        let figure = asked(&mut client, "renumbering", size, "textDocument/codeAction", &whole, runs);
        figures.push(figure.beside(limit::whole(text, runs)?.median(), PARSE).of_bytes(text.len() as u64));
    }
    Ok(())
}

/// In a workspace: of a citation of another resolution.
pub fn workspace(task: &Task, files: &Generated, name: &str, figures: &mut Vec<Figure>) -> Result<()> {
    const SIZE: &str = "resolutions";
    let size = format!("{name} {SIZE}");
    let runs = Runs::new(if task.quick { 20 } else { 100 }, 5);
    let mut client = task.serving(files.path())?;
    // One near the end, which cites many that are there.
    let path = files.files.iter().rev().nth(5).context("a workspace without texts")?;
    let (uri, text) = (uri_of(path), std::fs::read_to_string(path)?);
    client.open(&uri, "resmark", &text)?;
    client.findings(&uri, Findings::Pushed)?;
    // Resolutions of the workspace have at least four digits.
    let cited = text
        .match_indices("Resolution ")
        .skip(1)
        .map(|(at, word)| at + word.len())
        .find(|at| text[*at..].bytes().take(4).all(|byte| byte.is_ascii_digit()))
        .context("a text that cites no other")?;
    let (line, character) = texts::place(&text, cited + 2);
    let place = json!({ "textDocument": { "uri": uri }, "position": { "line": line, "character": character } });
    // The first one is cited by more than any other.
    let first = json!({
        "textDocument": { "uri": uri_of(&files.files[0]) },
        "position": { "line": 0, "character": 4 },
        "context": { "includeDeclaration": false },
    });
    let empty = round_trip(&mut client, files.path(), runs)?;
    for (what, method, params) in [
        ("hover on a citation", "textDocument/hover", place.clone()),
        ("definition of a citation", "textDocument/definition", place),
        ("references to a resolution", "textDocument/references", first),
        ("workspace symbols", "workspace/symbol", json!({ "query": "question 15" })),
    ] {
        figures.push(asked(&mut client, what, &size, method, &params, runs).beside(empty, ROUND_TRIP));
    }
    let at = (line, character);
    let typed = completion(&mut client, &uri, at, runs);
    let limit = limit::keystroke(&text, cited + 2, runs)?;
    figures
        .push(done(typed, "completion of a citation, behind a keystroke", &size).beside(limit.median(), PARSE_AGAIN));
    Ok(())
}

fn runs(task: &Task, bytes: usize) -> Runs {
    match (bytes, task.quick) {
        (..=1_000_000, false) => Runs::new(100, 4),
        (_, false) => Runs::new(20, 6),
        (_, true) => Runs::new(20, 2),
    }
}

/// The median of the shortest question that goes the same way as all others, in milliseconds.
fn round_trip(client: &mut Client, folder: &std::path::Path, runs: Runs) -> Result<f64> {
    let uri = uri_of(&folder.join("empty.resmark"));
    client.open(&uri, "resmark", "")?;
    client.findings(&uri, Findings::Pushed)?;
    let params = json!({ "textDocument": { "uri": uri }, "position": { "line": 0, "character": 0 } });
    let sample = ask(client, "textDocument/hover", &params, Runs { wanted: runs.wanted.max(50), ..runs })?.0;
    Ok(sample.median())
}

fn ask(client: &mut Client, method: &str, params: &Value, runs: Runs) -> Result<(Sample, String)> {
    let mut last = Value::Null;
    let sample = Sample::of(runs, || {
        client.rest(Duration::from_millis(1))?;
        let (time, answer) = client.ask(method, params.clone())?;
        last = answer;
        Ok(time)
    })?;
    Ok((sample, described(&last)))
}

fn asked(client: &mut Client, name: &str, size: &str, method: &str, params: &Value, runs: Runs) -> Figure {
    done(ask(client, method, params, runs), name, size)
}

fn done(asked: Result<(Sample, String)>, name: &str, size: &str) -> Figure {
    let (sample, answer) = match asked {
        Ok((sample, answer)) => (Ok(sample), answer),
        Err(error) => (Err(error), String::new()),
    };
    let mut figure = Figure::new(PART, format!("{size}: {name}")).measured(&sample);
    if !answer.is_empty() {
        figure.say(&answer);
    }
    figure
}

/// Completions at a place, each asked for right behind a letter, as an editor does.
fn completion(client: &mut Client, uri: &str, place: (usize, usize), runs: Runs) -> Result<(Sample, String)> {
    let (line, column) = place;
    let mut typed = false;
    let mut last = Value::Null;
    let sample = Sample::of(runs, || {
        client.rest(Duration::from_millis(5))?;
        // The letter is typed and taken back, so that the place stays one where something can be offered.
        typed = !typed;
        let (removed, text) = if typed { (0, "x") } else { (1, "") };
        let before = client.change(uri, (line, column), removed, text)?;
        let params = json!({
            "textDocument": { "uri": uri },
            "position": { "line": line, "character": column + text.len() },
            "context": { "triggerKind": 1 },
        });
        let id = client.request("textDocument/completion", params)?;
        let (at, answer) = client.answer(id)?;
        if text.is_empty() {
            last = answer;
        }
        Ok(at - before)
    })?;
    Ok((sample, described(&last)))
}

/// What an answer holds, in a word or two.
pub fn described(message: &Value) -> String {
    let result = &message["result"];
    if let Some(error) = message["error"]["message"].as_str() {
        return format!("refused: {error}");
    }
    let edits = |action: &Value| action["edit"]["documentChanges"][0]["edits"].as_array().map(Vec::len);
    match result {
        Value::Null => "answers nothing".to_owned(),
        Value::Array(items) => match items.first().and_then(edits) {
            Some(edits) => format!("{edits} edits"),
            None => format!("{} items", items.len()),
        },
        Value::Object(fields) => match fields.get("items").and_then(Value::as_array) {
            Some(items) => format!("{} items", items.len()),
            None => "answered".to_owned(),
        },
        _ => "answered".to_owned(),
    }
}
