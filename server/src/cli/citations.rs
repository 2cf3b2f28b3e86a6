//! `resmark citations`: every citation and what became of what it names.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use annotate_snippets::normalize_untrusted_str;
use anstyle::Style;
use serde::{Serialize, Serializer};
use unicode_width::UnicodeWidthStr;

use super::args::{CitationsArgs, CitationsFormat};
use super::check::to_json;
use super::human::count;
use super::inputs::Inputs;
use super::output::{BOLD, GREEN, Output, RED, YELLOW};
use super::place::Span;
use super::{Failure, Outcome};
use crate::citation::Wording;
use crate::ide::standing::{Standing, standings};
use crate::workspace::{File, Snapshot};

pub(super) fn run(args: &CitationsArgs, output: &mut Output) -> Result<Outcome, Failure> {
    let mut inputs = Inputs::read(&args.paths.paths, args.as_of.date(), output);
    let snapshot = inputs.snapshot();
    let mut rows = Vec::new();
    for target in &inputs.targets {
        let beside = snapshot.beside(target.file);
        let Some(file) = beside.file(target.file) else { continue };
        rows.extend(rows_of(file, &target.name.display().to_string(), &beside));
    }
    match args.format {
        CitationsFormat::Human => output.print(&table(&rows))?,
        CitationsFormat::Json => output.print_raw(&to_json(&Report { citations: rows }))?,
    }
    Ok(inputs.outcome(Outcome::Clean))
}

#[derive(Serialize)]
struct Report {
    citations: Vec<Row>,
}

/// A citation as scripts see it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    file: String,
    #[serde(flatten)]
    span: Span,
    text: String,
    id: Option<String>,
    body: Option<String>,
    number: String,
    version: Option<String>,
    #[serde(serialize_with = "by_name")]
    status: Standing,
    /// `full`, `between` (not written itself, between the ends of a range) or `short` (“that resolution”).
    wording: &'static str,
    /// Where the citation stands that a short form takes up.
    #[serde(skip_serializing_if = "Option::is_none")]
    stands_for: Option<Span>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
}

impl Row {
    /// The words, and behind them what is not seen in them: the number between the ends of a range, and the place of
    /// what a short form stands for.
    fn words(&self) -> String {
        match (&self.stands_for, self.wording) {
            (Some(place), _) => format!("{} (for {}:{})", self.text, place.line, place.column),
            (None, "between") => format!("{} (in {})", self.number, self.text),
            _ => self.text.clone(),
        }
    }
}

fn by_name<S: Serializer>(status: &Standing, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(status.name())
}

fn style(status: Standing) -> Style {
    match status {
        Standing::InForce => GREEN,
        Standing::Outdated | Standing::Abrogated | Standing::Unknown | Standing::UnknownVersion => RED,
        Standing::RevisedSince
        | Standing::Superseded
        | Standing::DraftAdopted
        | Standing::Proposed
        | Standing::NotYet => YELLOW,
        Standing::NotInCatalogue | Standing::Open => Style::new(),
    }
}

fn rows_of(file: &File, name: &str, snapshot: &Snapshot) -> Vec<Row> {
    file.facts()
        .citations
        .iter()
        .zip(standings(snapshot, file.id))
        .map(|(citation, status)| {
            let (wording, antecedent) = match citation.wording {
                Wording::Full => ("full", None),
                Wording::Between => ("between", None),
                Wording::Short(antecedent) => ("short", Some(antecedent)),
            };
            Row {
                file: name.to_owned(),
                span: Span::of(citation.range, &file.rope()),
                text: citation.text.clone(),
                id: citation.id.as_ref().map(|id| id.at(citation.version.as_deref())),
                body: citation.body.clone(),
                number: citation.number.clone(),
                version: citation.version.clone(),
                status,
                wording,
                stands_for: antecedent.map(|range| Span::of(range, &file.rope())),
                title: citation.title.as_ref().map(|title| title.text.to_string()),
                date: citation.date.map(|date| date.date.to_string()),
            }
        })
        .collect()
}

/// The citations below the names of their files, and how many there are of each status.
fn table(rows: &[Row]) -> String {
    let places: Vec<String> = rows.iter().map(|row| format!("{}:{}", row.span.line, row.span.column)).collect();
    let ids: Vec<String> =
        rows.iter().map(|row| row.id.clone().unwrap_or_else(|| format!("?-{}", row.number))).collect();
    let widest = |texts: &[String]| texts.iter().map(|text| text.width()).max().unwrap_or(0);
    let (place_width, id_width) = (widest(&places), widest(&ids));
    let status_width = rows.iter().map(|row| row.status.name().len()).max().unwrap_or(0);
    let mut text = String::new();
    let mut file: Option<&str> = None;
    for ((row, place), id) in rows.iter().zip(&places).zip(&ids) {
        if file != Some(&row.file) {
            let space = if file.is_some() { "\n" } else { "" };
            let _ = writeln!(text, "{space}{BOLD}{}{BOLD:#}", normalize_untrusted_str(&row.file));
            file = Some(&row.file);
        }
        let style = style(row.status);
        let _ = writeln!(
            text,
            "{}  {}  {style}{}{style:#}  {}",
            pad(place, place_width),
            pad(id, id_width),
            pad(row.status.name(), status_width),
            normalize_untrusted_str(&row.words())
        );
    }
    // A short form is no further citation.
    let full: Vec<&Row> = rows.iter().filter(|row| row.stands_for.is_none()).collect();
    let mut counts: BTreeMap<Standing, usize> = BTreeMap::new();
    full.iter().for_each(|row| *counts.entry(row.status).or_default() += 1);
    let counts: Vec<String> = counts.iter().map(|(status, number)| format!("{number} {}", status.name())).collect();
    let space = if rows.is_empty() { "" } else { "\n" };
    let colon = if rows.is_empty() { "" } else { ": " };
    let _ = write!(text, "{space}{BOLD}{}{BOLD:#}{colon}{}", count(full.len(), "citation"), counts.join(", "));
    let short = rows.len() - full.len();
    let _ = if short > 0 { writeln!(text, ", and {}", count(short, "short form")) } else { writeln!(text) };
    text
}

/// `text` with spaces behind it up to a width in columns.
fn pad(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}
