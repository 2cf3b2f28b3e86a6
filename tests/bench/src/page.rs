//! The page of figures, for a person to read.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Serialize;

use crate::figure::{Figure, Target, Unit};
use crate::machine::Machine;
use crate::parts::{check, keystroke, requests, start, workspace};
use crate::peers::Outcome;
use crate::ratios::{Ratios, Worse};

/// All that was measured in one run.
#[derive(Serialize)]
pub struct Measured {
    /// The day.
    pub date: String,
    /// The command, as it was given.
    pub command: String,
    /// How long all of it took, in seconds.
    pub seconds: u64,
    /// What the server says its version is.
    pub version: String,
    /// The commit that was measured, with `+` where files have changed since.
    pub commit: String,
    /// On what.
    pub machine: Machine,
    /// Of this server alone.
    pub figures: Vec<Figure>,
    /// Beside the others.
    pub peers: Vec<Outcome>,
    /// What each server was asked, by its name.
    pub asked: Vec<(String, String)>,
}

/// Why a target is missed, by the key of its figure; written by hand.
pub type Reasons = BTreeMap<String, String>;

/// The page.
pub fn page(measured: &Measured, kept: &Ratios, worse: &[Worse], reasons: &Reasons) -> String {
    let mut out = String::from("# Figures\n\n");
    head(&mut out, measured);
    targets(&mut out, measured, reasons);
    if !worse.is_empty() {
        out.push_str("## Worse by a third or more than the figures that are kept\n\n");
        for worse in worse {
            let _ = writeln!(out, "- {worse}");
        }
        out.push('\n');
    }
    for (part, title, words) in PARTS {
        let figures: Vec<&Figure> = measured.figures.iter().filter(|figure| figure.part == *part).collect();
        if !figures.is_empty() {
            let _ = write!(out, "## {title}\n\n{words}\n\n");
            table(&mut out, &figures, kept);
        }
    }
    if !measured.peers.is_empty() {
        beside_peers(&mut out, measured);
    }
    out
}

const PARTS: &[(&str, &str, &str)] = &[
    (
        keystroke::PART,
        "A keystroke",
        "From sending `textDocument/didChange` with one letter, over standard input, to the last byte of \
         `textDocument/publishDiagnostics` for that version, on standard output: what stands between a key and a squiggle, \
         without the editor. A word grows by a letter and is taken back after eight. The limit is the bare parser of \
         tree-sitter, told of the same edit in the same text: no answer that rests on a tree can come sooner.",
    ),
    (
        start::PART,
        "Start",
        "From starting the program to the answer of `initialize`. The limit is the same program asked for its version: \
         loading it and nothing else.",
    ),
    (
        workspace::PART,
        "A workspace",
        "From starting the program to the findings of the last document: `initialize` with the folder, wait until the log \
         says that all is read, then `workspace/diagnostic`. The limit is reading the same files and parsing them with the \
         bare parser, with all cores; both find the files in the system's cache. Memory is what the system says the process \
         holds (resident) two seconds later, less that of a server with an empty workspace.",
    ),
    (
        requests::PART,
        "Requests",
        "From sending a request to the last byte of its answer. Of one document: at a reference in its middle; renumbering \
         is asked for where one clause was put into the first list. Of a workspace: at a citation of another resolution. \
         What needs a look at one place has a round trip as its limit, a hover in an empty document of the same server, \
         which shows nothing and goes the same way; a completion is asked for right behind a letter, as editors do, and \
         needs a parse of that letter; renumbering has to read the whole text.",
    ),
    (
        check::PART,
        "`resmark check`",
        "From starting the program to its end, what it prints going nowhere. The limit is that of a workspace.",
    ),
];

fn head(out: &mut String, measured: &Measured) {
    let machine = &measured.machine;
    let others =
        machine.others.map_or(String::new(), |others| format!(", {others:.0} % of its time went to other programs"));
    let _ = write!(
        out,
        "Made by `{}` on {}, in {} s, of {} ({}). \n{}, {} cores, {} GB, {}; load {:.1} before, {:.1} behind{others}.\n\n\
         Figures are medians of so many runs behind one that is not counted; no slow run is left out. The ratio is the \
         figure by its limit, measured in the same run: it is what is kept from run to run, as the machine cancels out of \
         it. Texts are generated (`tests/support/generate.rs`).\n\n",
        measured.command,
        measured.date,
        measured.seconds,
        measured.version,
        measured.commit,
        machine.processor,
        machine.cores,
        machine.memory / 1_000_000_000,
        machine.system,
        machine.load_before,
        machine.load_after,
    );
}

/// The targets, each with what was measured and, where it is missed, by how much and why.
fn targets(out: &mut String, measured: &Measured, reasons: &Reasons) {
    let mut rows = Vec::new();
    for figure in &measured.figures {
        for (target, outcome) in figure.outcomes() {
            let (measured, wanted) = match target {
                Target::Median(wanted) => (shown(figure.value, figure.unit), ms(wanted)),
                Target::P99(wanted) => (shown(figure.p99, figure.unit), format!("99th of 100: {}", ms(wanted))),
                Target::Ratio(wanted) => (figure.ratio().map_or("–".to_owned(), times), times(wanted)),
            };
            let key = figure.key();
            rows.push((key.clone(), measured, wanted, verdict(outcome, reasons.get(&key))));
        }
    }
    for (name, measured, wanted, outcome) in against_peers(&measured.peers) {
        let reason = reasons.get(&name);
        rows.push((name, measured, wanted, verdict(Some(outcome), reason)));
    }
    if rows.is_empty() {
        return;
    }
    out.push_str("## Targets\n\n| what | figure | at most | |\n| --- | ---: | ---: | --- |\n");
    for (name, measured, wanted, verdict) in rows {
        let _ = writeln!(out, "| {name} | {measured} | {wanted} | {verdict} |");
    }
    out.push('\n');
}

fn verdict(outcome: Option<f64>, reason: Option<&String>) -> String {
    match outcome {
        Some(by) if by <= 1.0 => "met".to_owned(),
        Some(by) => {
            let why = reason.map_or("why is not written down yet", String::as_str);
            format!(
                "**missed** by {}: {why}",
                if by < 2.0 { format!("{:.0} %", (by - 1.0) * 100.0) } else { times(by) }
            )
        }
        None => "**not measured**".to_owned(),
    }
}

fn table(out: &mut String, figures: &[&Figure], kept: &Ratios) {
    out.push_str("| what | median | 99th of 100 | runs | limit | ratio | kept | |\n");
    out.push_str("| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |\n");
    for figure in figures {
        let mut notes = figure.note.clone();
        if let (Some(bytes), Some(ms), Unit::Ms) = (figure.bytes, figure.value, figure.unit)
            && [workspace::PART, check::PART].contains(&figure.part)
        {
            let speed = format!("{:.0} MB at {:.1} MB/s", bytes as f64 / 1e6, bytes as f64 / 1e3 / ms);
            notes = if notes.is_empty() { speed } else { format!("{speed}; {notes}") };
        }
        let limit = shown(figure.limit, figure.unit);
        let limit = if figure.limit.is_some() { format!("{limit}: {}", figure.limit_is) } else { limit };
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} | {limit} | {} | {} | {notes} |",
            figure.name,
            shown(figure.value, figure.unit),
            shown(figure.p99, figure.unit),
            figure.runs,
            figure.ratio().map_or("–".to_owned(), times),
            kept.get(&figure.key()).copied().map_or("–".to_owned(), times),
        );
    }
    out.push('\n');
}

/// What was to be no slower than one peer, be another one faster or not: the size, what is asked, the peer.
const NO_SLOWER_THAN: (&str, &str, &str) = ("20 kB", "keystroke", "ruff");

/// Of each thing asked of each size: this server's figure, the fastest peer's, and the one by the other; and the same with
/// the peer that was named beforehand.
fn against_peers(outcomes: &[Outcome]) -> Vec<(String, String, String, f64)> {
    let mut rows = Vec::new();
    for ours in outcomes.iter().filter(|outcome| outcome.server == "resmark") {
        let others = outcomes.iter().filter(|other| {
            other.server != "resmark" && (other.asked, other.size) == (ours.asked, ours.size) && other.median.is_some()
        });
        let (size, asked, named) = NO_SLOWER_THAN;
        let is_named = |other: &&Outcome| (size, asked) == (ours.size, ours.asked) && other.server.starts_with(named);
        let fastest =
            others.clone().min_by(|a, b| a.median.unwrap_or(f64::MAX).total_cmp(&b.median.unwrap_or(f64::MAX)));
        let named = others.clone().find(is_named).filter(|named| fastest.is_none_or(|it| it.server != named.server));
        for other in named.into_iter().chain(fastest) {
            if let (Some(own), Some(theirs)) = (ours.median, other.median) {
                let name = format!("peers/{}, {}", ours.size, ours.asked);
                rows.push((name, ms(own), format!("{} ({})", ms(theirs), other.server), own / theirs));
            }
        }
    }
    rows
}

fn beside_peers(out: &mut String, measured: &Measured) {
    out.push_str(
        "## Beside the peers\n\nThe same client put each server through the same script (`tests/peers/mod.rs`), in this run, on texts of \
         the same size with as many references. A cold start goes from starting the program to the first findings of the text \
         that it is given; a keystroke is a letter in the middle, to the next findings.\n\n| server | what it was asked \
         to do |\n| --- | --- |\n",
    );
    for (server, asked) in &measured.asked {
        let _ = writeln!(out, "| {server} | {asked} |");
    }
    let mut servers: Vec<&str> = Vec::new();
    let mut sizes: Vec<&str> = Vec::new();
    for outcome in &measured.peers {
        if !servers.contains(&outcome.server.as_str()) {
            servers.push(&outcome.server);
        }
        if !sizes.contains(&outcome.size) {
            sizes.push(outcome.size);
        }
    }
    for size in sizes {
        let _ = write!(out, "\n### {size}\n\n| |");
        servers.iter().for_each(|server| _ = write!(out, " {server} |"));
        out.push_str("\n| --- |");
        servers.iter().for_each(|_| out.push_str(" ---: |"));
        out.push('\n');
        let mut asked: Vec<&str> = Vec::new();
        for outcome in measured.peers.iter().filter(|outcome| outcome.size == size) {
            if !asked.contains(&outcome.asked) {
                asked.push(outcome.asked);
            }
        }
        for asked in asked {
            let _ = write!(out, "| {asked} |");
            for server in &servers {
                let found =
                    measured.peers.iter().find(|it| it.size == size && it.asked == asked && it.server == *server);
                let cell = match found {
                    Some(Outcome { median: Some(median), p99, did, runs, .. }) => {
                        let p99 = p99.map_or(String::new(), |p99| format!(", 99th {}", ms(p99)));
                        format!("**{}**{p99}; {runs} runs; {did}", ms(*median))
                    }
                    Some(Outcome { did, .. }) => format!("– ({did})"),
                    None => "–".to_owned(),
                };
                let _ = write!(out, " {cell} |");
            }
            out.push('\n');
        }
    }
}

fn shown(value: Option<f64>, unit: Unit) -> String {
    match (value, unit) {
        (None, _) => "–".to_owned(),
        (Some(value), Unit::Ms) => ms(value),
        (Some(value), Unit::PerByte) => format!("{value:.2} B/B"),
    }
}

/// Milliseconds with three digits that count.
fn ms(value: f64) -> String {
    match value {
        10_000.0.. => format!("{:.1} s", value / 1e3),
        100.0.. => format!("{value:.0} ms"),
        10.0.. => format!("{value:.1} ms"),
        1.0.. => format!("{value:.2} ms"),
        _ => format!("{value:.3} ms"),
    }
}

fn times(value: f64) -> String {
    if value < 10.0 { format!("{value:.2} ×") } else { format!("{value:.0} ×") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(server: &str, median: Option<f64>) -> Outcome {
        let did = "publishes".to_owned();
        Outcome { server: server.to_owned(), size: "20 kB", asked: "keystroke", median, p99: None, runs: 1, did }
    }

    #[test]
    fn the_fastest_peer_that_did_it_is_the_target() {
        let outcomes = [
            outcome("resmark", Some(0.5)),
            outcome("quick", None),
            outcome("slow", Some(2.0)),
            outcome("fast", Some(0.4)),
        ];
        let row = ("peers/20 kB, keystroke".to_owned(), "0.500 ms".to_owned(), "0.400 ms (fast)".to_owned(), 1.25);
        assert_eq!(against_peers(&outcomes), [row]);
    }

    #[test]
    fn the_peer_named_beforehand_has_a_row_of_its_own() {
        let ours = outcome("resmark", Some(0.5));
        let (ruff, other) = (outcome("ruff 0.17.6", Some(1.0)), outcome("fast", Some(0.4)));
        let against = |outcomes: &[Outcome]| -> Vec<(String, f64)> {
            against_peers(outcomes).into_iter().map(|(_, _, whose, by)| (whose, by)).collect()
        };
        let of_ruff = ("1.00 ms (ruff 0.17.6)".to_owned(), 0.5);
        let of_fastest = ("0.400 ms (fast)".to_owned(), 1.25);
        assert_eq!(against(&[ours.clone(), ruff.clone(), other]), [of_ruff.clone(), of_fastest]);
        assert_eq!(against(&[ours, ruff]), [of_ruff]);
    }

    #[test]
    fn a_missed_target_is_said_with_its_reason() {
        let reason = "the list is read whole".to_owned();
        assert_eq!(verdict(Some(1.25), Some(&reason)), "**missed** by 25 %: the list is read whole");
        assert_eq!(verdict(Some(1.0), Some(&reason)), "met");
        assert_eq!(verdict(None, None), "**not measured**");
    }
}
