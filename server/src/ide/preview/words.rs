//! The words of a paragraph as a view shows them.

use std::collections::HashSet;

use super::{Changed, Run, RunKind, Style, View};
use crate::syntax::{ChangeKind, MarkKind, Paragraph, Side, Sides, TextRange, TextSize, View as Reading};

/// A stretch of the text that a view shows.
#[derive(Debug, Clone, Copy)]
struct Segment {
    source: TextRange,
    /// The reading that it is of, where it is one only.
    change: Option<Changed>,
    /// The space in front of it that stands for a line break, with the reading that has it; `Some(None)` for both.
    space: Option<Option<Changed>>,
}

/// What stands between the words of a paragraph, or is said of them.
#[derive(Debug, Default)]
pub(super) struct Annotations {
    /// Links, none overlapping another, in text order; each with its place in the list of links.
    pub links: Vec<(TextRange, usize)>,
    /// Numbers of footnotes, in text order.
    pub footnotes: Vec<FootnoteNumber>,
}

/// The number of a footnote behind a word.
#[derive(Debug)]
pub(super) struct FootnoteNumber {
    /// Where it stands.
    pub source: TextRange,
    /// What it is called.
    pub name: String,
    /// The readings that have it.
    pub sides: Sides<bool>,
    /// Its link.
    pub link: Option<usize>,
}

/// The words of a paragraph in a view, without the comments that are `hidden`.
pub(super) fn words(
    text: &str,
    paragraph: &Paragraph,
    view: View,
    notes: &Annotations,
    hidden: &HashSet<TextRange>,
) -> Vec<Run> {
    let mut emphases: Vec<TextRange> = Vec::new();
    for side in Side::BOTH.into_iter().filter(|side| view.shows(*side)) {
        let view = &paragraph.views[side];
        emphases.extend(view.marks_of(MarkKind::Emphasis).map(|mark| view.mark_source(mark)));
    }
    emphases.sort_by_key(|range| (range.start(), range.end()));
    emphases.dedup();
    let mut points = points(text, paragraph, view, notes, hidden).into_iter().peekable();
    let mut emphases = emphases.into_iter().peekable();
    let mut links = notes.links.iter().copied().peekable();
    let mut out = Runs(Vec::new());
    for segment in segments(paragraph, view) {
        while let Some((_, run)) = points.next_if(|(at, _)| *at <= segment.source.start()) {
            out.0.push(run);
        }
        while emphases.next_if(|range| range.end() <= segment.source.start()).is_some() {}
        let emphasis = emphases.peek().is_some_and(|range| range.contains_range(segment.source));
        if let Some(change) = segment.space {
            let link = links
                .peek()
                .filter(|(range, _)| range.start() < segment.source.start() && segment.source.start() < range.end());
            out.push(" ", Style { emphasis, change, link: link.map(|(_, link)| *link), ..Style::default() });
        }
        let mut at = segment.source.start();
        while at < segment.source.end() {
            while links.next_if(|(range, _)| range.end() <= at).is_some() {}
            let (end, link) = match links.peek() {
                Some((range, link)) if range.start() <= at => (range.end().min(segment.source.end()), Some(*link)),
                Some((range, _)) => (range.start().min(segment.source.end()), None),
                None => (segment.source.end(), None),
            };
            let words = text.get(usize::from(at)..usize::from(end)).unwrap_or_default();
            out.push(words, Style { emphasis, change: segment.change, link, ..Style::default() });
            at = end;
        }
    }
    out.0.extend(points.map(|(_, run)| run));
    out.0
}

/// The label of a paragraph in a view.
pub(super) fn label(paragraph: &Paragraph, view: View) -> Vec<Run> {
    let Some(label) = &paragraph.label else { return Vec::new() };
    let side = match view {
        View::InForce => Side::InForce,
        View::AsAmended => Side::Amended,
        View::Tracked => {
            // The label of a clause of which all words are new is new as well, if no sign says so.
            let there = |side: Side| label.text[side].as_deref().filter(|_| paragraph.is_in(side));
            return tracked(there(Side::InForce).unwrap_or_default(), there(Side::Amended).unwrap_or_default());
        }
    };
    label.text[side].iter().map(Run::plain).collect()
}

/// What a label was and what it becomes; what both share, the parenthesis behind a letter, stands once.
fn tracked(old: &str, new: &str) -> Vec<Run> {
    let same = |(a, b): &(char, char)| a == b;
    let shared: usize = old.chars().rev().zip(new.chars().rev()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    let (old, tail) = old.split_at(old.len() - shared);
    let new = &new[..new.len() - shared];
    let mut out = Runs(Vec::new());
    out.push(old, Style { change: Some(Changed::Deleted), ..Style::default() });
    out.push(new, Style { change: Some(Changed::Inserted), ..Style::default() });
    out.push(tail, Style::default());
    out.0
}

struct Runs(Vec<Run>);

impl Runs {
    /// Appends words; those that look like the ones before become one with them.
    fn push(&mut self, text: &str, style: Style) {
        if text.is_empty() {
            return;
        }
        match self.0.last_mut() {
            Some(last) if last.style == style => last.text.push_str(text),
            _ => self.0.push(Run { text: text.to_owned(), style }),
        }
    }
}

/// What stands between the words: the numbers of footnotes and, in the tracked view, comments; in text order.
fn points(
    text: &str,
    paragraph: &Paragraph,
    view: View,
    notes: &Annotations,
    hidden: &HashSet<TextRange>,
) -> Vec<(TextSize, Run)> {
    let mut points = Vec::new();
    for number in &notes.footnotes {
        let change = match (number.sides.in_force, number.sides.amended) {
            (true, false) if view == View::Tracked => Some(Changed::Deleted),
            (false, true) if view == View::Tracked => Some(Changed::Inserted),
            _ => None,
        };
        let style = Style { change, kind: RunKind::FootnoteReference, link: number.link, ..Style::default() };
        points.push((number.source.start(), Run { text: number.name.clone(), style }));
    }
    if view == View::Tracked {
        let comments = paragraph.changes.iter().filter(|change| change.kind == ChangeKind::Comment);
        for comment in comments.filter(|change| !hidden.contains(&change.range)) {
            let words = comment.new.and_then(|range| text.get(std::ops::Range::<usize>::from(range)));
            let words = words.map(str::trim).filter(|words| !words.is_empty());
            let style = Style { kind: RunKind::Comment, ..Style::default() };
            points.extend(words.map(|words| (comment.range.start(), Run { text: words.to_owned(), style })));
        }
    }
    points.sort_by_key(|(at, _)| *at);
    points
}

/// The stretches of the text that a view shows, in text order.
fn segments(paragraph: &Paragraph, view: View) -> Vec<Segment> {
    let plain = |(source, space): (TextRange, bool)| Segment { source, change: None, space: space.then_some(None) };
    match view {
        View::InForce => pieces(&paragraph.views.in_force).into_iter().map(plain).collect(),
        View::Tracked if paragraph.is_tracked() => {
            merged(pieces(&paragraph.views.in_force), pieces(&paragraph.views.amended))
        }
        View::Tracked | View::AsAmended => pieces(&paragraph.views.amended).into_iter().map(plain).collect(),
    }
}

/// The pieces that a reading is made of, each with whether a space that stands for a line break is in front of it.
fn pieces(view: &Reading) -> Vec<(TextRange, bool)> {
    let mut end = TextSize::default();
    let pieces = view.source_pieces(TextRange::up_to(TextSize::of(&view.text)));
    let place = |piece: TextRange| {
        let start = view.to_view(piece.start()).unwrap_or(end);
        let space = start > end;
        end = start + piece.len();
        (piece, space)
    };
    pieces.into_iter().map(place).collect()
}

/// The pieces of both readings in one order; what both have stands once.
fn merged(in_force: Vec<(TextRange, bool)>, amended: Vec<(TextRange, bool)>) -> Vec<Segment> {
    let (mut old, mut new) = (in_force.into_iter(), amended.into_iter());
    let (mut a, mut b) = (old.next(), new.next());
    let mut out = Vec::new();
    loop {
        let (change, start, end) = match (a, b) {
            (None, None) => return out,
            (Some((a, _)), None) => (Some(Changed::Deleted), a.start(), a.end()),
            (None, Some((b, _))) => (Some(Changed::Inserted), b.start(), b.end()),
            (Some((a, _)), Some((b, _))) if a.start() == b.start() => (None, a.start(), a.end().min(b.end())),
            (Some((a, _)), Some((b, _))) if a.start() < b.start() => {
                (Some(Changed::Deleted), a.start(), a.end().min(b.start()))
            }
            (Some((a, _)), Some((b, _))) => (Some(Changed::Inserted), b.start(), b.end().min(a.start())),
        };
        let spaces = (
            change != Some(Changed::Inserted) && a.is_some_and(|(_, space)| space),
            change != Some(Changed::Deleted) && b.is_some_and(|(_, space)| space),
        );
        let space = match spaces {
            (true, true) => Some(change),
            (true, false) => Some(Some(Changed::Deleted)),
            (false, true) => Some(Some(Changed::Inserted)),
            (false, false) => None,
        };
        out.push(Segment { source: TextRange::new(start, end), change, space });
        for (piece, rest) in [(&mut a, &mut old), (&mut b, &mut new)] {
            if let Some((range, _)) = *piece
                && range.start() < end
            {
                let left = TextRange::new(end, range.end());
                *piece = if left.is_empty() { rest.next() } else { Some((left, false)) };
            }
        }
    }
}
