//! `resmark import`: another format to Resmark.

use std::fmt::Write as _;
use std::path::Path;

use super::args::{ImportArgs, ImportFormat};
use super::human::count;
use super::inputs::{STDIN, read_stdin};
use super::output::Output;
use super::{Failure, Outcome};
use crate::convert::{Format, Imported, Options, import};
use crate::workspace::{Problem, read_text, write_whole};

pub(super) fn run(args: &ImportArgs, output: &mut Output) -> Result<Outcome, Failure> {
    let piped = args.file == Path::new("-");
    let name = if piped { Path::new(STDIN) } else { &args.file };
    let text = if piped { read_stdin() } else { read_text(name) };
    let text = text.map_err(|problem| Failure(explain(&problem, name)))?;
    let format = match args.from {
        ImportFormat::Guess => Format::Guess,
        ImportFormat::Text => Format::Plain,
        ImportFormat::Markdown => Format::Markdown,
    };
    let imported = import(&text, &Options { format });
    match &args.output {
        None => output.print_raw(&imported.text)?,
        Some(path) => write_whole(path, &imported.text)
            .map_err(|error| Failure(format!("{}: it could not be written: {error}", path.display())))?,
    }
    report(&imported, name, output);
    Ok(Outcome::Clean)
}

/// Tells what was dropped and what is to be looked at.
fn report(imported: &Imported, name: &Path, output: &mut Output) {
    let name = name.display();
    let mut text = String::new();
    for dropped in &imported.dropped {
        let _ = writeln!(text, "{name}:{}: dropped {}: {}", dropped.line, dropped.what.name(), dropped.text);
    }
    for note in &imported.notes {
        let _ = writeln!(text, "{name}:{}: {}", note.line, note.message);
    }
    let counts = [
        (imported.dropped.len(), format!("dropped {}", count(imported.dropped.len(), "sign"))),
        (imported.notes.len(), format!("{} to look at", count(imported.notes.len(), "place"))),
    ];
    let counts: Vec<String> = counts.into_iter().filter(|(number, _)| *number > 0).map(|(_, text)| text).collect();
    if !counts.is_empty() {
        let _ = writeln!(text, "{name}: {}", counts.join("; "));
    }
    output.tell_all(&text);
}

/// What to do about a file that is no text: a word processor's own format is better named than its first odd byte.
fn explain(problem: &Problem, name: &Path) -> String {
    let formats = ["docx", "docm", "doc", "odt", "rtf", "pdf"];
    let extension = name.extension().and_then(|extension| extension.to_str()).map(str::to_lowercase);
    match extension.filter(|extension| problem.place.is_some() && formats.contains(&extension.as_str())) {
        Some(extension) => format!(
            "{}: this is a {extension} file, not text; save it as plain text first, from the word processor or with \
             `pandoc -t plain`",
            name.display()
        ),
        None => problem.to_string(),
    }
}
