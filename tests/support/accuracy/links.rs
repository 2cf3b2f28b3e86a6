//! What another tool linked in the texts of the United Nations, compared with what is read there.
//!
//! The comparison is of places: a link is found where a citation stands on its very words, not where the number is read
//! somewhere in the text.

use std::collections::HashMap;
use std::path::Path;

use resmark::citation::Citation;
use resmark::syntax::{ParagraphIndex, Side, TextRange};

use super::rows;
use super::texts::{Reading, Token, cut};

/// A link that the other tool set.
#[derive(Debug, Clone)]
pub struct Link {
    /// The file it stands in, without `.txt`.
    pub file: String,
    /// The words that are linked.
    pub words: String,
    /// The first sixty characters of the clause.
    pub clause: String,
    /// What it links to: `A/RES/70/1`.
    pub symbol: String,
}

/// What a symbol stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A resolution, decision or draft: the id's body, and the number without spaces and without letters of parts.
    Cited {
        /// As in an id: `UNGA`, `UNGA Decision`. Empty for a draft.
        body: &'static str,
        /// `70/125`, `2625(XXV)`.
        number: String,
        /// The letters of parts, `A-B`; empty where it names none.
        parts: String,
    },
    /// A report, a letter, a statement by a president, a page of the web.
    Other,
}

const SERIES: [(&str, &str); 10] = [
    ("A/HRC/RES/", "HRC"),
    ("A/HRC/DEC/", "HRC Decision"),
    ("UNEP/EA/RES/", "UNEA"),
    ("UNEP/EA.", "UNEA"),
    ("A/RES/", "UNGA"),
    ("A/DEC/", "UNGA Decision"),
    ("S/RES/", "UNSC"),
    ("E/RES/", "ECOSOC"),
    ("E/DEC/", "ECOSOC Decision"),
    ("E/CN.4/RES/", "CHR"),
];

impl Target {
    /// What `symbol` stands for.
    pub fn of(symbol: &str) -> Target {
        let upper = symbol.to_ascii_uppercase();
        if let Some((prefix, body)) = SERIES.iter().find(|(prefix, _)| upper.starts_with(prefix)) {
            let (number, parts) = parts_apart(&upper[prefix.len()..]);
            return Target::Cited { body, number, parts };
        }
        let draft = upper.rsplit('/').find_map(|piece| piece.strip_prefix("L."));
        if draft.is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())) {
            return Target::Cited { body: "", number: upper, parts: String::new() };
        }
        Target::Other
    }
}

/// A number without spaces, and the letters of parts that stood in it: `57/270 B` is `57/270` and `B`, `364 B (IV)` is
/// `364(IV)` and `B`, `72/90A-B` is `72/90` and `A-B`.
pub fn parts_apart(number: &str) -> (String, String) {
    let number: String = number.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_uppercase();
    let (head, session) = number.split_at(number.find('(').unwrap_or(number.len()));
    let cut = head.rfind(|c: char| c.is_ascii_digit()).map_or(0, |at| at + 1);
    (format!("{}{session}", &head[..cut]), head[cut..].trim_start_matches('-').to_owned())
}

/// The symbol in an address like `https://undocs.org/en/A/RES/70/1`; the address itself where it has none.
fn symbol_of(address: &str) -> String {
    let path = address
        .split("://")
        .nth(1)
        .and_then(|rest| rest.split_once('/'))
        .filter(|(host, _)| ["undocs.org", "docs.un.org"].contains(host));
    let symbol = match path {
        Some((_, path)) => path.strip_prefix("en/").unwrap_or(path),
        None => address,
    };
    symbol.replace("%20", " ")
}

/// The links of `truth.jsonl` in `folder`.
///
/// # Errors
/// Where the file is missing or is no JSON.
pub fn links(folder: &Path) -> Result<Vec<Link>, String> {
    let path = folder.join("truth.jsonl");
    let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut links = Vec::new();
    for line in text.lines() {
        let line: serde_json::Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
        let file = line["file"].as_str().unwrap_or_default().trim_end_matches(".txt");
        for link in line["citations"].as_array().into_iter().flatten() {
            let cell = |key: &str| link[key].as_str().unwrap_or_default().to_owned();
            links.push(Link {
                file: file.to_owned(),
                words: cell("text"),
                clause: cell("in"),
                symbol: symbol_of(&cell("url")),
            });
        }
    }
    Ok(links)
}

/// What became of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Read as the same resolution.
    Same,
    /// Read, and its body is open.
    Open,
    /// Read as another: its id.
    Other(String),
    /// Not read.
    Missed,
    /// Not to be read: the words are the text's own title.
    OwnTitle,
    /// Not to be read: it links to something that is no resolution, decision or draft.
    NoResolution,
    /// The words that were linked are not in the text, or not in the clause.
    NotThere,
}

/// A link, and what became of it.
#[derive(Debug, Clone)]
pub struct Compared {
    /// The link.
    pub link: Link,
    /// What became of it.
    pub outcome: Outcome,
}

/// Compares the links of one text with one reading of it.
pub fn compare(links: &[Link], reading: &Reading, side: Side) -> Vec<Compared> {
    let tokens = reading.tokens(side);
    let mut begins: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, token) in tokens.iter().enumerate() {
        begins.entry(&token.word).or_default().push(index);
    }
    let mut clause: Option<(&str, usize)> = None;
    let mut cursor = 0;
    let mut compared = Vec::new();
    for link in links {
        // Links are in the order of the text; several stand in one clause.
        if clause.is_none_or(|(words, _)| words != link.clause) {
            let start = find_clause(&tokens, &begins, &link.clause, cursor);
            clause = start.map(|start| (link.clause.as_str(), start));
            cursor = start.unwrap_or(cursor);
        }
        let target = Target::of(&link.symbol);
        let at = clause.and_then(|(_, start)| {
            // A few links are not in the order of the text.
            find_words(&tokens, &link.words, cursor, start).or_else(|| find_words(&tokens, &link.words, start, start))
        });
        let outcome = match at {
            _ if target == Target::Other => Outcome::NoResolution,
            None => Outcome::NotThere,
            Some(at) => {
                let end = at + cut(&link.words).len().max(1);
                cursor = end;
                let (first, last) = (&tokens[at], &tokens[end - 1]);
                let place = TextRange::new(first.range.start(), last.range.end().max(first.range.end()));
                outcome(&target, reading, side, place, first.paragraph)
            }
        };
        compared.push(Compared { link: link.clone(), outcome });
    }
    compared
}

/// Where the clause that begins with `words` begins, behind `from` if it can be.
fn find_clause(tokens: &[Token], begins: &HashMap<&str, Vec<usize>>, words: &str, from: usize) -> Option<usize> {
    let words: Vec<String> = cut(words).into_iter().map(|(word, _)| word).collect();
    let (last, whole) = words.split_last()?;
    let is = |start: usize| {
        let here = tokens.get(start..start + words.len());
        here.is_some_and(|here| {
            whole.iter().zip(here).all(|(word, token)| *word == token.word)
                && here.last().is_some_and(|token| token.word.starts_with(last.as_str()))
        })
    };
    let starts: Vec<usize> = match words.len() {
        1 => (0..tokens.len()).filter(|&at| is(at)).collect(),
        _ => begins.get(words[0].as_str())?.iter().copied().filter(|&at| is(at)).collect(),
    };
    starts.iter().copied().find(|&at| at >= from).or(starts.first().copied())
}

/// Where the linked words stand, at `from` or behind it, not far from the beginning of the clause.
fn find_words(tokens: &[Token], words: &str, from: usize, start: usize) -> Option<usize> {
    /// The longest clause has about half as many words.
    const MOST: usize = 4000;
    let words: Vec<String> = cut(words).into_iter().map(|(word, _)| word).collect();
    if words.is_empty() {
        return None;
    }
    (from..tokens.len().min(start + MOST)).find(|&at| {
        tokens
            .get(at..at + words.len())
            .is_some_and(|here| words.iter().zip(here).all(|(word, token)| *word == token.word))
    })
}

fn outcome(target: &Target, reading: &Reading, side: Side, place: TextRange, paragraph: ParagraphIndex) -> Outcome {
    let Target::Cited { body, number, parts } = target else { return Outcome::NoResolution };
    let here: Vec<&Citation> = reading
        .of_side(side)
        .filter(|citation| citation.number_range.intersect(place).is_some_and(|part| !part.is_empty()))
        .collect();
    let Some(first) = here.first() else {
        return if is_own_title(number, reading, place, paragraph) { Outcome::OwnTitle } else { Outcome::Missed };
    };
    let same = |citation: &&&Citation| {
        let (read, letters) = parts_apart(&citation.number);
        let tail = number.rsplit('/').next().unwrap_or_default();
        let numbers = read == *number || (body.is_empty() && read.ends_with(tail));
        // Where one of the two names no part, the words decide, and they are ours; where both do, they agree.
        let letters = parts.is_empty() || letters.is_empty() || parts.split('-').any(|part| letters == part);
        let bodies = body.is_empty() || citation.id.as_ref().is_some_and(|id| id.body == *body);
        numbers && letters && bodies
    };
    if here.iter().any(|citation| same(&citation)) {
        return Outcome::Same;
    }
    match &first.id {
        None => Outcome::Open,
        Some(id) => Outcome::Other(id.to_string()),
    }
}

/// Whether the number stands in the title of the text itself: in a title, or, where none is marked, at the beginning of
/// a paragraph, alone or with the word “Resolution” in front, in the file that is named after it.
fn is_own_title(number: &str, reading: &Reading, place: TextRange, paragraph: ParagraphIndex) -> bool {
    if reading.is_title(paragraph) {
        return true;
    }
    let digits = |text: &str| cut(text).into_iter().map(|(word, _)| word).collect::<Vec<_>>();
    let paragraph = reading.document.paragraph(paragraph);
    let before = reading.words(TextRange::new(paragraph.range.start(), place.start().max(paragraph.range.start())));
    let first = matches!(digits(before).as_slice(), []) || digits(before) == ["resolution"];
    first && digits(&reading.file).ends_with(&digits(number))
}

/// Who is right where the other tool and we disagree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// The file.
    pub file: String,
    /// What the other tool linked to.
    pub symbol: String,
    /// What is read: an id, `open`, or `missed`.
    pub read: String,
    /// Whether we are right.
    pub right: bool,
    /// Why, as a class of `tests/accuracy.md`.
    pub class: String,
}

/// The verdicts of `tests/accuracy/links.tsv`.
pub fn judged() -> Vec<Judged> {
    let judged = |row: Vec<String>| {
        let [file, symbol, read, verdict, class] = row.try_into().ok()?;
        Some(Judged { file, symbol, read, right: verdict == "right", class })
    };
    rows("links").into_iter().filter_map(judged).collect()
}

impl Compared {
    /// How a disagreement is written in the table of verdicts; `None` where there is nothing to judge.
    pub fn disagreement(&self) -> Option<String> {
        match &self.outcome {
            Outcome::Open => Some("open".to_owned()),
            Outcome::Other(id) => Some(id.clone()),
            Outcome::Missed => Some("missed".to_owned()),
            Outcome::NotThere => Some("not there".to_owned()),
            Outcome::Same | Outcome::OwnTitle | Outcome::NoResolution => None,
        }
    }
}

/// The links of the archive of the real texts.
///
/// # Errors
/// Where there is none, or it cannot be unpacked.
pub fn all() -> Result<Vec<Link>, String> {
    let shared = crate::shared().ok_or("there is no folder of real texts")?;
    let folder = super::texts::unpack(&shared.join("corpus/un.tar.xz"))?;
    links(&folder.path().join("un"))
}
