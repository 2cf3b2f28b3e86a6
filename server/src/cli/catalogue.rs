//! `resmark catalogue`: `validate` and `diff`; `build` and `show` have files of their own.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use annotate_snippets::normalize_untrusted_str;
use serde::Serialize;

use super::args::{CatalogueCommand, CatalogueDiffArgs, CatalogueValidateArgs, TextFormat};
use super::check::to_json;
use super::human::count;
use super::output::{BOLD, GREEN, Output, RED, YELLOW};
use super::{Failure, Outcome, catalogue_build, catalogue_show};
use crate::catalogue::{Catalogue, CatalogueFile, CatalogueProblem, Change, Difference, Entry, Level, diff, validate};
use crate::workspace::read_text;

pub(super) fn run(command: &CatalogueCommand, output: &mut Output) -> Result<Outcome, Failure> {
    match command {
        CatalogueCommand::Build(args) => catalogue_build::run(args, output),
        CatalogueCommand::Validate(args) => run_validate(args, output),
        CatalogueCommand::Show(args) => catalogue_show::run(args, output),
        CatalogueCommand::Diff(args) => run_diff(args, output),
    }
}

/// A problem of a catalogue file as scripts see it.
#[derive(Serialize)]
struct Row<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    path: &'a str,
    level: &'static str,
    message: &'a str,
}

#[derive(Serialize)]
struct Report<'a> {
    problems: Vec<Row<'a>>,
}

fn level_name(level: Level) -> &'static str {
    match level {
        Level::Hint => "hint",
        Level::Warning => "warning",
        Level::Error => "error",
    }
}

fn row(problem: &CatalogueProblem) -> Row<'_> {
    let error = &problem.error;
    Row {
        file: &error.file,
        line: error.line,
        column: error.column,
        path: &error.path,
        level: level_name(problem.level),
        message: &error.message,
    }
}

fn run_validate(args: &CatalogueValidateArgs, output: &mut Output) -> Result<Outcome, Failure> {
    let mut outcome = Outcome::Clean;
    let mut texts = Vec::new();
    for path in &args.paths {
        for path in files(path) {
            match read_text(&path) {
                Ok(text) => texts.push((path, text)),
                Err(problem) => {
                    output.error(&problem.to_string());
                    outcome = Outcome::Failed;
                }
            }
        }
    }
    // A resolution that one file names may be listed in another.
    let mut known = (*Catalogue::bundled()).clone();
    for (path, text) in &texts {
        let name = path.display().to_string();
        if let Ok(file) = Catalogue::parse(text, &name) {
            known.set_file(&name, file);
        }
    }
    let mut problems: Vec<CatalogueProblem> = Vec::new();
    for (path, text) in &texts {
        problems.extend(validate(text, &path.display().to_string(), &known));
    }
    match args.format {
        TextFormat::Json => {
            let rows = problems.iter().map(row).collect();
            output.print_raw(&to_json(&Report { problems: rows }))?;
        }
        TextFormat::Human => output.print(&listed(&problems, texts.len()))?,
    }
    let found = problems.iter().any(|problem| problem.level >= Level::Warning);
    Ok(outcome.max(if found { Outcome::Found } else { Outcome::Clean }))
}

fn listed(problems: &[CatalogueProblem], files: usize) -> String {
    let mut text = String::new();
    for problem in problems {
        let (style, level) = match problem.level {
            Level::Error => (RED, "error"),
            Level::Warning => (YELLOW, "warning"),
            Level::Hint => (BOLD, "hint"),
        };
        let _ = writeln!(text, "{style}{level}:{style:#} {}", normalize_untrusted_str(&problem.to_string()));
    }
    let _ = match problems.len() {
        0 => writeln!(text, "{GREEN}Nothing found{GREEN:#} in {}", count(files, "catalogue file")),
        number => {
            writeln!(text, "{BOLD}Found {}{BOLD:#} in {}", count(number, "problem"), count(files, "catalogue file"))
        }
    };
    text
}

/// What a path names: itself, or the `.json` files of a folder.
fn files(path: &Path) -> Vec<PathBuf> {
    if !path.is_dir() {
        return vec![path.to_owned()];
    }
    let walk = ignore::WalkBuilder::new(path).build().flatten();
    let files = walk.map(ignore::DirEntry::into_path).filter(|path| path.is_file());
    let json = |path: &PathBuf| {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        // Schemas and settings lie beside catalogues.
        name.ends_with(".json") && !name.ends_with(".schema.json") && name != crate::workspace::CONFIG_FILE
    };
    files.filter(json).collect::<BTreeSet<_>>().into_iter().collect()
}

/// A catalogue file, read strictly.
pub(super) fn read_catalogue(path: &Path) -> Result<CatalogueFile, Failure> {
    let text = read_text(path).map_err(|problem| Failure(problem.to_string()))?;
    Catalogue::parse(&text, &path.display().to_string()).map_err(|error| Failure(error.to_string()))
}

#[derive(Serialize)]
struct DiffReport {
    resolutions: Vec<Difference>,
}

fn run_diff(args: &CatalogueDiffArgs, output: &mut Output) -> Result<Outcome, Failure> {
    let differences = match args.files.as_slice() {
        [before, after] => diff(&read_catalogue(before)?.resolutions, &read_catalogue(after)?.resolutions),
        [file] => {
            let own = read_catalogue(file)?.resolutions;
            // What the file leaves to the bundled facts is no difference.
            let listed: BTreeSet<_> = own.iter().map(|entry| &entry.id).collect();
            let bundled: Vec<Entry> =
                Catalogue::bundled_entries().filter(|entry| listed.contains(&entry.id)).cloned().collect();
            let mut differences = diff(&bundled, &own);
            for difference in &mut differences {
                difference.facts.retain(|fact| fact.change != Change::Removed);
            }
            differences.retain(|difference| difference.change != Change::Changed || !difference.facts.is_empty());
            differences
        }
        _ => return Err(Failure("name one catalogue file, or two".to_owned())),
    };
    match args.format {
        TextFormat::Json => output.print_raw(&to_json(&DiffReport { resolutions: differences.clone() }))?,
        TextFormat::Human => output.print(&differing(&differences))?,
    }
    Ok(if differences.is_empty() { Outcome::Clean } else { Outcome::Found })
}

fn differing(differences: &[Difference]) -> String {
    let mut text = String::new();
    let sign = |change: Change| match change {
        Change::Removed => (RED, '-'),
        Change::Changed => (YELLOW, '~'),
        Change::Added => (GREEN, '+'),
    };
    let clean = |text: &str| normalize_untrusted_str(text);
    for difference in differences {
        let (style, mark) = sign(difference.change);
        let _ = writeln!(text, "{style}{mark} {}{style:#}", clean(&difference.id.to_string()));
        for fact in &difference.facts {
            let (style, mark) = sign(fact.change);
            let words = [&fact.before, &fact.after].into_iter().flatten().filter(|words| !words.is_empty());
            let words = words.map(|words| clean(words)).collect::<Vec<_>>().join(" → ");
            let colon = if words.is_empty() { "" } else { ": " };
            let _ = writeln!(text, "    {style}{mark}{style:#} {}{colon}{words}", clean(&fact.about));
        }
    }
    let number = |change: Change| differences.iter().filter(|difference| difference.change == change).count();
    let counts = [(Change::Added, "added"), (Change::Removed, "removed"), (Change::Changed, "changed")];
    let counts = counts.map(|(change, word)| format!("{} {word}", number(change)));
    let _ = match differences.is_empty() {
        true => writeln!(text, "{GREEN}No difference{GREEN:#}"),
        false => writeln!(text, "{BOLD}{}{BOLD:#}: {}", count(differences.len(), "resolution"), counts.join(", ")),
    };
    text
}
