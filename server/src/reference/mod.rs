//! References inside a resolution: “resolves 2 above”, “*considering* b) and c)”, 上述做出决议1、2和4.

mod begun;
mod counterpart;
mod find;
mod follow;
mod places;
#[cfg(test)]
mod properties;
mod read;
mod resolve;
mod scan;
mod stale;
mod surely;
mod words;

pub use begun::{goes_on, names_a_paragraph, points_ahead};
pub use counterpart::{Counterparts, Text};
pub use follow::{Meaning, carry, plain_words, range_in};
pub use read::{read, read_with_lists, reference_at};
pub use resolve::{Resolved, Resolver};
pub use stale::{Stale, restore, stale};
pub use surely::{Known, Wanted};
pub use words::{LanguageVerbs, Repeats, Stand, Verbs, opposite, ordinal_like, verbs};

use std::sync::Arc;

use crate::numbering::Label;
use crate::syntax::{DivisionIndex, ParagraphIndex, SectionIndex, Side, Sides, TextRange};

/// A reference to clauses or to a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The paragraph that it stands in.
    pub paragraph: ParagraphIndex,
    /// The reading in which it was read. One that is the same in both is listed once, as [`Side::Amended`], with
    /// `in_both` set.
    pub side: Side,
    /// Whether the other reading has the very same reference at the same place.
    pub in_both: bool,
    /// From its first word to its last, in the source: “*resolves* 2 above”, “paragraphs 3 to 6 of the present
    /// resolution”. What an external one belongs to is not in it.
    pub range: TextRange,
    /// The section that it names; `None` for “paragraph 2 above”.
    pub section: Option<SectionName>,
    /// The part that it names: “operative paragraph 5”, “PP3”.
    pub part: Option<PartName>,
    /// The annex of this resolution that it names: “annex I” in “paragraph 2 of annex I”.
    pub division: Option<DivisionName>,
    /// Whether it names sub-clauses of the clause that it stands in: “subparagraph (c)”.
    pub sub: bool,
    /// Whether it points back or ahead.
    pub direction: Option<Direction>,
    /// The word that says so, in the source: what is exchanged where it is wrong. Several pieces where a tracked change
    /// stands between them; none where there is no direction.
    pub direction_word: Vec<TextRange>,
    /// What it belongs to.
    pub owner: Owner,
    /// The clauses that it names, in order; none where a section or an annex as a whole is meant.
    pub pinpoints: Vec<Pinpoint>,
    /// The sections it may mean, in each reading in which it stands; one, unless several have the same name.
    pub sections: Sides<Vec<SectionIndex>>,
}

/// The name of a section in a reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionName {
    /// In the source, emphasis stars not included.
    pub range: TextRange,
    /// As written.
    pub text: Arc<str>,
    /// Whether it is set as an emphasis.
    pub emphasised: bool,
}

/// The part of a resolution that a reference names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PartName {
    /// “preambular paragraph”, 序言部分
    Preamble,
    /// “operative paragraph”, 执行部分
    Operative,
}

/// The name of an annex in a reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DivisionName {
    /// In the source.
    pub range: TextRange,
    /// As written: “annex I”, 附件1.
    pub text: String,
    /// The annex it means, in each reading in which it stands; `None` where there is none of that name.
    pub divisions: Sides<Option<DivisionIndex>>,
}

/// Where a reference points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// “above”, 上述
    Above,
    /// “below”, 下文
    Below,
}

/// What a reference belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Owner {
    /// The resolution it stands in.
    This,
    /// Another text, cited at this place of the source: `Resolution 140` in “resolves 2 of Resolution 140 (Rev. Dubai,
    /// 2018)”. Compare it with the ranges of citations.
    Citation(TextRange),
}

/// One clause of a reference: `2`, `b)`, `2 (b) (ii)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pinpoint {
    /// In the source.
    pub range: TextRange,
    /// Its labels, the outer clause first.
    pub steps: Vec<Step>,
    /// How it stands to the others.
    pub role: Role,
}

/// How a pinpoint stands to those around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// It means itself alone.
    Single,
    /// It begins a range, which the next pinpoint ends.
    From,
    /// It ends a range.
    To,
}

/// One label of a pinpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// All of it with its brackets, in the source.
    pub range: TextRange,
    /// The number or letter alone, in the source: what renumbering replaces. Several pieces where a tracked change
    /// stands between them.
    pub core: Vec<TextRange>,
    /// As written in the reading, brackets included.
    pub text: Arc<str>,
    /// Its readings; none for an ordinal.
    pub labels: Arc<[Label]>,
    /// The number of an ordinal, “third”, and of what has no label, “PP3”.
    pub ordinal: Option<u32>,
    /// What it means, in each reading in which it stands.
    pub target: Sides<Target>,
}

/// What a label of a reference means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Target {
    /// Nothing can be said: several clauses may be meant, the section is not known, or the reference does not stand in
    /// this reading.
    #[default]
    Open,
    /// This clause.
    Clause(ParagraphIndex),
    /// A clause that does not exist.
    Missing,
}

impl Target {
    /// The clause.
    pub fn clause(self) -> Option<ParagraphIndex> {
        match self {
            Target::Clause(paragraph) => Some(paragraph),
            Target::Open | Target::Missing => None,
        }
    }
}

impl Reference {
    /// Whether it names clauses of its own resolution in the text as amended, which is the one that is renumbered.
    pub fn is_own(&self) -> bool {
        self.owner == Owner::This && self.is_amended()
    }

    /// Whether it stands in the text as amended.
    pub fn is_amended(&self) -> bool {
        self.in_both || self.side == Side::Amended
    }

    /// The readings in which it stands.
    pub fn sides(&self) -> impl Iterator<Item = Side> {
        Side::BOTH.into_iter().filter(|side| self.in_both || *side == self.side)
    }
}
