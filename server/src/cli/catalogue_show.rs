//! `resmark catalogue show`: everything that is known of a resolution.

use std::fmt::Write as _;

use annotate_snippets::normalize_untrusted_str;
use jiff::civil::Date;
use serde::Serialize;

use super::args::{CatalogueShowArgs, TextFormat};
use super::check::to_json;
use super::inputs::Inputs;
use super::output::{BOLD, Output};
use super::{Failure, Outcome};
use crate::catalogue::{Catalogue, FactLine, Layer, Status, VersionKind, adoption_window, certainty_words, fact_lines};
use crate::citation::{ResolutionId, written};
use crate::syntax::Language;

pub(super) fn run(args: &CatalogueShowArgs, output: &mut Output) -> Result<Outcome, Failure> {
    let as_of = args.as_of.date();
    let (id, version) = match args.id.split_once('@') {
        Some((id, version)) => (id, Some(version)),
        None => (args.id.as_str(), None),
    };
    let mut inputs = Inputs::read_workspace(&args.workspace, as_of, output);
    let snapshot = inputs.snapshot();
    let catalogue = snapshot.catalogue();
    let parsed: Option<ResolutionId> = id.parse().ok();
    let Some((id, entry)) = parsed.as_ref().and_then(|id| Some((id, catalogue.get(id)?))) else {
        return Err(Failure(not_listed(id, parsed.as_ref(), catalogue)));
    };
    let versions = entry.versions();
    if let Some(version) = version
        && versions.iter().all(|view| view.version != version)
    {
        let all: Vec<String> = versions.iter().map(|view| id.at(Some(view.version))).collect();
        let next = match all.is_empty() {
            true => "no version of it is known".to_owned(),
            false => format!("known are {}", all.join(", ")),
        };
        return Err(Failure(format!("{}: {next}", args.id)));
    }
    let status = said(&catalogue.status(id, as_of), as_of);
    let mut lines = fact_lines(&entry);
    if let Some(version) = version {
        // Of the version asked for, its own facts; of the resolution, what became of it.
        let of_version = |line: &FactLine| !is_of_another(line, version);
        lines.retain(of_version);
    }
    let mut series: Vec<&ResolutionId> = catalogue.series(id);
    series.sort_by_key(|id| (adoption_window(id).map(|window| window.earliest), id.to_string()));
    series.dedup();
    let report = Report {
        id: id.at(version),
        name: written(id, None, Language::En),
        as_of: as_of.to_string(),
        status,
        in_force: catalogue.version_in_force(id, as_of).map(|view| view.version.clone()),
        versions: versions
            .iter()
            .filter(|view| view.kind != VersionKind::Proposed)
            .map(|view| view.version.clone())
            .collect(),
        series: series.iter().map(ToString::to_string).collect(),
        facts: lines.iter().map(Fact::of).collect(),
        sources: entry.sources(),
    };
    match args.format {
        TextFormat::Json => output.print_raw(&to_json(&report))?,
        TextFormat::Human => output.print(&page(&report, &lines))?,
    }
    Ok(inputs.outcome(Outcome::Clean))
}

/// Whether a line is about another version than this one.
fn is_of_another(line: &FactLine, version: &str) -> bool {
    let of = match line.about.strip_prefix("Version ") {
        Some(of) => Some(of),
        None => line.about.split_once(", ").map(|(_, of)| of.trim_end_matches(')')),
    };
    of.is_some_and(|of| of != version)
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Report<'a> {
    id: String,
    name: String,
    as_of: String,
    status: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    in_force: Option<String>,
    versions: Vec<String>,
    series: Vec<String>,
    facts: Vec<Fact<'a>>,
    sources: Vec<&'a str>,
}

#[derive(Serialize)]
struct Fact<'a> {
    about: &'a str,
    text: &'a str,
    source: &'a str,
    layer: &'static str,
    certainty: crate::catalogue::Certainty,
}

impl Fact<'_> {
    fn of(line: &FactLine) -> Fact<'_> {
        let layer = match line.layer {
            Layer::Bundled => "bundled",
            Layer::File => "file",
            Layer::Resolution => "resolution",
        };
        Fact { about: &line.about, text: &line.text, source: &line.source, layer, certainty: line.certainty }
    }
}

fn not_listed(asked: &str, id: Option<&ResolutionId>, catalogue: &Catalogue) -> String {
    let near = catalogue.near(asked, 3);
    let next = match (near.as_slice(), id) {
        ([], None) => "an id looks like PP-140 or UNGA-70/125".to_owned(),
        ([], Some(_)) => "nothing near it is listed either".to_owned(),
        (near, _) => {
            let near: Vec<String> = near.iter().map(|id| format!("“{id}”")).collect();
            format!("did you mean {}?", near.join(" or "))
        }
    };
    format!("“{asked}” is not in the catalogue; {next}")
}

/// What it is on that day, in words.
fn said(status: &Status<'_>, as_of: Date) -> String {
    match status {
        Status::InForce { version: Some(version) } => {
            let sure = certainty_words(version.certainty).map(|words| format!(" ({words})")).unwrap_or_default();
            format!("in force on {as_of} as {}{sure}", version.name())
        }
        Status::InForce { version: None } => format!("in force on {as_of}, as far as is known"),
        Status::Abrogated { abrogation, .. } => {
            let sure = certainty_words(abrogation.certainty).map(|words| format!(" ({words})")).unwrap_or_default();
            format!("no longer in force on {as_of}{sure}")
        }
        Status::NewerInSeries { newest, link, .. } => {
            let sure = certainty_words(link.certainty).map(|words| format!(" ({words})")).unwrap_or_default();
            format!("in force on {as_of}; there is a newer one on the subject, {newest}{sure}")
        }
        Status::DraftAdopted { link } => format!("a draft, adopted as {}", link.value.id),
        Status::ProposedOnly => "proposed, and not known to have been adopted".to_owned(),
        Status::NotAdoptedYet { from } => format!("not there yet on {as_of}; from {from}"),
        Status::Unknown => "not in the catalogue".to_owned(),
    }
}

fn page(report: &Report<'_>, lines: &[FactLine]) -> String {
    let clean = |text: &str| normalize_untrusted_str(text);
    let mut text = String::new();
    let _ = writeln!(text, "{BOLD}{}{BOLD:#}  {}", clean(&report.id), clean(&report.name));
    let _ = writeln!(text, "{}", clean(&report.status));
    if !report.series.is_empty() {
        let _ = writeln!(text, "series: {}", clean(&report.series.join(", ")));
    }
    if !lines.is_empty() {
        text.push('\n');
    }
    let width = lines.iter().map(|line| line.about.chars().count()).max().unwrap_or(0);
    for line in lines {
        let _ = writeln!(text, "{:width$}  {}", clean(&line.about), clean(&line.text));
        let _ = writeln!(text, "{:width$}    {}", "", clean(&line.ground()));
    }
    if lines.is_empty() {
        let _ = writeln!(text, "listed by {}", clean(&report.sources.join("; ")));
    }
    text
}
