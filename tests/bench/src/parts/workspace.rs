//! Opening a workspace, to the last finding of its last document, and the memory that is held then.

use std::time::Duration;

use anyhow::Result;
use serde_json::{Value, json};

use super::{Task, all_is_read};
use crate::client::{Client, Findings};
use crate::figure::{Figure, Target, Unit};
use crate::limit;
use crate::sample::{Runs, Sample};
use crate::texts::Generated;

/// The name of the part.
pub const PART: &str = "workspace";

/// What [`limit()`] measures.
pub const LIMIT: &str = "reading the files and parsing them, on all cores";

/// The limit of all that reads a whole workspace, in milliseconds.
///
/// # Errors
/// When a file cannot be read.
pub fn limit(files: &Generated, runs: Runs) -> Result<f64> {
    Ok(Sample::of(runs, || limit::files(&files.files))?.median())
}

/// A workspace that is measured.
pub struct Size<'a> {
    /// The workspace.
    pub files: &'a Generated,
    /// How many resolutions there are, in words.
    pub name: &'a str,
    /// What [`limit()`] says, in milliseconds.
    pub limit: f64,
    /// How often what takes long is done.
    pub runs: Runs,
}

/// The client starts the server in the folder, waits until that says that all is read, and asks for the findings of all
/// (`workspace/diagnostic`); the clock stops when the last of them is there.
pub fn measure(task: &Task, at: &Size<'_>, figures: &mut Vec<Figure>) -> Result<()> {
    let &Size { files, name, limit, runs } = at;
    let empty = crate::texts::folder()?;
    let (_, base, _) = open(task, empty.path(), 0)?;
    let (mut held, mut peak) = (Vec::new(), 0);
    let opened = Sample::of(runs, || {
        let (time, memory, most) = open(task, files.path(), files.files.len())?;
        held.push(memory);
        peak = peak.max(most);
        Ok(time)
    });
    let mut figure = Figure::new(PART, format!("opening {name} resolutions"))
        .measured(&opened)
        .beside(limit, LIMIT)
        .of_bytes(files.bytes);
    if files.files.len() == 20_000 {
        figure = figure.target(Target::Ratio(1.5));
    }
    figures.push(figure);
    held.sort_unstable();
    let mut figure = Figure::new(PART, format!("memory of {name} resolutions")).target(Target::Ratio(4.0));
    figure.unit = Unit::PerByte;
    figure.bytes = Some(files.bytes);
    figure.runs = held.len();
    if let Some(held) = held.get(held.len() / 2) {
        figure.value = Some(held.saturating_sub(base) as f64 / files.bytes as f64);
        figure = figure.beside(1.0, "the bytes of the texts");
        figure.say(&format!(
            "{} MB two seconds after the last finding, {} MB at most meanwhile, {} MB with an empty workspace, which is \
             taken off",
            held / 1_000_000,
            peak / 1_000_000,
            base / 1_000_000
        ));
    } else {
        figure.say("cut off");
    }
    figures.push(figure);
    Ok(())
}

/// How long it took, and the memory held behind it and at most.
fn open(task: &Task, folder: &std::path::Path, count: usize) -> Result<(Duration, u64, u64)> {
    let mut client = Client::start(&mut task.command())?;
    client.patience = Duration::from_secs(120);
    client.initialize(Some(folder), Findings::Pulled, Value::Null)?;
    all_is_read(&mut client)?;
    let id = client.request("workspace/diagnostic", json!({ "previousResultIds": [] }))?;
    let (at, answer) = client.answer(id)?;
    let told = answer["result"]["items"].as_array().map_or(0, Vec::len);
    anyhow::ensure!(told == count, "findings of {told} documents, not of {count}: {}", answer["error"]);
    client.rest(Duration::from_secs(2))?;
    let (held, peak) = client.memory().unwrap_or((0, 0));
    Ok((at - client.started, held, peak))
}
