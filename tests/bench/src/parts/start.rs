//! From starting the program to being ready.

use anyhow::Result;
use serde_json::Value;
use std::process::{Command, Stdio};
use std::time::Instant;

use super::Task;
use crate::client::{Client, Findings};
use crate::figure::{Figure, Target};
use crate::sample::{Runs, Sample};
use crate::texts;

/// The name of the part.
pub const PART: &str = "start";

/// To the answer of `initialize`, beside a program that says its version and ends.
pub fn measure(task: &Task, figures: &mut Vec<Figure>) -> Result<()> {
    let folder = texts::folder()?;
    let runs = Runs::new(if task.quick { 20 } else { 100 }, 20);
    let ready = Sample::of(runs, || {
        let mut client = Client::start(&mut task.command())?;
        let (at, _) = client.initialize(Some(folder.path()), Findings::Pushed, Value::Null)?;
        Ok(at - client.started)
    });
    let version = Sample::of(runs, || {
        let before = Instant::now();
        Command::new(&task.server).arg("--version").stdout(Stdio::null()).status()?;
        Ok(before.elapsed())
    })?;
    let figure = Figure::new(PART, "to the answer of `initialize`");
    figures.push(
        figure
            .measured(&ready)
            .beside(version.median(), "the same program with `--version`")
            .target(Target::Median(30.0)),
    );
    Ok(())
}
