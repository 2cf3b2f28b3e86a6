//! Makes the bundled catalogue files from tables of facts.
//!
//! The tables are tab-separated: `itu-and-un.tsv` and `wha.tsv` (body, number, titles, place, year, kind, source), and
//! `un-recurring.tsv` (a resolution, the latest on the same subject, its title). To these comes the list of
//! `server/catalogue/lists/added.tsv`, in the columns of `resmark catalogue build`. The result depends on the tables
//! alone: sorted, one resolution to a line.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use clap::Subcommand;
use jiff::civil::Date;
use resmark::catalogue::{
    Abrogation, CatalogueFile, Certainty, Coverage, Entry, InForce, Link, Title, TitleKind, VersionFact, VersionKind,
    adoption_window, merge, parse_table, session_date,
};
use resmark::citation::ResolutionId;
use resmark::syntax::Language;

/// Tasks around the bundled catalogue.
#[derive(Subcommand)]
pub enum CatalogueTask {
    /// Write `server/catalogue/*.json` and the published schema anew from a folder of tables.
    Build {
        /// The folder with `itu-and-un.tsv`, `wha.tsv` and `un-recurring.tsv`.
        #[arg(long, value_name = "DIR")]
        from: PathBuf,
    },
}

/// Runs one.
pub fn run(task: CatalogueTask) -> Result<()> {
    let CatalogueTask::Build { from } = task;
    let out = Path::new(env!("CARGO_MANIFEST_DIR")).join("../server/catalogue");
    let mut tables = Tables::default();
    for row in rows(&from.join("itu-and-un.tsv"))? {
        tables.resolution(&row)?;
    }
    for row in rows(&from.join("wha.tsv"))? {
        tables.resolution(&row)?;
    }
    for row in rows(&from.join("un-recurring.tsv"))? {
        tables.recurring(&row);
    }
    tables.conclude();
    let added = out.join("lists/added.tsv");
    let text = std::fs::read_to_string(&added).with_context(|| format!("could not read {}", added.display()))?;
    let list = parse_table(&text, &added.display().to_string());
    tables.add(
        list.map_err(|problems| {
            anyhow!("{}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
        })?,
    );
    let files = tables.files();
    for (name, file) in &files {
        write(&out.join(name), &file.to_json()?)?;
        println!("{name}: {} resolutions", file.resolutions.len());
    }
    write(&out.join("schema/catalogue.schema.json"), &CatalogueFile::json_schema())
}

fn write(path: &Path, text: &str) -> Result<()> {
    std::fs::write(path, text).with_context(|| format!("could not write {}", path.display()))
}

fn rows(path: &Path) -> Result<Vec<csv::StringRecord>> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b'\t')
        .flexible(true)
        .from_path(path)
        .with_context(|| format!("could not read {}", path.display()))?;
    reader.records().collect::<Result<_, _>>().with_context(|| format!("{} is not a table", path.display()))
}

/// The files and the bodies in them; the same as in `server/src/catalogue/bundled.rs`.
const FAMILIES: &[(&str, &str, &[&str])] = &[
    (
        "itu.json",
        "Resolutions, decisions, opinions and recommendations of the conferences, assemblies and the Council of the ITU",
        &["PP", "Council", "WTSA", "WTDC", "ITU-R", "WRC", "WCIT", "WATTC", "WTPF"],
    ),
    ("general-assembly.json", "Resolutions and decisions of the United Nations General Assembly", &["UNGA"]),
    ("security-council.json", "Resolutions of the United Nations Security Council", &["UNSC"]),
    (
        "economic-and-social-council.json",
        "Resolutions and decisions of the United Nations Economic and Social Council",
        &["ECOSOC"],
    ),
    ("human-rights-council.json", "Resolutions of the Human Rights Council", &["HRC"]),
    ("world-health-assembly.json", "Resolutions of the World Health Assembly", &["WHA"]),
    ("others.json", "Resolutions of other bodies", &["IWC"]),
];

/// The table lists what programme plans cite, and the latest on the same subject.
const RECURRING: &str = "United Nations review of the resolutions cited in its programme plans";
const FROM_NUMBERS: &str = "concluded from the numbers around it";
const FIRST_NUMBERED_THROUGH: u16 = 1994;

/// A title without its version, and the versions that it was found with.
type Titles = BTreeMap<(Language, String, TitleKind), (BTreeSet<Option<String>>, Option<String>, Certainty)>;

#[derive(Default)]
struct Tables {
    entries: BTreeMap<ResolutionId, Entry>,
    titles: BTreeMap<ResolutionId, Titles>,
    /// Plenipotentiary resolutions in force in a year, with the source of that list.
    in_force: BTreeMap<u16, (BTreeSet<u32>, String)>,
    drafts: Vec<(String, ResolutionId, String)>,
}

impl Tables {
    fn entry(&mut self, id: &ResolutionId) -> &mut Entry {
        self.entries.entry(id.clone()).or_insert_with(|| Entry::new(id.clone()))
    }

    /// A row of the tables of resolutions.
    fn resolution(&mut self, row: &csv::StringRecord) -> Result<()> {
        let field = |index: usize| row.get(index).unwrap_or_default().trim();
        let (body, number, place, kind) = (field(0), field(1), field(4), field(6));
        let date = date_in(field(7));
        let id = of_its_day(resolution_id(body, number), date);
        let source = source(field(7));
        let year = match field(5) {
            "" => adoption_window(&id)
                .filter(|window| window.earliest.year() == window.latest.year())
                .and_then(|window| u16::try_from(window.earliest.year()).ok()),
            text => Some(text.parse().with_context(|| format!("{id}: “{text}” is no year"))?),
        };
        let place = (!place.is_empty()).then(|| place.to_owned());
        if kind == "draft-symbol" {
            self.title(&id, field(2), field(3), None, &source);
            self.entry(&id).source.get_or_insert(source);
            return Ok(());
        }
        if kind == "abrogation-proposed" {
            // A proposal changes nothing in the status of a resolution.
            return Ok(());
        }
        if let Some((_, draft)) = field(7).split_once("draft symbol ") {
            let symbol = draft.split([':', ' ']).next().unwrap_or(draft).to_owned();
            self.drafts.push((symbol, id.clone(), source.clone()));
        }
        if let Some(listed) = kind.strip_prefix("in-force-") {
            let year = match (listed, year) {
                ("at-session", Some(year)) => year,
                ("at-session", None) => bail!("{id}: in force at which session?"),
                (listed, _) => listed.parse().with_context(|| format!("{id}: “{listed}” is no year"))?,
            };
            if listed != "at-session" && body == "PP" {
                let (numbers, from) = self.in_force.entry(year).or_default();
                numbers.extend(number.parse::<u32>());
                from.clone_from(&source);
            }
            self.entry(&id).in_force.push(InForce { year, source: Some(source), certainty: Certainty::Proven });
            return Ok(());
        }
        if let Some(rest) = kind.strip_prefix("absent-") {
            let by = rest.split_once("abrogated by ").map(|(_, by)| by.trim_end_matches(')'));
            self.entry(&id).abrogated = Some(absent(by, source)?);
            return Ok(());
        }
        let (version_kind, certainty) = match kind {
            "adopted" => (VersionKind::Adopted, Certainty::Proven),
            "rev" => (VersionKind::Revised, Certainty::Proven),
            "rev-proposed" => (VersionKind::Proposed, Certainty::Proven),
            "exists" => (VersionKind::AdoptedOrRevised, Certainty::Proven),
            // Read off a text whose tracked changes had been lost, so concluded and not said.
            "form-conflict" => (VersionKind::AdoptedOrRevised, Certainty::Inferred),
            _ if kind.starts_with("exists(") => (VersionKind::AdoptedOrRevised, Certainty::Inferred),
            _ => bail!("{id}: what is the kind “{kind}”?"),
        };
        let certainty = if field(7) == "memory" { Certainty::Unproven } else { certainty };
        let version = year.map(|year| year.to_string());
        self.title(&id, field(2), field(3), version.clone(), &source);
        let entry = self.entry(&id);
        if let (Some(year), Some(version)) = (year, version) {
            let date = date.filter(|date| i32::from(date.year()) == i32::from(year));
            let kind = version_kind;
            entry.add_version(VersionFact { version, place, year, date, kind, source: Some(source), certainty });
        } else {
            entry.source.get_or_insert(source);
        }
        Ok(())
    }

    fn title(&mut self, id: &ResolutionId, en: &str, zh: &str, version: Option<String>, source: &str) {
        for (language, text) in [(Language::En, en), (Language::Zh, zh)] {
            let Some((text, kind)) = title_text(text) else { continue };
            let titles = self.titles.entry(id.clone()).or_default();
            let known = titles.entry((language, text, kind));
            let (versions, _, _) =
                known.or_insert_with(|| (BTreeSet::new(), Some(source.to_owned()), Certainty::Proven));
            versions.insert(version.clone());
        }
    }

    /// A row of the table of recurring subjects.
    fn recurring(&mut self, row: &csv::StringRecord) {
        let field = |index: usize| row.get(index).unwrap_or_default().trim();
        let title = field(2).trim_end_matches([' ', ':', '/', '.']).to_owned();
        let latest = symbol_ids(field(1));
        let Some(newest) = latest.first() else { return };
        let mut titled = latest.clone();
        for cited in symbol_ids(field(0)) {
            if cited == *newest {
                continue;
            }
            let organ = |id: &ResolutionId| id.body.split(' ').next().map(str::to_owned);
            // The review says which is the latest on the subject. That another organ's resolution takes the place of
            // this one, or a decision, which most often only puts the matter off, that of a resolution, it does not say.
            let decided = newest.body.ends_with(" Decision") && cited.body != newest.body;
            let replaces = organ(&cited) == organ(newest) && !decided;
            let certainty = if replaces { Certainty::Proven } else { Certainty::Inferred };
            let link = Link { id: newest.clone(), source: Some(RECURRING.to_owned()), certainty };
            self.entry(&cited).succeeded_by.push(link);
            titled.push(cited);
        }
        if titled.len() == latest.len() {
            return;
        }
        for id in titled {
            let year = adoption_window(&id)
                .filter(|window| window.earliest.year() == window.latest.year())
                .and_then(|window| u16::try_from(window.earliest.year()).ok());
            let entry = self.entry(&id);
            if let Some(year) = year {
                entry.add_version(VersionFact {
                    version: year.to_string(),
                    place: None,
                    year,
                    date: None,
                    kind: VersionKind::Adopted,
                    source: Some(FROM_NUMBER_OF_SESSION.to_owned()),
                    certainty: Certainty::Inferred,
                });
            }
            let titles = self.titles.entry(id).or_default();
            // The table gives one title for the series, so for each of its members it is a conclusion.
            if !titles.keys().any(|(language, _, kind)| *language == Language::En && *kind == TitleKind::Title) {
                titles.insert(
                    (Language::En, title.clone(), TitleKind::Title),
                    (BTreeSet::new(), Some(RECURRING.to_owned()), Certainty::Inferred),
                );
            }
        }
    }

    /// What follows from all rows together.
    fn conclude(&mut self) {
        for (symbol, id, source) in std::mem::take(&mut self.drafts) {
            let draft = ResolutionId::new(&*id.body, symbol);
            self.entry(&draft).adopted_as.push(Link { id, source: Some(source), certainty: Certainty::Proven });
        }
        // The World Health Assembly numbers the resolutions of one assembly without gaps.
        let mut numbers: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
        for id in self.entries.keys().filter(|id| id.body == "WHA") {
            let parts = id.number.strip_prefix("WHA").and_then(|number| number.split_once('.'));
            if let Some((Ok(assembly), Ok(number))) = parts.map(|(a, n)| (a.parse(), n.parse())) {
                numbers.entry(assembly).or_default().insert(number);
            }
        }
        for (assembly, known) in numbers {
            for number in (1..known.last().copied().unwrap_or_default()).filter(|number| !known.contains(number)) {
                let id = ResolutionId::new("WHA", format!("WHA{assembly}.{number}"));
                self.entry(&id).source = Some(FROM_NUMBERS.to_owned());
            }
        }
        // So does the Plenipotentiary Conference through all conferences since 1994; what is not in a full list of
        // those in force is no longer in force.
        if let Some((_, (numbers, source))) = self.in_force.last_key_value().map(|(year, list)| (*year, list.clone())) {
            for number in (1..numbers.last().copied().unwrap_or_default()).filter(|number| !numbers.contains(number)) {
                let entry = self.entry(&ResolutionId::new("PP", number.to_string()));
                let source = format!("absence from {}", source.trim_start_matches("absence from "));
                if entry.abrogated.is_none()
                    && let Ok(abrogated) = absent(None, source)
                {
                    entry.abrogated = Some(abrogated);
                }
            }
        }
        for (id, titles) in std::mem::take(&mut self.titles) {
            let facts = titles.into_iter().map(|((language, text, kind), (versions, source, certainty))| {
                // Found with several versions, a title has been repeated with each and says nothing of any.
                let version = if versions.len() == 1 { versions.into_iter().next().flatten() } else { None };
                Title { language, text, version, kind, source, certainty }
            });
            let facts: Vec<Title> = facts.collect();
            self.entry(&id).titles = facts;
        }
        for entry in self.entries.values_mut() {
            entry.versions.sort_by(|a, b| a.version.cmp(&b.version));
            entry.in_force.sort_by_key(|fact| fact.year);
            let bare = entry.titles.is_empty() && entry.versions.is_empty() && entry.in_force.is_empty();
            if !(bare && entry.abrogated.is_none() && entry.succeeded_by.is_empty() && entry.adopted_as.is_empty()) {
                entry.source = None;
            }
        }
    }

    /// What a list adds to the tables.
    fn add(&mut self, list: CatalogueFile) {
        for added in list.resolutions {
            let id = added.id.clone();
            let known = self.entries.remove(&id);
            self.entries.extend(merge(known.into_iter().chain([added])).into_iter().map(|entry| (id.clone(), entry)));
        }
    }

    fn files(self) -> Vec<(&'static str, CatalogueFile)> {
        let mut coverage = Vec::new();
        if let Some((numbers, source)) = self.in_force.values().next_back() {
            coverage.push(Coverage {
                body: "PP".to_owned(),
                from: FIRST_NUMBERED_THROUGH,
                // The list of 2023 has what the conference of 2022 left in force.
                to: 2022,
                complete: false,
                last_number: numbers.last().copied(),
                source: Some(source.clone()),
                certainty: Certainty::Inferred,
            });
        }
        let years = |body: &str| {
            let of_body = self.entries.values().filter(|entry| entry.id.body == body);
            let years: BTreeSet<u16> = of_body.flat_map(|entry| entry.versions.iter().map(|fact| fact.year)).collect();
            Some((*years.first()?, *years.last()?))
        };
        if let Some((from, to)) = years("WHA") {
            let of_body = self.entries.values().find(|entry| entry.id.body == "WHA" && !entry.versions.is_empty());
            let source = of_body.and_then(|entry| entry.versions.first()?.source.clone());
            let (body, certainty) = ("WHA".to_owned(), Certainty::Inferred);
            coverage.push(Coverage { body, from, to, complete: true, last_number: None, source, certainty });
        }
        let mut files: Vec<(&'static str, CatalogueFile)> = Vec::new();
        for (name, description, bodies) in FAMILIES {
            let base = |body: &str| body.split(' ').next().is_some_and(|base| bodies.contains(&base));
            let mut file = CatalogueFile {
                schema: Some("schema/catalogue.schema.json".to_owned()),
                description: Some((*description).to_owned()),
                source: None,
                coverage: coverage.iter().filter(|coverage| base(&coverage.body)).cloned().collect(),
                resolutions: self.entries.values().filter(|entry| base(&entry.id.body)).cloned().collect(),
            };
            common_source(&mut file);
            files.push((name, file));
        }
        files
    }
}

const FROM_NUMBER_OF_SESSION: &str = "concluded from its number";

/// Says a source that most facts share once, at the top.
fn common_source(file: &mut CatalogueFile) {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    each_source(file, &mut |source| {
        if let Some(source) = source {
            *counts.entry(source.clone()).or_default() += 1;
        }
    });
    let common = counts.into_iter().max_by_key(|(_, count)| *count).filter(|(_, count)| *count > 1);
    let Some((common, _)) = common else { return };
    each_source(file, &mut |source| {
        if source.as_ref() == Some(&common) {
            *source = None;
        }
    });
    file.source = Some(common);
}

fn each_source(file: &mut CatalogueFile, visit: &mut dyn FnMut(&mut Option<String>)) {
    for coverage in &mut file.coverage {
        visit(&mut coverage.source);
    }
    for entry in &mut file.resolutions {
        entry.titles.iter_mut().for_each(|fact| visit(&mut fact.source));
        entry.versions.iter_mut().for_each(|fact| visit(&mut fact.source));
        entry.in_force.iter_mut().for_each(|fact| visit(&mut fact.source));
        entry.abrogated.iter_mut().for_each(|fact| visit(&mut fact.source));
        entry.succeeded_by.iter_mut().for_each(|fact| visit(&mut fact.source));
        entry.adopted_as.iter_mut().for_each(|fact| visit(&mut fact.source));
    }
}

/// No longer in force, as a list of what is shows by leaving it out.
fn absent(by: Option<&str>, source: String) -> Result<Abrogation> {
    // `PP-14/18/22`: one of these conferences, so not later than the last.
    let sessions: Vec<&str> = by.unwrap_or("PP-22").trim_start_matches("PP-").split('/').collect();
    let last: u16 = sessions.last().unwrap_or(&"").parse().context("which conference abrogated it?")?;
    let named: Vec<String> = sessions.iter().map(|year| format!("PP-{year}")).collect();
    let by = by.map(|_| match named.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => String::new(),
    });
    let not_later_than = session_date("PP", None, 2000 + last);
    Ok(Abrogation { date: None, not_later_than, by, source: Some(source), certainty: Certainty::Inferred })
}

/// The id of a row. What the Radiocommunication Assembly adopts is known as a resolution of ITU-R, and `61-2` is
/// version two of its number 61. From number 401 on the General Assembly counts its decisions.
fn resolution_id(body: &str, number: &str) -> ResolutionId {
    match body {
        "RA" => ResolutionId::new("ITU-R", number.split('-').next().unwrap_or(number)),
        "UNGA" => ResolutionId::new(assembly_body(number), number),
        _ => ResolutionId::new(body, number),
    }
}

/// The same number of the Human Rights Council, where the day is of that Council's session and not of the Assembly's: the
/// two number alike, and texts of the Assembly cite both.
fn of_its_day(id: ResolutionId, date: Option<Date>) -> ResolutionId {
    let is_of = |id: &ResolutionId, date: Date| {
        adoption_window(id).is_some_and(|window| (window.earliest..=window.latest).contains(&date))
    };
    let council = ResolutionId::new("HRC", id.number.clone());
    match date {
        Some(date) if id.body == "UNGA" && !is_of(&id, date) && is_of(&council, date) => council,
        _ => id,
    }
}

fn assembly_body(number: &str) -> &'static str {
    let digits = number.split_once('/').and_then(|(session, rest)| {
        let session = session.parse::<u32>().ok()?;
        let number = rest.split(|c: char| !c.is_ascii_digit()).next()?.parse::<u32>().ok()?;
        Some((session, number))
    });
    match digits {
        Some((31.., 401..)) => "UNGA Decision",
        _ => "UNGA",
    }
}

/// The resolutions of a United Nations symbol: `A/RES/65/257 A-B` is two. None for what is no resolution or decision.
fn symbol_ids(symbol: &str) -> Vec<ResolutionId> {
    let kinds = [
        ("A/HRC/RES/", "HRC"),
        ("A/RES/", "UNGA"),
        ("A/DEC/", "UNGA Decision"),
        ("E/RES/", "ECOSOC"),
        ("E/DEC/", "ECOSOC Decision"),
        ("S/RES/", "UNSC"),
    ];
    let Some((body, number)) =
        kinds.iter().find_map(|(start, body)| symbol.strip_prefix(start).map(|number| (*body, number)))
    else {
        return Vec::new();
    };
    // `44/200A`, `66/254[B]`, `2625(XXV)`: a space in front of what follows the number.
    let mut spaced = String::new();
    for c in number.chars().filter(|c| !matches!(c, '[' | ']')) {
        let c = if c == '–' { '-' } else { c };
        if (c.is_ascii_uppercase() || c == '(') && spaced.ends_with(|last: char| last.is_ascii_digit()) {
            spaced.push(' ');
        }
        spaced.push(c);
    }
    match spaced.rsplit_once(' ') {
        Some((number, parts)) if parts.len() == 3 && parts.contains('-') => {
            parts.split('-').map(|part| ResolutionId::new(body, format!("{number} {part}"))).collect()
        }
        _ => vec![ResolutionId::new(body, spaced)],
    }
}

/// The words of a title column and what they are: `~` marks words that only say what it is about, and a title that is
/// cut off says no more than that. A note in brackets behind it is not part of it.
fn title_text(text: &str) -> Option<(String, TitleKind)> {
    let text = text.split(" [").next().unwrap_or(text).trim();
    let (text, kind) = match text.strip_prefix('~') {
        Some(text) => (text.trim(), TitleKind::SubjectPhrase),
        None => (text, TitleKind::Title),
    };
    let text = text.strip_prefix('(').and_then(|text| text.strip_suffix(')')).unwrap_or(text);
    let cut = text.trim_end_matches(['.', '…']).trim_end();
    let (text, kind) = match text.ends_with("...") || text.ends_with('…') {
        true => (format!("{cut} …"), TitleKind::SubjectPhrase),
        false => (text.to_owned(), kind),
    };
    (!text.is_empty()).then_some((text, kind))
}

/// Who says so, for a reader of the catalogue.
fn source(text: &str) -> String {
    if text.starts_with("seed") {
        return "ITU proposals and resolutions, 2018–2024".to_owned();
    }
    if text == "memory" {
        return "commonly said; not checked".to_owned();
    }
    if text.starts_with("find_string") {
        return "United Nations resolutions that cite it".to_owned();
    }
    if let Some(page) = text.strip_prefix("same ") {
        let page = page.split(' ').next().unwrap_or(page);
        return format!("Collection of Council resolutions and decisions, {page}");
    }
    text.to_owned()
}

/// The day that a source names: “cited with date 21 December 1982 in …”, “(adopted 16 December 2015)”.
fn date_in(source: &str) -> Option<Date> {
    let words: Vec<&str> = source.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.windows(3).find_map(|words| Date::strptime("%d %B %Y", words.join(" ")).ok())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn ids(symbol: &str) -> Vec<String> {
        symbol_ids(symbol).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn symbols() {
        assert_eq!(ids("A/RES/70/1"), ["UNGA-70/1"]);
        assert_eq!(ids("A/RES/44/200A"), ["UNGA-44/200 A"]);
        assert_eq!(ids("A/RES/66/254[B]"), ["UNGA-66/254 B"]);
        assert_eq!(ids("A/RES/65/257 A–B"), ["UNGA-65/257 A", "UNGA-65/257 B"]);
        assert_eq!(ids("A/RES/2625(XXV)"), ["UNGA-2625 (XXV)"]);
        assert_eq!(ids("A/DEC/74/537 B"), ["UNGA Decision-74/537 B"]);
        assert_eq!(ids("A/HRC/RES/12/2"), ["HRC-12/2"]);
        assert_eq!(ids("S/PRST/2020/13"), [""; 0]);
    }

    #[test]
    fn numbers_of_bodies() {
        assert_eq!(resolution_id("RA", "61-2").to_string(), "ITU-R-61");
        assert_eq!(resolution_id("UNGA", "66/555").to_string(), "UNGA Decision-66/555");
        assert_eq!(resolution_id("UNGA", "70/125").to_string(), "UNGA-70/125");
        assert_eq!(resolution_id("UNGA", "ES-11/10").to_string(), "UNGA-ES-11/10");
    }

    #[test]
    fn titles() {
        let title = |text: &str| title_text(text).map(|(text, kind)| (text, kind == TitleKind::Title));
        assert_eq!(title("网络 [001:2; variant]"), Some(("网络".to_owned(), true)));
        assert_eq!(title("~on networks"), Some(("on networks".to_owned(), false)));
        assert_eq!(title("Special actions ..."), Some(("Special actions …".to_owned(), false)));
        assert_eq!(title(""), None);
    }

    #[test]
    fn a_day_tells_the_council_from_the_assembly() {
        let of = |day: &str| of_its_day(ResolutionId::new("UNGA", "58/13"), day.parse().ok()).to_string();
        assert_eq!([of("2025-04-03"), of("2003-11-17"), of("")], ["HRC-58/13", "UNGA-58/13", "UNGA-58/13"]);
    }

    #[test]
    fn dates() {
        assert_eq!(date_in("cited with date 21 December 1982 in a/b.json").unwrap().to_string(), "1982-12-21");
        assert_eq!(date_in("zh page of A/RES/70/125 (adopted 16 December 2015)").unwrap().to_string(), "2015-12-16");
        assert_eq!(date_in("cited in 2023"), None);
    }
}
