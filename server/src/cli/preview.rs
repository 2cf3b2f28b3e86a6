//! `resmark preview`: a text as it would be printed.

use std::path::Path;

use anstyle::{AnsiColor, Style};

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
    let is_text = format_of(args) == PreviewFormat::Text;
    let written = match is_text {
        true if args.output.is_none() && output.has_colours() => {
            text::lines(&shown, output.width, text::Changes::Marked).iter().map(coloured).collect()
        }
        true => {
            let lines = text::lines(&shown, output.width, text::Changes::Signed);
            lines.into_iter().map(|line| line.text + "\n").collect()
        }
        false => html::page(&shown, file),
    };
    match &args.output {
        None if is_text => output.print(&written)?,
        None => output.print_raw(&written)?,
        Some(path) => write_whole(path, &written)
            .map_err(|error| Failure(format!("{}: it could not be written: {error}", path.display())))?,
    }
    Ok(inputs.outcome(Outcome::Clean))
}

/// A line in the type and colours of a terminal.
fn coloured(line: &text::Line) -> String {
    let mut cuts: Vec<usize> = line.marks.iter().flat_map(|mark| [mark.range.start, mark.range.end]).collect();
    cuts.extend([0, line.text.len()]);
    cuts.sort_unstable();
    cuts.dedup();
    let mut out = String::new();
    for cut in cuts.windows(2) {
        let &[start, end] = cut else { continue };
        let here = line.marks.iter().filter(|mark| mark.range.start <= start && end <= mark.range.end);
        let style = here.fold(Style::new(), |style, mark| match mark.kind {
            "strong" => style.bold(),
            "emphasis" => style.italic(),
            "insertion" => style.underline().fg_color(Some(AnsiColor::Blue.into())),
            "deletion" => style.strikethrough().fg_color(Some(AnsiColor::Yellow.into())),
            "comment" => style.dimmed(),
            _ => style,
        });
        let words = line.text.get(start..end).unwrap_or_default();
        out.push_str(&format!("{style}{words}{style:#}"));
    }
    out + "\n"
}

fn format_of(args: &PreviewArgs) -> PreviewFormat {
    let ending = args.output.as_deref().and_then(Path::extension).map(|ending| ending.to_string_lossy().to_lowercase());
    args.format.unwrap_or(match ending.as_deref() {
        Some("txt") => PreviewFormat::Text,
        _ => PreviewFormat::Html,
    })
}
