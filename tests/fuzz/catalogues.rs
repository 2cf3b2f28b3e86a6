//! Catalogue files, configurations and lists of resolutions at random: what is wrong is said in one line, and nothing panics.

use fastrand::Rng;
use jiff::civil::date;
use resmark::catalogue::{COLUMNS, Catalogue, parse_table, validate};
use resmark::workspace::{Location, Workspace};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::driver::Target;
use crate::json::{spoil, value};
use crate::texts::{at, name, place, text, typed};

/// A file that says that it is a catalogue.
pub struct Catalogues;

/// A file that should hold JSON, and a text that is judged by it.
#[derive(Serialize, Deserialize)]
pub struct Input {
    json: String,
    text: String,
}

impl Target for Catalogues {
    type Input = Input;
    const CASES: usize = 400;

    fn make(random: &mut Rng, _: bool) -> Input {
        let path = resmark_tests::root().join("examples/catalogue/model-union.json");
        let example = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        let made = json!({
            "source": "x",
            "coverage": [{ "body": "PP", "years": [2018], "complete": true }],
            "resolutions": [
                { "id": "PP-140", "versions": [{ "year": 2018, "place": "Dubai", "kind": "revised", "date": "2018-11-16" }, { "year": 2022 }] },
                { "id": "UNGA-70/125", "titles": [{ "language": "en", "text": "x" }], "abrogated": { "date": "2020-01-01" } },
            ],
        });
        let made = if random.bool() { example } else { made };
        Input { json: json_like(random, made), text: text(random, false) }
    }

    fn check(input: &Input) -> Result<(), String> {
        match Catalogue::parse(&input.json, "x.json") {
            Ok(file) => {
                let written = file.to_json().map_err(|error| format!("it cannot be written\n{error}"))?;
                Catalogue::parse(&written, "y.json")
                    .map_err(|error| format!("what is written cannot be read\n{error}\n{written}"))?;
            }
            Err(error) => one_line(&error.to_string())?,
        }
        for problem in validate(&input.json, "x.json", &Catalogue::bundled()) {
            one_line(&problem.to_string())?;
        }
        judged(input, "x.catalogue.json")
    }
}

/// A file that says that it configures Resmark.
pub struct Settings;

impl Target for Settings {
    type Input = Input;
    const CASES: usize = 400;

    fn make(random: &mut Rng, _: bool) -> Input {
        let profile = *random.choice(&["itu", "unga", "unsc", "who", "mun", "none", ""]).unwrap();
        let rules: Value = (0..random.usize(..5))
            .map(|_| {
                let rule = random.choice(resmark::rules::RULES).map_or("x", |rule| rule.id);
                let level = random.choice(["off", "hint", "information", "warning", "error", "loud"]);
                (rule.to_owned(), if random.u8(..4) == 0 { value(random, 2) } else { json!(level) })
            })
            .collect();
        let made = json!({ "profile": profile, "final": random.bool(), "rules": rules, "name": name(random) });
        Input { json: json_like(random, made), text: text(random, false) }
    }

    fn check(input: &Input) -> Result<(), String> {
        judged(input, "resmark.json")
    }
}

/// Reads the file from a folder, as a workspace does, and judges the text beside it.
fn judged(input: &Input, name: &str) -> Result<(), String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, &input.json).unwrap();
    let mut workspace = Workspace::new(date(2025, 6, 1));
    if let Err(problem) = workspace.load_file(&path) {
        one_line(&problem.to_string())?;
    }
    let document = Location::from(&*folder.path().join("a.resmark"));
    let id = workspace.open(document, 1, &input.text).map_err(|problem| problem.to_string())?;
    let snapshot = workspace.snapshot();
    snapshot.problems().try_for_each(|problem| one_line(&problem.to_string()))?;
    let _ = snapshot.findings(id);
    workspace.remove(&Location::from(&*path));
    if workspace.snapshot().problems().next().is_some() {
        return Err("a problem stays when its file is gone".to_owned());
    }
    Ok(())
}

fn one_line(message: &str) -> Result<(), String> {
    match message.lines().count() {
        1 => Ok(()),
        _ => Err(format!("more than one line is said\n{message:?}")),
    }
}

/// JSON that is nearly right, or not at all.
fn json_like(random: &mut Rng, mut made: Value) -> String {
    for _ in 0..random.usize(..4) {
        spoil(random, &mut made);
    }
    let mut text = match random.u8(..8) {
        0 => value(random, 5).to_string(),
        1 => format!("{}{}", "[".repeat(random.usize(..5000)), "{\"a\":".repeat(random.usize(..500))),
        2 => serde_json::to_string(&made).unwrap(),
        _ => serde_json::to_string_pretty(&made).unwrap(),
    };
    if random.bool() {
        let (one, other) = (place(random), place(random));
        let (one, other) = (at(&text, one), at(&text, other));
        let end = resmark_tests::boundary(&text, one.max(other).min(one.min(other) + 20)).max(one.min(other));
        text.replace_range(one.min(other)..end, &typed(random));
    }
    text
}

/// Lists of resolutions, as spreadsheets have them.
pub struct Tables;

#[derive(Serialize, Deserialize)]
pub struct Table {
    /// What parts the cells.
    between: String,
    rows: Vec<Vec<String>>,
}

impl Target for Tables {
    type Input = Table;
    const CASES: usize = 1500;

    fn make(random: &mut Rng, _: bool) -> Table {
        let between = random.choice(["\t", ",", ";", "|", ""]).unwrap().to_owned();
        let width = random.usize(..8);
        let head = (0..width)
            .map(|_| if random.u8(..8) == 0 { name(random) } else { random.choice(COLUMNS).unwrap().0.to_owned() });
        let mut rows: Vec<Vec<String>> = vec![head.collect()];
        let used = rows[0].clone();
        for _ in 0..random.usize(..8) {
            let width = if random.u8(..6) == 0 { random.usize(..9) } else { width };
            rows.push((0..width).map(|at| cell(random, used.get(at).map_or("", String::as_str))).collect());
        }
        Table { between, rows }
    }

    fn check(input: &Table) -> Result<(), String> {
        let text: String = input.rows.iter().map(|row| row.join(&input.between) + "\n").collect();
        match parse_table(&text, "a.tsv") {
            Ok(file) => {
                let written = file.to_json().map_err(|error| format!("it cannot be written\n{error}"))?;
                let read = Catalogue::parse(&written, "y.json");
                read.map_err(|error| format!("what is written cannot be read\n{error}\n{written}"))?;
                Ok(())
            }
            Err(problems) if problems.is_empty() => Err("it is refused, and nothing is said".to_owned()),
            Err(problems) => problems.iter().try_for_each(|problem| one_line(&problem.to_string())),
        }
    }
}

/// What stands in a column of this name, mostly.
fn cell(random: &mut Rng, column: &str) -> String {
    let usual: &[&str] = match column {
        "id" | "succeeded_by" | "adopted_as" => {
            &["PP-140", "UNGA-70/125", "WHA75.8", "PP-140, PP-2", "pp 140", "UNGA Decision-5"]
        }
        "body" => &["PP", "WHA", "UNGA Decision", "UNGA", "X"],
        "number" => &["140", "70/125", "WHA75.8", "1", "-1"],
        "year" | "version" | "in_force" => &["2018", "2022", "2019-2", "18", "2018 2022", "2018, 2019"],
        "date" | "abrogated" | "not_later_than" => &["2022-10-14", "2022-13-40", "14.10.2022", "0000-00-00"],
        "kind" => &["adopted", "revised", "adoptedOrRevised", "proposed", "Adopted"],
        "language" => &["en", "fr", "ar", "de", ""],
        "title_kind" => &["title", "subject-phrase"],
        "certainty" => &["proven", "inferred", "unproven"],
        _ => &["Dubai", "x", "\"x\"", "\"", "a\nb"],
    };
    match random.u8(..8) {
        0 => String::new(),
        1 => name(random),
        2 => typed(random),
        _ => random.choice(usual).copied().unwrap_or_default().to_owned(),
    }
}
