//! The kinds of nodes that the document is read from, found by number.

use std::sync::LazyLock;

use tree_sitter::{Language, Node};

/// What a node is, as far as it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Plain text, or a token that says nothing by itself.
    Other,
    Metadata,
    MetadataEntry,
    Resolution,
    ProposalMark,
    Title,
    Subject,
    Division,
    DivisionHeading,
    Section,
    SectionHeading,
    Clause,
    Paragraph,
    Reasons,
    FootnoteDefinition,
    ThematicBreak,
    Label,
    Emphasis,
    Insertion,
    Deletion,
    Substitution,
    OldText,
    NewText,
    Comment,
    Bracketed,
    PinnedCitation,
    CitationTarget,
    FootnoteReference,
    FootnoteName,
    Escape,
    LineBreak,
    UnclosedChange,
    /// The `#` of a heading, the brackets of a footnote's name: not part of the words.
    Sigil,
}

impl Kind {
    /// The kind of a node.
    pub fn of(node: Node<'_>) -> Kind {
        KINDS.get(usize::from(node.kind_id())).copied().unwrap_or(Kind::Other)
    }

    /// Whether it may stand inside a clause, behind the clause's own words.
    pub fn is_block(self) -> bool {
        matches!(self, Kind::Clause | Kind::Paragraph | Kind::FootnoteDefinition | Kind::ThematicBreak)
    }

    fn named(name: &str) -> Kind {
        match name {
            "metadata" => Kind::Metadata,
            "metadata_entry" => Kind::MetadataEntry,
            "resolution" => Kind::Resolution,
            "proposal_mark" => Kind::ProposalMark,
            "title" => Kind::Title,
            "subject" => Kind::Subject,
            "division" => Kind::Division,
            "division_heading" => Kind::DivisionHeading,
            "section" => Kind::Section,
            "section_heading" => Kind::SectionHeading,
            "clause" => Kind::Clause,
            "paragraph" => Kind::Paragraph,
            "reasons" => Kind::Reasons,
            "footnote_definition" => Kind::FootnoteDefinition,
            "thematic_break" => Kind::ThematicBreak,
            "label" => Kind::Label,
            "emphasis" => Kind::Emphasis,
            "insertion" => Kind::Insertion,
            "deletion" => Kind::Deletion,
            "substitution" => Kind::Substitution,
            "old_text" => Kind::OldText,
            "new_text" => Kind::NewText,
            "comment" => Kind::Comment,
            "bracketed" => Kind::Bracketed,
            "pinned_citation" => Kind::PinnedCitation,
            "citation_target" => Kind::CitationTarget,
            "footnote_reference" => Kind::FootnoteReference,
            "footnote_name" => Kind::FootnoteName,
            "escape" => Kind::Escape,
            "line_break" => Kind::LineBreak,
            "unclosed_change" => Kind::UnclosedChange,
            "#" | "##" | "###" | "[^" | "]:" => Kind::Sigil,
            _ => Kind::Other,
        }
    }
}

/// By the number that the grammar gives to a kind of node.
static KINDS: LazyLock<Vec<Kind>> = LazyLock::new(|| {
    let language = Language::from(tree_sitter_resmark::LANGUAGE);
    let ids = 0..u16::try_from(language.node_kind_count()).unwrap_or(u16::MAX);
    ids.map(|id| language.node_kind_for_id(id).map_or(Kind::Other, Kind::named)).collect()
});
