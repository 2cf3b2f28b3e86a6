//! `resmark preview`: a text as it would be printed.

use std::path::Path;

use super::args::{PreviewArgs, PreviewFormat, PreviewView};
use super::inputs::Inputs;
use super::output::Output;
use super::{Failure, Outcome};
use crate::ide::preview::{View, html, preview, text};
use crate::workspace::write_whole;

pub(super) fn run(args: &PreviewArgs, output: &mut Output) -> Result<Outcome, Failure> {
    if args.file.is_dir() {
        return Err(Failure(format!("{}: this is a folder; name a file", args.file.display())));
    }
    let mut inputs = Inputs::read(std::slice::from_ref(&args.file), args.as_of.date(), output);
    let snapshot = inputs.snapshot();
    let view = match args.view {
        PreviewView::InForce => View::InForce,
        PreviewView::Tracked => View::Tracked,
        PreviewView::AsAmended => View::AsAmended,
    };
    let file = inputs.targets.first().and_then(|target| snapshot.file(target.file));
    // What keeps a file from being read has been said.
    let Some((file, shown)) = file.and_then(|file| Some((file, preview(&snapshot, file.id, view)?))) else {
        return Ok(Outcome::Failed);
    };
    let written = match format_of(args) {
        PreviewFormat::Html => html::page(&shown, file),
        PreviewFormat::Text => {
            let lines = text::lines(&shown, output.width);
            lines.into_iter().map(|line| line.text + "\n").collect()
        }
    };
    match &args.output {
        None => output.print_raw(&written)?,
        Some(path) => write_whole(path, &written)
            .map_err(|error| Failure(format!("{}: it could not be written: {error}", path.display())))?,
    }
    Ok(inputs.outcome(Outcome::Clean))
}

fn format_of(args: &PreviewArgs) -> PreviewFormat {
    let ending = args.output.as_deref().and_then(Path::extension).map(|ending| ending.to_string_lossy().to_lowercase());
    args.format.unwrap_or(match ending.as_deref() {
        Some("txt") => PreviewFormat::Text,
        _ => PreviewFormat::Html,
    })
}
