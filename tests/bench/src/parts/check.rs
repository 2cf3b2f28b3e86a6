//! `resmark check` on a folder or a file.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use super::workspace::{LIMIT, Size};
use super::{Document, Task};
use crate::figure::Figure;
use crate::limit;
use crate::sample::{Runs, Sample};

/// The name of the part.
pub const PART: &str = "check";

/// A workspace.
pub fn folder(task: &Task, at: &Size<'_>, figures: &mut Vec<Figure>) -> Result<()> {
    let checked = Sample::of(at.runs, || check(task, at.files.path()));
    let figure = Figure::new(PART, format!("{} resolutions", at.name)).measured(&checked);
    figures.push(figure.beside(at.limit, LIMIT).of_bytes(at.files.bytes));
    Ok(())
}

/// Single large texts.
pub fn documents(task: &Task, figures: &mut Vec<Figure>) -> Result<()> {
    for &(bytes, name) in task.sizes() {
        let document = Document::new(bytes)?;
        let path = document.folder().join("draft.resmark");
        let runs = Runs::new(if task.quick { 10 } else { 30 }, 10);
        let checked = Sample::of(runs, || check(task, &path));
        let limit = Sample::of(runs, || limit::files(std::slice::from_ref(&path)))?;
        let figure = Figure::new(PART, format!("one of {name}")).measured(&checked);
        figures.push(figure.beside(limit.median(), LIMIT).of_bytes(document.text.len() as u64));
    }
    Ok(())
}

fn check(task: &Task, path: &Path) -> Result<Duration> {
    let before = Instant::now();
    let mut child = Command::new(&task.server)
        .arg("check")
        .arg(path)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    loop {
        // A coarse look is enough for what takes long, and a fine one for what does not.
        std::thread::sleep((before.elapsed() / 200).clamp(Duration::from_micros(50), Duration::from_millis(50)));
        if let Some(status) = child.try_wait()? {
            let time = before.elapsed();
            // 1 says that there are findings.
            anyhow::ensure!(status.code().is_some_and(|code| code <= 1), "`check` ended with {status}");
            return Ok(time);
        }
        if before.elapsed() > Duration::from_secs(120) {
            child.kill().context("it cannot be ended")?;
            child.wait()?;
            anyhow::bail!("more than 120 s");
        }
    }
}
