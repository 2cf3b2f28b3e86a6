//! The marks of word processors and converters: bookmarks, footnotes, HTML tags and entities.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::inline::{EMPHASIS, EMPHASIS_END, FOOTNOTE, FOOTNOTE_END, LITERAL, RAW, RAW_END};
use super::outline::join;
use super::source::{Footnote, Line, Source};
use super::{Dropped, Imported, Marker, inline};

macro_rules! pattern {
    ($name:ident, $text:expr) => {
        static $name: LazyLock<Regex> = LazyLock::new(|| Regex::new($text).expect("a pattern of this file is valid"));
    };
}

pattern!(BOOKMARK, r"\[bookmark:[^\]\[]{0,200}\]");
pattern!(REFERENCE, r"\[footnoteRef:(\d{1,6})\](\d{0,3})");
// `<sup>1</sup>` and `<sup>[1]</sup>`, also as a link to the note.
pattern!(SUPERSCRIPT, r"(?i)<sup>\s*\[?(\d{1,3}|\*)\]?\s*</sup>");
pattern!(SUPERSCRIPT_NOTE, r"(?i)^\s*<sup>\s*\[?(\d{1,3}|\*)\]?\s*</sup>\s*(\S.*)$");
pattern!(MARKDOWN_NOTE, r"^ {0,3}\[\^([^\]\s\[]{1,40})\]:[ \t]*(.*)$");
pattern!(COMMENT, r"<!--(.{0,2000}?)-->");
pattern!(PAGE, r"(?i)^\W*(page|página|стр\.?|страница|第|صفحة)?\W*\d*\W*(页|頁)?\W*$");
pattern!(INSERTED, r"(?i)<ins(?:\s[^<>]{0,200})?>([^<>]{1,2000})</ins>");
pattern!(DELETED, r"(?i)<(?:del|s|strike)(?:\s[^<>]{0,200})?>([^<>]{1,2000})</(?:del|s|strike)>");
pattern!(EMPHASISED, r"(?i)<(?:i|em)(?:\s[^<>]{0,200})?>([^<>]{1,2000})</(?:i|em)>");
pattern!(TAG, r"(?i)</?(?:b|strong|i|em|u|span|p|div|br|hr|a|font|center|mark|small)(?:\s[^<>]{0,300})?/?>");
// One behind a backslash is what it is.
pattern!(ENTITY, r"[\\\u{fdd6}]?&(?:[A-Za-z][A-Za-z0-9]{1,30}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});");
pattern!(RULE, r"^\s*(?:-{3,}|_{3,}|\*{3,}|–{3,}|—{3,})\s*$");

/// Whether a line holds something that [`clean`] would take out, whatever stands on other lines.
pub(super) fn is_noisy(line: &str) -> bool {
    (line.contains('[') && (BOOKMARK.is_match(line) || REFERENCE.is_match(line)))
        || (line.contains('<')
            && [&SUPERSCRIPT_NOTE, &INSERTED, &DELETED, &EMPHASISED, &TAG].iter().any(|pattern| pattern.is_match(line)))
        || (line.contains("<!--") && COMMENT.captures(line).is_some_and(|found| !found[1].contains("<<}")))
        || (line.contains('&') && ENTITY.find_iter(line).any(|found| decoded(found.as_str()).is_some()))
}

/// What an entity stands for, if it is one.
fn decoded(entity: &str) -> Option<String> {
    let decoded = html_escape::decode_html_entities(entity);
    (entity.starts_with('&')
        && decoded != entity
        && !decoded.contains(|c: char| inline::is_control(c) || matches!(c, '\n' | '\r' | '\t')))
    .then(|| decoded.into_owned())
}

/// Takes the marks of converters out of the lines and reads what stands inside of them.
pub(super) fn clean(source: &mut Source, report: &mut Imported) {
    let Source { lines, markdown, footnotes, .. } = source;
    let mut names = Names::of(lines);
    word_footnotes(lines, footnotes, &mut names, report);
    superscript_footnotes(lines, footnotes, &mut names, report);
    markdown_footnotes(lines, footnotes);
    if *markdown {
        close_emphasis(lines);
    }
    for line in lines.iter_mut() {
        inside(line, *markdown, report);
    }
    for note in footnotes.iter_mut() {
        let mut line = Line { number: note.line, text: std::mem::take(&mut note.text) };
        inside(&mut line, *markdown, report);
        note.text = line.text.trim().to_owned();
    }
    footnotes.sort_by_key(|note| note.line);
}

/// Joins lines over which an emphasis goes on, as converters break them at a width.
fn close_emphasis(lines: &mut [Line]) {
    const MOST: usize = 6;
    for index in 0..lines.len() {
        if !lines[index].text.contains(['*', '_']) || !inline::is_open(&lines[index].text) {
            continue;
        }
        let mut joined = lines[index].text.clone();
        for next in index + 1..lines.len().min(index + MOST) {
            let text = lines[next].text.trim().to_owned();
            if text.is_empty() || joined.len() > 4000 {
                break;
            }
            // A backslash at the end of a line breaks it in Markdown.
            let kept = joined.trim_end().trim_end_matches('\\').len();
            joined.truncate(kept);
            join(&mut joined, &text);
            if !inline::is_open(&joined) {
                lines[index].text = joined;
                lines[index + 1..=next].iter_mut().for_each(|line| line.text.clear());
                break;
            }
        }
    }
}

/// The names of footnotes that are taken.
struct Names {
    taken: HashSet<String>,
    next: u32,
}

impl Names {
    fn of(lines: &[Line]) -> Names {
        static NAMED: LazyLock<Regex> =
            LazyLock::new(|| Regex::new(r"\[\^([^\]\s\[]{1,40})\]").expect("a pattern of this file is valid"));
        let taken = lines
            .iter()
            .filter(|line| line.text.contains("[^"))
            .flat_map(|line| NAMED.captures_iter(&line.text).map(|found| found[1].to_owned()))
            .collect();
        Names { taken, next: 1 }
    }

    /// `wished` itself if it is free, otherwise the next free number.
    fn take(&mut self, wished: &str) -> String {
        let mut name = wished.to_owned();
        while !self.taken.insert(name.clone()) {
            name = self.next.to_string();
            self.next += 1;
        }
        name
    }
}

/// `[footnoteRef:1]1 … [1: 1 text]`, as word processors' text filters print a footnote.
fn word_footnotes(lines: &mut [Line], notes: &mut Vec<Footnote>, names: &mut Names, report: &mut Imported) {
    if !lines.iter().any(|line| line.text.contains("[footnoteRef:")) {
        return;
    }
    // The texts first: the number that each one prints tells how many of the digits behind its reference are its own.
    let wanted: HashSet<String> =
        lines.iter().flat_map(|line| REFERENCE.captures_iter(&line.text).map(|found| found[1].to_owned())).collect();
    let mut printed: HashMap<String, String> = HashMap::new();
    let mut found: HashMap<String, usize> = HashMap::new();
    let mut index = 0;
    while index < lines.len() {
        let partners = partners(&lines[index].text);
        let mut kept = String::new();
        let mut at = 0;
        let mut unclosed = None;
        let text = std::mem::take(&mut lines[index].text);
        let mut search = 0;
        while let Some(offset) = text[search..].find('[') {
            let start = search + offset;
            search = start + 1;
            let Some((name, body)) = note_start(&text[start..]) else { continue };
            if !wanted.contains(name) || found.contains_key(name) {
                continue;
            }
            let body = start + body;
            let Some(end) = partners.get(&start).copied() else {
                unclosed.get_or_insert((start, body, name.to_owned()));
                continue;
            };
            kept.push_str(&text[at..start]);
            (at, search) = (end + 1, end + 1);
            found.insert(name.to_owned(), notes.len());
            notes.push(note(name, &text[body..end], lines[index].number, &mut printed, report));
        }
        kept.push_str(&text[at..]);
        lines[index].text = kept;
        // A footnote of several paragraphs.
        if let Some((_, _, name)) = unclosed {
            index = long_note(lines, index, &name, notes, &mut found, &mut printed, report).unwrap_or(index);
        }
        index += 1;
    }
    let mut given: HashMap<String, String> = HashMap::new();
    for line in lines.iter_mut().filter(|line| line.text.contains("[footnoteRef:")) {
        let number = line.number;
        line.text = REFERENCE
            .replace_all(&line.text, |reference: &Captures<'_>| {
                let (id, digits) = (&reference[1], &reference[2]);
                let own = match printed.get(id) {
                    Some(label) if digits.starts_with(label.as_str()) => label.len(),
                    _ if digits.len() == 3 && !digits.starts_with(id) => 1,
                    _ if digits.starts_with(id) => id.len(),
                    _ => digits.len().min(1),
                };
                let name = given.entry(id.to_owned()).or_insert_with(|| names.take(id)).clone();
                let text = format!("[footnoteRef:{id}]{}", &digits[..own]);
                report.dropped.push(Dropped { line: number, what: Marker::FootnoteNumber, text });
                format!("{FOOTNOTE}{name}{FOOTNOTE_END}{}", &digits[own..])
            })
            .into_owned();
    }
    for (id, index) in found {
        let name = given.entry(id.clone()).or_insert_with(|| names.take(&id)).clone();
        if let Some(note) = notes.get_mut(index) {
            note.name = name;
        }
    }
}

/// The name in `[1: ` and the offset behind it.
fn note_start(text: &str) -> Option<(&str, usize)> {
    let inner = text.strip_prefix('[')?;
    let digits = inner.len() - inner.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    (digits > 0 && digits < 7 && inner[digits..].starts_with(':')).then(|| (&inner[..digits], digits + 2))
}

/// For each `[` of a line that has one, the `]` that closes it.
fn partners(text: &str) -> HashMap<usize, usize> {
    let mut open = Vec::new();
    let mut partners = HashMap::new();
    if !text.contains(": ") && !text.contains(":\t") {
        return partners;
    }
    for (at, c) in text.char_indices() {
        match c {
            '[' => open.push(at),
            ']' => {
                if let Some(start) = open.pop() {
                    partners.insert(start, at);
                }
            }
            _ => {}
        }
    }
    partners
}

fn note(id: &str, body: &str, line: u32, printed: &mut HashMap<String, String>, report: &mut Imported) -> Footnote {
    let body = body.trim();
    let digits = body.len() - body.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let label = body.get(..digits).filter(|label| !label.is_empty() && label.len() < 4);
    // A number is the printed one when a space is behind it; otherwise the text itself begins with it.
    let label =
        label.filter(|label| body[label.len()..].starts_with([' ', '\t', '\u{a0}']) || body.len() == label.len());
    let mut text = format!("[{id}: ");
    let words = match label {
        Some(label) => {
            printed.insert(id.to_owned(), label.to_owned());
            text.push_str(label);
            body[label.len()..].trim_start()
        }
        None => body,
    };
    report.dropped.push(Dropped { line, what: Marker::FootnoteNumber, text });
    Footnote { name: id.to_owned(), line, text: words.to_owned() }
}

/// Reads a footnote that ends on a later line, at most twenty lines on. Returns the index of its last line.
fn long_note(
    lines: &mut [Line],
    first: usize,
    id: &str,
    notes: &mut Vec<Footnote>,
    found: &mut HashMap<String, usize>,
    printed: &mut HashMap<String, String>,
    report: &mut Imported,
) -> Option<usize> {
    let opening = format!("[{id}:");
    let start = lines[first].text.rfind(&opening)?;
    let mut body = lines[first].text[start + opening.len()..].trim().to_owned();
    let last = (first + 1..lines.len().min(first + 21)).find(|index| {
        let text = &lines[*index].text;
        text.trim_end().ends_with(']') && text.matches(']').count() > text.matches('[').count()
    })?;
    for line in &lines[first + 1..=last] {
        body.push(' ');
        body.push_str(line.text.trim());
    }
    let body = body.strip_suffix(']')?.to_owned();
    found.insert(id.to_owned(), notes.len());
    notes.push(note(id, &body, lines[first].number, printed, report));
    lines[first].text.truncate(start);
    lines[first + 1..=last].iter_mut().for_each(|line| line.text.clear());
    Some(last)
}

/// `<sup>1</sup>` in the text and at the start of a line that holds the note.
fn superscript_footnotes(lines: &mut [Line], notes: &mut Vec<Footnote>, names: &mut Names, report: &mut Imported) {
    if !lines.iter().any(|line| line.text.contains("<sup>") || line.text.contains("<SUP>")) {
        return;
    }
    // For each number the places of its texts, in order, with the name that each gets.
    let mut texts: HashMap<String, Vec<(usize, String)>> = HashMap::new();
    for index in 0..lines.len() {
        let Some(found) = SUPERSCRIPT_NOTE.captures(&lines[index].text) else { continue };
        let (label, words) = (found[1].to_owned(), found[2].to_owned());
        let wished = if label == "*" { "star" } else { label.as_str() };
        let name = names.take(wished);
        let number = lines[index].number;
        report.dropped.push(Dropped {
            line: number,
            what: Marker::FootnoteNumber,
            text: lines[index].text[..lines[index].text.len() - words.len()].trim().to_owned(),
        });
        notes.push(Footnote { name: name.clone(), line: number, text: words });
        texts.entry(label).or_default().push((index, name));
        lines[index].text.clear();
        // The line that sets the notes off from the text above them.
        let rule = lines[..index].iter_mut().rev().find(|line| !line.text.trim().is_empty());
        if let Some(rule) = rule.filter(|rule| RULE.is_match(&rule.text)) {
            let text = std::mem::take(&mut rule.text);
            report.dropped.push(Dropped { line: rule.number, what: Marker::FootnoteRule, text });
        }
    }
    for (index, line) in lines.iter_mut().enumerate() {
        if !line.text.contains('<') {
            continue;
        }
        let number = line.number;
        line.text = SUPERSCRIPT
            .replace_all(&line.text, |reference: &Captures<'_>| {
                let Some(places) = texts.get(&reference[1]) else { return reference[0].to_owned() };
                // The next text behind the reference, or the last one before it.
                let next = places.partition_point(|(at, _)| *at < index);
                let Some((_, name)) = places.get(next).or(places.last()) else { return reference[0].to_owned() };
                let text = reference[0].to_owned();
                report.dropped.push(Dropped { line: number, what: Marker::FootnoteNumber, text });
                format!("{FOOTNOTE}{name}{FOOTNOTE_END}")
            })
            .into_owned();
    }
}

/// `[^1]: text`, with indented lines that go on below.
fn markdown_footnotes(lines: &mut [Line], notes: &mut Vec<Footnote>) {
    let mut index = 0;
    while index < lines.len() {
        let found = MARKDOWN_NOTE.captures(&lines[index].text);
        let Some((name, mut text)) = found.map(|found| (found[1].to_owned(), found[2].to_owned())) else {
            index += 1;
            continue;
        };
        let number = lines[index].number;
        lines[index].text.clear();
        index += 1;
        while let Some(line) = lines.get_mut(index).filter(|line| line.text.starts_with([' ', '\t'])) {
            if !line.text.trim().is_empty() {
                text.push(' ');
                text.push_str(line.text.trim());
                line.text.clear();
            }
            index += 1;
        }
        notes.push(Footnote { name, line: number, text });
    }
}

/// Bookmarks, tags, comments and entities of one line, then its emphasis.
fn inside(line: &mut Line, markdown: bool, report: &mut Imported) {
    let number = line.number;
    let mut drop =
        |what: Marker, text: &str| report.dropped.push(Dropped { line: number, what, text: text.to_owned() });
    if line.text.contains("[bookmark:") {
        line.text = BOOKMARK
            .replace_all(&line.text, |found: &Captures<'_>| {
                drop(Marker::Bookmark, &found[0]);
                String::new()
            })
            .into_owned();
    }
    let mut text = std::mem::take(&mut line.text);
    if text.contains('<') {
        text = COMMENT
            .replace_all(&text, |found: &Captures<'_>| {
                if PAGE.is_match(&found[1]) {
                    drop(Marker::Tag, &found[0]);
                    String::new()
                } else if found[1].contains("<<}") {
                    found[0].to_owned()
                } else {
                    format!("{{>>{}<<}}", found[1].trim())
                }
            })
            .into_owned();
        for (pattern, open, close) in [(&INSERTED, "{++", "++}"), (&DELETED, "{--", "--}")] {
            text = pattern
                .replace_all(&text, |found: &Captures<'_>| {
                    if found[1].contains(close) {
                        return found[0].to_owned();
                    }
                    tags(&found[0], &mut drop);
                    format!("{open}{}{close}", &found[1])
                })
                .into_owned();
        }
    }
    text = inline::read(&text, markdown);
    if text.contains('<') {
        text = EMPHASISED
            .replace_all(&text, |found: &Captures<'_>| {
                tags(&found[0], &mut drop);
                if found[1].contains(EMPHASIS) || found[1].contains(RAW) || found[1].contains(RAW_END) {
                    return found[1].to_owned();
                }
                format!("{EMPHASIS}{}{EMPHASIS_END}", &found[1])
            })
            .into_owned();
        text = TAG
            .replace_all(&text, |found: &Captures<'_>| {
                drop(Marker::Tag, &found[0]);
                if found[0].to_ascii_lowercase().starts_with("<br") { " ".to_owned() } else { String::new() }
            })
            .into_owned();
    }
    if text.contains('&') {
        text = ENTITY
            .replace_all(&text, |found: &Captures<'_>| {
                let Some(decoded) = decoded(&found[0]) else { return found[0].to_owned() };
                drop(Marker::Entity, &found[0]);
                // What is written as an entity is no sigil.
                decoded.chars().flat_map(|c| [c.is_ascii_punctuation().then_some(LITERAL), Some(c)]).flatten().collect()
            })
            .into_owned();
    }
    line.text = text;
}

/// Reports the tags at both ends of `text`.
fn tags(text: &str, drop: &mut impl FnMut(Marker, &str)) {
    if let (Some(first), Some(last)) = (text.find('>'), text.rfind('<')) {
        drop(Marker::Tag, &text[..=first]);
        drop(Marker::Tag, &text[last..]);
    }
}
