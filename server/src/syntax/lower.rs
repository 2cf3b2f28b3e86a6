//! Tree to [`Document`].

use std::cmp::Reverse;

use text_size::{TextRange, TextSize};
use tree_sitter::{Node, Tree};

use super::document::*;
use super::view::{Mark, MarkKind, Side, Sides, View};

/// Reads the document off its tree. `text` must be the text that `tree` was parsed from.
///
/// Takes time in proportion to the text. What the tree does not explain is plain text of its paragraph.
pub fn lower(text: &str, tree: &Tree) -> Document {
    let mut lowering = Lowering {
        text,
        document: Document { len: TextSize::of(text), ..Document::default() },
        resolution: None,
        division: None,
        section: None,
        enclosing: TextRange::default(),
    };
    let root = tree.root_node();
    let mut cursor = root.walk();
    for node in root.children(&mut cursor) {
        lowering.block(node, None, 0);
    }
    lowering.finish()
}

struct Lowering<'a> {
    text: &'a str,
    document: Document,
    /// What the next paragraph stands in. `None`: nothing has begun yet.
    resolution: Option<ResolutionIndex>,
    division: Option<DivisionIndex>,
    section: Option<SectionIndex>,
    /// The range of the division or section whose children are read: its heading takes it.
    enclosing: TextRange,
}

impl<'a> Lowering<'a> {
    fn block(&mut self, node: Node<'_>, parent: Option<ParagraphIndex>, level: u16) {
        match node.kind() {
            "metadata" => self.metadata(node),
            "resolution" => {
                self.begin_resolution(range_of(node));
                self.children(node);
                self.division = None;
                self.section = None;
            }
            "proposal_mark" => self.proposal_mark(node),
            "title" => {
                let index = self.paragraph(node, ParagraphKind::Title, None, 0);
                let resolution = self.current_resolution_mut();
                resolution.title.get_or_insert(index);
            }
            "subject" => {
                let index = self.paragraph(node, ParagraphKind::Subject, None, 0);
                let resolution = self.current_resolution_mut();
                resolution.subject.get_or_insert(index);
            }
            "division" => {
                self.division = None;
                self.section = None;
                self.children(node);
                self.division = None;
                self.section = None;
            }
            "division_heading" => {
                let resolution = self.current_resolution();
                let heading = self.paragraph(node, ParagraphKind::DivisionHeading, None, 0);
                self.division = Some(DivisionIndex(self.document.divisions.len() as u32));
                self.section = None;
                self.document.divisions.push(Division { range: self.enclosing, resolution, heading });
            }
            "section" => {
                self.section = None;
                self.children(node);
                self.section = None;
            }
            "section_heading" => {
                self.section = None;
                let heading = self.paragraph(node, ParagraphKind::SectionHeading, None, 0);
                self.begin_section(self.enclosing, Some(heading));
            }
            "clause" => {
                let index = self.paragraph(node, ParagraphKind::Clause, parent, level);
                let mut cursor = node.walk();
                for child in node.children(&mut cursor).filter(|child| is_block(child.kind())) {
                    self.block(child, Some(index), level.saturating_add(1));
                }
            }
            "paragraph" => {
                self.paragraph(node, ParagraphKind::Text, parent, level);
            }
            "reasons" => {
                self.section = None;
                self.paragraph(node, ParagraphKind::Reasons, None, 0);
            }
            "footnote_definition" => {
                self.paragraph(node, ParagraphKind::Footnote, None, 0);
            }
            // A line of stars or dashes separates and says nothing.
            _ => {}
        }
    }

    fn children(&mut self, node: Node<'_>) {
        self.enclosing = range_of(node);
        let mut cursor = node.walk();
        for child in node.children(&mut cursor) {
            self.block(child, None, 0);
        }
    }

    fn slice(&self, range: TextRange) -> &'a str {
        self.text.get(usize::from(range.start())..usize::from(range.end())).unwrap_or_default()
    }

    fn metadata(&mut self, node: Node<'_>) {
        let mut cursor = node.walk();
        for entry in node.children(&mut cursor).filter(|child| child.kind() == "metadata_entry") {
            let Some(key) = entry.child_by_field_name("key") else { continue };
            let range = self.trimmed(range_of(entry));
            let value = entry.child_by_field_name("value");
            let value_range = value.map_or(TextRange::empty(range.end()), |value| self.trimmed(range_of(value)));
            self.document.metadata.push(MetadataEntry {
                key: self.slice(range_of(key)).trim().to_owned(),
                value: self.slice(value_range).to_owned(),
                range,
                value_range,
            });
        }
    }

    fn proposal_mark(&mut self, node: Node<'_>) {
        let range = self.trimmed(range_of(node));
        let kind = node.child_by_field_name("kind").map_or("", |kind| self.slice(range_of(kind)));
        let kind = match kind.trim_matches(|c: char| !c.is_ascii_alphabetic()) {
            "ADD" => ProposalKind::Add,
            "SUP" => ProposalKind::Suppress,
            "NOC" => ProposalKind::NoChange,
            _ => ProposalKind::Modify,
        };
        let number = node.child_by_field_name("number").map_or("", |number| self.slice(range_of(number)));
        let mark = ProposalMark { kind, number: number.trim().to_owned(), range };
        self.current_resolution_mut().proposal = Some(mark);
    }

    fn begin_resolution(&mut self, range: TextRange) {
        self.resolution = Some(ResolutionIndex(self.document.resolutions.len() as u32));
        self.division = None;
        self.section = None;
        let (sections, paragraphs) = (self.document.sections.len(), self.document.paragraphs.len());
        self.document.resolutions.push(Resolution {
            range,
            proposal: None,
            title: None,
            subject: None,
            enacting: None,
            sections: sections..sections,
            paragraphs: paragraphs..paragraphs,
        });
    }

    /// The resolution that has begun; text in front of the first mark or title begins one that has neither.
    fn current_resolution(&mut self) -> ResolutionIndex {
        if self.resolution.is_none() {
            self.begin_resolution(TextRange::up_to(self.document.len));
        }
        self.resolution.unwrap_or(ResolutionIndex(0))
    }

    fn current_resolution_mut(&mut self) -> &mut Resolution {
        let index = self.current_resolution().index();
        &mut self.document.resolutions[index]
    }

    fn begin_section(&mut self, range: TextRange, heading: Option<ParagraphIndex>) -> SectionIndex {
        let resolution = self.current_resolution();
        let index = SectionIndex(self.document.sections.len() as u32);
        let paragraphs = self.document.paragraphs.len();
        self.document.sections.push(Section {
            range,
            resolution,
            division: self.division,
            heading,
            paragraphs: paragraphs..paragraphs,
        });
        self.section = Some(index);
        self.document.resolutions[resolution.index()].sections.end = self.document.sections.len();
        index
    }

    fn paragraph(
        &mut self,
        node: Node<'_>,
        kind: ParagraphKind,
        parent: Option<ParagraphIndex>,
        level: u16,
    ) -> ParagraphIndex {
        let resolution = self.current_resolution();
        let range = self.own_range(node);
        let section = match kind {
            ParagraphKind::Title
            | ParagraphKind::Subject
            | ParagraphKind::DivisionHeading
            | ParagraphKind::SectionHeading => None,
            _ => Some(match self.section {
                Some(section) => section,
                None => self.begin_section(range, None),
            }),
        };
        let mut inline = Inline::new(self.text);
        inline.nodes(node, range, BOTH);
        for side in Side::BOTH {
            inline.views[side].marks.sort_by_key(|mark| (mark.range.start(), Reverse(mark.range.end())));
        }
        let Inline { views, changes, problems, label, footnote, .. } = inline;
        self.document.problems.extend(problems);
        let body_start = match (&label, kind) {
            (Some(label), _) => label.range.end(),
            (None, ParagraphKind::Title | ParagraphKind::Subject | ParagraphKind::DivisionHeading) => {
                range.start() + TextSize::of(hashes(self.slice(range)))
            }
            _ => range.start(),
        };
        let body = self.trimmed(TextRange::new(body_start.min(range.end()), range.end()));

        let index = ParagraphIndex(self.document.paragraphs.len() as u32);
        let indent = self.indent(range.start());
        self.document.paragraphs.push(Paragraph {
            kind,
            range,
            body,
            resolution,
            section,
            parent,
            level,
            indent,
            label,
            views,
            changes,
            footnote,
        });
        let end = self.document.paragraphs.len();
        self.document.resolutions[resolution.index()].paragraphs.end = end;
        if let Some(section) = section {
            let section = &mut self.document.sections[section.index()];
            section.paragraphs.end = end;
            section.range = section.range.cover(range);
        } else if let Some(section) = self.section {
            self.document.sections[section.index()].paragraphs = end..end;
        }
        index
    }

    /// The node's own words: without indentation, nested clauses and what follows the last word.
    fn own_range(&self, node: Node<'_>) -> TextRange {
        let range = range_of(node);
        let mut cursor = node.walk();
        let nested = match node.kind() {
            "clause" => node.children(&mut cursor).find(|child| is_block(child.kind())),
            _ => None,
        };
        let end = nested.map_or(range.end(), |nested| range_of(nested).start());
        self.trimmed(TextRange::new(range.start(), end.max(range.start())))
    }

    /// Without the white space at both ends.
    fn trimmed(&self, range: TextRange) -> TextRange {
        let text = self.slice(range);
        let front = text.trim_start();
        let start = range.start() + (TextSize::of(text) - TextSize::of(front));
        TextRange::at(start, TextSize::of(front.trim_end()))
    }

    /// The columns in front of a place in its line, a tab counting to the next multiple of four.
    fn indent(&self, offset: TextSize) -> u32 {
        let before = self.slice(TextRange::up_to(offset));
        let mut columns = 0;
        let line = before.rfind(['\n', '\r']).map_or(before, |at| &before[at + 1..]);
        for c in line.chars().take_while(|c| c.is_whitespace() || is_invisible(*c)) {
            columns = match c {
                '\t' => columns / 4 * 4 + 4,
                '\u{3000}' => columns + 2,
                _ if is_invisible(c) => columns,
                _ => columns + 1,
            };
        }
        columns
    }

    fn finish(mut self) -> Document {
        self.current_resolution();
        let starts: Vec<TextSize> =
            self.document.resolutions.iter().map(|resolution| resolution.range.start()).collect();
        for index in 0..starts.len() {
            let end = starts.get(index + 1).copied().unwrap_or(self.document.len);
            self.document.resolutions[index].range = TextRange::new(starts[index].min(end), end);
            self.document.resolutions[index].enacting = self.enacting_line(index);
        }
        if let Some(problem) = unclosed_metadata(self.text, &self.document) {
            self.document.problems.insert(0, problem);
        }
        self.document
    }

    /// The first paragraph before any heading that ends as an enacting line does, with a comma; else the first one.
    fn enacting_line(&self, resolution: usize) -> Option<ParagraphIndex> {
        let range = self.document.resolutions[resolution].paragraphs.clone();
        let first = range.start;
        let before_headings = self.document.paragraphs[range]
            .iter()
            .enumerate()
            .filter(|(_, paragraph)| !matches!(paragraph.kind, ParagraphKind::Title | ParagraphKind::Subject))
            .take_while(|(_, paragraph)| paragraph.kind == ParagraphKind::Text)
            .map(|(index, paragraph)| (ParagraphIndex((first + index) as u32), paragraph));
        let ends_with_comma = |paragraph: &Paragraph| {
            Side::BOTH.iter().any(|side| paragraph.views[*side].text.trim_end().ends_with([',', '，', '،', '、']))
        };
        let candidates: Vec<_> = before_headings.collect();
        let found = candidates.iter().find(|(_, paragraph)| ends_with_comma(paragraph)).or(candidates.first());
        found.map(|(index, _)| *index)
    }
}

/// Marks that take no column: the direction marks of Arabic text, the zero-width space, a byte order mark.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{feff}')
}

fn is_block(kind: &str) -> bool {
    matches!(kind, "clause" | "paragraph" | "footnote_definition" | "thematic_break")
}

fn range_of(node: Node<'_>) -> TextRange {
    // Texts are refused at 4 GiB, so their offsets fit; `min` keeps a wrong one from overflowing.
    let size = |byte: usize| TextSize::new(byte.min(u32::MAX as usize) as u32);
    TextRange::new(size(node.start_byte()), size(node.end_byte()))
}

/// The `#` signs that a heading begins with.
fn hashes(text: &str) -> &str {
    &text[..text.len() - text.trim_start_matches('#').len()]
}

/// A first line `---` with `key: value` behind it that the grammar did not take for metadata.
fn unclosed_metadata(text: &str, document: &Document) -> Option<SyntaxProblem> {
    let rest = text.trim_start_matches('\u{feff}');
    let start = text.len() - rest.len();
    let mut lines = rest.lines();
    if !document.metadata.is_empty() || lines.next()?.trim_end() != "---" {
        return None;
    }
    let second = lines.next()?;
    let (key, _) = second.split_once(':')?;
    if key.is_empty() || !key.chars().all(|c| c.is_ascii_alphabetic() || c == '-') {
        return None;
    }
    // A closing line means that there is metadata, if of no entries.
    if lines.take(200).any(|line| line.trim_end() == "---") {
        return None;
    }
    let range = TextRange::at(TextSize::new(start as u32), TextSize::new(3));
    Some(SyntaxProblem { kind: SyntaxProblemKind::UnclosedMetadata, range })
}

/// The readings that what is being read belongs to.
type In = Sides<bool>;
const BOTH: In = Sides { in_force: true, amended: true };

/// Reads the words of one paragraph.
struct Inline<'a> {
    text: &'a str,
    views: Sides<View>,
    /// A soft line break was read and not yet written, in each reading.
    space: Sides<bool>,
    changes: Vec<Change>,
    problems: Vec<SyntaxProblem>,
    label: Option<LabelText>,
    footnote: Option<String>,
}

impl<'a> Inline<'a> {
    fn new(text: &'a str) -> Inline<'a> {
        Inline {
            text,
            views: Sides::default(),
            space: Sides::default(),
            changes: Vec::new(),
            problems: Vec::new(),
            label: None,
            footnote: None,
        }
    }

    /// Reads the children of `node` that lie in `range`, and the text between them.
    fn nodes(&mut self, node: Node<'_>, range: TextRange, sides: In) {
        let mut at = range.start();
        let mut cursor = node.walk();
        for child in node.children(&mut cursor) {
            let child_range = range_of(child);
            if child_range.start() < at || child_range.is_empty() {
                continue;
            }
            if child_range.start() >= range.end() {
                break;
            }
            if self.special(child, at, sides) {
                at = child_range.end();
            }
        }
        if at < range.end() {
            self.plain(TextRange::new(at, range.end()), sides);
        }
    }

    /// Reads `node` if it is more than plain text, after the plain text from `at` up to it. Returns whether it was.
    fn special(&mut self, node: Node<'_>, at: TextSize, sides: In) -> bool {
        let range = range_of(node);
        let kind = node.kind();
        let known = matches!(
            kind,
            "label"
                | "emphasis"
                | "insertion"
                | "deletion"
                | "substitution"
                | "comment"
                | "bracketed"
                | "pinned_citation"
                | "footnote_reference"
                | "footnote_name"
                | "escape"
                | "line_break"
                | "#"
                | "##"
                | "###"
                | "[^"
                | "]:"
                | "unclosed_change"
        );
        if !known {
            return false;
        }
        self.plain(TextRange::new(at, range.start()), sides);
        match kind {
            "label" => self.label(node, sides),
            "emphasis" => self.marked(node, inner(range, 1, 1), MarkKind::Emphasis, "", sides),
            "insertion" => {
                let words = inner(range, 3, 3);
                self.change(ChangeKind::Insertion, range, None, Some(words));
                self.nodes(node, words, Sides { in_force: false, ..sides });
            }
            "deletion" => {
                let words = inner(range, 3, 3);
                self.change(ChangeKind::Deletion, range, Some(words), None);
                self.nodes(node, words, Sides { amended: false, ..sides });
            }
            "substitution" => self.substitution(node, sides),
            "comment" => self.change(ChangeKind::Comment, range, None, Some(inner(range, 3, 3))),
            "bracketed" => {
                let start = Sides::from_fn(|side| self.views[side].end());
                self.plain(TextRange::at(range.start(), 1.into()), sides);
                self.nodes(node, inner(range, 1, 1), sides);
                self.plain(TextRange::new(range.end() - TextSize::new(1), range.end()), sides);
                self.mark(MarkKind::Bracketed, start, "", range, sides);
            }
            "pinned_citation" => {
                let target = child_of_kind(node, "citation_target");
                let words_end = target.map_or(range.end(), |target| range_of(target).start());
                let words = inner(TextRange::new(range.start(), words_end), 1, 2);
                let target = target.map_or("", |target| self.slice(range_of(target)));
                self.marked(node, words, MarkKind::Pinned, target, sides);
            }
            "footnote_reference" => {
                let name = child_of_kind(node, "footnote_name").map_or("", |name| self.slice(range_of(name)));
                let start = Sides::from_fn(|side| self.views[side].end());
                self.mark(MarkKind::Footnote, start, name, range, sides);
            }
            "footnote_name" => self.footnote = Some(self.slice(range).to_owned()),
            "escape" => self.plain(TextRange::new(range.start() + TextSize::new(1), range.end()), sides),
            "line_break" => {
                for side in Side::BOTH {
                    self.space[side] |= sides[side];
                }
            }
            "unclosed_change" => {
                self.problems.push(SyntaxProblem { kind: SyntaxProblemKind::UnclosedChange, range });
                self.plain(range, sides);
            }
            // The `#` of a heading, the brackets of a footnote's name.
            _ => {}
        }
        true
    }

    fn slice(&self, range: TextRange) -> &'a str {
        self.text.get(usize::from(range.start())..usize::from(range.end())).unwrap_or_default()
    }

    fn plain(&mut self, range: TextRange, sides: In) {
        let text = self.slice(range);
        for side in Side::BOTH {
            if !sides[side] {
                continue;
            }
            let (mut text, mut start) = (text, range.start());
            let view = &mut self.views[side];
            if view.text.is_empty() || self.space[side] {
                let trimmed = text.trim_start();
                start += TextSize::of(text) - TextSize::of(trimmed);
                text = trimmed;
            }
            let Some(next) = text.chars().next() else { continue };
            if std::mem::take(&mut self.space[side])
                && let Some(last) = view.text.chars().next_back()
                && !last.is_whitespace()
                && !(is_chinese(last) && is_chinese(next))
            {
                view.push_space();
            }
            view.push(text, start);
        }
    }

    fn label(&mut self, node: Node<'_>, sides: In) {
        let range = range_of(node);
        let mut inline = Inline::new(self.text);
        inline.nodes(node, range, sides);
        let text = Sides::from_fn(|side| {
            let text = inline.views[side].text.trim();
            (!text.is_empty()).then(|| text.to_owned())
        });
        self.changes.append(&mut inline.changes);
        let written = self.slice(range).trim_end();
        self.label = Some(LabelText { range: TextRange::at(range.start(), TextSize::of(written)), text });
    }

    fn substitution(&mut self, node: Node<'_>, sides: In) {
        let range = range_of(node);
        let whole = inner(range, 3, 3);
        let old = child_of_kind(node, "old_text").map(range_of);
        let new = child_of_kind(node, "new_text").map(range_of);
        // The old words may be nothing (`{~~~>new~~}`), and so may the new ones.
        let old_range = old.unwrap_or(TextRange::empty(whole.start()));
        let new_range = new.unwrap_or(TextRange::empty(whole.end()));
        self.change(ChangeKind::Substitution, range, Some(old_range), Some(new_range));
        if let Some(old) = child_of_kind(node, "old_text") {
            self.nodes(old, old_range, Sides { amended: false, ..sides });
        }
        if let Some(new) = child_of_kind(node, "new_text") {
            self.nodes(new, new_range, Sides { in_force: false, ..sides });
        }
    }

    fn change(&mut self, kind: ChangeKind, range: TextRange, old: Option<TextRange>, new: Option<TextRange>) {
        self.changes.push(Change { kind, range, old, new });
    }

    fn marked(&mut self, node: Node<'_>, words: TextRange, kind: MarkKind, target: &str, sides: In) {
        let start = Sides::from_fn(|side| self.views[side].end());
        self.nodes(node, words, sides);
        self.mark(kind, start, target, range_of(node), sides);
    }

    fn mark(&mut self, kind: MarkKind, start: Sides<TextSize>, target: &str, source: TextRange, sides: In) {
        for side in Side::BOTH {
            let view = &mut self.views[side];
            let mut range = TextRange::new(start[side], view.end());
            // A soft line break written in front of the first word is not part of what is marked.
            if let Some(rest) = view.text.get(std::ops::Range::<usize>::from(range))
                && rest.starts_with(' ')
                && kind != MarkKind::Footnote
            {
                range = TextRange::new(range.start() + TextSize::new(1), range.end());
            }
            if sides[side] && (!range.is_empty() || kind == MarkKind::Footnote) {
                view.marks.push(Mark { kind, range, target: target.to_owned(), source });
            }
        }
    }
}

fn child_of_kind<'tree>(node: Node<'tree>, kind: &str) -> Option<Node<'tree>> {
    let mut cursor = node.walk();
    node.children(&mut cursor).find(|child| child.kind() == kind)
}

/// Without the sigils, of `front` and `back` bytes, at both ends.
fn inner(range: TextRange, front: u32, back: u32) -> TextRange {
    let start = (range.start() + TextSize::new(front)).min(range.end());
    let end = range.end().checked_sub(TextSize::new(back)).unwrap_or(start).max(start);
    TextRange::new(start, end)
}

/// Characters that are written without spaces between words: Chinese and its punctuation.
fn is_chinese(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}
