//! `resmark check --fix`: what has only one right form, put right in the files.

use super::args::{CheckArgs, CheckFormat};
use super::inputs::Inputs;
use super::output::Output;
use super::rewrite::{Text, print_diff};
use super::{Failure, Outcome};
use crate::ide::fix_all::{FixedAll, fix_all};
use crate::workspace::write_whole;

/// Makes the certain fixes of what was named, in the files or, with `--diff`, on standard output alone. Afterwards the
/// workspace holds what the files hold.
pub(super) fn run(args: &CheckArgs, inputs: &mut Inputs, output: &mut Output) -> Result<Outcome, Failure> {
    let mut outcome = Outcome::Clean;
    for target in &inputs.targets {
        // Each document is fixed as the ones before it have left the workspace.
        let snapshot = inputs.workspace.snapshot();
        let Some(file) = snapshot.file(target.file) else { continue };
        let fixed = fix_all(&snapshot, target.file);
        let path = file.location.path();
        let Some(FixedAll { text, fixes, .. }) = fixed else {
            if path.is_none() && !args.diff {
                output.print_raw(file.text())?;
            }
            continue;
        };
        let name = target.name.display();
        if args.diff {
            print_diff(&Text::new(&target.name, &file.location, file.text(), text), output)?;
            continue;
        }
        let made = format!("{name}: {fixes} {} made", if fixes == 1 { "fix" } else { "fixes" });
        match path.map(|path| write_whole(path, &text)) {
            Some(Ok(())) if args.format == CheckFormat::Human => output.print(&format!("{made}\n\n"))?,
            Some(Ok(())) => output.note(&made),
            None => {
                output.print_raw(&text)?;
                output.note(&made);
            }
            Some(Err(error)) => {
                output.error(&format!("{name}: it could not be written: {error}; it is as it was"));
                outcome = Outcome::Failed;
                continue;
            }
        }
        inputs.workspace.replace(target.file, &text).map_err(|problem| Failure(problem.to_string()))?;
    }
    Ok(outcome)
}
