//! `resmark check`: what an editor would underline.

use std::path::Path;

use serde::Serialize;

use super::args::{CheckArgs, CheckFormat};
use super::inputs::{Inputs, Target};
use super::output::Output;
use super::place::Span;
use super::rewrite::one_filter;
use super::{Failure, Outcome, fix, human, sarif};
use crate::config::Overrides;
use crate::rules::{Finding, Severity};
use crate::workspace::Snapshot;

/// What was found in one document.
pub(super) struct Judged<'a> {
    pub target: &'a Target,
    pub findings: Vec<&'a Finding>,
}

pub(super) fn run(args: &CheckArgs, output: &mut Output) -> Result<Outcome, Failure> {
    if args.fix {
        one_filter(&args.paths)?;
    }
    let overrides = Overrides { profile: args.profile.clone(), is_final: args.is_final };
    let mut inputs = Inputs::read_to_judge(&args.paths.paths, args.as_of.date(), overrides, output);
    let mut outcome = Outcome::Clean;
    if args.fix {
        outcome = fix::run(args, &mut inputs, output)?;
        if args.diff {
            return Ok(inputs.outcome(outcome));
        }
    }
    let snapshot = inputs.snapshot();
    let files: Vec<_> = inputs.targets.iter().map(|target| target.file).collect();
    snapshot.judge(&files, &|| false);
    let judged: Vec<Judged<'_>> =
        inputs.targets.iter().map(|target| Judged { target, findings: snapshot.findings(target.file) }).collect();
    let filters = args.fix && args.paths.paths.iter().any(|path| path == Path::new("-"));
    match args.format {
        // What is still found has no place beside the text.
        _ if filters => {}
        CheckFormat::Human => human::print(&judged, &snapshot, output)?,
        CheckFormat::Json => output.print_raw(&json(&judged, &snapshot))?,
        CheckFormat::Sarif => output.print_raw(&sarif::log(&judged, &snapshot, !inputs.incomplete))?,
    }
    let found = judged.iter().flat_map(|file| &file.findings).any(|finding| finding.severity >= Severity::Warning);
    let outcome = outcome.max(if found { Outcome::Found } else { Outcome::Clean });
    Ok(inputs.outcome(outcome))
}

#[derive(Serialize)]
struct Report {
    findings: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    file: String,
    #[serde(flatten)]
    span: Span,
    id: &'static str,
    severity: Severity,
    message: String,
}

fn json(judged: &[Judged<'_>], snapshot: &Snapshot) -> String {
    let rows = judged.iter().filter_map(|Judged { target, findings }| {
        let rope = snapshot.file(target.file).filter(|_| !findings.is_empty())?.rope();
        Some(findings.iter().map(move |finding| Row {
            file: target.name.display().to_string(),
            span: Span::of(finding.range, &rope),
            id: finding.rule,
            severity: finding.severity,
            message: finding.message.clone(),
        }))
    });
    to_json(&Report { findings: rows.flatten().collect() })
}

/// Prints `value` for scripts, with a line break at the end.
pub(super) fn to_json(value: &impl Serialize) -> String {
    let mut text =
        serde_json::to_string_pretty(value).expect("text, numbers and lists of these can be written as JSON");
    text.push('\n');
    text
}
