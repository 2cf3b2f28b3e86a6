//! Findings for people: each with the line it is in.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet, normalize_untrusted_str};
use unicode_segmentation::UnicodeSegmentation;

use super::check::Judged;
use super::inputs::relative;
use super::output::{BOLD, GREEN, Output};
use super::place::Span;
use crate::citation::{ResolutionId, Version};
use crate::rules::{Finding, Place, Severity};
use crate::syntax::TextRange;
use crate::workspace::{File, Reading, Snapshot};

/// What is quoted before and behind what is underlined, in characters, of a line that is longer than both.
const AROUND: usize = 400;

/// Prints every finding and, last, how many there are.
pub(super) fn print(judged: &[Judged<'_>], snapshot: &Snapshot, output: &mut Output) -> io::Result<()> {
    let renderer = Renderer::styled().decor_style(DecorStyle::Unicode).term_width(output.width);
    for Judged { target, findings } in judged {
        let Some(file) = snapshot.file(target.file) else { continue };
        let name = target.name.display().to_string();
        for finding in findings {
            let group = group(finding, file, &name, snapshot);
            output.print(&format!("{}\n\n", renderer.render(&[group])))?;
        }
    }
    output.print(&summary(judged))
}

fn group<'a>(finding: &'a Finding, file: &'a File, name: &'a str, snapshot: &Snapshot) -> Group<'a> {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Information => Level::INFO,
        Severity::Hint => Level::NOTE.with_name("hint"),
    };
    let mut group = level.primary_title(&finding.message).id(finding.rule).element(origin(finding.range, file, name));
    // Related places in the lines quoted anyway are marked there, the others quoted below.
    let quote = Quote::of(finding.range, &file.reading);
    let mut annotations = vec![AnnotationKind::Primary.span(quote.span.clone())];
    let mut notes = Vec::new();
    for related in &finding.related {
        match &related.place {
            Place::Here(range) => match quote.locate(*range) {
                Some(span) => annotations.push(AnnotationKind::Context.span(span).label(related.message.as_str())),
                None => notes.push((related.message.as_str(), Some(*range))),
            },
            Place::Resolution(id, version) => {
                notes.push((related.message.as_str(), None));
                if let Some(place) = place_of(id, version.as_ref(), snapshot) {
                    group = group.element(Level::NOTE.message(clean(&format!("{}: {place}", related.message))));
                    notes.pop();
                }
            }
        }
    }
    group = group.element(quote.snippet(annotations));
    for (message, range) in notes {
        group = group.element(Level::NOTE.message(clean(message)));
        if let Some(range) = range {
            let quote = Quote::of(range, &file.reading);
            let annotation = AnnotationKind::Context.span(quote.span.clone());
            group = group.element(origin(range, file, name)).element(quote.snippet(vec![annotation]));
        }
    }
    for fix in &finding.fixes {
        group = group.element(Level::HELP.message(clean(&fix.title)));
    }
    group
}

fn origin<'a>(range: TextRange, file: &File, name: &'a str) -> Origin<'a> {
    let span = Span::of(range, &file.reading.rope);
    Origin::path(name).line(span.line).char_column(span.column)
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

/// Lines to quote, shortened where they are very long.
struct Quote<'a> {
    text: Cow<'a, str>,
    /// The number of the first line, from 1.
    first_line: usize,
    /// What to underline, in bytes of `text`.
    span: std::ops::Range<usize>,
    /// Where `text` begins in the document; `None` if it was shortened.
    start: Option<usize>,
}

impl<'a> Quote<'a> {
    /// The first line of `range`.
    fn of(range: TextRange, reading: &'a Reading) -> Quote<'a> {
        let (text, rope) = (&*reading.text, &reading.rope);
        let start = usize::from(range.start()).min(text.len());
        let index = rope.byte_to_line(start);
        let line_start = rope.line_to_byte(index);
        let next = rope.line_to_byte((index + 1).min(rope.len_lines()));
        let line = text.get(line_start..next).unwrap_or_default().trim_end_matches(['\n', '\r']);
        let start = (start - line_start).min(line.len());
        let end = usize::from(range.end()).saturating_sub(line_start).clamp(start, line.len());
        let first_line = index + 1;
        if line.len() <= 3 * AROUND {
            return Quote { text: Cow::Borrowed(line), first_line, span: start..end, start: Some(line_start) };
        }
        let part = |from: usize, to: usize| line.get(from..to).unwrap_or_default();
        let left = last(part(0, start), AROUND);
        let marked = first(part(start, end), AROUND);
        let right = first(part(end, line.len()), AROUND);
        let span = left.len()..left.len() + marked.len();
        Quote { text: Cow::Owned(format!("{left}{marked}{right}")), first_line, span, start: None }
    }

    /// Where a range of the document is in the quoted text.
    fn locate(&self, range: TextRange) -> Option<std::ops::Range<usize>> {
        let start = usize::from(range.start()).checked_sub(self.start?)?;
        let end = usize::from(range.end()).checked_sub(self.start?)?;
        (end <= self.text.len()).then_some(start..end)
    }

    fn snippet(self, annotations: Vec<Annotation<'a>>) -> Snippet<'a, Annotation<'a>> {
        Snippet::source(self.text).line_start(self.first_line).annotations(annotations)
    }
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
