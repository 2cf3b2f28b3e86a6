//! `resmark update`: citations that are out of date brought to what is in force.

use std::fmt::Write as _;

use super::args::UpdateArgs;
use super::inputs::Inputs;
use super::output::Output;
use super::place::Span;
use super::rewrite::{Text, apply, deliver, one_filter};
use super::{Failure, Outcome};
use crate::ide::update::update;

pub(super) fn run(args: &UpdateArgs, output: &mut Output) -> Result<Outcome, Failure> {
    let paths = &args.rewrite.paths;
    one_filter(paths)?;
    let mut inputs = Inputs::read(&paths.paths, args.as_of.date(), output);
    let snapshot = inputs.snapshot();
    let mut texts = Vec::new();
    let (mut listed, mut notes) = (String::new(), Vec::new());
    let mut filters = false;
    for target in &inputs.targets {
        let Some(file) = snapshot.file(target.file) else { continue };
        filters |= file.location.path().is_none();
        let updates = update(&snapshot.beside(file.id), file.id);
        let place = |range| {
            let Span { line, column, .. } = Span::of(range, &file.rope());
            format!("{}:{line}:{column}", target.name.display())
        };
        for update in &updates.all {
            let place_of = place(update.range);
            match &update.outcome {
                Ok(_) => {
                    let carried =
                        update.carried.iter().map(|pinpoint| format!(", {} → {}", pinpoint.from, pinpoint.to));
                    let _ = writeln!(listed, "{place_of}: {}{}", update.label(), carried.collect::<String>());
                    notes.extend(update.doubts.iter().map(|doubt| {
                        format!("{}: look at the pinpoint “{}”: {}", place(doubt.range), doubt.words, doubt.why)
                    }));
                }
                Err(why) => {
                    let what = format!("{} {}", update.name, update.from);
                    notes.push(format!("{place_of}: {} is left as it is: {why}", what.trim_end()));
                }
            }
        }
        texts.push(Text::new(
            &target.name,
            &file.location,
            file.text(),
            apply(file.text(), &updates.edits, &target.name)?,
        ));
    }
    // Standard output belongs to the text or the diff where that is what was asked for.
    match args.rewrite.diff || (filters && !args.rewrite.check) {
        true => output.tell_all(&listed),
        false => output.print(&listed)?,
    }
    let outcome = deliver(&args.rewrite, &texts, "updated", output)?;
    for note in notes {
        output.note(&note);
    }
    Ok(inputs.outcome(outcome))
}
