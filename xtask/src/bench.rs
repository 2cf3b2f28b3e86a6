//! `cargo xtask bench`: how long a drafter waits. The measuring itself is `tests/bench`, and `tests/peers` for the other
//! language servers; here they are built, installed and run.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::{paths, process, setup};

/// What is asked for.
#[derive(Args)]
pub struct Bench {
    /// Only the parts whose names contain this: keystroke, start, requests, workspace, check, peers.
    #[arg(long, value_name = "PART")]
    only: Option<String>,
    /// Less of everything, in two minutes: fewer runs, no text over 1 MB, no workspace over 1,017 resolutions.
    #[arg(long)]
    quick: bool,
    /// Measure other language servers as well, which are installed first (the network is needed once).
    #[arg(long)]
    peers: bool,
    /// Keep the ratios of this run; those of a whole run with peers are kept with their page, `tests/peers/figures.md`.
    #[arg(long)]
    accept: bool,
    /// Measure this program, and build none.
    #[arg(long, value_name = "PROGRAM")]
    server: Option<PathBuf>,
}

/// Builds, measures and compares.
///
/// # Errors
/// When something does not compile or cannot be measured, or a ratio is worse by a third.
pub fn run(task: &Bench) -> Result<()> {
    let built = build(task.server.is_none())?;
    let server = task.server.clone().unwrap_or_else(|| built.join(name("resmark")));
    let out = paths::target().join("bench");
    let tests = paths::root().join("tests");
    let mut bench = Command::new(built.join(name("resmark-bench")));
    bench.arg("--server").arg(std::path::absolute(server)?).arg("--out").arg(&out);
    bench.arg("--kept").arg(tests.join("bench/ratios.json"));
    bench.arg("--reasons").arg(tests.join("bench/why.json"));
    bench.args(["--commit", &commit(), "--command", &command(task)]);
    if let Some(only) = &task.only {
        bench.args(["--only", only]);
    }
    for (flag, set) in [("--quick", task.quick), ("--accept", task.accept)] {
        if set {
            bench.arg(flag);
        }
    }
    if task.peers {
        bench.args(["--peers", &setup::peers::all()]);
    }
    let status = bench.status().context("cannot run what measures")?;
    if !status.success() {
        bail!("a ratio is worse by a third than the one that is kept, or something was not measured; see above");
    }
    if task.accept && task.peers && !task.quick && task.only.is_none() {
        std::fs::copy(out.join("figures.md"), tests.join("peers/figures.md"))?;
    }
    Ok(())
}

/// Builds what measures, optimised, and with `server` the server; returns the folder of both.
fn build(server: bool) -> Result<PathBuf> {
    process::step("Building what is measured and what measures", || {
        let mut cargo = process::cargo();
        // As in `build::server`: with the same packages chosen, the dependencies have the same features each time.
        cargo.args(["build", "--release", "--package", "resmark", "--package", "xtask", "--package", "resmark-bench"]);
        cargo.args(["--bin", "resmark-bench"]);
        if server {
            cargo.args(["--bin", "resmark"]);
        }
        process::run(&mut cargo)
    })?;
    Ok(paths::target().join("release"))
}

fn name(program: &str) -> String {
    format!("{program}{}", std::env::consts::EXE_SUFFIX)
}

/// The commit that is measured, with a plus where something has changed since; empty where git does not say.
fn commit() -> String {
    let git = |arguments: &[&str]| process::capture(Command::new("git").current_dir(paths::root()).args(arguments));
    let Ok(commit) = git(&["rev-parse", "--short=10", "HEAD"]) else { return String::new() };
    let changed = git(&["status", "--porcelain", "--untracked-files=no"]).is_ok_and(|changed| !changed.is_empty());
    format!("{commit}{}", if changed { "+" } else { "" })
}

/// The command as it was given.
fn command(task: &Bench) -> String {
    let mut command = String::from("cargo xtask bench");
    for (flag, set) in [(" --quick", task.quick), (" --peers", task.peers), (" --accept", task.accept)] {
        if set {
            command.push_str(flag);
        }
    }
    if let Some(only) = &task.only {
        command.push_str(&format!(" --only {only}"));
    }
    if let Some(server) = &task.server {
        command.push_str(&format!(" --server {}", Path::new(server).file_name().unwrap_or_default().display()));
    }
    command
}
