//! What is wrong with a catalogue file that reads well: facts that cannot be true together, and names that nobody knows.

use std::collections::HashMap;
use std::fmt;

use jiff::ToSpan;
use jiff::civil::Date;

use super::bundled::base_body;
use super::dates::{AdoptionWindow, adoption_window, sessions_of};
use super::format::{CatalogueFile, Entry, Link, VersionFact, VersionKind};
use super::read::{self, CatalogueError, Place, Step, shown};
use super::store::{Catalogue, counts_anew};
use crate::citation::{ResolutionId, data};
use crate::suggest::nearest;

/// How bad a problem of a catalogue file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// It may well be right.
    Hint,
    /// It is most likely a mistake.
    Warning,
    /// The file cannot be used.
    Error,
}

/// What is wrong with a catalogue file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueProblem {
    /// How bad it is.
    pub level: Level,
    /// What is wrong, and where.
    pub error: CatalogueError,
}

impl fmt::Display for CatalogueProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

/// All that is wrong with the text of a catalogue file: first whether it reads, at most a hundred errors; where it does,
/// whether its facts can be true. `known` is what else is known, for the resolutions that the file names without listing
/// them. In the order of the text.
pub fn validate(text: &str, name: &str, known: &Catalogue) -> Vec<CatalogueProblem> {
    let file = match read::parse_all(text, name) {
        Ok(file) => file,
        Err(errors) => {
            let problem = |error| CatalogueProblem { level: Level::Error, error };
            return errors.into_iter().map(problem).collect();
        }
    };
    let mut checks = Checks { file: &file, listed: HashMap::new(), known, found: Vec::new() };
    checks.all();
    let found = checks.found;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    // Of many problems the first are enough, and each place costs a look through the text.
    let problem = |(level, path, message): (Level, Vec<Step>, String)| {
        let (line, column) = Place::of(text, &path).map_or((1, 1), |place| place.line_and_column(text));
        let error = CatalogueError { file: name.to_owned(), line, column, path: shown(&path), message };
        CatalogueProblem { level, error }
    };
    let mut problems: Vec<CatalogueProblem> = found.into_iter().take(MOST_PROBLEMS).map(problem).collect();
    problems.sort_by_key(|problem| (problem.error.line, problem.error.column));
    problems
}

const MOST_PROBLEMS: usize = 200;

struct Checks<'a> {
    file: &'a CatalogueFile,
    /// Where each resolution is listed first.
    listed: HashMap<&'a ResolutionId, usize>,
    known: &'a Catalogue,
    found: Vec<(Level, Vec<Step>, String)>,
}

fn field(name: &str) -> Step {
    Step::Field(name.to_owned())
}

impl<'a> Checks<'a> {
    fn find(&mut self, level: Level, path: Vec<Step>, message: String) {
        self.found.push((level, path, message));
    }

    fn all(&mut self) {
        for (index, entry) in self.file.resolutions.iter().enumerate() {
            if let Some(first) = self.listed.get(&entry.id) {
                let message = format!("{} is listed already, as resolutions[{first}]; put both together", entry.id);
                self.find(Level::Warning, at(index, [field("id")]), message);
            } else {
                self.listed.insert(&entry.id, index);
            }
        }
        for (index, coverage) in self.file.coverage.iter().enumerate() {
            let path = |name: &str| vec![field("coverage"), Step::Item(index), field(name)];
            self.body(&coverage.body, path("body"));
            if coverage.from > coverage.to {
                let message = format!("the list ends in {}, before it begins in {}", coverage.to, coverage.from);
                self.find(Level::Error, path("to"), message);
            }
        }
        for (index, entry) in self.file.resolutions.iter().enumerate() {
            self.entry(index, entry);
        }
    }

    /// A body that Resmark does not know can be catalogued; one that is nearly one that it knows is a slip.
    fn body(&mut self, body: &str, path: Vec<Step>) {
        let base = base_body(body);
        let bodies = || data().bodies.iter().map(|body| body.id.as_str());
        if bodies().any(|known| known == base) {
            return;
        }
        // Of three letters, every other body is one slip away; and a body whose list is described is meant.
        let described = self.file.coverage.iter().any(|coverage| base_body(&coverage.body) == base);
        let near = || nearest(base, bodies()).filter(|_| base.chars().count() > 3 && !described);
        if let Some(meant) = bodies().find(|known| known.eq_ignore_ascii_case(base)).or_else(near) {
            let message = format!("there is no body “{base}” among those that Resmark knows; did you mean “{meant}”?");
            self.find(Level::Warning, path, message);
        } else {
            let message =
                format!("Resmark does not know the body “{base}”; in texts only the id finds its resolutions");
            self.find(Level::Hint, path, message);
        }
    }

    fn entry(&mut self, index: usize, entry: &Entry) {
        self.body(&entry.id.body, at(index, [field("id")]));
        for (number, title) in entry.titles.iter().enumerate() {
            let path = |name: &str| at(index, [field("titles"), Step::Item(number), field(name)]);
            if title.text.trim().is_empty() {
                self.find(Level::Error, path("text"), "the title is empty; give its words or take it away".to_owned());
            }
            let versions = &entry.versions;
            if let Some(version) = &title.version
                && !versions.is_empty()
                && versions.iter().all(|fact| fact.version != *version)
            {
                let message = format!("the title is of the version {version}, which is not among the versions");
                self.find(Level::Warning, path("version"), message);
            }
        }
        self.versions(index, entry);
        self.abrogation(index, entry);
        for (name, links) in [("succeededBy", &entry.succeeded_by), ("adoptedAs", &entry.adopted_as)] {
            for (number, link) in links.iter().enumerate() {
                self.link(entry, link, at(index, [field(name), Step::Item(number), field("id")]));
            }
        }
    }

    fn versions(&mut self, index: usize, entry: &Entry) {
        let mut before: Option<&VersionFact> = None;
        for (number, fact) in entry.versions.iter().enumerate() {
            let path = |name: &str| at(index, [field("versions"), Step::Item(number), field(name)]);
            if entry.versions[..number].iter().any(|other| other.version == fact.version && other.source == fact.source)
            {
                let message = format!("the version {} stands here twice", fact.version);
                self.find(Level::Warning, path("year"), message);
            } else if let Some(before) = before.filter(|before| before.version > fact.version) {
                let message = format!("{} stands behind {}; put the oldest first", fact.version, before.version);
                self.find(Level::Warning, path("year"), message);
            }
            let older = |other: &&VersionFact| other.kind != VersionKind::Proposed && other.version < fact.version;
            if fact.kind == VersionKind::Adopted
                && !counts_anew(&entry.id)
                && let Some(older) = entry.versions.iter().find(older)
            {
                let message = format!(
                    "“adopted” is the first version, and there is an older one, {}; the later is “revised”",
                    older.version
                );
                self.find(Level::Warning, path("kind"), message);
            }
            if let Some(place) = &fact.place {
                self.place(place, path("place"));
            }
            self.day(entry, fact, &path);
            before = Some(fact);
        }
    }

    fn place(&mut self, place: &str, path: Vec<Step>) {
        let places = || data().places.iter().map(|place| place.id.as_str());
        if places().any(|known| known == place) {
            return;
        }
        if let Some(meant) = nearest(place, places()) {
            let message =
                format!("there is no place “{place}” among those that Resmark knows; did you mean “{meant}”?");
            self.find(Level::Warning, path, message);
        } else {
            let message =
                format!("Resmark does not know the place “{place}”, so only texts that write it so are understood");
            self.find(Level::Hint, path, message);
        }
    }

    /// Year, place and day of a version beside each other and beside the sessions of the body.
    fn day(&mut self, entry: &Entry, fact: &VersionFact, path: &dyn Fn(&str) -> Vec<Step>) {
        // The sessions of the General Assembly run over two years.
        let years = |date: Date| (i32::from(date.year()) - i32::from(fact.year)).abs();
        if let Some(date) = fact.date.filter(|date| years(*date) > 1) {
            let message = format!("{date} is not of the year {}", fact.year);
            self.find(Level::Warning, path("date"), message);
        }
        // A session may go on for a day or two beyond the one that was planned.
        let outside = |window: &AdoptionWindow, date: Date| {
            date < window.earliest || window.latest.checked_add(7.days()).is_ok_and(|latest| date > latest)
        };
        if let (Some(date), Some(window)) = (fact.date, adoption_window(&entry.id))
            && outside(&window, date)
        {
            let message = format!(
                "{} was adopted between {} and {}, by its number; {date} is outside of that",
                entry.id, window.earliest, window.latest
            );
            self.find(Level::Warning, path("date"), message);
        }
        let sessions = sessions_of(&entry.id.body);
        let of_year: Vec<_> = sessions.iter().filter(|session| session.year == fact.year).collect();
        let Some(place) = fact.place.as_deref().filter(|_| fact.kind != VersionKind::Proposed) else { return };
        let met: Vec<&str> = of_year.iter().filter_map(|session| session.place.as_deref()).collect();
        let certain = !of_year.is_empty() && of_year.iter().all(|session| session.certain && session.place.is_some());
        if certain && !met.contains(&place) {
            let message =
                format!("{} met in {} in {}, not in {place}", base_body(&entry.id.body), met.join(" and "), fact.year);
            self.find(Level::Warning, path("place"), message);
        }
    }

    fn abrogation(&mut self, index: usize, entry: &Entry) {
        let Some(abrogated) = &entry.abrogated else { return };
        let path = |name: &str| at(index, [field("abrogated"), field(name)]);
        let Some(end) = abrogated.certain_from() else { return };
        let name = if abrogated.date.is_some() { "date" } else { "notLaterThan" };
        let adopted = entry.versions.iter().filter(|fact| fact.kind != VersionKind::Proposed);
        let mut later = adopted.filter(|fact| match fact.date {
            Some(date) => date > end,
            None => i32::from(fact.year) > i32::from(end.year()),
        });
        if let Some(fact) = later.next() {
            let message = format!("it was abrogated on {end}, before its version {}", fact.version);
            self.find(Level::Warning, path(name), message);
        }
        if let (Some(date), Some(not_later)) = (abrogated.date, abrogated.not_later_than)
            && date > not_later
        {
            self.find(Level::Warning, path("notLaterThan"), format!("{not_later} is before the day given, {date}"));
        }
    }

    fn link(&mut self, entry: &Entry, link: &Link, path: Vec<Step>) {
        if link.id == entry.id {
            self.find(Level::Warning, path, format!("{} cannot take its own place", entry.id));
            return;
        }
        let own = self.listed.get(&link.id).and_then(|index| self.file.resolutions.get(*index));
        if own.is_none() && self.known.get(&link.id).is_none() {
            let ids: Vec<String> = self.listed.keys().map(|id| id.to_string()).collect();
            let near = nearest(&link.id.to_string(), ids.iter().map(String::as_str));
            let next = match near {
                Some(meant) => format!("did you mean “{meant}”?"),
                None => "list it as well, with its year, so that it is known from when on it was there".to_owned(),
            };
            self.find(Level::Warning, path, format!("{} is not listed; {next}", link.id));
            return;
        }
        if own.is_some_and(|other| other.succeeded_by.iter().any(|back| back.id == entry.id)) {
            let message = format!("{} and {} each take the place of the other", entry.id, link.id);
            self.find(Level::Warning, path, message);
            return;
        }
        // The years between which it was first adopted.
        let years = |id: &ResolutionId, entry: Option<&Entry>| {
            let year = entry.and_then(|entry| entry.versions.iter().map(|fact| i32::from(fact.year)).min());
            let window = || adoption_window(id).map(|window| (window.earliest.year(), window.latest.year()));
            year.map(|year| (year, year)).or_else(|| window().map(|(from, to)| (i32::from(from), i32::from(to))))
        };
        if let (Some((old, _)), Some((_, new))) = (years(&entry.id, Some(entry)), years(&link.id, own))
            && new < old
        {
            let message = format!("{} is of {new}, older than what it takes the place of, of {old}", link.id);
            self.find(Level::Warning, path, message);
        }
    }
}

/// The path of something in the resolution at `index`.
fn at<const N: usize>(index: usize, rest: [Step; N]) -> Vec<Step> {
    [field("resolutions"), Step::Item(index)].into_iter().chain(rest).collect()
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn problems(resolutions: &str, expected: Expect) {
        let text = format!("{{\"resolutions\": [\n{resolutions}\n]}}");
        let found = validate(&text, "a.json", &Catalogue::bundled());
        let lines = found.iter().map(|problem| format!("{:?}: {problem}\n", problem.level));
        expected.assert_eq(&lines.collect::<String>());
    }

    #[test]
    fn the_bundled_files_are_right() {
        for (name, text) in super::super::bundled::texts() {
            let found = validate(text, name, &Catalogue::bundled());
            let wrong = found.iter().filter(|problem| problem.level > Level::Hint).map(ToString::to_string);
            // Two that the review gives as the latest on their subject are older than what they are given for.
            let odd = ["ECOSOC-565 (XIX) is of", "ECOSOC-1536 (XLIX) is of"];
            let wrong: Vec<String> = wrong.filter(|wrong| !odd.iter().any(|odd| wrong.contains(odd))).collect();
            assert_eq!(wrong, [""; 0]);
        }
    }

    #[test]
    fn names_that_nobody_knows() {
        problems(
            r#"{"id": "ECOSSOC-1/1"}, {"id": "pp-1"}, {"id": "LAKE-1", "versions": [{"year": 2004, "place": "Genva", "kind": "adopted"},
            {"year": 2008, "place": "Nowhere by the Lake", "kind": "revised"}]}"#,
            expect![[r#"
                Warning: a.json, line 2, column 8 (resolutions[0].id): there is no body “ECOSSOC” among those that Resmark knows; did you mean “ECOSOC”?
                Warning: a.json, line 2, column 31 (resolutions[1].id): there is no body “pp” among those that Resmark knows; did you mean “PP”?
                Hint: a.json, line 2, column 47 (resolutions[2].id): Resmark does not know the body “LAKE”; in texts only the id finds its resolutions.
                Warning: a.json, line 2, column 94 (resolutions[2].versions[0].place): there is no place “Genva” among those that Resmark knows; did you mean “Geneva”?
                Hint: a.json, line 3, column 37 (resolutions[2].versions[1].place): Resmark does not know the place “Nowhere by the Lake”, so only texts that write it so are understood.
            "#]],
        );
    }

    #[test]
    fn what_cannot_be_true_together() {
        problems(
            r#"{"id": "PP-1", "versions": [{"year": 2018, "place": "Dubai", "kind": "revised"},
              {"year": 2014, "place": "Dubai", "kind": "revised"}, {"year": 2014, "kind": "revised"},
              {"year": 2022, "kind": "adopted", "date": "2012-10-14"}], "abrogated": {"date": "2010-10-22"}},
            {"id": "PP-1", "titles": [{"language": "en", "text": " "}]},
            {"id": "UNGA-70/1", "versions": [{"year": 2014, "date": "2014-09-25", "kind": "adopted"}]}"#,
            expect![[r#"
                Warning: a.json, line 3, column 24 (resolutions[0].versions[1].year): 2014 stands behind 2018; put the oldest first.
                Warning: a.json, line 3, column 39 (resolutions[0].versions[1].place): PP met in Busan in 2014, not in Dubai.
                Warning: a.json, line 3, column 77 (resolutions[0].versions[2].year): the version 2014 stands here twice.
                Warning: a.json, line 4, column 38 (resolutions[0].versions[3].kind): “adopted” is the first version, and there is an older one, 2018; the later is “revised”.
                Warning: a.json, line 4, column 57 (resolutions[0].versions[3].date): 2012-10-14 is not of the year 2022.
                Warning: a.json, line 4, column 95 (resolutions[0].abrogated.date): it was abrogated on 2010-10-22, before its version 2018.
                Warning: a.json, line 5, column 20 (resolutions[1].id): PP-1 is listed already, as resolutions[0]; put both together.
                Error: a.json, line 5, column 66 (resolutions[1].titles[0].text): the title is empty; give its words or take it away.
                Warning: a.json, line 6, column 69 (resolutions[2].versions[0].date): UNGA-70/1 was adopted between 2015-09-10 and 2016-09-14, by its number; 2014-09-25 is outside of that.
            "#]],
        );
    }

    #[test]
    fn what_took_its_place() {
        problems(
            r#"{"id": "WHA-WHA1.1", "succeededBy": [{"id": "WHA-WHA1.1"}, {"id": "WHA-WHA99.1"}]},
            {"id": "PP-12", "versions": [{"year": 2014, "kind": "adopted"}], "succeededBy": [{"id": "PP-13"}, {"id": "PP-121"}]},
            {"id": "PP-13", "versions": [{"year": 2010, "kind": "adopted"}], "succeededBy": [{"id": "PP-12"}]},
            {"id": "PP-14", "versions": [{"year": 2014, "kind": "adopted"}], "succeededBy": [{"id": "PP-13"}]},
            {"id": "LC-7", "adoptedAs": [{"id": "LC-8"}]}"#,
            expect![[r#"
                Warning: a.json, line 2, column 45 (resolutions[0].succeededBy[0].id): WHA-WHA1.1 cannot take its own place.
                Warning: a.json, line 2, column 67 (resolutions[0].succeededBy[1].id): WHA-WHA99.1 is not listed; did you mean “WHA-WHA1.1”?
                Warning: a.json, line 3, column 101 (resolutions[1].succeededBy[0].id): PP-12 and PP-13 each take the place of the other.
                Warning: a.json, line 4, column 101 (resolutions[2].succeededBy[0].id): PP-13 and PP-12 each take the place of the other.
                Warning: a.json, line 5, column 101 (resolutions[3].succeededBy[0].id): PP-13 is of 2010, older than what it takes the place of, of 2014.
                Hint: a.json, line 6, column 20 (resolutions[4].id): Resmark does not know the body “LC”; in texts only the id finds its resolutions.
                Warning: a.json, line 6, column 49 (resolutions[4].adoptedAs[0].id): LC-8 is not listed; did you mean “LC-7”?
            "#]],
        );
    }
}
