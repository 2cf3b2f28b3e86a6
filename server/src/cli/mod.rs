//! The command line: one file for each command, and what they share.
//!
//! Every command reads what it is given (`inputs`), asks the layers below, and writes to standard output what was
//! asked for and to standard error what went wrong. Exit codes: see [`Outcome`].

mod args;
mod catalogue;
mod catalogue_build;
mod catalogue_show;
mod check;
mod citations;
mod explain;
mod fix;
mod graph;
mod human;
mod import;
mod inputs;
mod output;
mod place;
mod preview;
mod rewrite;
mod sarif;
mod update;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

use args::{Arguments, Command};
use output::Output;

/// How a command ended. Scripts rely on the codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    /// Exit code 0: done, and nothing of the severity of a warning or worse was found; nothing would change.
    Clean,
    /// Exit code 1: done, and something was found or would change.
    Found,
    /// Exit code 2: something could not be read, judged or written.
    Failed,
}

/// What keeps a command from being done; a message for a person, which names the file and the place.
#[derive(Debug)]
struct Failure(String);

/// Whoever read our output stopped reading, as `head` does.
impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Failure {
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            return Failure(String::new());
        }
        Failure(format!("the output could not be written: {error}"))
    }
}

/// Runs the command that `args`, the program's name first, ask for.
pub fn main(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(args) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help goes to standard output with code 0, a wrong call to standard error with code 2. If neither can be
            // written, there is nobody to tell.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let mut output = Output::new(arguments.color);
    let outcome = match &arguments.command {
        Command::Lsp(_) => return lsp(),
        Command::Catalogue(command) => catalogue::run(command, &mut output),
        Command::Check(check) => check::run(check, &mut output),
        Command::Citations(citations) => citations::run(citations, &mut output),
        Command::Explain(explain) => explain::run(explain, &mut output),
        Command::Fmt(files) => rewrite::format(files, &mut output),
        Command::Renumber(files) => rewrite::renumber(files, &mut output),
        Command::Update(update) => update::run(update, &mut output),
        Command::Graph(graph) => graph::run(graph, &mut output),
        Command::Preview(preview) => preview::run(preview, &mut output),
        Command::Import(import) => import::run(import, &mut output),
    };
    let outcome = outcome.unwrap_or_else(|Failure(message)| {
        if !message.is_empty() {
            output.error(&message);
        }
        Outcome::Failed
    });
    ExitCode::from(outcome as u8)
}

fn lsp() -> ExitCode {
    crate::lsp::run()
}
