//! Measures, writes the page and the figures, and compares the ratios with those that are kept.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

use anyhow::{Context, Result};
use clap::Parser;
use resmark_bench::machine::{Machine, Ticks, load};
use resmark_bench::page::{Measured, Reasons, page};
use resmark_bench::parts::{Task, check, keystroke, requests, start, workspace};
use resmark_bench::peers::{self, Peers};
use resmark_bench::ratios::{self, Ratios};
use resmark_bench::sample::Runs;
use resmark_bench::texts::Generated;

/// What is asked for.
#[derive(Parser)]
struct Arguments {
    /// The server's program.
    #[arg(long)]
    server: PathBuf,
    /// The folder that the page and the figures are written to.
    #[arg(long)]
    out: PathBuf,
    /// The ratios that are kept, to compare with.
    #[arg(long)]
    kept: PathBuf,
    /// Why targets are missed.
    #[arg(long)]
    reasons: PathBuf,
    /// Only the parts whose names contain this.
    #[arg(long)]
    only: Option<String>,
    /// Less of everything.
    #[arg(long)]
    quick: bool,
    /// Keep the ratios of this run.
    #[arg(long)]
    accept: bool,
    /// Where the other servers lie, as JSON.
    #[arg(long)]
    peers: Option<String>,
    /// The commit, for the page.
    #[arg(long, default_value = "")]
    commit: String,
    /// The command that was given, for the page.
    #[arg(long, default_value = "cargo xtask bench")]
    command: String,
}

fn main() -> Result<ExitCode> {
    let arguments = Arguments::parse();
    let kept: Ratios = read(&arguments.kept)?;
    let measured = measure(&arguments)?;
    let worse = ratios::worse(&measured.figures, &kept);
    std::fs::create_dir_all(&arguments.out)?;
    let write = |name: &str, text: String| {
        let path = arguments.out.join(name);
        std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))
    };
    write("figures.md", page(&measured, &kept, &worse, &read::<Reasons>(&arguments.reasons)?))?;
    write("figures.json", serde_json::to_string_pretty(&measured)? + "\n")?;
    println!("figures: {}", arguments.out.join("figures.md").display());
    if arguments.accept {
        // What was not measured this time stays as it was.
        let mut now = kept;
        now.extend(ratios::of(&measured.figures));
        std::fs::write(&arguments.kept, serde_json::to_string_pretty(&now)? + "\n")?;
        println!("ratios: {}", arguments.kept.display());
        return Ok(ExitCode::SUCCESS);
    }
    for worse in &worse {
        eprintln!("worse by a third or more: {worse}");
    }
    Ok(if worse.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What is in a file, or nothing where there is none.
fn read<T: serde::de::DeserializeOwned + Default>(path: &Path) -> Result<T> {
    match std::fs::read(path) {
        Ok(text) => serde_json::from_slice(&text).with_context(|| format!("cannot read {}", path.display())),
        Err(_) => Ok(T::default()),
    }
}

fn measure(arguments: &Arguments) -> Result<Measured> {
    let task = Task { server: arguments.server.clone(), quick: arguments.quick };
    let wanted = |part: &str| arguments.only.as_deref().is_none_or(|only| part.contains(only));
    let say = |words: &str| eprintln!("• Measuring: {words}");
    let mut machine = Machine::now();
    let (begun, ticks) = (Instant::now(), Ticks::now());
    let mut figures = Vec::new();
    if wanted(keystroke::PART) {
        say("keystrokes");
        keystroke::measure(&task, &mut figures)?;
    }
    if wanted(start::PART) {
        say("the start");
        start::measure(&task, &mut figures)?;
    }
    if wanted(requests::PART) {
        say("requests in documents");
        requests::documents(&task, &mut figures)?;
    }
    if wanted(check::PART) {
        say("`check` of documents");
        check::documents(&task, &mut figures)?;
    }
    let mut files = Generated::new(0)?;
    let any = [workspace::PART, requests::PART, check::PART].iter().any(|part| wanted(part));
    for &(count, name) in task.workspaces().iter().filter(|_| any) {
        say(&format!("workspaces of {name} resolutions"));
        files.grow(count)?;
        // Each part of the largest one has about a minute.
        let runs = Runs { least: 1, ..Runs::new(if task.quick || count > 10_000 { 3 } else { 7 }, 40) };
        let limit = workspace::limit(&files, runs)?;
        let size = workspace::Size { files: &files, name, limit, runs };
        if wanted(workspace::PART) {
            workspace::measure(&task, &size, &mut figures)?;
        }
        if wanted(requests::PART) {
            requests::workspace(&task, &files, name, &mut figures)?;
        }
        if wanted(check::PART) {
            check::folder(&task, &size, &mut figures)?;
        }
    }
    drop(files);
    let (mut outcomes, mut asked) = (Vec::new(), Vec::new());
    if let Some(installed) = arguments.peers.as_deref().filter(|_| wanted("peers")) {
        say("the peers");
        let installed: Peers = serde_json::from_str(installed).context("--peers is not JSON")?;
        let peers = peers::all(&task.server, &installed);
        peers::measure(&peers, task.quick, &mut outcomes);
        asked = peers.iter().map(|peer| (peer.name.clone(), peer.asked.to_owned())).collect();
    }
    machine.load_after = load();
    machine.others = ticks.and_then(|before| Some(Ticks::now()?.others_since(before)));
    let version = Command::new(&task.server).arg("--version").output()?;
    Ok(Measured {
        date: jiff::Zoned::now().strftime("%-d %B %Y, %H:%M").to_string(),
        command: arguments.command.clone(),
        seconds: begun.elapsed().as_secs(),
        version: String::from_utf8_lossy(&version.stdout).trim().to_owned(),
        commit: arguments.commit.clone(),
        machine,
        figures,
        peers: outcomes,
        asked,
    })
}
