//! Findings for people: each with the line it is in.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io;
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet, normalize_untrusted_str};
use ropey::Rope;
use unicode_segmentation::UnicodeSegmentation;

use super::check::Judged;
use super::inputs::relative;
use super::output::{BOLD, GREEN, Output};
use super::place::Span;
use crate::citation::{ResolutionId, Version};
use crate::rules::{Finding, Place, Severity};
use crate::syntax::{TextRange, TextSize};
use crate::workspace::{File, Snapshot};

/// What is quoted before and behind what is underlined, in characters, of a line that is longer than both.
const AROUND: usize = 400;

/// How much is written at once, in bytes.
const AT_ONCE: usize = 1 << 16;

/// How many lines below each other two places are quoted together.
const MOST_LINES: usize = 60;

/// Prints every finding and, last, how many there are.
pub(super) fn print(judged: &[Judged<'_>], snapshot: &Snapshot, output: &mut Output) -> io::Result<()> {
    let renderer = Renderer::styled().decor_style(DecorStyle::Unicode).term_width(output.width);
    let mut text = String::new();
    for Judged { target, findings } in judged {
        let Some(file) = snapshot.file(target.file) else { continue };
        let name = target.name.display().to_string();
        for finding in findings {
            let group = group(finding, file, &name, snapshot);
            text.push_str(&renderer.render(&[group]));
            text.push_str("\n\n");
            if text.len() > AT_ONCE {
                output.print(&text)?;
                text.clear();
            }
        }
    }
    text.push_str(&summary(judged));
    output.print(&text)
}

fn group<'a>(finding: &'a Finding, file: &'a File, name: &'a str, snapshot: &Snapshot) -> Group<'a> {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Information => Level::INFO,
        Severity::Hint => Level::NOTE.with_name("hint"),
    };
    let mut group = Group::with_title(level.primary_title(&finding.message).id(finding.rule));
    let here: Vec<(TextRange, &str)> = finding
        .related
        .iter()
        .filter_map(|related| match &related.place {
            Place::Here(range) => Some((*range, related.message.as_str())),
            Place::Resolution(..) => None,
        })
        .collect();
    let ranges: Vec<TextRange> = here.iter().map(|(range, _)| *range).chain([finding.range]).collect();
    // Related places nearby are marked in the same quotation, others get one of their own.
    match Quote::together(&ranges, file.text(), &file.rope()) {
        Some(quote) => {
            let mut annotations = vec![AnnotationKind::Primary.span(quote.locate(finding.range))];
            let contexts =
                here.iter().map(|(range, text)| AnnotationKind::Context.span(quote.locate(*range)).label(*text));
            annotations.extend(contexts);
            group = group.element(quote.snippet(name, annotations));
        }
        None => {
            group = quoted(group, AnnotationKind::Primary, finding.range, file, name);
            for (range, text) in here {
                group =
                    quoted(group.element(Level::NOTE.message(clean(text))), AnnotationKind::Context, range, file, name);
            }
        }
    }
    for related in &finding.related {
        if let Place::Resolution(id, version) = &related.place {
            let text = match place_of(id, version.as_ref(), snapshot) {
                Some(place) => format!("{}: {place}", related.message),
                None => related.message.clone(),
            };
            group = group.element(Level::NOTE.message(clean(&text)));
        }
    }
    for fix in &finding.fixes {
        group = group.element(Level::HELP.message(clean(&fix.title)));
    }
    group
}

/// With one range quoted on its own.
fn quoted<'a>(group: Group<'a>, kind: AnnotationKind, range: TextRange, file: &'a File, name: &'a str) -> Group<'a> {
    let quote = Quote::alone(range, file.text(), &file.rope());
    let annotation = kind.span(quote.locate(range));
    if quote.shortened.is_none() {
        return group.element(quote.snippet(name, vec![annotation]));
    }
    // The column has to be told: the one in the shortened line is another.
    let span = Span::of(range, &file.rope());
    let origin = Origin::path(name).line(span.line).char_column(span.column);
    group.element(origin).element(quote.snippet_without_path(vec![annotation]))
}

/// Where a person finds the text of a resolution.
fn place_of(id: &ResolutionId, version: Option<&Version>, snapshot: &Snapshot) -> Option<String> {
    let definitions = snapshot.defining(id);
    let definition = definitions
        .iter()
        .find(|definition| version.is_some() && definition.version.as_ref() == version)
        .or(definitions.first().filter(|_| version.is_none()))?;
    let file = snapshot.file(definition.file)?;
    let path = file.location.path().map(|path| relative(path).display().to_string());
    Some(path.unwrap_or_else(|| file.location.to_string()))
}

fn clean(text: &str) -> Cow<'static, str> {
    Cow::Owned(normalize_untrusted_str(text))
}

/// Lines to quote.
struct Quote<'a> {
    text: Cow<'a, str>,
    /// The number of the first line, from 1.
    first_line: usize,
    /// Where the first line begins in the document.
    start: usize,
    /// Of a shortened line: what to underline, in bytes of `text`.
    shortened: Option<Range<usize>>,
}

impl<'a> Quote<'a> {
    /// The lines from the first to the last of these ranges; `None` if that is too much to quote.
    fn together(ranges: &[TextRange], text: &'a str, rope: &Rope) -> Option<Quote<'a>> {
        let first = ranges.iter().map(|range| line_of(range.start(), rope)).min()?;
        let last = ranges.iter().map(|range| line_of(range.start(), rope)).max()?;
        if last - first > MOST_LINES {
            return None;
        }
        let lines = first..=last;
        if lines.clone().any(|index| line(index, text, rope).len() > 3 * AROUND) {
            return None;
        }
        let start = rope.line_to_byte(first);
        let end = rope.line_to_byte(last) + line(last, text, rope).len();
        let text = text.get(start..end)?;
        Some(Quote { text: Cow::Borrowed(text), first_line: first + 1, start, shortened: None })
    }

    /// The line in which a range begins, shortened where it is very long.
    fn alone(range: TextRange, text: &'a str, rope: &Rope) -> Quote<'a> {
        if let Some(quote) = Quote::together(&[range], text, rope) {
            return quote;
        }
        let index = line_of(range.start(), rope);
        let line = line(index, text, rope);
        let line_start = rope.line_to_byte(index);
        let start = usize::from(range.start()).saturating_sub(line_start).min(line.len());
        let end = usize::from(range.end()).saturating_sub(line_start).clamp(start, line.len());
        let part = |from: usize, to: usize| line.get(from..to).unwrap_or_default();
        let left = last(part(0, start), AROUND);
        let marked = first(part(start, end), AROUND);
        let right = first(part(end, line.len()), AROUND);
        let span = left.len()..left.len() + marked.len();
        let text = Cow::Owned(format!("{left}{marked}{right}"));
        Quote { text, first_line: index + 1, start: line_start, shortened: Some(span) }
    }

    /// Where a range of the document is in the quoted text. What goes on over several lines is underlined in its first.
    fn locate(&self, range: TextRange) -> Range<usize> {
        if let Some(span) = &self.shortened {
            return span.clone();
        }
        let start = usize::from(range.start()).saturating_sub(self.start).min(self.text.len());
        let end = usize::from(range.end()).saturating_sub(self.start).clamp(start, self.text.len());
        let marked = self.text.get(start..end).unwrap_or_default();
        start..marked.find(['\n', '\r']).map_or(end, |line_break| start + line_break)
    }

    fn snippet(self, name: &'a str, annotations: Vec<Annotation<'a>>) -> Snippet<'a, Annotation<'a>> {
        self.snippet_without_path(annotations).path(name)
    }

    fn snippet_without_path(self, annotations: Vec<Annotation<'a>>) -> Snippet<'a, Annotation<'a>> {
        Snippet::source(self.text).line_start(self.first_line).annotations(annotations)
    }
}

fn line_of(offset: TextSize, rope: &Rope) -> usize {
    rope.byte_to_line(usize::from(offset).min(rope.len_bytes()))
}

/// A line without its line break.
fn line<'a>(index: usize, text: &'a str, rope: &Rope) -> &'a str {
    let start = rope.line_to_byte(index);
    let end = rope.line_to_byte((index + 1).min(rope.len_lines()));
    text.get(start..end).unwrap_or_default().trim_end_matches(['\n', '\r'])
}

/// The first `count` characters, with a sign if there are more.
fn first(text: &str, count: usize) -> String {
    match text.grapheme_indices(true).nth(count) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// The last `count` characters, with a sign if there are more.
fn last(text: &str, count: usize) -> String {
    match text.grapheme_indices(true).rev().nth(count) {
        Some((at, character)) => format!("…{}", &text[at + character.len()..]),
        None => text.to_owned(),
    }
}

/// How many findings of each severity there are, and where.
fn summary(judged: &[Judged<'_>]) -> String {
    let documents = judged.len();
    let with = judged.iter().filter(|file| !file.findings.is_empty()).count();
    if with == 0 {
        return match documents {
            0 => String::new(),
            _ => format!("{GREEN}Nothing found{GREEN:#} in {}\n", count(documents, "document")),
        };
    }
    let mut text = String::new();
    for (severity, name) in [
        (Severity::Error, "error"),
        (Severity::Warning, "warning"),
        (Severity::Information, "information"),
        (Severity::Hint, "hint"),
    ] {
        let number = judged.iter().flat_map(|file| &file.findings).filter(|f| f.severity == severity).count();
        if number > 0 {
            let separator = if text.is_empty() { "" } else { ", " };
            // “2 information” is what can be said of a mass noun.
            let named = if name == "information" { format!("{number} {name}") } else { count(number, name) };
            let _ = write!(text, "{separator}{named}");
        }
    }
    let place = if documents == 1 { String::new() } else { format!(" in {with} of {}", count(documents, "document")) };
    format!("{BOLD}Found {text}{BOLD:#}{place}\n")
}

/// `1 document`, `2 documents`.
pub(super) fn count(number: usize, name: &str) -> String {
    format!("{number} {name}{}", if number == 1 { "" } else { "s" })
}
