//! `resmark fmt` and `resmark renumber`: files changed in place, shown as a diff, or only named.

use std::path::{Path, PathBuf};

use similar::TextDiff;

use super::args::{Paths, RewriteArgs};
use super::inputs::{Inputs, STDIN, relative};
use super::output::{BOLD, CYAN, GREEN, Output, RED};
use super::place::Span;
use super::{Failure, Outcome};
use crate::ide;
use crate::syntax::TextEdit;
use crate::workspace::{File, Location, write_whole};

/// `resmark fmt`.
pub(super) fn format(args: &RewriteArgs, output: &mut Output) -> Result<Outcome, Failure> {
    one_filter(&args.paths)?;
    let mut inputs = Inputs::read_alone(&args.paths.paths, output);
    let snapshot = inputs.snapshot();
    let mut texts = Vec::new();
    for target in &inputs.targets {
        let Some(file) = snapshot.file(target.file) else { continue };
        let edits = ide::format::format(file.text(), &file.glance().facts.document);
        texts.push(Text::new(&target.name, &file.location, file.text(), apply(file.text(), &edits, &target.name)?));
    }
    let outcome = deliver(args, &texts, "formatted", output)?;
    Ok(inputs.outcome(outcome))
}

/// `resmark renumber`.
pub(super) fn renumber(args: &RewriteArgs, output: &mut Output) -> Result<Outcome, Failure> {
    one_filter(&args.paths)?;
    let today = jiff::Zoned::now().date();
    let mut inputs = Inputs::read(&args.paths.paths, today, output);
    let before = inputs.snapshot();
    let files = inputs.targets.iter().map(|target| target.file);
    let renumbering = ide::renumber::renumber_files(&before, files).unwrap_or_default();
    let name_of = |file: &File| match inputs.targets.iter().find(|target| target.file == file.id) {
        Some(target) => target.name.clone(),
        None => file.location.path().map_or_else(|| PathBuf::from(STDIN), relative),
    };
    let mut texts = Vec::new();
    let mut left: Vec<PathBuf> = Vec::new();
    for target in &inputs.targets {
        let Some(file) = before.file(target.file) else { continue };
        let edits = renumbering.edits.get(&file.id).map_or(&[][..], Vec::as_slice);
        texts.push(Text::new(&target.name, &file.location, file.text(), apply(file.text(), edits, &target.name)?));
    }
    for file in renumbering.edits.keys().filter_map(|file| before.file(*file)) {
        if !inputs.targets.iter().any(|target| target.file == file.id) {
            left.push(name_of(file));
        }
    }
    let outcome = deliver(args, &texts, "renumbered", output)?;
    for doubt in &renumbering.doubts {
        let Some(file) = before.file(doubt.file) else { continue };
        let Span { line, column, .. } = Span::of(doubt.range, &file.rope());
        output.note(&format!("{}:{line}:{column}: {}", name_of(file).display(), doubt.message));
    }
    for name in left {
        output.note(&format!(
            "{}: this file was not named and stays as it is, but it refers to clauses that get new numbers; name it as \
             well",
            name.display()
        ));
    }
    Ok(inputs.outcome(outcome))
}

/// A document before and after.
pub(super) struct Text<'a> {
    name: &'a Path,
    location: &'a Location,
    old: &'a str,
    new: String,
}

impl<'a> Text<'a> {
    pub(super) fn new(name: &'a Path, location: &'a Location, old: &'a str, new: String) -> Text<'a> {
        Text { name, location, old, new }
    }

    fn changes(&self) -> bool {
        self.old != self.new
    }
}

/// Standard input is filtered to standard output, which has room for one text.
pub(super) fn one_filter(paths: &Paths) -> Result<(), Failure> {
    let filters = paths.paths.iter().any(|path| path == Path::new("-"));
    if filters && paths.paths.len() > 1 {
        return Err(Failure("`-` stands alone: standard input goes to standard output".to_owned()));
    }
    Ok(())
}

pub(super) fn apply(text: &str, edits: &[TextEdit], name: &Path) -> Result<String, Failure> {
    TextEdit::apply_all(text, edits)
        .ok_or_else(|| Failure(format!("{}: the changes contradict each other; nothing was changed", name.display())))
}

/// Writes, prints or names what changes; `done` says what happened to it.
pub(super) fn deliver(
    args: &RewriteArgs,
    texts: &[Text<'_>],
    done: &str,
    output: &mut Output,
) -> Result<Outcome, Failure> {
    let mut outcome = Outcome::Clean;
    for text in texts {
        let filters = text.location.path().is_none();
        if args.diff && text.changes() {
            print_diff(text, output)?;
        }
        if args.check && text.changes() {
            outcome = outcome.max(Outcome::Found);
            if !args.diff {
                output.print(&format!("{} would be {done}\n", text.name.display()))?;
            }
        }
        if args.check || args.diff {
            continue;
        }
        if filters {
            output.print_raw(&text.new)?;
        } else if text.changes()
            && let Some(path) = text.location.path()
        {
            match write_whole(path, &text.new) {
                Ok(()) => output.print(&format!("{} {done}\n", text.name.display()))?,
                Err(error) => {
                    output
                        .error(&format!("{}: it could not be written: {error}; it is as it was", text.name.display()));
                    outcome = Outcome::Failed;
                }
            }
        }
    }
    Ok(outcome)
}

/// Prints what changes in a document.
pub(super) fn print_diff(text: &Text<'_>, output: &mut Output) -> std::io::Result<()> {
    let diff = diff(text);
    match output.has_colours() {
        true => output.print(&coloured(&diff)),
        false => output.print_raw(&diff),
    }
}

/// A unified diff that `patch -p0` understands.
fn diff(text: &Text<'_>) -> String {
    let name = text.name.display().to_string();
    let name = if name == STDIN { "-".to_owned() } else { name };
    let diff = TextDiff::from_lines(text.old, &text.new);
    diff.unified_diff().context_radius(2).header(&name, &name).to_string()
}

fn coloured(diff: &str) -> String {
    diff.split_inclusive('\n')
        .map(|line| {
            let (content, end) = line.strip_suffix('\n').map_or((line, ""), |content| (content, "\n"));
            let style = match line.as_bytes() {
                [b'-', b'-', b'-', ..] | [b'+', b'+', b'+', ..] => BOLD,
                [b'-', ..] => RED,
                [b'+', ..] => GREEN,
                [b'@', ..] => CYAN,
                _ => return line.to_owned(),
            };
            format!("{style}{content}{style:#}{end}")
        })
        .collect()
}
