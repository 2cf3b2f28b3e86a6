//! `resmark fmt` and `resmark renumber`: files changed in place, shown as a diff, or only named.

use std::path::{Path, PathBuf};

use similar::TextDiff;

use super::args::{Paths, RewriteArgs};
use super::inputs::{Inputs, STDIN, relative};
use super::output::{BOLD, CYAN, GREEN, Output, RED};
use super::{Failure, Outcome};
use crate::ide;
use crate::ide::renumber::Scope;
use crate::syntax::TextEdit;
use crate::workspace::{Location, write_whole};

/// `resmark fmt`.
pub(super) fn format(args: &RewriteArgs, output: &mut Output) -> Result<Outcome, Failure> {
    one_filter(&args.paths)?;
    let mut inputs = Inputs::read_alone(&args.paths.paths, output);
    let snapshot = inputs.snapshot();
    let mut texts = Vec::new();
    for target in &inputs.targets {
        let Some(file) = snapshot.file(target.file) else { continue };
        let edits = ide::format::format(file.text(), &file.facts().document);
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
    // Each document is renumbered as the ones before it have left the workspace, so that what refers to clauses of
    // several of them ends up right.
    for target in &inputs.targets {
        let snapshot = inputs.workspace.snapshot();
        let Some(renumbering) = ide::renumber::renumber(&snapshot, target.file, Scope::Document) else { continue };
        for (id, edits) in &renumbering.edits {
            let Some(file) = snapshot.file(*id) else { continue };
            let text = apply(file.text(), edits, &target.name)?;
            inputs.workspace.replace(*id, &text).map_err(|problem| Failure(problem.to_string()))?;
        }
    }
    let after = inputs.workspace.snapshot();
    let mut texts = Vec::new();
    for target in &inputs.targets {
        let (Some(old), Some(new)) = (before.file(target.file), after.file(target.file)) else { continue };
        texts.push(Text::new(&target.name, &old.location, old.text(), new.text().to_owned()));
    }
    let outcome = deliver(args, &texts, "renumbered", output)?;
    for file in before.files() {
        let named = inputs.targets.iter().any(|target| target.file == file.id);
        let changes = after.file(file.id).is_some_and(|after| after.text() != file.text());
        if !named && changes {
            let name = file.location.path().map_or_else(|| PathBuf::from(STDIN), relative);
            output.note(&format!(
                "{}: this file was not named and stays as it is, but it refers to clauses that get new numbers; name \
                 it as well",
                name.display()
            ));
        }
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

fn apply(text: &str, edits: &[TextEdit], name: &Path) -> Result<String, Failure> {
    TextEdit::apply_all(text, edits)
        .ok_or_else(|| Failure(format!("{}: the changes contradict each other; nothing was changed", name.display())))
}

/// Writes, prints or names what changes; `done` says what happened to it.
fn deliver(args: &RewriteArgs, texts: &[Text<'_>], done: &str, output: &mut Output) -> Result<Outcome, Failure> {
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
