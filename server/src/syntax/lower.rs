//! Tree to [`Document`].

use std::ops::Range;
use std::sync::Arc;

use text_size::{TextRange, TextSize};
use tree_sitter::{Node, Tree, TreeCursor};

use super::document::*;
use super::inline::Inline;
use super::kind::Kind;
use super::patches::Patches;
use super::trace::{Source, Trace};
use super::view::{Side, Sides, View};
use super::words::{Kept, Words};

/// Reads the document off its tree. `text` must be the text that `tree` was parsed from.
///
/// Takes time in proportion to the text. What the tree does not explain is plain text of its paragraph.
pub fn lower(text: &str, tree: &Tree) -> Document {
    let document = Document { len: TextSize::of(text), ..Document::default() };
    Lowering::new(text, tree, document, None).read(tree)
}

/// The same for a text that is being edited: what is made of the words of its paragraphs is kept
/// ([`Paragraph::remembered`]), and those that stand the same in the document `before` the edits `patches` share its
/// words. The result equals that of [`lower`], whatever is handed in as `before`.
///
/// Where `before` is one that was read in this way, and `tree` was parsed with its tree, takes time in proportion to the
/// number of paragraphs and to the length of those that are new.
pub fn lower_again(text: &str, tree: &Tree, before: Option<(&Document, &Patches)>) -> Document {
    let source = Source(Some(tree.clone()));
    let document = Document { len: TextSize::of(text), source, ..Document::default() };
    let before = before.map(|(document, patches)| {
        // Without its tree there is no telling whether a node at the same place is the same.
        let traced = document.source.0.is_some();
        Before { document, patches, traced, section: 0, paragraph: 0 }
    });
    Lowering::new(text, tree, document, before).read(tree)
}

struct Lowering<'a, 'tree> {
    text: &'a str,
    document: Document,
    /// What the next paragraph stands in. `None`: nothing has begun yet.
    resolution: Option<ResolutionIndex>,
    division: Option<DivisionIndex>,
    section: Option<SectionIndex>,
    /// The division or section whose children are read: its heading takes it.
    enclosing: Node<'tree>,
    cursor: TreeCursor<'tree>,
    /// The children of the blocks that are being read, of inner ones behind those of outer ones.
    children: Vec<Node<'tree>>,
    inline: Inline<'a, 'tree>,
    before: Option<Before<'a>>,
}

/// The document before the edits, and where in it to look next.
struct Before<'a> {
    document: &'a Document,
    patches: &'a Patches,
    /// Whether its nodes can be recognized.
    traced: bool,
    section: usize,
    paragraph: usize,
}

impl<'a> Before<'a> {
    /// The section that was read from this very node.
    fn section(&mut self, node: Node<'_>) -> Option<&'a Section> {
        let sections = self.document.sections.get(..).filter(|_| self.traced)?;
        let is_it = |index: usize| sections.get(index).filter(|section| section.trace.is_of(node));
        let (index, found) = match is_it(self.section) {
            Some(found) => (self.section, found),
            None => {
                let start = self.patches.before(range_of(node).start())?;
                let index = sections.partition_point(|section| section.range.start() < start);
                (index, is_it(index)?)
            }
        };
        self.section = index + 1;
        self.paragraph = found.paragraphs.end;
        Some(found)
    }

    /// The paragraph that was read from this very node.
    fn paragraph(&mut self, node: Node<'_>) -> Option<usize> {
        let paragraphs = self.document.paragraphs.get(..).filter(|_| self.traced)?;
        let is_it = |index: usize| paragraphs.get(index).is_some_and(|paragraph| paragraph.trace.is_of(node));
        if !is_it(self.paragraph) {
            let start = self.patches.before(range_of(node).start())?;
            let begins = |paragraph: &Paragraph| paragraph.range.start().checked_sub(paragraph.trace.lead);
            let index = paragraphs.partition_point(|paragraph| begins(paragraph) < Some(start));
            if !is_it(index) {
                return None;
            }
            self.paragraph = index;
        }
        self.paragraph += 1;
        Some(self.paragraph - 1)
    }

    /// The words of the paragraph that began where one begins now.
    fn words_at(&self, start: TextSize) -> Option<&'a Arc<Words>> {
        let start = self.patches.before(start)?;
        let paragraphs = &self.document.paragraphs;
        let index = paragraphs.binary_search_by_key(&start, |paragraph| paragraph.range.start()).ok()?;
        paragraphs.get(index).map(Paragraph::words)
    }
}

/// A paragraph whose words are known, before it has a place in the document.
struct Placed {
    words: Arc<Words>,
    /// Where it begins.
    start: TextSize,
    indent: u32,
    trace: Trace,
}

impl<'a, 'tree> Lowering<'a, 'tree> {
    fn new(text: &'a str, tree: &'tree Tree, document: Document, before: Option<Before<'a>>) -> Lowering<'a, 'tree> {
        let root = tree.root_node();
        Lowering {
            text,
            document,
            resolution: None,
            division: None,
            section: None,
            enclosing: root,
            cursor: root.walk(),
            children: Vec::new(),
            inline: Inline::new(text, root),
            before,
        }
    }

    fn read(mut self, tree: &'tree Tree) -> Document {
        self.children(tree.root_node());
        self.finish()
    }

    fn block(&mut self, node: Node<'tree>, parent: Option<ParagraphIndex>, level: u16) {
        match Kind::of(node) {
            Kind::Metadata => self.metadata(node),
            Kind::Resolution => {
                self.begin_resolution(range_of(node));
                self.children(node);
                self.division = None;
                self.section = None;
            }
            Kind::ProposalMark => self.proposal_mark(node),
            Kind::Title => {
                let index = self.leaf(node, ParagraphKind::Title, None, 0);
                let resolution = self.current_resolution_mut();
                resolution.title.get_or_insert(index);
            }
            Kind::Subject => {
                let index = self.leaf(node, ParagraphKind::Subject, None, 0);
                let resolution = self.current_resolution_mut();
                resolution.subject.get_or_insert(index);
            }
            Kind::Division => {
                self.division = None;
                self.section = None;
                self.children(node);
                self.division = None;
                self.section = None;
            }
            Kind::DivisionHeading => {
                let resolution = self.current_resolution();
                let range = range_of(self.enclosing);
                let heading = self.leaf(node, ParagraphKind::DivisionHeading, None, 0);
                self.division = Some(DivisionIndex(self.document.divisions.len() as u32));
                self.section = None;
                self.document.divisions.push(Division { range, resolution, heading });
            }
            Kind::Section => {
                self.section = None;
                match self.before.as_mut().and_then(|before| before.section(node)) {
                    Some(same) => self.same_section(node, same),
                    None => self.children(node),
                }
                self.section = None;
            }
            Kind::SectionHeading => {
                self.section = None;
                let (range, trace) = traced(self.enclosing);
                let heading = self.leaf(node, ParagraphKind::SectionHeading, None, 0);
                self.begin_section(range, Some(heading), trace);
            }
            Kind::Clause => self.clause(node, parent, level),
            Kind::Paragraph => {
                self.leaf(node, ParagraphKind::Text, parent, level);
            }
            Kind::Reasons => {
                self.section = None;
                self.leaf(node, ParagraphKind::Reasons, None, 0);
            }
            Kind::FootnoteDefinition => {
                self.leaf(node, ParagraphKind::Footnote, None, 0);
            }
            // A line of stars or dashes separates and says nothing.
            _ => {}
        }
    }

    /// Reads what stands in a node. What stood before it in `enclosing` is forgotten: only the first child asks for it.
    fn children(&mut self, node: Node<'tree>) {
        self.enclosing = node;
        let children = push_children(&mut self.cursor, node, &mut self.children);
        for index in children.clone() {
            let Some(child) = self.children.get(index).copied() else { break };
            self.block(child, None, 0);
        }
        self.children.truncate(children.start);
    }

    /// Reads a clause and what is nested in it.
    fn clause(&mut self, node: Node<'tree>, parent: Option<ParagraphIndex>, level: u16) {
        if let Some(first) = self.before.as_mut().and_then(|before| before.paragraph(node)) {
            self.same_clause(node, first, parent, level);
            return;
        }
        let children = push_children(&mut self.cursor, node, &mut self.children);
        let nested = |node: &Node<'_>| Kind::of(*node).is_block();
        let own = self.children.get(children.clone()).and_then(|children| children.iter().position(nested));
        let nested = children.start + own.unwrap_or(children.len());
        let end = self.children.get(nested).filter(|_| own.is_some()).map(|nested| range_of(*nested).start());
        let placed = self.read_words(node, ParagraphKind::Clause, children.start..nested, end);
        let index = self.place(placed, parent, level);
        for index_of_child in nested..children.end {
            let Some(child) = self.children.get(index_of_child).copied() else { break };
            if Kind::of(child).is_block() {
                self.block(child, Some(index), level.saturating_add(1));
            }
        }
        self.children.truncate(children.start);
    }

    /// Reads a paragraph in which nothing is nested.
    fn leaf(
        &mut self,
        node: Node<'tree>,
        kind: ParagraphKind,
        parent: Option<ParagraphIndex>,
        level: u16,
    ) -> ParagraphIndex {
        let same = self.before.as_mut().and_then(|before| {
            let index = before.paragraph(node)?;
            before.document.paragraphs.get(index)
        });
        let placed = match same {
            Some(same) => {
                let start = range_of(node).start() + same.trace.lead;
                let words = Arc::clone(same.words());
                Placed { words, start, indent: self.indent(start), trace: Trace::of(node, start) }
            }
            None => {
                let children = push_children(&mut self.cursor, node, &mut self.children);
                let placed = self.read_words(node, kind, children.clone(), None);
                self.children.truncate(children.start);
                placed
            }
        };
        self.place(placed, parent, level)
    }

    /// Reads the words of a node whose own `children` these are, up to `end` where something is nested in it.
    fn read_words(
        &mut self,
        node: Node<'tree>,
        kind: ParagraphKind,
        children: Range<usize>,
        end: Option<TextSize>,
    ) -> Placed {
        let range = range_of(node);
        let end = end.unwrap_or(range.end()).max(range.start());
        let range = trimmed(self.text, TextRange::new(range.start(), end));
        let mut words = self.inline.read(kind, self.children.get(children).unwrap_or_default(), range);
        // What says the same as before shares what was made of it.
        if let Some(same) = self.before.as_ref().and_then(|before| before.words_at(range.start()))
            && **same == *words
        {
            words = Arc::clone(same);
        }
        let start = range.start();
        Placed { words, start, indent: self.indent(start), trace: Trace::of(node, start) }
    }

    /// Takes over a clause and what is nested in it from the document before.
    fn same_clause(&mut self, node: Node<'tree>, first: usize, parent: Option<ParagraphIndex>, level: u16) {
        let Some(before) = &mut self.before else { return };
        let paragraphs = before.document.paragraphs.get(first..).unwrap_or_default();
        let Some(clause) = paragraphs.first() else { return };
        let is_nested = |paragraph: &Paragraph| paragraph.parent.is_some_and(|parent| parent.index() >= first);
        let nested = paragraphs.iter().skip(1).take_while(|paragraph| is_nested(paragraph)).count();
        before.paragraph = first + 1 + nested;
        let from = clause.range.start() - clause.trace.lead;
        self.same_paragraphs(&paragraphs[..=nested], first, Shift { from, to: range_of(node).start() }, parent, level);
    }

    /// Takes over a section from the document before.
    fn same_section(&mut self, node: Node<'tree>, same: &Section) {
        let Some(before) = &self.before else { return };
        let document = before.document;
        let (range, trace) = traced(node);
        let shift = Shift { from: same.range.start(), to: range.start() };
        let heading = same.heading.map(|index| document.paragraph(index));
        if let Some(heading) = heading {
            let start = shift.of(heading.range.start());
            let words = Arc::clone(heading.words());
            let placed = Placed { words, start, indent: self.indent(start), trace: heading.trace };
            let heading = self.place(placed, None, 0);
            self.begin_section(range, Some(heading), trace);
        }
        let paragraphs = document.paragraphs.get(same.paragraphs.clone()).unwrap_or_default();
        self.same_paragraphs(paragraphs, same.paragraphs.start, shift, None, 0);
    }

    /// Takes over paragraphs that stood together from index `first` on; those that were in none of them now stand in
    /// `parent`.
    fn same_paragraphs(
        &mut self,
        paragraphs: &[Paragraph],
        first: usize,
        shift: Shift,
        parent: Option<ParagraphIndex>,
        level: u16,
    ) {
        let now = self.document.paragraphs.len();
        self.document.paragraphs.reserve(paragraphs.len());
        let outer = paragraphs.first().map_or(0, |paragraph| paragraph.level);
        for (number, paragraph) in paragraphs.iter().enumerate() {
            let start = shift.of(paragraph.range.start());
            // What stands in front of the first is not part of what is the same.
            let indent = if number == 0 { self.indent(start) } else { paragraph.indent };
            let inner = paragraph.parent.and_then(|parent| parent.index().checked_sub(first));
            let parent = inner.map_or(parent, |parent| Some(ParagraphIndex((now + parent) as u32)));
            let level = match inner {
                Some(_) => level.saturating_add(paragraph.level.saturating_sub(outer)),
                None => level,
            };
            let words = Arc::clone(paragraph.words());
            self.place(Placed { words, start, indent, trace: paragraph.trace }, parent, level);
        }
    }

    fn slice(&self, range: TextRange) -> &'a str {
        self.text.get(usize::from(range.start())..usize::from(range.end())).unwrap_or_default()
    }

    fn metadata(&mut self, node: Node<'_>) {
        let mut cursor = node.walk();
        for entry in node.children(&mut cursor).filter(|child| Kind::of(*child) == Kind::MetadataEntry) {
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

    fn begin_section(&mut self, range: TextRange, heading: Option<ParagraphIndex>, trace: Trace) -> SectionIndex {
        let resolution = self.current_resolution();
        let index = SectionIndex(self.document.sections.len() as u32);
        let paragraphs = self.document.paragraphs.len();
        self.document.sections.push(Section {
            range,
            resolution,
            division: self.division,
            heading,
            paragraphs: paragraphs..paragraphs,
            trace,
        });
        self.section = Some(index);
        self.document.resolutions[resolution.index()].sections.end = self.document.sections.len();
        index
    }

    /// Adds a paragraph to what it stands in.
    fn place(&mut self, placed: Placed, parent: Option<ParagraphIndex>, level: u16) -> ParagraphIndex {
        let Placed { words, start, indent, trace } = placed;
        let kind = words.kind;
        let range = TextRange::at(start, words.len);
        let resolution = self.current_resolution();
        let section = match kind {
            ParagraphKind::Title
            | ParagraphKind::Subject
            | ParagraphKind::DivisionHeading
            | ParagraphKind::SectionHeading => None,
            _ => Some(match self.section {
                Some(section) => section,
                None => self.begin_section(range, None, Trace::default()),
            }),
        };
        self.document.problems.extend(words.problems.iter().map(|problem| problem.moved(start)));
        let index = ParagraphIndex(self.document.paragraphs.len() as u32);
        self.document.paragraphs.push(Paragraph {
            kind,
            range,
            body: words.body + start,
            resolution,
            section,
            parent,
            level,
            indent,
            label: LabelText::of(&words, start),
            views: Sides::from_fn(|side| View::of(&words, start, side)),
            changes: Changes::of(&words, start),
            footnote: words.footnote.clone(),
            trace,
            kept: Kept(self.document.source.0.is_some()),
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

    /// Without the white space at both ends.
    fn trimmed(&self, range: TextRange) -> TextRange {
        trimmed(self.text, range)
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

/// Where what stood from `from` on stands now.
#[derive(Clone, Copy)]
struct Shift {
    from: TextSize,
    to: TextSize,
}

impl Shift {
    fn of(self, offset: TextSize) -> TextSize {
        self.to + offset.checked_sub(self.from).unwrap_or_default()
    }
}

/// Without the white space at both ends.
pub(super) fn trimmed(text: &str, range: TextRange) -> TextRange {
    let text = text.get(Range::<usize>::from(range)).unwrap_or_default();
    let front = text.trim_start();
    let start = range.start() + (TextSize::of(text) - TextSize::of(front));
    TextRange::at(start, TextSize::of(front.trim_end()))
}

/// The range of a section's node, and the node as what the section was read from.
fn traced(node: Node<'_>) -> (TextRange, Trace) {
    let range = range_of(node);
    (range, Trace::of(node, range.start()))
}

/// Puts the children of `node` behind what is in `children`, and tells where they stand.
pub(super) fn push_children<'tree>(
    cursor: &mut TreeCursor<'tree>,
    node: Node<'tree>,
    children: &mut Vec<Node<'tree>>,
) -> Range<usize> {
    let first = children.len();
    cursor.reset(node);
    if cursor.goto_first_child() {
        loop {
            children.push(cursor.node());
            if !cursor.goto_next_sibling() {
                break;
            }
        }
    }
    first..children.len()
}

pub(super) fn range_of(node: Node<'_>) -> TextRange {
    // Texts are refused at 4 GiB, so their offsets fit; `min` keeps a wrong one from overflowing.
    let size = |byte: usize| TextSize::new(byte.min(u32::MAX as usize) as u32);
    TextRange::new(size(node.start_byte()), size(node.end_byte()))
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
