//! Strict reading of a catalogue file: what is not understood is an error that names the file and the place.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use serde_path_to_error::Segment;

use super::format::{CatalogueFile, VersionFact};
use crate::suggest::nearest;

/// Why a catalogue file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueError {
    /// The file, as the caller named it.
    pub file: String,
    /// The line, 1-based.
    pub line: usize,
    /// The column in characters, 1-based.
    pub column: usize,
    /// Where in the structure: `resolutions[3].versions[0].year`; empty for the file as a whole.
    pub path: String,
    /// What is wrong and what to do, as sentences without a full stop at the end.
    pub message: String,
}

impl fmt::Display for CatalogueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, line {}, column {}", self.file, self.line, self.column)?;
        if !self.path.is_empty() {
            write!(f, " ({})", one_line(&self.path))?;
        }
        write!(f, ": {}{}", one_line(&self.message), full_stop(&self.message))
    }
}

/// A message as one line: what it quotes of a file may hold line breaks, and what a terminal takes for commands.
pub(crate) fn one_line(message: &str) -> Cow<'_, str> {
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    if !message.contains(breaks) {
        return Cow::Borrowed(message);
    }
    let shown = |c: char| if breaks(c) { c.escape_default().to_string() } else { c.to_string() };
    Cow::Owned(message.chars().map(shown).collect())
}

/// What a message is ended with: nothing where it ends with a question.
pub(super) fn full_stop(message: &str) -> &'static str {
    if message.ends_with('?') { "" } else { "." }
}

impl std::error::Error for CatalogueError {}

/// Reads bytes that may not even be UTF-8. Otherwise as [`parse`].
pub(super) fn parse_bytes(bytes: &[u8], name: &str) -> Result<CatalogueFile, CatalogueError> {
    match std::str::from_utf8(bytes) {
        Ok(text) => parse(text, name),
        Err(error) => {
            let good = String::from_utf8_lossy(bytes.get(..error.valid_up_to()).unwrap_or_default());
            let (line, column) = line_and_column(&good, good.len());
            let message = "this is not UTF-8; save the file as UTF-8".to_owned();
            Err(CatalogueError { file: name.to_owned(), line, column, path: String::new(), message })
        }
    }
}

/// Reads a file's text. `name` is what the error calls the file.
pub(super) fn parse(text: &str, name: &str) -> Result<CatalogueFile, CatalogueError> {
    // Editors of other systems put a byte order mark at the front; JSON does not know it.
    read(text.strip_prefix('\u{feff}').unwrap_or(text), name).map_err(|(error, _)| error)
}

/// All that is wrong with a file's text, at most [`MOST_ERRORS`]; and the file, if nothing is.
pub(super) fn parse_all(text: &str, name: &str) -> Result<CatalogueFile, Vec<CatalogueError>> {
    let mut text = Cow::Borrowed(text.strip_prefix('\u{feff}').unwrap_or(text));
    let mut errors = Vec::new();
    // The items that are painted over already.
    let mut gone: Vec<Vec<Step>> = Vec::new();
    // The reader stops at the first mistake: what is wrong is painted over, and it starts again.
    loop {
        let (error, path) = match read(&text, name) {
            Ok(file) if errors.is_empty() => return Ok(file),
            Ok(_) => return Err(errors),
            Err(failed) => failed,
        };
        let painted = without(&text, &path);
        let path = as_written(&path, &gone);
        gone.extend(path.iter().rposition(|step| matches!(step, Step::Item(_))).map(|item| path[..=item].to_vec()));
        gone.sort();
        errors.push(CatalogueError { path: shown(&path), ..error });
        match painted {
            Some(without) if errors.len() < MOST_ERRORS => text = Cow::Owned(without),
            _ => return Err(errors),
        }
    }
}

/// The path in the text as written, of which the items at `gone`, sorted, are painted over: what stood behind them has
/// moved up.
fn as_written(path: &[Step], gone: &[Vec<Step>]) -> Vec<Step> {
    let mut written: Vec<Step> = Vec::new();
    for step in path {
        let mut step = step.clone();
        for gone in gone {
            if let (Some((Step::Item(gone), list)), Step::Item(index)) = (gone.split_last(), &mut step)
                && *list == written
                && *gone <= *index
            {
                *index += 1;
            }
        }
        written.push(step);
    }
    written
}

/// `resolutions[3].versions[0].year`
pub(super) fn shown(path: &[Step]) -> String {
    let mut text = String::new();
    for step in path {
        match step {
            Step::Item(index) => text.push_str(&format!("[{index}]")),
            Step::Field(name) if text.is_empty() => text.push_str(name),
            Step::Field(name) => text.push_str(&format!(".{name}")),
        }
    }
    text
}

/// How many errors of a file are told.
const MOST_ERRORS: usize = 100;

/// A text without what stands at `path`: the field, if there should be none, else the item of the innermost list. The
/// rest keeps its place. `None` where that does not help.
fn without(text: &str, path: &[Step]) -> Option<String> {
    let item = path.iter().rposition(|step| matches!(step, Step::Item(_)))?;
    let place = Place::of(text, path.get(..=item)?)?;
    let (mut from, mut to) = (place.start, place.end);
    let after = &text[to..];
    let behind = after.len() - after.trim_start().len();
    let before = text[..from].trim_end();
    if after[behind..].starts_with(',') {
        to += behind + 1;
    } else if before.ends_with(',') {
        from = before.len() - 1;
    }
    let blank: String =
        text[from..to].chars().map(|c| if c == '\n' { "\n".into() } else { " ".repeat(c.len_utf8()) }).collect();
    Some(format!("{}{blank}{}", &text[..from], &text[to..]))
}

/// A step from a value to one inside of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    /// The value of a field.
    Field(String),
    /// An item of a list, 0-based.
    Item(usize),
}

/// A place in a text: bytes from `start` to `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub start: usize,
    pub end: usize,
}

impl Place {
    /// Where the value at `path` stands in a JSON text.
    pub fn of(text: &str, path: &[Step]) -> Option<Place> {
        let mut value: &RawValue = serde_json::from_str(text).ok()?;
        for step in path {
            value = match step {
                Step::Field(name) => {
                    serde_json::from_str::<BTreeMap<Cow<'_, str>, &RawValue>>(value.get()).ok()?.get(name.as_str())?
                }
                Step::Item(index) => serde_json::from_str::<Vec<&RawValue>>(value.get()).ok()?.get(*index)?,
            };
        }
        let start = value.get().as_ptr().addr().checked_sub(text.as_ptr().addr())?;
        Some(Place { start, end: start + value.get().len() })
    }

    /// Its line and column in characters, 1-based.
    pub fn line_and_column(self, text: &str) -> (usize, usize) {
        line_and_column(text, self.start)
    }
}

/// Reads a text without a byte order mark; an error comes with its path.
fn read(text: &str, name: &str) -> Result<CatalogueFile, (CatalogueError, Vec<Step>)> {
    let mut json = serde_json::Deserializer::from_str(text);
    let mut track = serde_path_to_error::Track::new();
    let result = Object::<CatalogueFile>::deserialize(serde_path_to_error::Deserializer::new(&mut json, &mut track))
        .and_then(|file| json.end().map(|()| file.0));
    result.map_err(|error| {
        let track = track.path();
        let path = track.to_string();
        let offset = start_of_value(text, offset_of(text, error.line(), error.column()), &error);
        let (line, column) = line_and_column(text, offset);
        let steps = track.iter().filter_map(|segment| match segment {
            Segment::Seq { index } => Some(Step::Item(*index)),
            Segment::Map { key } => Some(Step::Field(key.clone())),
            Segment::Enum { .. } | Segment::Unknown => None,
        });
        let steps = if error.is_data() { steps.collect() } else { Vec::new() };
        let error = CatalogueError {
            file: name.to_owned(),
            line,
            column,
            message: explain(&error, &path),
            path: if error.is_data() && path != "." { path } else { String::new() },
        };
        (error, steps)
    })
}

/// The byte that serde_json's 1-based line and byte column stand for.
fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let start = match line.checked_sub(2) {
        Some(nth) => text.match_indices('\n').nth(nth).map_or(text.len(), |(at, _)| at + 1),
        None => 0,
    };
    let mut offset = (start + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// serde_json names the last byte of a value that it read and could not use; the first is what a reader looks for.
fn start_of_value(text: &str, offset: usize, error: &serde_json::Error) -> usize {
    if !error.is_data() {
        return offset;
    }
    let bytes = text.as_bytes();
    let message = error.to_string();
    // An object or a list that is wrong as a whole has not been read yet: the place is the byte in front of it.
    if message.starts_with("invalid type: map") || message.starts_with("invalid type: sequence") {
        let after = if error.column() == 0 { offset } else { offset + 1 };
        return text.get(after..).and_then(|rest| rest.find(['{', '['])).map_or(offset, |at| after + at);
    }
    // A text that was read and refused: the place is one byte behind it.
    let offset = match offset.checked_sub(1) {
        Some(before) if bytes.get(before) == Some(&b'"') && bytes.get(offset) != Some(&b'"') => before,
        _ => offset,
    };
    if bytes.get(offset) == Some(&b'"') {
        let escaped = |at: usize| bytes[..at].iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1;
        let open = (0..offset).rev().find(|&at| bytes[at] == b'"' && !escaped(at));
        return open.unwrap_or(offset);
    }
    let token = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    offset - bytes[..offset].iter().rev().take_while(|byte| token(byte)).count()
}

/// 1-based line and column in characters of a byte.
fn line_and_column(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    (line, before[start..].chars().count() + 1)
}

/// The message of the JSON reader in a drafter's words.
fn explain(error: &serde_json::Error, path: &str) -> String {
    let text = error.to_string();
    // serde_json appends the place, which the caller words itself.
    let text = text.rsplit_once(" at line ").map_or(text.as_str(), |(message, _)| message);
    if error.is_eof() {
        return "the file ends too early; a bracket or a quotation mark is not closed".to_owned();
    }
    if error.is_syntax() {
        return format!("this is not JSON: {text}");
    }
    if let Some(rest) = text.strip_prefix("invalid type: ")
        && let Some((found, expected)) = rest.rsplit_once(", expected ")
    {
        return format!("expected {}, found {}", expected_words(expected), found_words(found));
    }
    if let Some(rest) = text.strip_prefix("invalid value: ")
        && let Some((found, expected)) = rest.rsplit_once(", expected ")
    {
        return format!("expected {}, found {}", expected_words(expected), value_words(found));
    }
    if let Some(rest) = text.strip_prefix("unknown field ") {
        let (field, known) = rest.split_once(", expected ").unwrap_or((rest, ""));
        let known = known.trim_start_matches("one of ").replace('`', "");
        let next = did_you_mean(field, &known);
        return format!("there is no field {} here; {next}", quoted(field));
    }
    if let Some(rest) = text.strip_prefix("unknown variant ") {
        let (found, known) = rest.split_once(", expected ").unwrap_or((rest, ""));
        let known = known.trim_start_matches("one of ").replace('`', "");
        let next = did_you_mean(found, &known);
        return format!("{} is not possible here; {next}", quoted(found));
    }
    if let Some(field) = text.strip_prefix("missing field ") {
        return format!("the field {} is missing", quoted(field));
    }
    if let Some(field) = text.strip_prefix("duplicate field ") {
        return format!("the field {} stands here twice", quoted(field));
    }
    if path.ends_with(".date") || path.ends_with(".notLaterThan") {
        return "expected a date such as 2022-10-14".to_owned();
    }
    text.to_owned()
}

/// What to do about a word that is none of `known`, which are separated by commas or “or”.
fn did_you_mean(word: &str, known: &str) -> String {
    let all = known.split([',', ' ']).filter(|name| !name.is_empty() && *name != "or");
    match nearest(word.trim_matches('`'), all) {
        Some(meant) => format!("did you mean “{meant}”?"),
        None => format!("possible are {known}"),
    }
}

fn quoted(field: &str) -> String {
    format!("“{}”", field.trim_matches('`'))
}

fn expected_words(expected: &str) -> &str {
    match expected {
        "u16" | "u32" | "u64" | "i64" => "a number",
        "a string" | "string" | "str" | "a borrowed string" => "a text",
        "a sequence" => "a list",
        "a boolean" => "true or false",
        "a map" => "an object",
        _ if expected.starts_with("struct ") => "an object",
        _ if expected.contains("Date") || expected.contains("date") => "a date such as 2022-10-14",
        _ if expected.starts_with("string or map") || expected.contains("enum ") => "one of the fixed words",
        other => other,
    }
}

fn found_words(found: &str) -> String {
    match found {
        "sequence" => "a list".to_owned(),
        "map" => "an object".to_owned(),
        "null" | "unit value" | "Option value" => "nothing (null)".to_owned(),
        _ if found.starts_with("string") => "a text".to_owned(),
        _ if found.starts_with("integer") || found.starts_with("floating point") => "a number".to_owned(),
        _ if found.starts_with("boolean") => "true or false".to_owned(),
        other => other.to_owned(),
    }
}

fn value_words(found: &str) -> String {
    match found.split_once(' ') {
        Some(("integer", number)) => number.trim_matches('`').to_owned(),
        Some(("string", text)) => format!("“{}”", text.trim_matches('"')),
        _ => found_words(found),
    }
}

/// A JSON object. Without it, serde would take a list for a struct whose fields come in order.
struct Object<T>(T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ObjectVisitor<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for ObjectVisitor<T> {
            type Value = Object<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Object<T>, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map)).map(Object)
            }
        }

        deserializer.deserialize_map(ObjectVisitor(PhantomData))
    }
}

/// A list of objects.
pub(super) fn object_list<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    struct ListVisitor<T>(PhantomData<T>);

    impl<'de, T: Deserialize<'de>> Visitor<'de> for ListVisitor<T> {
        type Value = Vec<T>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a list")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Vec<T>, A::Error> {
            let mut items = Vec::new();
            while let Some(Object(item)) = seq.next_element()? {
                items.push(item);
            }
            Ok(items)
        }
    }

    deserializer.deserialize_seq(ListVisitor(PhantomData))
}

/// An object or nothing.
pub(super) fn optional_object<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    Ok(Option::<Object<T>>::deserialize(deserializer)?.map(|object| object.0))
}

/// A list of versions, each with its name: the year where none is given.
pub(super) fn versions<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<VersionFact>, D::Error> {
    let mut versions: Vec<VersionFact> = object_list(deserializer)?;
    for fact in &mut versions {
        let year = fact.year.to_string();
        if fact.version.is_empty() {
            fact.version = year;
        } else if !fact.version.starts_with(&year) {
            let message = format!("the version “{}” does not begin with its year, {year}", fact.version);
            return Err(de::Error::custom(message));
        }
    }
    Ok(versions)
}

/// A year of four digits.
pub(super) fn year<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u16, D::Error> {
    let year = u16::deserialize(deserializer)?;
    match is_year(year) {
        true => Ok(year),
        false => Err(de::Error::invalid_value(de::Unexpected::Unsigned(year.into()), &"a year between 1865 and 2999")),
    }
}

/// Whether a number can be the year of a session.
pub(super) fn is_year(year: u16) -> bool {
    // The Telegraph Union, the oldest of the bodies, first met in 1865.
    (1865..=2999).contains(&year)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use expect_test::{Expect, expect};

    use super::*;

    fn error(text: &str, expected: Expect) {
        expected.assert_eq(&parse(text, "catalogue/extra.json").unwrap_err().to_string());
    }

    #[test]
    fn a_text_for_a_year() {
        error(
            "{\n  \"resolutions\": [\n    {\"id\": \"PP-140\", \"versions\": [{\"year\": \"2022\", \"kind\": \"revised\"}]}\n  ]\n}",
            expect![
                "catalogue/extra.json, line 3, column 44 (resolutions[0].versions[0].year): expected a number, found a text."
            ],
        );
    }

    #[test]
    fn columns_count_characters() {
        error(
            r#"{"resolutions": [{"id": "PP-140", "titles": [{"language": "zh", "text": "决议", "version": 3}]}]}"#,
            expect![
                "catalogue/extra.json, line 1, column 90 (resolutions[0].titles[0].version): expected a text, found a number."
            ],
        );
    }

    #[test]
    fn wrong_things() {
        let one = |entry: &str| format!(r#"{{"resolutions": [{entry}]}}"#);
        error(
            "",
            expect![
                "catalogue/extra.json, line 1, column 1: the file ends too early; a bracket or a quotation mark is not closed."
            ],
        );
        error("[]", expect!["catalogue/extra.json, line 1, column 1: expected an object, found a list."]);
        error("\"resolutions\"", expect!["catalogue/extra.json, line 1, column 1: expected an object, found a text."]);
        error("{}", expect!["catalogue/extra.json, line 1, column 2: the field “resolutions” is missing."]);
        error(
            "resolutions:\n- PP-140",
            expect!["catalogue/extra.json, line 1, column 1: this is not JSON: expected value."],
        );
        error("\0\0\0", expect!["catalogue/extra.json, line 1, column 1: this is not JSON: expected value."]);
        error(
            r#"{"resolutions": {}}"#,
            expect!["catalogue/extra.json, line 1, column 17 (resolutions): expected a list, found an object."],
        );
        error(
            r#"{"resolutions": [], "resolution": []}"#,
            expect![
                "catalogue/extra.json, line 1, column 21 (resolution): there is no field “resolution” here; did you mean “resolutions”?"
            ],
        );
        error(
            r#"{"resolutions": []} and more"#,
            expect!["catalogue/extra.json, line 1, column 21: this is not JSON: trailing characters."],
        );
        error(
            &one(r#"["PP-140"]"#),
            expect!["catalogue/extra.json, line 1, column 18 (resolutions[0]): expected an object, found a list."],
        );
        error(
            &one(r#"{"id": "annex"}"#),
            expect![
                "catalogue/extra.json, line 1, column 25 (resolutions[0].id): “annex” is not the id of a resolution; an id looks like PP-140 or UNGA-70/125."
            ],
        );
        error(
            &one(r#"{"id": "PP-140", "versions": [{"year": 22, "kind": "revised"}]}"#),
            expect![
                "catalogue/extra.json, line 1, column 57 (resolutions[0].versions[0].year): expected a year between 1865 and 2999, found 22."
            ],
        );
        error(
            &one(r#"{"id": "PP-140", "versions": [{"year": 2022, "kind": "new"}]}"#),
            expect![
                "catalogue/extra.json, line 1, column 71 (resolutions[0].versions[0].kind): “new” is not possible here; possible are proposed, adoptedOrRevised, adopted, revised."
            ],
        );
        error(
            &one(r#"{"id": "PP-140", "versions": [{"version": "2018", "year": 2022, "kind": "revised"}]}"#),
            expect![
                "catalogue/extra.json, line 1, column 101 (resolutions[0].versions): the version “2018” does not begin with its year, 2022."
            ],
        );
        error(
            &one(r#"{"id": "PP-140", "abrogated": {"date": "soon"}}"#),
            expect![
                "catalogue/extra.json, line 1, column 57 (resolutions[0].abrogated.date): expected a date such as 2022-10-14."
            ],
        );
        error(
            &one(r#"{"id": "PP-140", "abrogated": "2022"}"#),
            expect![
                "catalogue/extra.json, line 1, column 48 (resolutions[0].abrogated): expected an object, found a text."
            ],
        );
    }

    #[test]
    fn all_that_is_wrong_is_found_in_one_go() {
        let text = r#"{"resolutions": [
  {"id": "PP-1", "versions": [{"year": 22, "kind": "revised"}, {"year": 2022, "knd": "revised"}, {"year": 2018, "kind": "revized"}]},
  {"id": "PP-2", "titels": []},
  {"id": "annex"},
  {"id": "PP-4"}, {"versions": []}
]}"#;
        let errors = parse_all(text, "a.json").unwrap_err();
        let shown: String = errors.iter().map(|error| format!("{error}\n")).collect();
        expect![[r#"
            a.json, line 2, column 40 (resolutions[0].versions[0].year): expected a year between 1865 and 2999, found 22.
            a.json, line 2, column 79 (resolutions[0].versions[1].knd): there is no field “knd” here; did you mean “kind”?
            a.json, line 2, column 121 (resolutions[0].versions[2].kind): “revized” is not possible here; did you mean “revised”?
            a.json, line 3, column 18 (resolutions[1].titels): there is no field “titels” here; did you mean “titles”?
            a.json, line 4, column 10 (resolutions[2].id): “annex” is not the id of a resolution; an id looks like PP-140 or UNGA-70/125.
            a.json, line 5, column 34 (resolutions[4]): the field “id” is missing.
        "#]].assert_eq(&shown);
        assert!(parse_all(r#"{"resolutions": [{"id": "PP-4"}]}"#, "a").is_ok());
        assert_eq!(parse_all("{", "a").unwrap_err().len(), 1);
        assert_eq!(parse_all(r#"{"resolution": [], "resolutions": []}"#, "a").unwrap_err().len(), 1);
    }

    #[test]
    fn bytes_that_are_not_utf_8() {
        let error = parse_bytes(b"{\n\"r\xff\": 1}", "a.json").unwrap_err();
        expect!["a.json, line 2, column 3: this is not UTF-8; save the file as UTF-8."].assert_eq(&error.to_string());
    }

    #[test]
    fn deep_nesting_is_an_error_and_no_overflow() {
        let text = format!("{{\"resolutions\": {}", "[".repeat(100_000));
        assert!(parse(&text, "deep.json").is_err());
    }

    #[test]
    fn a_version_without_a_name_is_its_year() {
        let file = parse(r#"{"resolutions": [{"id": "PP-1", "versions": [{"year": 1994, "kind": "adopted"}]}]}"#, "a")
            .unwrap();
        assert_eq!(file.resolutions[0].versions[0].version, "1994");
    }
}
