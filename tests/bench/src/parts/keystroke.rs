//! A letter typed, to the findings that are true for the text with it.

use std::time::Duration;

use anyhow::Result;

use super::{Document, Task};
use crate::client::{Client, Findings};
use crate::figure::{Figure, Target};
use crate::limit;
use crate::sample::{Runs, Sample};
use crate::texts::{self, Generated, Typing};

/// The name of the part.
pub const PART: &str = "keystroke";

const LIMIT: &str = "incremental parse of the same edit";

/// Between two letters: nobody types faster than the server gets to rest, and what it does behind its answer is not to be
/// laid to the next letter.
const PAUSE: Duration = Duration::from_millis(5);

/// A letter at the start, in the middle and at the end of documents of each size, and in the middle of one among many.
pub fn measure(task: &Task, figures: &mut Vec<Figure>) -> Result<()> {
    for &(bytes, size) in task.sizes() {
        let document = Document::new(bytes)?;
        let runs = runs(task, bytes);
        let mut client = task.serving(document.folder())?;
        document.open(&mut client)?;
        for (place, at) in texts::places(&document.text)? {
            let sample = typing(&mut client, &document.uri, texts::place(&document.text, at), Findings::Pushed, runs);
            let limit = limit::keystroke(&document.text, at, runs)?;
            let mut figure = Figure::new(PART, format!("{size}, {place}"))
                .measured(&sample)
                .beside(limit.median(), LIMIT)
                .of_bytes(document.text.len() as u64);
            figure.targets = targets(bytes);
            let failed = sample.is_err();
            figures.push(figure);
            if failed {
                // What it still does for the letter that was given up would be laid to the next one.
                client = task.serving(document.folder())?;
                document.open(&mut client)?;
            }
        }
    }
    among_others(task, figures)
}

fn targets(bytes: usize) -> Vec<Target> {
    match bytes {
        20_000 => vec![Target::Median(0.4)],
        100_000 => vec![Target::Median(2.0), Target::P99(5.0)],
        1_000_000 => vec![Target::Median(8.0)],
        _ => Vec::new(),
    }
}

fn runs(task: &Task, bytes: usize) -> Runs {
    match (bytes, task.quick) {
        (..=100_000, false) => Runs::new(300, 10),
        (..=1_000_000, false) => Runs::new(100, 10),
        (_, false) => Runs::new(27, 15),
        (..=100_000, true) => Runs::new(100, 4),
        (_, true) => Runs::new(27, 4),
    }
}

/// Types at a place (line and column) of an open document.
///
/// # Errors
/// When the findings do not come.
pub fn typing(
    client: &mut Client,
    uri: &str,
    (line, column): (usize, usize),
    findings: Findings,
    runs: Runs,
) -> Result<Sample> {
    let mut typing = Typing::default();
    let sample = Sample::of(runs, || {
        client.rest(PAUSE)?;
        let letter = typing.step();
        let before = client.change(uri, (line, column + letter.offset), letter.removed, letter.text)?;
        Ok(client.findings(uri, findings)?.0 - before)
    })?;
    // The text is left as it was: the word loses what it has grown by.
    if typing.grown() > 0 {
        client.change(uri, (line, column), typing.grown(), "")?;
        client.findings(uri, findings)?;
    }
    Ok(sample)
}

/// 20 kB among other resolutions of the workspace that do not cite it: the same keystroke, whatever is there beside it.
fn among_others(task: &Task, figures: &mut Vec<Figure>) -> Result<()> {
    let mut others = Generated::new(0)?;
    let text = texts::resolution(20_000, texts::NUMBER);
    let path = others.path().join("draft.resmark");
    std::fs::write(&path, &text)?;
    let uri = crate::client::uri_of(&path);
    let (_, at) = texts::places(&text)?[1];
    let counts: &[_] = &[(0, "no"), (1_000, "1,000"), (3_000, "3,000")];
    let mut alone = None;
    for &(count, name) in if task.quick { &counts[..2] } else { counts } {
        others.grow(count)?;
        let mut client = task.serving(others.path())?;
        client.open(&uri, "resmark", &text)?;
        client.findings(&uri, Findings::Pushed)?;
        let sample = typing(&mut client, &uri, texts::place(&text, at), Findings::Pushed, runs(task, 20_000));
        let mut figure = Figure::new(PART, format!("20 kB, middle, beside {name} others")).measured(&sample);
        match alone {
            // With none, this is the limit of the others.
            None => alone = figure.value,
            Some(alone) => {
                figure = figure.beside(alone, "the same beside no others").target(Target::Ratio(1.1));
            }
        }
        figures.push(figure);
    }
    Ok(())
}
