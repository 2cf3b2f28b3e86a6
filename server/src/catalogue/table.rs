//! A catalogue from a table: a list of resolutions as a spreadsheet has it, tab-separated or with commas or semicolons.
//!
//! The first line names the columns, in any order; see [`COLUMNS`]. A line is one version of a resolution, and lines of
//! the same resolution are put together.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;

use csv::{ReaderBuilder, StringRecord};
use jiff::civil::Date;

use super::format::{
    Abrogation, CatalogueFile, Certainty, Entry, InForce, Link, Title, TitleKind, VersionFact, VersionKind,
};
use super::merge::merge;
use super::read::{full_stop, is_year, one_line};
use crate::citation::ResolutionId;
use crate::suggest::nearest;
use crate::syntax::Language;

/// The columns and what stands in them, for help and messages.
pub const COLUMNS: &[(&str, &str)] = &[
    ("id", "the resolution, as in PP-140 or UNGA-70/125; or `body` and `number`"),
    ("body", "the body, as in PP, WHA, UNGA Decision"),
    ("number", "the number, as in 140, 70/125, WHA75.8"),
    ("year", "the year of the session that adopted the version"),
    ("place", "where the session met, in English"),
    ("date", "the day of adoption, as in 2022-10-14"),
    ("version", "only where a year had two: 2019, 2019-2"),
    ("kind", "adopted, revised, adoptedOrRevised or proposed; left out: adoptedOrRevised"),
    ("title", "the title, in the language of the column `language`"),
    ("language", "en, fr, es, ru, zh or ar; left out: en"),
    ("title_en", "the title in English; so title_fr, title_es, title_ru, title_zh and title_ar"),
    ("title_kind", "title, or subject-phrase for words that only say what it is about"),
    ("in_force", "years in which it was in force, in a version that is not known"),
    ("abrogated", "the day on which it ceased to be in force"),
    ("not_later_than", "a day on which it was no longer in force, where the exact one is not known"),
    ("abrogated_by", "what abrogated it, in words"),
    ("succeeded_by", "the ids of what took its place"),
    ("adopted_as", "for the symbol of a draft: the id of the resolution that it became"),
    ("source", "who says so"),
    ("certainty", "proven, inferred or unproven; left out: proven"),
];

/// What is wrong with a line of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableProblem {
    /// The file, as the caller named it.
    pub file: String,
    /// The line, 1-based.
    pub line: u64,
    /// The column of the table, 1-based, and its name; `None` for the line as a whole.
    pub column: Option<(usize, String)>,
    /// What is wrong and what to do, as sentences without a full stop at the end.
    pub message: String,
}

impl fmt::Display for TableProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, line {}", self.file, self.line)?;
        if let Some((column, name)) = &self.column {
            write!(f, ", column {column} (“{}”)", one_line(name))?;
        }
        write!(f, ": {}{}", one_line(&self.message), full_stop(&self.message))
    }
}

/// Reads the text of a table. `name` is what problems call the file.
///
/// # Errors
///
/// All that is wrong with it, in the order of the lines; at most a hundred.
pub fn parse_table(text: &str, name: &str) -> Result<CatalogueFile, Vec<TableProblem>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter(text))
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut table = Table { name, columns: HashMap::new(), width: 0, problems: Vec::new() };
    match reader.headers() {
        Ok(header) => table.header(&header.clone()),
        Err(error) => table.problems.push(table.broken(&error)),
    }
    let mut entries = Vec::new();
    if table.problems.is_empty() {
        for record in reader.records() {
            if table.problems.len() >= MOST_PROBLEMS {
                break;
            }
            match record {
                Ok(record) => entries.extend(table.row(&record)),
                Err(error) => table.problems.push(table.broken(&error)),
            }
        }
    }
    if !table.problems.is_empty() {
        table.problems.sort_by_key(|problem| (problem.line, problem.column.as_ref().map(|(at, _)| *at)));
        return Err(table.problems);
    }
    Ok(CatalogueFile { resolutions: merge(entries), ..CatalogueFile::default() })
}

const MOST_PROBLEMS: usize = 100;

/// What separates the columns: of a tab, a semicolon and a comma, the one that the first line has most often.
fn delimiter(text: &str) -> u8 {
    let header = text.lines().next().unwrap_or_default();
    let count = |delimiter: u8| header.bytes().filter(|byte| *byte == delimiter).count();
    // Of several the last counts, and a line with none has one column.
    [b';', b',', b'\t'].into_iter().max_by_key(|delimiter| count(*delimiter)).unwrap_or(b'\t')
}

struct Table<'a> {
    name: &'a str,
    /// By the name as [`COLUMNS`] has it: which column it is, 0-based, and how the table calls it.
    columns: HashMap<String, (usize, String)>,
    width: usize,
    problems: Vec<TableProblem>,
}

/// A name of a column without what spreadsheets change in it: `Title (EN)` is `title_en`.
fn plain(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("_")
}

/// Every name that a column can have.
fn known() -> impl Iterator<Item = String> {
    let titles = Language::ALL.iter().map(|language| format!("title_{}", language.code()));
    COLUMNS.iter().map(|(name, _)| (*name).to_owned()).filter(|name| name != "title_en").chain(titles)
}

impl Table<'_> {
    fn broken(&self, error: &csv::Error) -> TableProblem {
        let line = error.position().map_or(1, csv::Position::line);
        let message = format!("this is not a line of a table: {error}");
        TableProblem { file: self.name.to_owned(), line, column: None, message }
    }

    fn problem(&mut self, line: u64, column: Option<&str>, message: String) {
        let column = column.and_then(|name| self.columns.get(name)).map(|(at, name)| (at + 1, name.clone()));
        self.problems.push(TableProblem { file: self.name.to_owned(), line, column, message });
    }

    fn header(&mut self, header: &StringRecord) {
        self.width = header.len();
        for (at, name) in header.iter().enumerate() {
            let key = plain(name);
            let is_known = known().any(|known| known == key);
            let twice = self.columns.contains_key(&key);
            if is_known && !twice {
                self.columns.insert(key, (at, name.to_owned()));
                continue;
            }
            // Spreadsheets leave columns without a name behind those that have one.
            if name.is_empty() {
                continue;
            }
            let all: Vec<String> = known().collect();
            let message = match nearest(&key, all.iter().map(String::as_str)) {
                _ if twice => format!("there are two columns “{name}”; take one away"),
                Some(meant) => format!("there is no column “{name}”; did you mean “{meant}”?"),
                None => format!("there is no column “{name}”; possible are {}", all.join(", ")),
            };
            let column = Some((at + 1, name.to_owned()));
            self.problems.push(TableProblem { file: self.name.to_owned(), line: 1, column, message });
        }
        let has = |name: &str| self.columns.contains_key(name);
        let named = has("id") || (has("body") && has("number"));
        if !named {
            let message = "the first line names the columns; it needs “id”, or “body” and “number”".to_owned();
            self.problem(1, None, message);
        }
    }

    /// A line as an entry; `None` where it is empty or wrong.
    fn row(&mut self, record: &StringRecord) -> Option<Entry> {
        let line = record.position().map_or(1, csv::Position::line);
        if record.iter().all(str::is_empty) {
            return None;
        }
        let before = self.problems.len();
        if record.iter().skip(self.width).any(|field| !field.is_empty()) {
            let message = format!(
                "there are {} fields, and {} columns; put quotation marks around a field that holds the separator",
                record.len(),
                self.width
            );
            self.problem(line, None, message);
        }
        let columns = self.columns.clone();
        let field = |name: &str| {
            let text = columns.get(name).and_then(|(at, _)| record.get(*at)).unwrap_or_default();
            Some(text).filter(|text| !text.is_empty())
        };
        let id = self.id(line, field("id"), field("body"), field("number"))?;
        let source = field("source").map(str::to_owned);
        let words = "expected proven, inferred or unproven";
        let certainty = self.word(line, "certainty", field("certainty"), words).unwrap_or_default();
        let mut entry = Entry::new(id);
        entry.versions.extend(self.version(line, &field, certainty));
        self.titles(line, &field, certainty, &mut entry);
        for year in list(field("in_force")) {
            if let Some(year) = self.year(line, "in_force", year) {
                entry.in_force.push(InForce { year, source: source.clone(), certainty });
            }
        }
        let date = self.date(line, "abrogated", field("abrogated"));
        let not_later_than = self.date(line, "not_later_than", field("not_later_than"));
        let by = field("abrogated_by").map(str::to_owned);
        if date.is_some() || not_later_than.is_some() || by.is_some() {
            entry.abrogated = Some(Abrogation { date, not_later_than, by, source: source.clone(), certainty });
        }
        for (name, links) in [("succeeded_by", &mut entry.succeeded_by), ("adopted_as", &mut entry.adopted_as)] {
            for text in list(field(name)) {
                match text.parse() {
                    Ok(id) => links.push(Link { id, source: source.clone(), certainty }),
                    Err(error) => self.problem(line, Some(name), error.to_string()),
                }
            }
        }
        if entry.says_nothing() {
            entry.source.clone_from(&source);
        }
        (self.problems.len() == before).then_some(entry)
    }

    fn id(&mut self, line: u64, id: Option<&str>, body: Option<&str>, number: Option<&str>) -> Option<ResolutionId> {
        let (text, column) = match (id, body, number) {
            (Some(id), ..) => (id.to_owned(), "id"),
            (None, Some(body), Some(number)) => (format!("{body}-{number}"), "number"),
            (None, None, _) if self.columns.contains_key("body") => {
                self.problem(
                    line,
                    Some("body"),
                    "the body is missing; each line says which resolution it is of".into(),
                );
                return None;
            }
            _ => {
                let column = if self.columns.contains_key("number") { "number" } else { "id" };
                self.problem(
                    line,
                    Some(column),
                    "nothing stands here; each line says which resolution it is of".into(),
                );
                return None;
            }
        };
        match ResolutionId::from_str(&text) {
            Ok(id) => Some(id),
            Err(error) => {
                self.problem(line, Some(column), error.to_string());
                None
            }
        }
    }

    fn version<'r>(
        &mut self,
        line: u64,
        field: &impl Fn(&str) -> Option<&'r str>,
        certainty: Certainty,
    ) -> Option<VersionFact> {
        let date = self.date(line, "date", field("date"));
        let words = "expected adopted, revised, adoptedOrRevised or proposed";
        let kind = self.word(line, "kind", field("kind"), words);
        let Some(year) = field("year") else {
            for name in ["place", "date", "version", "kind"].into_iter().filter(|name| field(name).is_some()) {
                self.problem(line, Some(name), "this belongs to a version, and the column “year” is empty".into());
            }
            return None;
        };
        let year = self.year(line, "year", year)?;
        let version = field("version").map_or_else(|| year.to_string(), str::to_owned);
        if !version.starts_with(&year.to_string()) {
            let message = format!("the version “{version}” does not begin with its year, {year}");
            self.problem(line, Some("version"), message);
        }
        let place = field("place").map(str::to_owned);
        let kind = kind.unwrap_or(VersionKind::AdoptedOrRevised);
        Some(VersionFact { version, place, year, date, kind, source: field("source").map(str::to_owned), certainty })
    }

    fn titles<'r>(
        &mut self,
        line: u64,
        field: &impl Fn(&str) -> Option<&'r str>,
        certainty: Certainty,
        entry: &mut Entry,
    ) {
        let language = self.word(line, "language", field("language"), "expected en, fr, es, ru, zh or ar");
        let words = "expected title or subject-phrase";
        let kind = self.word(line, "title_kind", field("title_kind"), words).unwrap_or(TitleKind::Title);
        let version = entry.versions.first().map(|version| version.version.clone());
        let mut title = |language: Language, text: Option<&str>| {
            entry.titles.extend(text.map(|text| Title {
                language,
                text: text.to_owned(),
                version: version.clone(),
                kind,
                source: field("source").map(str::to_owned),
                certainty,
            }));
        };
        title(language.unwrap_or(Language::En), field("title"));
        for language in Language::ALL {
            title(language, field(&format!("title_{}", language.code())));
        }
        // Two columns may say the same.
        entry.titles.dedup();
    }

    /// One of the fixed words that the format knows.
    fn word<T: serde::de::DeserializeOwned>(
        &mut self,
        line: u64,
        column: &str,
        text: Option<&str>,
        expected: &str,
    ) -> Option<T> {
        let text = text?;
        let word = serde_json::from_value(serde_json::Value::String(text.to_owned())).ok();
        if word.is_none() {
            self.problem(line, Some(column), format!("{expected}, found “{text}”"));
        }
        word
    }

    fn year(&mut self, line: u64, column: &str, text: &str) -> Option<u16> {
        let year = text.parse().ok().filter(|year| is_year(*year));
        if year.is_none() {
            self.problem(line, Some(column), format!("expected a year between 1865 and 2999, found “{text}”"));
        }
        year
    }

    fn date(&mut self, line: u64, column: &str, text: Option<&str>) -> Option<Date> {
        let text = text?;
        let date = text.parse().ok();
        if date.is_none() {
            self.problem(line, Some(column), format!("expected a date such as 2022-10-14, found “{text}”"));
        }
        date
    }
}

/// The parts of a field that holds several: `UNGA-79/194; UNGA-79/195`.
fn list(field: Option<&str>) -> impl Iterator<Item = &str> {
    field.into_iter().flat_map(|field| field.split([';', '|'])).map(str::trim).filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str, expected: Expect) {
        let shown = match parse_table(text, "list.tsv") {
            Ok(file) => file.to_json().unwrap(),
            Err(problems) => problems.iter().map(|problem| format!("{problem}\n")).collect(),
        };
        expected.assert_eq(&shown);
    }

    #[test]
    fn lines_of_one_resolution_are_put_together() {
        read(
            "id\tyear\tplace\tkind\ttitle_en\ttitle_fr\tsource\n\
             LC-12\t2016\tNairobi\trevised\tWater levels\t\tbook\n\
             LC-2\t\t\t\t\t\t\n\
             \n\
             LC-12\t2004\tGeneva\tadopted\tWater levels\tNiveau des eaux\tbook\n",
            expect![[r#"
                {
                  "resolutions": [
                    {"id":"LC-12","titles":[{"language":"en","text":"Water levels","source":"book"},{"language":"fr","text":"Niveau des eaux","version":"2004","source":"book"}],"versions":[{"version":"2004","place":"Geneva","year":2004,"kind":"adopted","source":"book"},{"version":"2016","place":"Nairobi","year":2016,"kind":"revised","source":"book"}]},
                    {"id":"LC-2"}
                  ]
                }
            "#]],
        );
    }

    #[test]
    fn any_order_any_separator() {
        read(
            "\u{feff}Title (ZH);Number;Body;Year;Certainty;Abrogated;Abrogated by;Succeeded by\n\
             \"湖泊；水位\";7;LC;1998;unproven;2016-05-20;LC-12;LC-12 | LC-13\n\
             湖泊;8;LC;;;2016-05-20;\"the session, of Nairobi\";\n",
            expect![[r#"
                {
                  "resolutions": [
                    {"id":"LC-7","titles":[{"language":"zh","text":"湖泊；水位","version":"1998","certainty":"unproven"}],"versions":[{"version":"1998","year":1998,"kind":"adoptedOrRevised","certainty":"unproven"}],"abrogated":{"date":"2016-05-20","by":"LC-12","certainty":"unproven"},"succeededBy":[{"id":"LC-12","certainty":"unproven"},{"id":"LC-13","certainty":"unproven"}]},
                    {"id":"LC-8","titles":[{"language":"zh","text":"湖泊"}],"abrogated":{"date":"2016-05-20","by":"the session, of Nairobi"}}
                  ]
                }
            "#]],
        );
        read(
            "body,number,succeeded_by\nLC,7,LC-12|LC-13\n",
            expect![[r#"
            {
              "resolutions": [
                {"id":"LC-7","succeededBy":[{"id":"LC-12"},{"id":"LC-13"}]}
              ]
            }
        "#]],
        );
    }

    #[test]
    fn everything_wrong_is_said_with_its_place() {
        read(
            "id\tyear\tdate\tkind\tcertainty\tin_force\tadopted_as\n\
             annex\t2016\t\t\t\t\t\n\
             LC-1\t16\tsoon\trev\tsure\t2010; later\twell\n\
             \t2016\t\t\t\t\t\n\
             LC-2\t\t2016-05-20\t\t\t\t\n\
             LC-3\t2016\t\t\t\t\t\ttoo much\n",
            expect![[r#"
                list.tsv, line 2, column 1 (“id”): “annex” is not the id of a resolution; an id looks like PP-140 or UNGA-70/125.
                list.tsv, line 3, column 2 (“year”): expected a year between 1865 and 2999, found “16”.
                list.tsv, line 3, column 3 (“date”): expected a date such as 2022-10-14, found “soon”.
                list.tsv, line 3, column 4 (“kind”): expected adopted, revised, adoptedOrRevised or proposed, found “rev”.
                list.tsv, line 3, column 5 (“certainty”): expected proven, inferred or unproven, found “sure”.
                list.tsv, line 3, column 6 (“in_force”): expected a year between 1865 and 2999, found “later”.
                list.tsv, line 3, column 7 (“adopted_as”): “well” is not the id of a resolution; an id looks like PP-140 or UNGA-70/125.
                list.tsv, line 4, column 1 (“id”): nothing stands here; each line says which resolution it is of.
                list.tsv, line 5, column 3 (“date”): this belongs to a version, and the column “year” is empty.
                list.tsv, line 6: there are 8 fields, and 7 columns; put quotation marks around a field that holds the separator.
            "#]],
        );
        read(
            "yaer\tid\tid\tcolour\n",
            expect![[r#"
                list.tsv, line 1, column 1 (“yaer”): there is no column “yaer”; did you mean “year”?
                list.tsv, line 1, column 3 (“id”): there are two columns “id”; take one away.
                list.tsv, line 1, column 4 (“colour”): there is no column “colour”; possible are id, body, number, year, place, date, version, kind, title, language, title_kind, in_force, abrogated, not_later_than, abrogated_by, succeeded_by, adopted_as, source, certainty, title_en, title_fr, title_es, title_ru, title_zh, title_ar.
            "#]],
        );
        read(
            "",
            expect![[r#"
            list.tsv, line 1: the first line names the columns; it needs “id”, or “body” and “number”.
        "#]],
        );
        read(
            "LC-1\nLC-2\n",
            expect![[r#"
                list.tsv, line 1: the first line names the columns; it needs “id”, or “body” and “number”.
                list.tsv, line 1, column 1 (“LC-1”): there is no column “LC-1”; possible are id, body, number, year, place, date, version, kind, title, language, title_kind, in_force, abrogated, not_later_than, abrogated_by, succeeded_by, adopted_as, source, certainty, title_en, title_fr, title_es, title_ru, title_zh, title_ar.
            "#]],
        );
    }

    proptest! {
        #[test]
        fn reading_never_panics(text in "(id|body|year|number|[\t,;\"\n]|PP-1|20[0-9]{2}|\\PC){0,40}") {
            let _ = parse_table(&text, "a");
        }
    }
}
