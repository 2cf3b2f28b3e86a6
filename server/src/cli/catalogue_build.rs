//! `resmark catalogue build`: a catalogue file of lists, catalogue files and resolutions.

use std::path::{Path, PathBuf};

use super::args::CatalogueBuildArgs;
use super::catalogue::read_catalogue;
use super::human::count;
use super::inputs::Inputs;
use super::output::Output;
use super::{Failure, Outcome};
use crate::catalogue::{Abrogation, CatalogueFile, Certainty, Entry, WorkspaceFact, merge, parse_table};
use crate::facts::Facts;
use crate::syntax::ProposalKind;
use crate::workspace::{read_text, write_whole};

pub(super) fn run(args: &CatalogueBuildArgs, output: &mut Output) -> Result<Outcome, Failure> {
    let mut entries = Vec::new();
    let mut coverage = Vec::new();
    let mut documents: Vec<PathBuf> = Vec::new();
    let mut outcome = Outcome::Clean;
    for path in &args.paths {
        let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
        let file = match extension.as_deref() {
            Some("tsv" | "csv" | "tab") => read_list(path, output),
            Some("json") => read_catalogue(path).map_err(|Failure(message)| output.error(&message)).ok(),
            _ => {
                documents.push(path.clone());
                continue;
            }
        };
        let Some(mut file) = file else {
            outcome = Outcome::Failed;
            continue;
        };
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let source = file.source.clone().or_else(|| args.source.clone()).unwrap_or(name);
        file.resolutions.iter_mut().for_each(|entry| with_source(entry, &source));
        for fact in &mut file.coverage {
            fact.source.get_or_insert_with(|| source.clone());
        }
        entries.append(&mut file.resolutions);
        coverage.append(&mut file.coverage);
    }
    if !documents.is_empty() {
        let mut inputs = Inputs::read_alone(&documents, output);
        let snapshot = inputs.snapshot();
        let mut left = 0;
        for target in &inputs.targets {
            let Some(file) = snapshot.file(target.file) else { continue };
            let own = of_document(&file.glance().facts, &target.name.display().to_string());
            left += usize::from(own.is_empty());
            entries.extend(own);
        }
        if left > 0 {
            output.note(&format!("{} left out: nothing says which resolution it is", count(left, "document")));
        }
        outcome = inputs.outcome(outcome);
    }
    if outcome == Outcome::Failed {
        // Half a catalogue would be taken for a whole one.
        return Ok(outcome);
    }
    let resolutions = merge(entries);
    let number = resolutions.len();
    let file = CatalogueFile { coverage, resolutions, ..CatalogueFile::default() };
    let text = file.to_json().map_err(|error| Failure(format!("the catalogue cannot be written as JSON: {error}")))?;
    match &args.output {
        None => output.print_raw(&text)?,
        Some(path) => {
            write_whole(path, &text)
                .map_err(|error| Failure(format!("{}: it could not be written: {error}", path.display())))?;
            output.note(&format!("{}: {}", path.display(), count(number, "resolution")));
        }
    }
    Ok(outcome)
}

/// A list; what is wrong with it is told.
fn read_list(path: &Path, output: &mut Output) -> Option<CatalogueFile> {
    let text = read_text(path).map_err(|problem| output.error(&problem.to_string())).ok()?;
    let problems = match parse_table(&text, &path.display().to_string()) {
        Ok(file) => return Some(file),
        Err(problems) => problems,
    };
    problems.iter().for_each(|problem| output.error(&problem.to_string()));
    None
}

/// Gives every fact that names no source this one.
fn with_source(entry: &mut Entry, source: &str) {
    let own = |known: &mut Option<String>| {
        known.get_or_insert_with(|| source.to_owned());
    };
    entry.titles.iter_mut().for_each(|fact| own(&mut fact.source));
    entry.versions.iter_mut().for_each(|fact| own(&mut fact.source));
    entry.in_force.iter_mut().for_each(|fact| own(&mut fact.source));
    entry.abrogated.iter_mut().for_each(|fact| own(&mut fact.source));
    entry.succeeded_by.iter_mut().for_each(|fact| own(&mut fact.source));
    entry.adopted_as.iter_mut().for_each(|fact| own(&mut fact.source));
    if entry.says_nothing() {
        own(&mut entry.source);
    }
}

/// The resolutions that a document holds. What is proposed for abrogation is noted as no more than that.
fn of_document(facts: &Facts, name: &str) -> Vec<Entry> {
    let entries = facts.identities.iter().filter_map(|identity| {
        let resolution = facts.document.resolutions.get(identity.resolution.index());
        let proposal = resolution.and_then(|resolution| resolution.proposal.as_ref());
        let mut entry = WorkspaceFact::new(identity, proposal.map(|mark| mark.kind))?.into_entry();
        if let Some(mark) = proposal.filter(|mark| mark.kind == ProposalKind::Suppress) {
            let by = format!("proposal {}", mark.number).trim_end().to_owned();
            let certainty = Certainty::Unproven;
            entry.abrogated =
                Some(Abrogation { date: None, not_later_than: None, by: Some(by), source: None, certainty });
        }
        with_source(&mut entry, name);
        Some(entry)
    });
    entries.collect()
}
