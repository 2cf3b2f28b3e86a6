//! The words of one paragraph, read off its nodes.

use std::mem::take;
use std::sync::Arc;

use text_size::{TextRange, TextSize};
use tree_sitter::{Node, TreeCursor};

use super::document::*;
use super::kind::Kind;
use super::lower::{push_children, range_of, trimmed};
use super::view::{Mark, MarkKind, Side, Sides, ViewWords};
use super::words::{Memory, Words};

/// The readings that what is being read belongs to.
type In = Sides<bool>;
const BOTH: In = Sides { in_force: true, amended: true };

/// Reads the words of paragraphs, one after the other.
pub(super) struct Inline<'a, 'tree> {
    text: &'a str,
    cursor: TreeCursor<'tree>,
    /// The children of the nodes that are being read, of inner ones behind those of outer ones.
    children: Vec<Node<'tree>>,
    /// Where the paragraph begins: all that is kept counts from here.
    base: TextSize,
    now: Reading,
}

/// What has been read of a paragraph.
#[derive(Default)]
struct Reading {
    in_force: ViewWords,
    /// The text as amended; `None` as long as it is the same.
    amended: Option<ViewWords>,
    /// A soft line break was read and not yet written, in each reading.
    space: Sides<bool>,
    changes: Vec<Change>,
    problems: Vec<SyntaxProblem>,
    label: Option<(TextRange, LabelWords)>,
    footnote: Option<String>,
}

impl<'a, 'tree> Inline<'a, 'tree> {
    pub fn new(text: &'a str, root: Node<'tree>) -> Inline<'a, 'tree> {
        Inline { text, cursor: root.walk(), children: Vec::new(), base: TextSize::default(), now: Reading::default() }
    }

    /// The words of a paragraph: of those `children` of its node that lie in `range`, and the text between them.
    pub fn read(&mut self, kind: ParagraphKind, children: &[Node<'tree>], range: TextRange) -> Arc<Words> {
        self.base = range.start();
        self.now.in_force.text.reserve_exact(range.len().into());
        let mut at = range.start();
        for child in children {
            if !self.child(*child, &mut at, range, BOTH) {
                break;
            }
        }
        self.rest(at, range, BOTH);
        let Reading { mut in_force, mut amended, changes, problems, label, footnote, .. } = take(&mut self.now);
        in_force.finish();
        amended.iter_mut().for_each(ViewWords::finish);
        let amended = amended.filter(|amended| *amended != in_force);
        let body_start = match (&label, kind) {
            (Some((label, _)), _) => range.start() + label.end(),
            (None, ParagraphKind::Title | ParagraphKind::Subject | ParagraphKind::DivisionHeading) => {
                range.start() + TextSize::of(hashes(self.slice(range)))
            }
            _ => range.start(),
        };
        let body = trimmed(self.text, TextRange::new(body_start.min(range.end()), range.end()));
        let (label_range, label) = label.unzip();
        Arc::new(Words {
            kind,
            len: range.len(),
            body: body - self.base,
            label_range,
            label: label.unwrap_or_default(),
            in_force,
            amended,
            changes,
            problems,
            footnote,
            memory: Memory::default(),
        })
    }

    /// Reads the children of `node` that lie in `range`, and the text between them.
    fn nodes(&mut self, node: Node<'tree>, range: TextRange, sides: In) {
        let children = push_children(&mut self.cursor, node, &mut self.children);
        let mut at = range.start();
        for index in children.clone() {
            let Some(child) = self.children.get(index).copied() else { break };
            if !self.child(child, &mut at, range, sides) {
                break;
            }
        }
        self.children.truncate(children.start);
        self.rest(at, range, sides);
    }

    /// Reads a child, after the text from `at` up to it. Returns whether there may be more in `range`.
    fn child(&mut self, child: Node<'tree>, at: &mut TextSize, range: TextRange, sides: In) -> bool {
        let kind = Kind::of(child);
        if kind == Kind::Other {
            return true;
        }
        let child_range = range_of(child);
        if child_range.start() < *at || child_range.is_empty() {
            return true;
        }
        if child_range.start() >= range.end() {
            return false;
        }
        if self.special(child, kind, child_range, *at, sides) {
            *at = child_range.end();
        }
        true
    }

    fn rest(&mut self, at: TextSize, range: TextRange, sides: In) {
        if at < range.end() {
            self.plain(TextRange::new(at, range.end()), sides);
        }
    }

    /// Reads `node` if it is more than plain text, after the plain text from `at` up to it. Returns whether it was.
    fn special(&mut self, node: Node<'tree>, kind: Kind, range: TextRange, at: TextSize, sides: In) -> bool {
        let before = TextRange::new(at, range.start());
        match kind {
            Kind::Label => {
                self.plain(before, sides);
                self.label(node, sides);
            }
            Kind::Emphasis => {
                self.plain(before, sides);
                self.marked(node, inner(range, 1, 1), MarkKind::Emphasis, "", sides);
            }
            Kind::Insertion => {
                self.plain(before, sides);
                let words = inner(range, 3, 3);
                self.change(ChangeKind::Insertion, range, None, Some(words));
                self.nodes(node, words, Sides { in_force: false, ..sides });
            }
            Kind::Deletion => {
                self.plain(before, sides);
                let words = inner(range, 3, 3);
                self.change(ChangeKind::Deletion, range, Some(words), None);
                self.nodes(node, words, Sides { amended: false, ..sides });
            }
            Kind::Substitution => {
                self.plain(before, sides);
                self.substitution(node, sides);
            }
            Kind::Comment => {
                self.plain(before, sides);
                self.change(ChangeKind::Comment, range, None, Some(inner(range, 3, 3)));
            }
            Kind::Bracketed => {
                self.plain(before, sides);
                let start = self.ends();
                self.plain(TextRange::at(range.start(), 1.into()), sides);
                self.nodes(node, inner(range, 1, 1), sides);
                self.plain(TextRange::new(range.end() - TextSize::new(1), range.end()), sides);
                self.mark(MarkKind::Bracketed, start, "", range, sides);
            }
            Kind::PinnedCitation => {
                self.plain(before, sides);
                let target = child_of_kind(node, Kind::CitationTarget);
                let words_end = target.map_or(range.end(), |target| range_of(target).start());
                let words = inner(TextRange::new(range.start(), words_end), 1, 2);
                let target = target.map_or("", |target| self.slice(range_of(target)));
                self.marked(node, words, MarkKind::Pinned, target, sides);
            }
            Kind::FootnoteReference => {
                self.plain(before, sides);
                let name = child_of_kind(node, Kind::FootnoteName).map_or("", |name| self.slice(range_of(name)));
                let start = self.ends();
                self.mark(MarkKind::Footnote, start, name, range, sides);
            }
            Kind::FootnoteName => {
                self.plain(before, sides);
                self.now.footnote = Some(self.slice(range).to_owned());
            }
            Kind::Escape => {
                self.plain(before, sides);
                self.plain(TextRange::new(range.start() + TextSize::new(1), range.end()), sides);
            }
            Kind::LineBreak => {
                self.plain(before, sides);
                for side in Side::BOTH {
                    self.now.space[side] |= sides[side];
                }
            }
            Kind::UnclosedChange => {
                self.plain(before, sides);
                let range_here = range - self.base;
                self.now.problems.push(SyntaxProblem { kind: SyntaxProblemKind::UnclosedChange, range: range_here });
                self.plain(range, sides);
            }
            Kind::Sigil => self.plain(before, sides),
            _ => return false,
        }
        true
    }

    fn slice(&self, range: TextRange) -> &'a str {
        self.text.get(usize::from(range.start())..usize::from(range.end())).unwrap_or_default()
    }

    /// The readings that something of `sides` has to be written to; from the first change on each for itself.
    fn written(&mut self, sides: In) -> impl Iterator<Item = Side> + use<> {
        if sides != BOTH && self.now.amended.is_none() {
            self.now.amended = Some(self.now.in_force.clone());
            self.now.space.amended = self.now.space.in_force;
        }
        let written = Sides { in_force: sides.in_force, amended: sides.amended && self.now.amended.is_some() };
        Side::BOTH.into_iter().filter(move |side| written[*side])
    }

    fn view(&mut self, side: Side) -> &mut ViewWords {
        match (side, &mut self.now.amended) {
            (Side::Amended, Some(amended)) => amended,
            _ => &mut self.now.in_force,
        }
    }

    /// Where the text of each reading ends so far.
    fn ends(&self) -> Sides<TextSize> {
        let in_force = self.now.in_force.end();
        Sides { in_force, amended: self.now.amended.as_ref().map_or(in_force, ViewWords::end) }
    }

    fn plain(&mut self, range: TextRange, sides: In) {
        let text = self.slice(range);
        let base = self.base;
        for side in self.written(sides) {
            let (mut text, mut start) = (text, range.start());
            let space = self.now.space[side];
            let view = self.view(side);
            if view.text.is_empty() || space {
                let trimmed = text.trim_start();
                start += TextSize::of(text) - TextSize::of(trimmed);
                text = trimmed;
            }
            let Some(next) = text.chars().next() else { continue };
            if space
                && let Some(last) = view.text.chars().next_back()
                && !last.is_whitespace()
                && !(is_chinese(last) && is_chinese(next))
            {
                view.push_space();
            }
            view.push(text, start - base);
            self.now.space[side] = false;
        }
    }

    fn label(&mut self, node: Node<'tree>, sides: In) {
        let range = range_of(node);
        // The label is read as a text of its own, whose changes are the paragraph's.
        let mut around = take(&mut self.now);
        self.nodes(node, range, sides);
        let mut label = take(&mut self.now);
        around.changes.append(&mut label.changes);
        let shown = |view: &ViewWords| {
            let text = view.text.trim();
            (!text.is_empty()).then(|| text.to_owned())
        };
        let in_force = shown(&label.in_force);
        let amended = label.amended.as_ref().map_or_else(|| in_force.clone(), shown);
        self.now = around;
        let written = self.slice(range).trim_end();
        let range = TextRange::at(range.start() - self.base, TextSize::of(written));
        let tracked = in_force != amended;
        self.now.label = Some((range, LabelWords { text: Sides { in_force, amended }, tracked }));
    }

    fn substitution(&mut self, node: Node<'tree>, sides: In) {
        let range = range_of(node);
        let whole = inner(range, 3, 3);
        let old = child_of_kind(node, Kind::OldText);
        let new = child_of_kind(node, Kind::NewText);
        // The old words may be nothing (`{~~~>new~~}`), and so may the new ones.
        let old_range = old.map_or(TextRange::empty(whole.start()), range_of);
        let new_range = new.map_or(TextRange::empty(whole.end()), range_of);
        self.change(ChangeKind::Substitution, range, Some(old_range), Some(new_range));
        if let Some(old) = old {
            self.nodes(old, old_range, Sides { amended: false, ..sides });
        }
        if let Some(new) = new {
            self.nodes(new, new_range, Sides { in_force: false, ..sides });
        }
    }

    fn change(&mut self, kind: ChangeKind, range: TextRange, old: Option<TextRange>, new: Option<TextRange>) {
        let here = |range: Option<TextRange>| range.map(|range| range - self.base);
        let change = Change { kind, range: range - self.base, old: here(old), new: here(new) };
        self.now.changes.push(change);
    }

    fn marked(&mut self, node: Node<'tree>, words: TextRange, kind: MarkKind, target: &str, sides: In) {
        let start = self.ends();
        self.nodes(node, words, sides);
        self.mark(kind, start, target, range_of(node), sides);
    }

    fn mark(&mut self, kind: MarkKind, start: Sides<TextSize>, target: &str, source: TextRange, sides: In) {
        let source = source - self.base;
        for side in self.written(sides) {
            let view = self.view(side);
            let mut range = TextRange::new(start[side], view.end());
            // A soft line break written in front of the first word is not part of what is marked.
            if let Some(rest) = view.text.get(std::ops::Range::<usize>::from(range))
                && rest.starts_with(' ')
                && kind != MarkKind::Footnote
            {
                range = TextRange::new(range.start() + TextSize::new(1), range.end());
            }
            if !range.is_empty() || kind == MarkKind::Footnote {
                view.marks.push(Mark { kind, range, target: target.to_owned(), source });
            }
        }
    }
}

fn child_of_kind(node: Node<'_>, kind: Kind) -> Option<Node<'_>> {
    let mut cursor = node.walk();
    node.children(&mut cursor).find(|child| Kind::of(*child) == kind)
}

/// Without the sigils, of `front` and `back` bytes, at both ends.
fn inner(range: TextRange, front: u32, back: u32) -> TextRange {
    let start = (range.start() + TextSize::new(front)).min(range.end());
    let end = range.end().checked_sub(TextSize::new(back)).unwrap_or(start).max(start);
    TextRange::new(start, end)
}

/// The `#` signs that a heading begins with.
fn hashes(text: &str) -> &str {
    &text[..text.len() - text.trim_start_matches('#').len()]
}

/// Characters that are written without spaces between words: Chinese and its punctuation.
fn is_chinese(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}
