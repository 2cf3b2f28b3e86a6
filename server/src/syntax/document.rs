//! The document: what stands where, in the terms of the field.

use std::fmt;
use std::ops::{Deref, Range};
use std::sync::Arc;

use text_size::{TextRange, TextSize};

use super::trace::{Source, Trace};
use super::view::{Side, Sides, View};
use super::words::{Kept, Remembered, Words};

macro_rules! index {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub u32);

        impl $name {
            /// As an index into the document's list.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

index!(
    /// A place in [`Document::resolutions`].
    ResolutionIndex
);
index!(
    /// A place in [`Document::divisions`].
    DivisionIndex
);
index!(
    /// A place in [`Document::sections`].
    SectionIndex
);
index!(
    /// A place in [`Document::paragraphs`].
    ParagraphIndex
);

/// A text as a drafter sees it: flat lists in text order, each item naming what it stands in.
///
/// Every document has at least one resolution and every paragraph stands in one; a text without a title is a
/// resolution that has none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// The length of the text in bytes.
    pub len: TextSize,
    /// The `key: value` lines at the top.
    pub metadata: Vec<MetadataEntry>,
    /// The resolutions of the file.
    pub resolutions: Vec<Resolution>,
    /// Annexes and parts.
    pub divisions: Vec<Division>,
    /// Sections: a heading and what stands below it, or the paragraphs before the first heading.
    pub sections: Vec<Section>,
    /// Everything that holds words, titles and headings included.
    pub paragraphs: Vec<Paragraph>,
    /// What could not be read as markup and was kept as text.
    pub problems: Vec<SyntaxProblem>,
    pub(super) source: Source,
}

/// A line of the metadata.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MetadataEntry {
    /// The word before the colon, trimmed.
    pub key: String,
    /// What stands behind it, trimmed.
    pub value: String,
    /// The whole line without its end.
    pub range: TextRange,
    /// The value's place.
    pub value_range: TextRange,
}

/// One resolution of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolution {
    /// From its proposal mark or title to the next resolution or the end of the text.
    pub range: TextRange,
    /// `MOD EUR/48A1/9`.
    pub proposal: Option<ProposalMark>,
    /// The paragraph of the `# ` line.
    pub title: Option<ParagraphIndex>,
    /// The paragraph of the `## ` lines.
    pub subject: Option<ParagraphIndex>,
    /// The enacting line: the first paragraph that is neither title nor subject, when it stands before any heading
    /// and is no clause with a label.
    pub enacting: Option<ParagraphIndex>,
    /// Its sections, in [`Document::sections`].
    pub sections: Range<usize>,
    /// Its paragraphs, in [`Document::paragraphs`].
    pub paragraphs: Range<usize>,
}

/// What a proposal does with the text that follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ProposalKind {
    /// `MOD`: amend.
    Modify,
    /// `ADD`: a new text.
    Add,
    /// `SUP`: abrogate.
    Suppress,
    /// `NOC`: no change.
    NoChange,
}

/// A proposal mark: `MOD EUR/48A1/9`, `(MOD) …`, `SUP* …`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposalMark {
    /// What is proposed.
    pub kind: ProposalKind,
    /// The proposal's number, as printed; empty when there is none.
    pub number: String,
    /// The whole line without its end.
    pub range: TextRange,
}

/// An annex or a part, begun by a `### ` line; counters start again in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Division {
    /// From its heading to the next division or resolution.
    pub range: TextRange,
    /// The resolution it belongs to.
    pub resolution: ResolutionIndex,
    /// The paragraph of the `### ` line.
    pub heading: ParagraphIndex,
}

/// A section: a heading alone on its line and what stands below it; or, without a heading, the paragraphs at the
/// start of a resolution or division and those behind the reasons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// From its heading to the next section, division or resolution.
    pub range: TextRange,
    /// The resolution it belongs to.
    pub resolution: ResolutionIndex,
    /// The annex or part it belongs to, if any.
    pub division: Option<DivisionIndex>,
    /// The paragraph of its heading, if any. The heading's words are the emphasis of its view.
    pub heading: Option<ParagraphIndex>,
    /// Its paragraphs behind the heading, in [`Document::paragraphs`].
    pub paragraphs: Range<usize>,
    pub(super) trace: Trace,
}

/// What a paragraph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ParagraphKind {
    /// The `# ` line: identity of the resolution.
    Title,
    /// The `## ` lines: its subject.
    Subject,
    /// A `### ` line: an annex or a part.
    DivisionHeading,
    /// A line that is one emphasis and nothing more.
    SectionHeading,
    /// A paragraph with a label in at least one reading, or one that begins with an emphasis.
    Clause,
    /// Any other paragraph; below a heading it is that section's unnumbered clause.
    Text,
    /// `Reasons: …`
    Reasons,
    /// `[^1]: …`
    Footnote,
}

/// A paragraph: words with what stands around them.
///
/// The words themselves, in both readings and with label and changes, are shared: a paragraph that an edit elsewhere
/// only moves has the same words as before, and all that was made of them is [`remembered`](Paragraph::remembered).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// What it is.
    pub kind: ParagraphKind,
    /// From the first byte behind the indentation, label and sigils included, to the end of its last line, the line
    /// break not included. Sub-clauses are paragraphs of their own and not in it.
    pub range: TextRange,
    /// The words: `range` without the label, the `#` and the space behind them.
    pub body: TextRange,
    /// The resolution it stands in.
    pub resolution: ResolutionIndex,
    /// The section it stands in; `None` for titles, subjects, and headings of divisions and sections.
    pub section: Option<SectionIndex>,
    /// The clause that it is nested in: the clause it is a sub-clause, or a further paragraph, of.
    pub parent: Option<ParagraphIndex>,
    /// How deep it is nested: 0 for a clause of the section, 1 for a sub-clause.
    pub level: u16,
    /// Columns of indentation in front of it, a tab counting to the next multiple of four.
    pub indent: u32,
    /// Its label.
    pub label: Option<LabelText>,
    /// Its words in the two readings.
    pub views: Sides<View>,
    /// The tracked changes in it, in order; nested ones behind their outer one.
    pub changes: Changes,
    /// The name of a footnote's text, `1` in `[^1]: …`.
    pub footnote: Option<String>,
    pub(super) trace: Trace,
    /// Whether what is made of the words is kept: the document is being edited.
    pub(super) kept: Kept,
}

impl Paragraph {
    /// What `read` makes of this paragraph's words: of its views, marks, label, kind and changes, in the views' offsets.
    /// In a document that is being edited it is kept as long as the words are the same, and `read` is called once for
    /// each `T`; else it is called each time.
    ///
    /// So `read` may look at nothing else: not at places in the source, not at other paragraphs or what this one stands
    /// in, nor at indices. `T` names the use: a type of its own for each.
    pub fn remembered<T: Send + Sync + 'static>(&self, read: impl FnOnce() -> T) -> Remembered<'_, T> {
        match self.kept.0 {
            true => Remembered::Kept(self.words().memory.get_or_make(read)),
            false => Remembered::Made(read()),
        }
    }

    /// What `read` makes of each reading; it is asked once where both have the same words. So it may look at the words
    /// alone, and not at the label.
    pub fn for_both<T: Clone>(&self, read: impl Fn(Side) -> T) -> Sides<T> {
        let amended = read(Side::Amended);
        let in_force = if self.reads_alike() { amended.clone() } else { read(Side::InForce) };
        Sides { in_force, amended }
    }

    /// Whether the two readings have the same words: they share them then, and one need not be read again for the other.
    pub fn reads_alike(&self) -> bool {
        self.words().amended.is_none()
    }

    /// Whether what is made of its words is kept: the document is being edited.
    pub fn is_kept(&self) -> bool {
        self.kept.0
    }

    /// Whether it is the same paragraph as one of another state of the document, unchanged but perhaps moved. Two that
    /// merely say the same need not share their words.
    pub fn shares_words_with(&self, other: &Paragraph) -> bool {
        self.kind == other.kind && Arc::ptr_eq(self.words(), other.words())
    }

    pub(super) fn words(&self) -> &Arc<Words> {
        self.views.in_force.shared()
    }

    /// Whether a reader of this reading sees the paragraph: a wholly inserted clause is not there as in force.
    pub fn is_in(&self, side: Side) -> bool {
        let changed = !self.changes.is_empty() || self.label.as_ref().is_some_and(LabelText::is_tracked);
        !changed
            || !self.views[side].is_empty()
            // A clause that is nothing but its label is there; one whose words are of the other reading only is not.
            || (self.views[other(side)].is_empty() && self.label.as_ref().is_some_and(|l| l.text[side].is_some()))
    }

    /// Whether the two readings differ. A comment is in neither.
    pub fn is_tracked(&self) -> bool {
        self.changes.iter().any(|change| change.kind != ChangeKind::Comment)
            || self.label.as_ref().is_some_and(LabelText::is_tracked)
    }

    /// The opening verb: the emphasis that the words begin with in this reading, in the view's offsets.
    pub fn opening(&self, side: Side) -> Option<TextRange> {
        let view = &self.views[side];
        let lead = TextSize::of(&view.text[..view.text.len() - view.text.trim_start().len()]);
        view.marks_of(super::view::MarkKind::Emphasis).map(|mark| mark.range).find(|range| range.start() <= lead)
    }
}

fn other(side: Side) -> Side {
    match side {
        Side::InForce => Side::Amended,
        Side::Amended => Side::InForce,
    }
}

/// A label as typed. What each reading shows is shared with the paragraph's words.
#[derive(Clone)]
pub struct LabelText {
    /// All of it, change marks included, the white space behind it not.
    pub range: TextRange,
    words: Arc<Words>,
}

/// What a label shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LabelWords {
    /// What each reading shows, delimiters included: `(a)`, `1.`, `1bis)`, `–`. `None` where it has no label.
    pub text: Sides<Option<String>>,
    /// Whether the two readings differ.
    pub tracked: bool,
}

impl LabelText {
    /// The label of these words, of a paragraph that begins at `base`.
    pub(super) fn of(words: &Arc<Words>, base: TextSize) -> Option<LabelText> {
        words.label_range.map(|range| LabelText { range: range + base, words: Arc::clone(words) })
    }

    /// Whether the two readings differ.
    pub fn is_tracked(&self) -> bool {
        self.tracked
    }
}

impl Deref for LabelText {
    type Target = LabelWords;

    fn deref(&self) -> &LabelWords {
        &self.words.label
    }
}

impl PartialEq for LabelText {
    fn eq(&self, other: &LabelText) -> bool {
        self.range == other.range && self.text == other.text
    }
}

impl Eq for LabelText {}

impl fmt::Debug for LabelText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LabelText").field("range", &self.range).field("text", &self.text).finish()
    }
}

/// The kind of a tracked change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChangeKind {
    /// `{++new++}`
    Insertion,
    /// `{--old--}`
    Deletion,
    /// `{~~old~>new~~}`
    Substitution,
    /// `{>>…<<}`
    Comment,
}

/// A tracked change or a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// What it is.
    pub kind: ChangeKind,
    /// All of it, its sigils included.
    pub range: TextRange,
    /// The old words: of a deletion or substitution.
    pub old: Option<TextRange>,
    /// The new words: of an insertion or substitution. For a comment, what it says.
    pub new: Option<TextRange>,
}

impl Change {
    /// The same change in a text in which its paragraph's words begin at `base`.
    fn moved(self, base: TextSize) -> Change {
        let moved = |range: Option<TextRange>| range.map(|range| range + base);
        Change { kind: self.kind, range: self.range + base, old: moved(self.old), new: moved(self.new) }
    }
}

/// The tracked changes and comments of a paragraph, in the source's offsets.
#[derive(Clone, Default)]
pub struct Changes {
    base: TextSize,
    /// Nothing for a paragraph that has no change.
    words: Option<Arc<Words>>,
}

impl Changes {
    /// The changes of these words, of a paragraph that begins at `base`.
    pub(super) fn of(words: &Arc<Words>, base: TextSize) -> Changes {
        Changes { base, words: (!words.changes.is_empty()).then(|| Arc::clone(words)) }
    }

    fn relative(&self) -> &[Change] {
        self.words.as_deref().map_or(&[], |words| &words.changes)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.words.is_none()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.relative().len()
    }

    /// All of them, in order; nested ones behind their outer one.
    pub fn iter(&self) -> ChangesIter<'_> {
        ChangesIter { base: self.base, rest: self.relative().iter() }
    }
}

/// Goes through [`Changes`].
#[derive(Debug, Clone)]
pub struct ChangesIter<'a> {
    base: TextSize,
    rest: std::slice::Iter<'a, Change>,
}

impl Iterator for ChangesIter<'_> {
    type Item = Change;

    fn next(&mut self) -> Option<Change> {
        self.rest.next().map(|change| change.moved(self.base))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.rest.size_hint()
    }
}

impl DoubleEndedIterator for ChangesIter<'_> {
    fn next_back(&mut self) -> Option<Change> {
        self.rest.next_back().map(|change| change.moved(self.base))
    }
}

impl ExactSizeIterator for ChangesIter<'_> {}

impl<'a> IntoIterator for &'a Changes {
    type Item = Change;
    type IntoIter = ChangesIter<'a>;

    fn into_iter(self) -> ChangesIter<'a> {
        self.iter()
    }
}

impl PartialEq for Changes {
    fn eq(&self, other: &Changes) -> bool {
        self.len() == other.len() && self.iter().eq(other)
    }
}

impl Eq for Changes {}

impl fmt::Debug for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self).finish()
    }
}

/// What could not be read as markup and was kept as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SyntaxProblemKind {
    /// `{++`, `{--`, `{~~` or `{>>` without its end in the same paragraph.
    UnclosedChange,
    /// Metadata that begins with `---` and never ends.
    UnclosedMetadata,
}

/// A problem and its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SyntaxProblem {
    /// What it is.
    pub kind: SyntaxProblemKind,
    /// The sigil that has no partner.
    pub range: TextRange,
}

impl SyntaxProblem {
    /// The same problem in a text in which its paragraph's words begin at `base`.
    pub(super) fn moved(self, base: TextSize) -> SyntaxProblem {
        SyntaxProblem { range: self.range + base, ..self }
    }
}

impl Document {
    /// The value of a metadata key (compared in lower case); the last one wins.
    pub fn metadata(&self, key: &str) -> Option<&MetadataEntry> {
        self.metadata.iter().rev().find(|entry| entry.key.eq_ignore_ascii_case(key))
    }

    /// Whether what is made of its paragraphs is kept, as it is being edited: whether [`super::lower_again`] read it.
    pub fn is_edited(&self) -> bool {
        self.source.0.is_some()
    }

    /// The paragraph at `index`.
    pub fn paragraph(&self, index: ParagraphIndex) -> &Paragraph {
        &self.paragraphs[index.index()]
    }

    /// The section at `index`.
    pub fn section(&self, index: SectionIndex) -> &Section {
        &self.sections[index.index()]
    }

    /// The resolution at `index`.
    pub fn resolution(&self, index: ResolutionIndex) -> &Resolution {
        &self.resolutions[index.index()]
    }

    /// The paragraph whose range holds `offset`, its end included.
    pub fn paragraph_at(&self, offset: TextSize) -> Option<ParagraphIndex> {
        let index = self.paragraphs.partition_point(|paragraph| paragraph.range.start() <= offset).checked_sub(1)?;
        (offset <= self.paragraphs[index].range.end()).then_some(ParagraphIndex(index as u32))
    }

    /// The resolution whose range holds `offset`; the first one for what stands before it.
    pub fn resolution_at(&self, offset: TextSize) -> ResolutionIndex {
        let after = self.resolutions.partition_point(|resolution| resolution.range.start() <= offset);
        ResolutionIndex(after.saturating_sub(1) as u32)
    }

    /// Whether a resolution is a proposal that leaves a text as it is, or abrogates it, without giving that text.
    pub fn is_stub(&self, resolution: ResolutionIndex) -> bool {
        let Some(resolution) = self.resolutions.get(resolution.index()) else { return true };
        let kind = resolution.proposal.as_ref().map(|mark| mark.kind);
        let holds_text =
            |paragraph: &Paragraph| matches!(paragraph.kind, ParagraphKind::Clause | ParagraphKind::SectionHeading);
        matches!(kind, Some(ProposalKind::NoChange | ProposalKind::Suppress))
            && !self.paragraphs.get(resolution.paragraphs.clone()).is_some_and(|all| all.iter().any(holds_text))
    }

    /// All paragraphs with their indices.
    pub fn iter(&self) -> impl Iterator<Item = (ParagraphIndex, &Paragraph)> {
        self.paragraphs.iter().enumerate().map(|(index, paragraph)| (ParagraphIndex(index as u32), paragraph))
    }

    /// The paragraphs of a section, its heading not among them.
    pub fn paragraphs_of(&self, section: SectionIndex) -> impl Iterator<Item = (ParagraphIndex, &Paragraph)> {
        let range = self.section(section).paragraphs.clone();
        let first = range.start;
        self.paragraphs[range]
            .iter()
            .enumerate()
            .map(move |(index, paragraph)| (ParagraphIndex((first + index) as u32), paragraph))
    }
}
