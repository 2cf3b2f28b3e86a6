//! What each line is: a title, a subject, a heading, a clause, a paragraph.

use std::sync::LazyLock;

use regex::Regex;

use super::inline::{EMPHASIS, EMPHASIS_END, FOOTNOTE, RAW, plain};
use super::label::{self, Printed};
use super::source::{Source, width};
use super::{Imported, Note, wording};
use crate::numbering::nest;

/// A piece of the result.
#[derive(Debug, Clone)]
pub(super) struct Block {
    /// Its line in the source, from 1.
    pub line: u32,
    /// What it is.
    pub kind: Kind,
    /// Its words with the marks of [`super::inline`], without its label and sigils.
    pub text: String,
    /// Its label.
    pub label: Option<Printed>,
    /// How deep it is nested.
    pub level: usize,
}

/// What a block is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// `MOD EUR/48A1/9`
    Proposal,
    /// `# `
    Title,
    /// `## `
    Subject,
    /// `### `
    Division,
    /// A line that is one emphasis.
    Heading,
    /// A paragraph, with or without label.
    Paragraph,
    /// `Reasons: …`
    Reasons,
    /// A line that sets parts off.
    Break,
    /// `[^name]: …`
    Footnote(String),
}

/// A paragraph of the source.
#[derive(Debug, Clone, Default)]
struct Para {
    line: u32,
    /// Columns of indentation.
    indent: usize,
    /// All of it but the indentation and the `#` of a heading.
    whole: String,
    /// What is behind the label.
    text: String,
    label: Option<Printed>,
    /// The level of a Markdown heading; 0 for none.
    heading: usize,
    /// Whether it is a line that sets parts off.
    rule: bool,
    /// What was found that it is.
    role: Role,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Role {
    #[default]
    Text,
    Proposal,
    Title,
    /// A title and its subject in one line; the subject begins at this byte of `whole`.
    TitleAndSubject(usize),
    /// A line that goes on the line of the title: when the resolution was adopted.
    Adoption,
    Subject,
    Enacting,
    Division,
    Heading,
    Reasons,
}

impl Para {
    fn words(&self) -> String {
        plain(&self.whole)
    }

    /// Whether it is the first of a list: `a)`, `1.`, a bullet.
    fn begins_list(&self) -> bool {
        self.label.as_ref().is_some_and(Printed::begins_list)
    }

    /// The number of a label in Latin digits.
    fn digits(&self) -> Option<u32> {
        self.label.as_ref().filter(|label| label.open.is_empty())?.core.parse().ok()
    }
}

macro_rules! pattern {
    ($name:ident, $text:expr) => {
        static $name: LazyLock<Regex> = LazyLock::new(|| Regex::new($text).expect("a pattern of this file is valid"));
    };
}

// `1 December 2024`, `1 мая 2020 г.`
pattern!(DATE, r"^\d{1,2}(?:er|º|°)?\s+(?:de\s+)?\p{L}{3,12}\s+(?:de\s+)?(?:19|20)\d\d\b.{0,4}$");
pattern!(RULE, r"^(?:[-_–—=]{3,}|\*{3,}|(?:\*[ \t]+){2,}\*|(?:-[ \t]+){2,}-|(?:_[ \t]+){2,}_)$");
pattern!(ATX, r"^(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?$");
pattern!(ESCAPED_LABEL, "^([(\u{fdd6}]{0,2}[0-9A-Za-z]{1,5})\u{fdd6}([).])");
pattern!(SETEXT, r"^(=+|-{2,})$");
/// The columns at which converters break lines, at most.
const WRAP: usize = 110;
/// What ends a sentence or a clause.
const STOPS: &[char] = &['.', ';', '。', '；', '؛', '!', '?', '！', '？', '．', '｡'];
const COMMAS: &[char] = &[',', '，', '،', '、'];

/// Finds what each line of the source is.
pub(super) fn outline(source: &Source, report: &mut Imported) -> Vec<Block> {
    let mut paras = paragraphs(source);
    settle_doubtful(&mut paras);
    split_runs(&mut paras);
    split_organs(&mut paras);
    titles(&mut paras, report);
    split_headings(&mut paras);
    headings(&mut paras);
    blocks(paras, source)
}

/// Joins the lines of the source into paragraphs and cuts their labels off.
fn paragraphs(source: &Source) -> Vec<Para> {
    let mut paras: Vec<Para> = Vec::new();
    let longest = source.lines.iter().map(|line| width(&line.text)).max().unwrap_or(0).min(WRAP);
    // Where many lines are longer than a converter would break them, each line is a paragraph, blank lines or not.
    let (long, filled) = source.lines.iter().fold((0, 0), |(long, filled), line| {
        (long + usize::from(width(&line.text) > WRAP), filled + usize::from(!line.text.trim().is_empty()))
    });
    let whole = long * 4 >= filled;
    // Whether the line before can go on: `None` behind a blank line.
    let mut open: Option<usize> = None;
    for line in &source.lines {
        let trimmed = line.text.trim_matches([' ', '\t', '\u{3000}']);
        let trimmed = if trimmed.trim().is_empty() { "" } else { trimmed };
        if trimmed.is_empty() {
            open = None;
            continue;
        }
        if source.markdown
            && let (Some(_), Some(found)) = (open, SETEXT.captures(trimmed))
            && let Some(last) = paras.last_mut().filter(|last| !last.rule && last.label.is_none())
        {
            last.heading = if found[1].starts_with('=') { 1 } else { 2 };
            open = None;
            continue;
        }
        let mut para = Para { line: line.number, indent: indent(&line.text), ..Para::default() };
        let bare = plain(trimmed);
        // A note makes words of it, which would be lost with its line.
        if RULE.is_match(bare.trim()) && !trimmed.contains(FOOTNOTE) {
            para.rule = true;
            para.whole = trimmed.to_owned();
            paras.push(para);
            open = None;
            continue;
        }
        let mut text = trimmed.to_owned();
        if source.markdown
            && let Some(found) = ATX.captures(trimmed)
        {
            para.heading = found[1].len();
            text = found[2].to_owned();
        }
        if para.heading == 0 {
            // Converters write `a\)` for a label that is none in Markdown.
            let bare = source.markdown.then(|| ESCAPED_LABEL.replace(&text, "$1$2"));
            if let Some((printed, rest)) = label::split(bare.as_deref().unwrap_or(&text), source.markdown) {
                para.label = Some(printed);
                para.text = rest;
            }
        }
        if para.label.is_none() {
            para.text = text.clone();
        }
        para.whole = text;
        if let Some(columns) = open.filter(|_| source.wrapped) {
            let sure = para.label.as_ref().is_some_and(|label| !label.doubtful);
            let begins = sure
                || para.heading > 0
                || begins_block(&bare)
                || (trimmed.starts_with(EMPHASIS) && bare.len() < 400 && is_emphasis(trimmed));
            let breaks = |last: &Para| {
                whole
                    && (last.text.ends_with(STOPS)
                        || last.text.ends_with(COMMAS)
                        || !trimmed.starts_with(char::is_lowercase))
            };
            if let Some(last) = paras.last_mut().filter(|last| {
                !begins
                    && !breaks(last)
                    && !last.rule
                    && last.heading == 0
                    && columns * 10 >= longest * 6
                    && !begins_block(&last.words())
            }) {
                join(&mut last.text, trimmed);
                join(&mut last.whole, trimmed);
                open = Some(width(&bare));
                continue;
            }
        }
        open = Some(width(&bare));
        paras.push(para);
    }
    paras
}

/// Whether a line can only be the start of something.
fn begins_block(words: &str) -> bool {
    wording::is_title(words)
        || wording::is_proposal(words)
        || wording::is_annex(words)
        || wording::is_bare_heading(words)
        || wording::reasons(words).is_some()
}

/// Whether a line is one emphasis and nothing more but a comma or colon.
fn is_emphasis(text: &str) -> bool {
    let text = text.trim().trim_end_matches(wording::HEADING_ENDS);
    text.strip_prefix(EMPHASIS)
        .and_then(|inner| inner.strip_suffix(EMPHASIS_END))
        .is_some_and(|inner| !inner.contains(EMPHASIS_END) && !inner.trim().is_empty())
}

/// Columns of white space in front of a line.
fn indent(text: &str) -> usize {
    let mut columns = 0;
    for c in text.chars() {
        match c {
            ' ' | '\u{a0}' => columns += 1,
            '\u{3000}' => columns += 2,
            '\t' => columns = (columns / 4 + 1) * 4,
            _ => break,
        }
    }
    columns
}

/// Appends a line to the one before it: with a space, but for two Chinese characters, and without the hyphen that a
/// word was broken at only where that hyphen is a soft one.
pub(super) fn join(text: &mut String, line: &str) {
    let wide = |c: Option<char>| {
        c.is_some_and(|c| ('\u{2e80}'..='\u{9fff}').contains(&c) || ('\u{ff00}'..='\u{ffef}').contains(&c))
    };
    let line = line.trim();
    if text.ends_with('\u{ad}') {
        text.pop();
    } else if !(text.is_empty() || line.is_empty() || (wide(text.chars().next_back()) && wide(line.chars().next()))) {
        text.push(' ');
    }
    text.push_str(line);
}

/// Decides whether a number with nothing but a space behind it is a label: in its place in a row of numbers, it is.
fn settle_doubtful(paras: &mut [Para]) {
    const AHEAD: usize = 60;
    let mut last = 0;
    for index in 0..paras.len() {
        let words = |para: &Para| para.label.is_none() && !para.text.ends_with(STOPS) && !para.text.ends_with(COMMAS);
        if words(&paras[index]) && width(&paras[index].text) < 200 {
            // A heading, perhaps: the row begins again.
            last = 0;
        }
        let Some(label) = &paras[index].label else { continue };
        let value: Option<u32> = label.core.split('.').next().and_then(|step| step.parse().ok());
        if label.doubtful {
            let fits = match value {
                Some(1) => {
                    let after = paras.get(index + 1..).unwrap_or_default();
                    let next = after.iter().take(AHEAD).take_while(|para| !words(para)).find_map(Para::digits);
                    next == Some(2) || (index > 0 && last == 0 && words(&paras[index - 1]))
                }
                // One that is left out is a mistake of the text; a row that has not begun wants its first.
                Some(value) if last > 0 => {
                    value == last + 1 || value == last + 2 || (label.core.contains('.') && value == last)
                }
                _ => false,
            };
            let fits = fits || is_in_decimal_row(paras, index);
            if !fits || DATE.is_match(&paras[index].whole) {
                let para = &mut paras[index];
                para.label = None;
                // Behind a number a tab would make a label of it.
                para.whole = para.whole.replacen('\t', " ", 1);
                para.text = para.whole.clone();
                continue;
            }
        }
        if let Some(value) = value {
            last = value;
        }
    }
}

/// Whether a decimal number stands in a row with the one before or behind it: `4.1` and `4.2`, be there sub-clauses with
/// letters between them.
fn is_in_decimal_row(paras: &[Para], index: usize) -> bool {
    const NEAR: usize = 30;
    let steps = |para: &Para| {
        let (path, last) = para.label.as_ref()?.core.rsplit_once('.')?;
        Some((path.to_owned(), last.parse::<u32>().ok()?))
    };
    let Some((path, last)) = paras.get(index).and_then(steps) else { return false };
    let beside = |(other, number): (String, u32)| other == path && number.abs_diff(last) == 1;
    let before = paras.iter().take(index).rev().take(NEAR).find_map(steps);
    let behind = paras.iter().skip(index + 1).take(NEAR).find_map(steps);
    before.is_some_and(beside) || behind.is_some_and(beside)
}

/// Cuts `i) …; ii) …; iii) …` on one line into its clauses, when each is the one behind the last.
fn split_runs(paras: &mut Vec<Para>) {
    let mut result: Vec<Para> = Vec::with_capacity(paras.len());
    let mut rest = std::mem::take(paras).into_iter().peekable();
    while let Some(para) = rest.next() {
        result.push(para);
        // A list of its own inside of the clause may count like the list around it.
        let behind = rest.peek().and_then(|next| next.label.as_ref()).map(Printed::text);
        while let Some(next) = result.last_mut().and_then(|para| cut_run(para, behind.as_deref())) {
            result.push(next);
        }
    }
    *paras = result;
}

fn cut_run(para: &mut Para, behind: Option<&str>) -> Option<Para> {
    let label = para.label.as_ref().filter(|label| !label.is_bullet() && label.close.contains([')', '）']))?;
    let parsed = crate::numbering::Label::parse(&label.text());
    for reading in parsed {
        let next = reading.successor().to_string();
        if behind == Some(next.as_str()) {
            continue;
        }
        for stop in ["; ", "；"] {
            let wanted = format!("{stop}{next}");
            let Some(at) = para.text.find(&wanted) else { continue };
            let start = at + stop.len();
            let Some((printed, rest)) = label::split(&para.text[start..], false) else { continue };
            if printed.text() != next || rest.is_empty() {
                continue;
            }
            let cut = Para {
                line: para.line,
                indent: para.indent,
                whole: para.text[start..].to_owned(),
                text: rest,
                label: Some(printed),
                ..Para::default()
            };
            para.text.truncate(start);
            let kept = para.text.trim_end().len();
            para.text.truncate(kept);
            return Some(cut);
        }
    }
    None
}

/// Cuts the acting organ off the first clause of the preamble where both are on one line: `The Council, Recalling …`
/// behind a title.
fn split_organs(paras: &mut Vec<Para>) {
    const NEAR: usize = 4;
    let mut result: Vec<Para> = Vec::with_capacity(paras.len());
    // How many paragraphs ago a title stood.
    let mut title = usize::MAX;
    for mut para in std::mem::take(paras) {
        let words = para.words();
        let is_title = wording::is_title(&words) || wording::numbered_title(&words).is_some();
        title = if is_title { 0 } else { title.saturating_add(1) };
        let cut = (title <= NEAR && para.label.is_none() && para.heading == 0)
            .then(|| para.text.find([',', '，', '،']))
            .flatten()
            .map(|at| at + para.text[at..].chars().next().map_or(1, char::len_utf8))
            .filter(|at| {
                let (organ, rest) = para.text.split_at(*at);
                let rest = rest.trim_start();
                width(organ) <= 60
                    && organ.starts_with(char::is_uppercase)
                    && rest.starts_with(char::is_uppercase)
                    && wording::names_organ(organ)
                    && wording::opening(organ).is_none()
                    && opens_clause(rest).is_some()
            });
        if let Some(at) = cut {
            let rest = para.text[at..].trim_start().to_owned();
            let line = para.line;
            let indent = para.indent;
            para.text.truncate(at);
            para.whole.clone_from(&para.text);
            result.push(para);
            result.push(Para { line, indent, whole: rest.clone(), text: rest, ..Para::default() });
        } else {
            result.push(para);
        }
    }
    *paras = result;
}

/// Finds the identity of each resolution and what stands between it and the first clause.
fn titles(paras: &mut [Para], report: &mut Imported) {
    for index in 0..paras.len() {
        let para = &paras[index];
        if para.rule || para.label.is_some() {
            continue;
        }
        let words = para.words();
        if wording::is_proposal(&words) {
            paras[index].role = Role::Proposal;
        } else if wording::is_title(&words) {
            paras[index].role = Role::Title;
        } else if let Some(at) = numbered_title(paras, index, &words) {
            paras[index].role = Role::TitleAndSubject(at);
        }
    }
    running_heads(paras);
    let none = !paras.iter().any(|para| matches!(para.role, Role::Title | Role::TitleAndSubject(_)));
    if none {
        // The highest heading that the text begins with.
        if let Some(first) = paras.iter().position(|para| para.heading > 0).filter(|at| *at < 12) {
            let words = paras[first].words();
            if !wording::is_annex(&words) && wording::opening(&words).is_none() {
                paras[first].role = Role::Title;
            }
        }
    }
    let mut index = 0;
    while index < paras.len() {
        if matches!(paras[index].role, Role::Title | Role::TitleAndSubject(_)) {
            index = subject(paras, index);
        }
        index += 1;
    }
    let untitled = paras
        .iter()
        .enumerate()
        .filter(|(index, para)| {
            para.role == Role::Proposal
                && !paras[index + 1..]
                    .iter()
                    .find(|next| !next.rule)
                    .is_some_and(|next| matches!(next.role, Role::Title | Role::TitleAndSubject(_)))
        })
        .map(|(_, para)| para.line);
    for line in untitled {
        report.notes.push(Note {
            line,
            message:
                "No resolution's number was found behind this proposal mark. Write it on a line that begins with `# `."
                    .to_owned(),
        });
    }
}

/// `70/222. South-South cooperation`, when the acting organ stands on the next line or the one behind it.
fn numbered_title(paras: &[Para], index: usize, words: &str) -> Option<usize> {
    let at = wording::numbered_title(words)?;
    let organ = (index + 1..paras.len()).take(4).any(|next| {
        let words = paras[next].words();
        width(&words) < 160
            && paras[next].label.is_none()
            && wording::names_organ(&words)
            && (!words.trim_end().ends_with(STOPS) || is_stopped_organ(paras, next, &words))
    });
    // The byte is one of the words; marks before it would shift it.
    ((organ || wording::has_session(words)) && paras[index].whole.starts_with(words.get(..at)?)).then_some(at)
}

/// Whether a line names the acting organ though it ends with a full stop, which a scanner made of the comma: it is short
/// and an opening verb follows.
fn is_stopped_organ(paras: &[Para], index: usize, words: &str) -> bool {
    width(words) <= 60
        && words.trim_end().ends_with('.')
        && wording::names_organ(words)
        && paras
            .get(index + 1)
            .is_some_and(|next| next.text.starts_with(char::is_uppercase) && opens_clause(&next.text).is_some())
}

/// A title that is printed again on top of a page is none.
fn running_heads(paras: &mut [Para]) {
    let mut current = String::new();
    for para in paras {
        match para.role {
            Role::Proposal => current.clear(),
            Role::Title => {
                let words = para.words().to_lowercase().split_whitespace().collect::<String>();
                if words == current {
                    para.role = Role::Text;
                } else {
                    current = words;
                }
            }
            _ => {}
        }
    }
}

/// Finds what stands between the title at `title` and the first heading or clause. Returns the index of the last
/// paragraph that it gave a role.
fn subject(paras: &mut [Para], title: usize) -> usize {
    const MOST: usize = 9;
    let end = (title + 1..paras.len())
        .take(MOST)
        .find(|index| {
            let para = &paras[*index];
            para.label.is_some() || para.rule || para.role != Role::Text || wording::is_annex(&para.words())
        })
        .unwrap_or((title + 1 + MOST).min(paras.len()));
    let candidates = title + 1..end;
    // The acting organ: the last line with a comma before a heading or an opening verb.
    let opens = |index: usize| {
        paras.get(index).is_none_or(|next| {
            let words = next.words();
            next.label.is_some()
                || is_emphasis(&next.whole)
                || next.whole.starts_with(EMPHASIS)
                || wording::opening(&words).is_some()
        })
    };
    let enacting = candidates
        .clone()
        .find(|index| {
            let words = paras[*index].words();
            let words = words.trim_end();
            width(words) <= 240
                && paras[*index].heading == 0
                && (words.ends_with([',', '，', '،', ':', '：']) || is_stopped_organ(paras, *index, words))
                && wording::names_organ(words)
                && opens(index + 1)
        })
        .or_else(|| {
            candidates.clone().find(|index| {
                let words = paras[*index].words();
                width(&words) <= 160
                    && paras[*index].heading == 0
                    && wording::names_organ(&words)
                    && !words.trim_end().ends_with(STOPS)
                    && wording::opening(&words).is_none()
                    && paras
                        .get(index + 1)
                        .is_some_and(|next| wording::opening(&next.words()).is_some() || is_emphasis(&next.whole))
                    && (*index > title + 1 || !paras[title].words().contains('.'))
            })
        });
    let stop = enacting.unwrap_or(end);
    let mut last = title;
    for index in title + 1..stop {
        let words = paras[index].words();
        let short = width(&words) <= 300 && !words.trim_end().ends_with(STOPS);
        let heading = paras[index].heading > 0;
        if (is_emphasis(&paras[index].whole) && !heading) || wording::is_field(&words) {
            break;
        }
        if wording::is_adoption(&words) && !heading {
            // Only next to the title: between subject and organ it stays a paragraph.
            if last == index - 1 && (title + 1..index).all(|at| paras[at].role == Role::Adoption) {
                paras[index].role = Role::Adoption;
                last = index;
                continue;
            }
            break;
        }
        // Without an acting organ behind them only headings are sure to be the subject, or one short line.
        let sure = enacting.is_some() || heading || (last == title && wording::opening(&words).is_none());
        if !short || !sure || matches!(paras[title].role, Role::TitleAndSubject(_)) && !heading {
            break;
        }
        paras[index].role = Role::Subject;
        last = index;
    }
    if let Some(index) = enacting {
        paras[index].role = Role::Enacting;
        last = index;
    }
    last
}

/// Cuts a heading off the end of a clause that it was run into: `…, instructs the Secretary-General` before `1.`
fn split_headings(paras: &mut Vec<Para>) {
    let mut result: Vec<Para> = Vec::with_capacity(paras.len());
    let mut paras_iter = std::mem::take(paras).into_iter().peekable();
    let mut in_body = false;
    while let Some(mut para) = paras_iter.next() {
        in_body |= matches!(para.role, Role::Title | Role::TitleAndSubject(_) | Role::Enacting);
        let cut = paras_iter
            .peek()
            .filter(|next| in_body && para.role == Role::Text && para.heading == 0 && !para.rule && next.begins_list())
            .filter(|next| !next.label.as_ref().is_some_and(Printed::is_bullet))
            // A line that begins with its verb is a heading as a whole.
            .filter(|_| para.label.is_some() || wording::opening(&para.words()).is_none())
            .and_then(|_| run_in_heading(&para.text));
        match cut {
            Some(at) => {
                let heading = para.text[at..].trim().to_owned();
                let kept = para.text[..at].trim_end().len();
                para.text.truncate(kept);
                let line = para.line;
                result.push(para);
                result.push(Para {
                    line,
                    whole: heading.clone(),
                    text: heading,
                    role: Role::Heading,
                    ..Para::default()
                });
            }
            None => result.push(para),
        }
    }
    *paras = result;
}

/// The byte behind the comma at which a heading begins that ends a line without a stop.
fn run_in_heading(text: &str) -> Option<usize> {
    const LONGEST: usize = 240;
    let words = text.trim_end();
    if words.ends_with(STOPS) || words.ends_with(COMMAS) || words.ends_with([':', '：']) {
        return None;
    }
    // Not before the last stop that ends a clause.
    let from = words.rmatch_indices([';', '；', '؛', '。']).next().map_or(0, |(at, stop)| at + stop.len());
    let mut found: Option<(usize, bool)> = None;
    for (at, comma) in words[from..].match_indices(COMMAS) {
        let behind = from + at + comma.len();
        let rest = words[behind..].trim_start();
        let start = words.len() - rest.len();
        if start == behind && comma == "," || width(rest) > LONGEST || rest.starts_with(EMPHASIS_END) {
            continue;
        }
        let Some(len) = wording::opening(rest) else { continue };
        // Of several the last that acts; what only says why goes with it.
        let acts = wording::is_operative(&rest[..len]);
        if acts || found.is_none_or(|(_, other)| !other) {
            found = Some((start, acts));
        }
    }
    found.map(|(start, _)| start)
}

/// Finds section headings, annexes and reasons.
fn headings(paras: &mut [Para]) {
    let titled = paras.iter().any(|para| matches!(para.role, Role::Title | Role::TitleAndSubject(_) | Role::Proposal));
    let styles = un_style(paras);
    let mut in_body = !titled;
    // What ended the text before: a heading follows a comma, the acting organ, or another heading.
    let mut before = Before::Start;
    // Whether the paragraph before had its own verb, with a capital letter.
    let mut verbs = false;
    for index in 0..paras.len() {
        if paras[index].rule {
            before = Before::Start;
            continue;
        }
        match paras[index].role {
            Role::Proposal => {
                in_body = false;
                before = Before::Start;
                continue;
            }
            Role::Title | Role::TitleAndSubject(_) => {
                in_body = true;
                before = Before::Start;
                continue;
            }
            Role::Enacting => {
                in_body = true;
                before = Before::Comma;
                continue;
            }
            Role::Text => {}
            _ => {
                before = Before::Start;
                continue;
            }
        }
        let words = paras[index].words();
        if wording::reasons(&words).is_some() {
            paras[index].role = Role::Reasons;
            // Behind the reasons the next proposal's own introduction begins.
            in_body = in_body && !titled;
            before = Before::Start;
            continue;
        }
        if paras[index].label.is_none() && wording::is_annex(&words) {
            paras[index].role = Role::Division;
            before = Before::Start;
            continue;
        }
        let next = paras[index + 1..].iter().find(|para| !para.rule);
        let un = styles[index] || (verbs && words.starts_with(char::is_uppercase));
        verbs = paras[index].label.is_none()
            && words.starts_with(char::is_uppercase)
            && opens_clause(&words).is_some()
            && words.trim_end().ends_with([',', ';']);
        if in_body && paras[index].label.is_none() && is_heading(&paras[index], &words, before, next, un) {
            paras[index].role = Role::Heading;
            before = Before::Heading;
            continue;
        }
        // An acting organ that a converter took for a heading is none.
        let organ = words.trim_end().ends_with(COMMAS) && wording::names_organ(&words);
        if paras[index].heading > 0 && in_body && !organ {
            paras[index].role = Role::Division;
            before = Before::Start;
            continue;
        }
        let end = words.trim_end();
        before = if end.ends_with(COMMAS) {
            Before::Comma
        } else if end.ends_with(STOPS) || end.ends_with([':', '：']) {
            Before::Stop
        } else {
            Before::Words
        };
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Before {
    /// A title, an annex, a line: nothing that a heading goes on from.
    Start,
    /// A clause that ends with a comma, or the acting organ.
    Comma,
    /// A clause that ends with another stop.
    Stop,
    /// A text without a stop.
    Words,
    /// Another heading.
    Heading,
}

/// Whether a paragraph without a label is the heading of a section.
fn is_heading(para: &Para, words: &str, before: Before, next: Option<&Para>, un: bool) -> bool {
    const LONGEST: usize = 260;
    if is_emphasis(&para.whole) {
        return true;
    }
    let Some(next) = next else { return false };
    let trimmed = words.trim();
    // A line of a table of contents: it ends with the number of a page.
    if trimmed.rsplit_once('\t').is_some_and(|(_, page)| page.trim().chars().all(|c| c.is_ascii_digit())) {
        return false;
    }
    let bare = trimmed.trim_end_matches(wording::HEADING_ENDS);
    if bare.is_empty() || width(bare) > LONGEST || bare.ends_with(STOPS) || para.whole.contains(RAW) {
        return false;
    }
    let stop = trimmed.len() > bare.len();
    let listed = next.begins_list() && !next.label.as_ref().is_some_and(Printed::is_bullet);
    let text_follows = next.label.is_none() && next.role == Role::Text && next.heading == 0;
    match wording::opening(bare) {
        Some(len) if len == bare.len() => next.label.is_some() || text_follows,
        // Where each paragraph has its own verb there are no headings.
        _ if un => false,
        // Behind a semicolon the clause goes on: what ends with a colon there is one of its paragraphs.
        Some(_) if stop => {
            listed && before != Before::Stop && !trimmed.ends_with([';', '；', '؛']) && width(bare) <= 120
        }
        Some(_) => listed || (text_follows && width(bare) <= 160) || next.heading > 0 || is_emphasis(&next.whole),
        // An opening verb that is not known, where only a heading can stand.
        None => before == Before::Comma && !stop && listed && width(bare) <= 80,
    }
}

/// Makes blocks of the paragraphs: nests the clauses of each section and puts its footnotes behind it.
fn blocks(paras: Vec<Para>, source: &Source) -> Vec<Block> {
    let mut notes = source.footnotes.iter().peekable();
    let mut blocks: Vec<Block> = Vec::with_capacity(paras.len());
    let mut section: Vec<(Para, nest::Item)> = Vec::new();
    let mut emphasise = false;
    let styles = un_style(&paras);
    let running = running(&paras);
    for ((para, style), running) in paras.into_iter().zip(styles).zip(running) {
        let starts = !matches!(para.role, Role::Text | Role::Enacting) || para.rule;
        if starts {
            close_section(&mut blocks, &mut section, emphasise);
            // Not between a title and its subject.
            let of_title = matches!(para.role, Role::Subject | Role::Adoption);
            while let Some(note) = notes.next_if(|note| !of_title && note.line < para.line) {
                blocks.push(footnote(note));
            }
        }
        emphasise = style;
        let block = |kind: Kind, text: String| Block { line: para.line, kind, text, label: None, level: 0 };
        if para.rule {
            blocks.push(block(Kind::Break, String::new()));
            continue;
        }
        match para.role {
            Role::Proposal => {
                blocks.push(block(Kind::Proposal, para.whole.split_whitespace().collect::<Vec<_>>().join(" ")));
            }
            Role::Title => {
                blocks.push(block(Kind::Title, without_emphasis(&para.whole)));
            }
            Role::TitleAndSubject(at) => {
                blocks.push(block(Kind::Title, para.whole[..at].trim().to_owned()));
                blocks.push(block(Kind::Subject, without_emphasis(&para.whole[at..])));
            }
            Role::Adoption => match blocks.last_mut().filter(|last| last.kind == Kind::Title) {
                Some(title) => join(&mut title.text, &para.whole),
                None => blocks.push(block(Kind::Paragraph, para.whole.clone())),
            },
            Role::Subject => {
                let text = without_joints(&without_emphasis(&para.whole));
                match blocks.last_mut().filter(|last| last.kind == Kind::Subject) {
                    Some(subject) => join(&mut subject.text, &text),
                    None => blocks.push(block(Kind::Subject, text)),
                }
            }
            Role::Division => blocks.push(block(Kind::Division, without_emphasis(&para.whole))),
            Role::Heading => {
                let text = para.whole.trim();
                let bare = text.trim_end_matches(wording::HEADING_ENDS);
                let end = &text[bare.len()..];
                blocks.push(block(
                    Kind::Heading,
                    format!("{EMPHASIS}{}{EMPHASIS_END}{}", without_emphasis(bare), end.trim()),
                ));
            }
            Role::Reasons => {
                let len = wording::reasons(&para.whole).unwrap_or(0);
                let (lead, rest) = para.whole.split_at(len);
                let lead = lead.trim_end();
                let space = if lead.ends_with('：') { "" } else { " " };
                blocks.push(block(Kind::Reasons, format!("{lead}{space}{rest}")));
            }
            Role::Text | Role::Enacting => {
                let text = para.text.trim_end();
                let stop = text.ends_with(STOPS) || text.ends_with(COMMAS) || text.ends_with([':', '：']);
                let item = nest::Item {
                    indent: para.indent,
                    // A line without a stop between the clauses of a list is a heading of its own.
                    apart: para.label.is_none() && !stop && width(text) <= 120,
                    // Its clauses are numbered in digits; letters and brackets are of sub-clauses.
                    opens: style
                        && para.role == Role::Text
                        && para
                            .label
                            .as_ref()
                            .is_none_or(|label| label.close == "." && label.core.parse::<u32>().is_ok())
                        && (opens_clause(text).is_some() || (text.starts_with(EMPHASIS) && !is_emphasis(text))),
                    announces: text.ends_with([':', '：']),
                    headed: para.label.is_some() && !stop && width(text) <= 160,
                    ..para.label.as_ref().filter(|_| !running).map(Printed::item).unwrap_or_default()
                };
                // A list may follow without the colon that announces it.
                let lists = item.opens && !stop && para.label.is_none();
                section.push((para, nest::Item { announces: item.announces || lists, ..item }));
            }
        }
    }
    close_section(&mut blocks, &mut section, emphasise);
    blocks.extend(notes.map(footnote));
    blocks
}

fn footnote(note: &super::source::Footnote) -> Block {
    Block { line: note.line, kind: Kind::Footnote(note.name.clone()), text: note.text.clone(), label: None, level: 0 }
}

/// For each paragraph, whether it is the head of a page that came between two halves of a clause: `V. Resolutions
/// adopted on the reports of the Committee`. It counts nothing.
fn running(paras: &[Para]) -> Vec<bool> {
    let open = |text: &str| text.trim_end().ends_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '(' | ')'));
    (0..paras.len())
        .map(|index| {
            let (para, before) = (&paras[index], index.checked_sub(1).and_then(|before| paras.get(before)));
            let capital = para
                .label
                .as_ref()
                .is_some_and(|label| label.core.chars().all(char::is_uppercase) && label.close == ".");
            let goes_on = paras
                .get(index + 1)
                .is_some_and(|next| next.label.is_none() && next.text.starts_with(char::is_lowercase));
            let broken = before.is_some_and(|before| {
                before.role == Role::Text && width(&before.text) > 80 && open(&before.text) && before.heading == 0
            });
            capital && open(&para.text) && (goes_on || broken)
        })
        .collect()
}

/// For each paragraph, whether its resolution is set as the United Nations do: no headings, the opening verb in front of
/// each paragraph. The first paragraph behind the acting organ tells.
fn un_style(paras: &[Para]) -> Vec<bool> {
    let mut styles = vec![false; paras.len()];
    let mut start = 0;
    while start < paras.len() {
        let end = (start + 1..paras.len())
            .find(|index| matches!(paras[*index].role, Role::Title | Role::TitleAndSubject(_)))
            .unwrap_or(paras.len());
        let from = paras[start..end].iter().position(|para| para.role == Role::Enacting).map_or(start, |at| start + at);
        let first = paras[from..end].iter().find(|para| {
            para.role == Role::Text && !para.rule && para.heading == 0
                // A text without any title may begin with its acting organ.
                && !(paras[start].role == Role::Text && wording::names_organ(&para.words()) && para.text.ends_with(COMMAS))
        });
        let style = first.is_some_and(|para| {
            let words = para.words();
            // The number of a footnote may stand behind the stop.
            let bare = words.trim_end().trim_end_matches(|c: char| c.is_numeric() || c == '*');
            let ends = bare.ends_with(STOPS) || bare.ends_with(COMMAS);
            let marked = para.whole.starts_with(EMPHASIS) && !is_emphasis(&para.whole);
            // One that announces a list may be a heading; the paragraphs behind it tell.
            let others = || {
                let openers = paras[from..end].iter().filter(|para| {
                    let capital = para.text.starts_with(char::is_uppercase);
                    para.role == Role::Text
                        && (para.label.is_none() || (capital && para.digits().is_some()))
                        && opens_clause(&para.text).is_some()
                        && (para.text.ends_with(STOPS) || para.text.ends_with(COMMAS))
                });
                openers.take(2).count() == 2
            };
            marked || (opens_clause(&para.text).is_some() && (ends || width(&words) > 160 || others()))
        });
        styles[start..end].fill(style);
        start = end;
    }
    styles
}

/// The length of the opening verb of a paragraph that has more words behind it, and is not emphasised yet. In scripts
/// with capitals it has one.
fn opens_clause(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    if first.is_lowercase() || first == EMPHASIS {
        return None;
    }
    let len = wording::opening(text)?;
    (len < text.trim_end().len()).then_some(len)
}

/// Nests the clauses of a section and appends them.
fn close_section(blocks: &mut Vec<Block>, section: &mut Vec<(Para, nest::Item)>, emphasise: bool) {
    let (paras, items): (Vec<Para>, Vec<nest::Item>) = std::mem::take(section).into_iter().unzip();
    let places = nest::nest(&items);
    for (para, place) in paras.into_iter().zip(places) {
        let mut text = para.text;
        if para.label.is_none() && is_emphasis(&text) {
            // A line of the cover: it would be read as the heading of a section.
            text = without_emphasis(&text);
        }
        if emphasise
            && place.level == 0
            && para.role != Role::Enacting
            && let Some(len) = opens_clause(&text)
        {
            text = format!("{EMPHASIS}{}{EMPHASIS_END}{}", &text[..len], &text[len..]);
        }
        blocks.push(Block { line: para.line, kind: Kind::Paragraph, text, label: para.label, level: place.level });
    }
}

/// A title or heading needs no emphasis of its own.
fn without_emphasis(text: &str) -> String {
    text.chars().filter(|c| !matches!(*c, EMPHASIS | EMPHASIS_END)).collect::<String>().trim().to_owned()
}

/// Without the spaces that stand between two Chinese characters where lines of a subject were joined.
fn without_joints(text: &str) -> String {
    let wide = |c: char| ('\u{2e80}'..='\u{9fff}').contains(&c) || ('\u{ff00}'..='\u{ffef}').contains(&c);
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == ' ' && out.chars().next_back().is_some_and(wide) && chars.peek().copied().is_some_and(wide) {
            continue;
        }
        out.push(c);
    }
    out
}
