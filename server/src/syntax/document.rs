//! The document: what stands where, in the terms of the field.

use std::ops::Range;

use text_size::{TextRange, TextSize};

use super::view::{Side, Sides, View};

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
    pub changes: Vec<Change>,
    /// The name of a footnote's text, `1` in `[^1]: …`.
    pub footnote: Option<String>,
}

impl Paragraph {
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

/// A label as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelText {
    /// All of it, change marks included, the white space behind it not.
    pub range: TextRange,
    /// What each reading shows, delimiters included: `(a)`, `1.`, `1bis)`, `–`. `None` where it has no label.
    pub text: Sides<Option<String>>,
}

impl LabelText {
    /// Whether the two readings differ.
    pub fn is_tracked(&self) -> bool {
        self.text.in_force != self.text.amended
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
#[derive(Debug, Clone, PartialEq, Eq)]
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

impl Document {
    /// The value of a metadata key (compared in lower case); the last one wins.
    pub fn metadata(&self, key: &str) -> Option<&MetadataEntry> {
        self.metadata.iter().rev().find(|entry| entry.key.eq_ignore_ascii_case(key))
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
