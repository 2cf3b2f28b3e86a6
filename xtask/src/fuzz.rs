//! `cargo xtask fuzz`: the targets of `tests/fuzz.rs`, one after another, with inputs that nobody has tried yet.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::{paths, process};

/// The targets, and the share of the time that each gets.
const TARGETS: &[(&str, u32)] = &[
    ("editing", 6),
    ("reading", 6),
    ("messages", 5),
    ("importing", 2),
    ("catalogues", 1),
    ("settings", 1),
    ("tables", 1),
];

/// So long at most one target runs before the next has its turn.
const TURN: Duration = Duration::from_secs(300);

/// What is asked for.
#[derive(Args)]
pub struct Fuzz {
    /// How long all targets run together, building them not counted.
    #[arg(long, value_name = "N", default_value_t = 10.0)]
    minutes: f64,
    /// The seed of the random inputs; else another one each time. Each turn of a target takes the next one.
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Only this target: editing, reading, messages, importing, catalogues, settings, tables.
    #[arg(value_name = "TARGET")]
    target: Option<String>,
}

/// What came of the turns of one target.
#[derive(Default)]
struct Tally {
    turns: u64,
    inputs: u64,
    seconds: f64,
    findings: u64,
    /// The most memory that it held in the end of a turn, in megabytes.
    memory: u64,
}

/// Builds the targets and runs them in turn until the time is up.
///
/// # Errors
///
/// When something was found, or nothing could be run.
pub fn run(asked: &Fuzz) -> Result<()> {
    let targets: Vec<(&str, u32)> = TARGETS
        .iter()
        .copied()
        .filter(|(name, _)| asked.target.as_deref().is_none_or(|target| target == *name))
        .collect();
    if targets.is_empty() {
        let names: Vec<&str> = TARGETS.iter().map(|(name, _)| *name).collect();
        bail!("there is no such target; there are {}", names.join(", "));
    }
    let (server, program) = process::step("Building the targets, optimised and with every check", build)?;
    let out = paths::output("fuzzing")?;
    let clock = SystemTime::now().duration_since(UNIX_EPOCH).map_or(140, |time| time.as_secs());
    let first = asked.seed.unwrap_or(clock);
    let time = Duration::try_from_secs_f64(asked.minutes * 60.0).context("no such time")?;
    let begun = Instant::now();
    let mut tallies: Vec<Tally> = targets.iter().map(|_| Tally::default()).collect();
    let mut complaints = Vec::new();
    let turns = turns(&targets, time);
    for (seed, at) in (first..).zip(0..turns.len()) {
        let (target, left) = (turns[at], time.saturating_sub(begun.elapsed()));
        let (name, _) = targets[target];
        let seconds = share(&targets, &turns[at..], left);
        if let Some(complaint) = turn(name, &program, &server, &out, seed, seconds, &mut tallies[target])? {
            eprintln!("{complaint}");
            complaints.push((name, seed, complaint));
        }
    }
    println!("\n{:<12} {:>6} {:>10} {:>8} {:>9} {:>9}", "target", "turns", "inputs", "seconds", "findings", "MB");
    for ((name, _), tally) in targets.iter().zip(&tallies) {
        let Tally { turns, inputs, seconds, findings, memory } = tally;
        println!("{name:<12} {turns:>6} {inputs:>10} {seconds:>8.0} {findings:>9} {memory:>9}");
    }
    let inputs: u64 = tallies.iter().map(|tally| tally.inputs).sum();
    let minutes = begun.elapsed().as_secs_f64() / 60.0;
    let all = format!("{inputs} inputs in {minutes:.1} minutes, seeds {first} to {}", first + turns.len() as u64 - 1);
    if complaints.is_empty() {
        println!("nothing found: {all}");
        return Ok(());
    }
    println!("something found: {all}");
    for (name, seed, _) in &complaints {
        println!("  {name}, seed {seed}; again: cargo xtask fuzz {name} --seed {seed} --minutes {}", asked.minutes);
    }
    bail!(
        "something was found. The inputs are in {}; to make a test of one, put it into tests/fuzz/cases/TARGET/ under a \
         name that says what it shows, see that `cargo test -p resmark-tests --test fuzz TARGET` fails, and put right what \
         is wrong",
        out.display()
    );
}

/// Which target has its turn when, by its place among `targets`: each as often as the others, and none for very long.
fn turns(targets: &[(&str, u32)], time: Duration) -> Vec<usize> {
    let most = targets.iter().map(|(_, share)| share).max().copied().unwrap_or(1);
    let shares: u32 = targets.iter().map(|(_, share)| share).sum();
    let rounds = (time.as_secs_f64() / TURN.as_secs_f64() * f64::from(most) / f64::from(shares)).ceil().max(1.0);
    (0..rounds as usize).flat_map(|_| 0..targets.len()).collect()
}

/// How many seconds the first of these turns gets of the time that is left for all of them; one at least, so that no
/// target is left out.
fn share(targets: &[(&str, u32)], turns: &[usize], left: Duration) -> u64 {
    let shares = |turns: &[usize]| turns.iter().map(|target| targets[*target].1).sum::<u32>();
    let part = f64::from(shares(&turns[..1])) / f64::from(shares(turns));
    (left.as_secs_f64() * part).round().max(1.0) as u64
}

/// The server and the targets, built to be quick and to check everything.
fn build() -> Result<(PathBuf, PathBuf)> {
    let mut cargo = process::cargo();
    cargo.args(["build", "--profile", "fuzz", "--quiet", "--package", "resmark", "--bin", "resmark"]);
    process::run(&mut cargo)?;
    let mut cargo = process::cargo();
    cargo.args(["test", "--profile", "fuzz", "--package", "resmark-tests", "--test", "fuzz", "--no-run"]);
    cargo.args(["--message-format", "json", "--quiet"]);
    let said = process::capture(&mut cargo)?;
    let executable = |line: &str| {
        let message: serde_json::Value = serde_json::from_str(line).ok()?;
        Some(PathBuf::from(message["executable"].as_str()?))
    };
    let program = said.lines().filter_map(executable).next_back().context("cargo names no program of the targets")?;
    // Beside `deps`, in which test programs lie.
    let folder = program.parent().and_then(Path::parent).context("the program lies in no folder")?;
    let server = folder.join(format!("resmark{}", std::env::consts::EXE_SUFFIX));
    Ok((server, program))
}

/// Whether programs may be kept to the first core here, which is not given to everybody.
fn keeps_to_one_core(taskset: &Path) -> bool {
    Command::new(taskset).args(["--cpu-list", "0", "true"]).output().is_ok_and(|output| output.status.success())
}

/// Runs one target for a while, on one core; returns what is to be said of it when something was found.
fn turn(
    name: &str,
    program: &Path,
    server: &Path,
    out: &Path,
    seed: u64,
    seconds: u64,
    tally: &mut Tally,
) -> Result<Option<String>> {
    eprintln!("• {name}, for {seconds} s, seed {seed} …");
    // On Linux all of it, the server too, keeps to one core; elsewhere the targets do, which have one thread.
    let mut command = match process::which("taskset").filter(|taskset| keeps_to_one_core(taskset)) {
        Some(taskset) => {
            let mut command = Command::new(taskset);
            command.args(["--cpu-list", "0"]).arg(program);
            command
        }
        None => Command::new(program),
    };
    command
        .args([name, "--exact", "--nocapture", "--test-threads=1"])
        .env("RESMARK_FUZZ_SECONDS", seconds.to_string())
        .env("RESMARK_FUZZ_SEED", seed.to_string())
        .env("RESMARK_FUZZ_OUT", out)
        .env("RESMARK_BINARY", server);
    let log = paths::output("logs")?.join(format!("fuzz-{name}.log"));
    let begun = Instant::now();
    let mut reported = None;
    let succeeded = process::lines(&mut command, &log, |line| {
        // “fuzz editing: 260 inputs in 21 s, 0 findings, 36 MB at the end”, behind what the harness says of the test.
        let numbers: Vec<u64> = line
            .split_once(&format!("fuzz {name}: "))
            .into_iter()
            .flat_map(|(_, said)| said.split_whitespace())
            .filter_map(|word| word.parse().ok())
            .collect();
        if let [inputs, _, findings, memory] = numbers[..] {
            reported = Some((inputs, findings, memory));
        }
    })?;
    tally.turns += 1;
    tally.seconds += begun.elapsed().as_secs_f64();
    if let Some((inputs, findings, memory)) = reported {
        tally.inputs += inputs;
        tally.findings += findings;
        tally.memory = tally.memory.max(memory);
    } else if !succeeded {
        // It was ended: by what used up the stack or the memory, or by the watch over both. The next turn overwrites the
        // input that it left.
        tally.findings += 1;
        let current = out.join(format!("{name}.current.json"));
        let _ = std::fs::copy(&current, out.join(format!("{name}-ended-{seed}.json")));
    }
    if succeeded {
        return Ok(None);
    }
    let said = std::fs::read(&log).unwrap_or_default();
    let said = String::from_utf8_lossy(&said);
    let lines: Vec<&str> = said.lines().collect();
    let last = lines[lines.len().saturating_sub(60)..].join("\n");
    Ok(Some(format!("{name}, seed {seed}:\n{last}\nThe whole of it: {}", log.display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How long each target runs in all, were a turn exactly as long as it may be.
    fn planned(targets: &[(&'static str, u32)], minutes: f64) -> Vec<u64> {
        let time = Duration::from_secs_f64(minutes * 60.0);
        let mut left = time;
        let mut seconds = vec![0; targets.len()];
        let turns = turns(targets, time);
        for at in 0..turns.len() {
            let next = share(targets, &turns[at..], left);
            assert!(next <= TURN.as_secs() + 1, "{next}");
            left = left.saturating_sub(Duration::from_secs(next));
            seconds[turns[at]] += next;
        }
        seconds
    }

    #[test]
    fn every_target_has_its_part_of_the_time() {
        assert_eq!(planned(TARGETS, 1.0), [16, 17, 14, 5, 3, 2, 3]);
        assert_eq!(planned(TARGETS, 60.0).iter().sum::<u64>(), 3600);
        assert!(planned(TARGETS, 0.01).iter().all(|seconds| *seconds == 1));
        assert_eq!(planned(&TARGETS[..1], 60.0), [3600]);
    }
}
