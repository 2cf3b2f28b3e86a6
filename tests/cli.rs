//! What a person or a script sees of each command: what is printed, what is written, and the exit code.
#![allow(clippy::unwrap_used)]

#[path = "cli/run.rs"]
mod run;

#[path = "cli/catalogue.rs"]
mod catalogue;
#[path = "cli/check.rs"]
mod check;
#[path = "cli/citations.rs"]
mod citations;
#[path = "cli/examples.rs"]
mod examples;
#[path = "cli/format.rs"]
mod format;
#[path = "cli/import.rs"]
mod import;
#[path = "cli/preview.rs"]
mod preview;
#[path = "cli/renumber.rs"]
mod renumber;
#[path = "cli/settings.rs"]
mod settings;
#[path = "cli/update.rs"]
mod update;
