//! A preview as lines for a terminal.

use std::ops::Range;

use unicode_linebreak::{BreakOpportunity, linebreaks};
use unicode_width::UnicodeWidthStr;

use super::{Align, Block, Changed, LabelPlace, Layout, Preview, Role, Run, RunKind};
use crate::syntax::Language;

/// The widths that make sense, in columns.
pub const WIDTHS: Range<usize> = 20..1000;

/// How far a sub-clause stands in, and a label's text behind it, in columns.
const STEP: usize = 4;

/// The kind of mark that leads somewhere.
const CITATION: &str = "citation";

/// A line of a terminal.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// The words, without white space at the end.
    pub text: String,
    /// The line of the source on which the paragraph begins, from 0.
    pub line: Option<u32>,
    /// What stretches of it are, in text order.
    pub marks: Vec<Mark>,
}

/// What a stretch of a line is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// In bytes of the line.
    pub range: Range<usize>,
    /// What it is.
    pub kind: &'static str,
    /// Of a citation: its place in [`Preview::links`].
    pub link: Option<usize>,
}

/// How tracked changes stand in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changes {
    /// As words with a mark.
    Marked,
    /// With the signs of the markup around them as well, for a terminal that shows no marks.
    Signed,
}

/// A preview as lines of at most `width` columns, which is brought into [`WIDTHS`].
pub fn lines(preview: &Preview, width: usize, changes: Changes) -> Vec<Line> {
    let width = width.clamp(WIDTHS.start, WIDTHS.end);
    let mut lines: Vec<Line> = Vec::new();
    for (index, sheet) in preview.sheets.iter().enumerate() {
        if index > 0 {
            lines.push(Line::default());
            lines.push(Line { text: "═".repeat(width), ..Line::default() });
        }
        let mut foot = false;
        for block in &sheet.blocks {
            if !lines.is_empty() {
                lines.push(Line::default());
            }
            if block.role == Role::Footnote && !foot {
                lines.push(Line { text: "─".repeat(width / 3), ..Line::default() });
            }
            foot = block.role == Role::Footnote;
            lines.extend(of_block(block, sheet.layout, sheet.language, width, changes));
        }
    }
    lines
}

/// Words with what they are.
struct Marked {
    changes: Changes,
    text: String,
    marks: Vec<Mark>,
}

impl Marked {
    fn new(changes: Changes) -> Marked {
        Marked { changes, text: String::new(), marks: Vec::new() }
    }

    fn push(&mut self, text: &str, kinds: &[&'static str]) {
        self.push_link(text, kinds, None);
    }

    /// Words that are the citation at `link`, when there is one: two that touch are two.
    fn push_link(&mut self, text: &str, kinds: &[&'static str], link: Option<usize>) {
        let start = self.text.len();
        // Neither a line break nor a control character may reach a terminal. Wide spaces set something in.
        let shown = |c: char| match c {
            '\u{2003}' | '\u{3000}' => c,
            _ if c.is_whitespace() => ' ',
            _ if c.is_control() => '\u{fffd}',
            _ => c,
        };
        self.text.extend(text.chars().map(shown));
        if self.text.len() == start {
            return;
        }
        for kind in kinds {
            let link = link.filter(|_| *kind == CITATION);
            let same = |mark: &&mut Mark| mark.kind == *kind && mark.range.end == start && mark.link == link;
            match self.marks.iter_mut().rev().take(8).find(same) {
                Some(mark) => mark.range.end = self.text.len(),
                None => self.marks.push(Mark { range: start..self.text.len(), kind, link }),
            }
        }
    }

    fn push_runs(&mut self, runs: &[Run], capitals: bool, kinds: &[&'static str]) {
        for changed in runs.chunk_by(|a, b| a.style.change == b.style.change) {
            let change = changed.first().and_then(|run| run.style.change);
            let signs = match change.filter(|_| self.changes == Changes::Signed) {
                Some(Changed::Inserted) => ("{++", "++}"),
                Some(Changed::Deleted) => ("{--", "--}"),
                None => ("", ""),
            };
            self.push(signs.0, kinds);
            changed.iter().for_each(|run| self.push_run(run, capitals, kinds));
            self.push(signs.1, kinds);
        }
    }

    fn push_run(&mut self, run: &Run, capitals: bool, kinds: &[&'static str]) {
        let style = run.style;
        let mut all: Vec<&'static str> = kinds.to_vec();
        let mut add = |wanted: bool, kind: &'static str| {
            if wanted && !all.contains(&kind) {
                all.push(kind);
            }
        };
        add(style.emphasis, "emphasis");
        add(style.strong, "strong");
        add(style.change == Some(Changed::Inserted), "insertion");
        add(style.change == Some(Changed::Deleted), "deletion");
        add(style.kind == RunKind::Comment, "comment");
        add(style.kind == RunKind::FootnoteReference, "footnote");
        add(style.kind == RunKind::Text && style.link.is_some(), CITATION);
        match style.kind {
            RunKind::Comment => self.push(&format!("‹{}›", run.text), &all),
            RunKind::FootnoteReference => self.push(&format!("[{}]", run.text), &all),
            RunKind::Text | RunKind::Code if capitals => self.push_link(&run.text.to_uppercase(), &all, style.link),
            RunKind::Text | RunKind::Code => self.push_link(&run.text, &all, style.link),
        }
    }
}

fn of_block(block: &Block, layout: &Layout, language: Language, width: usize, changes: Changes) -> Vec<Line> {
    let look = layout.look(block.role);
    let mut kinds: Vec<&'static str> = Vec::new();
    if matches!(block.role, Role::Title | Role::Subject | Role::Division | Role::DivisionTitle | Role::Heading) {
        kinds.push("heading");
    }
    if look.strong {
        kinds.push("strong");
    }
    if look.emphasis {
        kinds.push("emphasis");
    }
    // However deep it is nested, half of the width is left for words.
    let step = |steps: u16| (usize::from(steps) * STEP).min(width / 2);
    let mut indent = step(block.level.saturating_add(look.indent));
    let mut words = Marked::new(changes);
    let hanging = look.label == LabelPlace::Hanging;
    let mut label = Marked::new(changes);
    label.push_runs(&block.label, false, &["label"]);
    let mut first = if look.first_line && indent == 0 { STEP } else { 0 };
    if !label.text.is_empty() {
        let gap = STEP.saturating_sub(label.text.width()).max(1);
        label.push(&" ".repeat(gap), &[]);
        if hanging {
            indent += STEP;
        } else {
            words = std::mem::replace(&mut label, Marked::new(changes));
        }
    } else if matches!(block.role, Role::Clause | Role::Text) && language == Language::Zh && first + indent == 0 {
        first = STEP;
    }
    words.push_runs(&block.words, look.capitals, &kinds);
    let mut lines = wrapped(&words, width, indent, first, look.align);
    if hanging
        && !label.text.is_empty()
        && let Some(line) = lines.first_mut()
    {
        put_label(line, &label, indent);
    }
    lines.iter_mut().for_each(|line| line.line = block.line);
    lines
}

/// Puts a label into the indentation of the first line.
fn put_label(line: &mut Line, label: &Marked, indent: usize) {
    let start = indent.saturating_sub(STEP);
    let front = format!("{}{}", " ".repeat(start), label.text);
    let words = line.text.get(indent..).unwrap_or_default();
    let moved = |range: &Range<usize>| (range.start - indent + front.len())..(range.end - indent + front.len());
    let own = label.marks.iter().map(|mark| Mark { range: mark.range.start + start..mark.range.end + start, ..*mark });
    let marks = own.chain(line.marks.iter().map(|mark| Mark { range: moved(&mark.range), ..*mark })).collect();
    *line = Line { text: format!("{front}{words}").trim_end().to_owned(), line: line.line, marks };
    let end = line.text.len();
    line.marks.retain(|mark| mark.range.start < end);
    line.marks.iter_mut().for_each(|mark| mark.range.end = mark.range.end.min(end));
}

/// Breaks words into lines where Unicode lets them be broken (UAX #14).
fn wrapped(words: &Marked, width: usize, indent: usize, first: usize, align: Align) -> Vec<Line> {
    let text = words.text.as_str();
    let mut breaks: Vec<Range<usize>> = Vec::new();
    let (mut start, mut fits, mut column) = (0, 0, indent + first);
    let mut at = 0;
    for (end, kind) in linebreaks(text) {
        let piece = text.get(at..end).unwrap_or_default();
        let (full, visible) = (piece.width(), piece.trim_end().width());
        if column + visible > width && fits > start {
            breaks.push(start..fits);
            start = fits;
            column = indent;
        }
        column += full;
        fits = end;
        at = end;
        if kind == BreakOpportunity::Mandatory {
            breaks.push(start..end);
            (start, column) = (end, indent);
        }
    }
    if breaks.is_empty() || start < text.len() {
        breaks.push(start..text.len());
    }
    let mut marks = words.marks.iter().peekable();
    let mut open: Vec<&Mark> = Vec::new();
    let mut lines = Vec::new();
    for (number, range) in breaks.into_iter().enumerate() {
        let own = text.get(range.clone()).unwrap_or_default().trim_end();
        let end = range.start + own.len();
        let set_in = indent + if number == 0 { first } else { 0 };
        let front = match align {
            Align::Start => set_in,
            Align::Center => width.saturating_sub(own.width()) / 2,
        };
        while let Some(mark) = marks.next_if(|mark| mark.range.start < range.end) {
            open.push(mark);
        }
        open.retain(|mark| mark.range.end > range.start);
        let here = open.iter().filter_map(|mark| {
            let (from, to) = (mark.range.start.max(range.start), mark.range.end.min(end));
            (from < to).then(|| Mark { range: from - range.start + front..to - range.start + front, ..**mark })
        });
        let marks: Vec<Mark> = here.collect();
        lines.push(Line { text: format!("{}{own}", " ".repeat(front)), line: None, marks });
    }
    lines
}
