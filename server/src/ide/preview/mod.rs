//! The preview: a text as it would be printed, in each of its views.
//!
//! A text becomes a [`Preview`] of sheets and blocks, which [`html`] and [`text`] write. What a reader of a view sees is
//! taken from the views of the document; nothing here reads the markup again.

mod cited;
pub mod html;
mod layout;
pub mod page;
mod sheets;
pub mod text;
mod words;

#[cfg(test)]
mod tests;

use crate::syntax::{Language, Side};

pub use layout::{Align, LabelPlace, Layout, Look, Role};
pub use sheets::preview;

use super::definition::Destination;

/// Which readings of a text with tracked changes are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum View {
    /// The text as in force.
    InForce,
    /// Both, with what is inserted and what is deleted marked.
    #[default]
    Tracked,
    /// The text as amended.
    AsAmended,
}

impl View {
    /// Whether this view shows a reading.
    fn shows(self, side: Side) -> bool {
        match self {
            View::InForce => side == Side::InForce,
            View::Tracked => true,
            View::AsAmended => side == Side::Amended,
        }
    }
}

/// A text as it would be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// What to call it: the words of its first title, else the name of the file.
    pub title: String,
    /// The language of its first resolution.
    pub language: Language,
    /// The layout of its first resolution: `itu`, `un`.
    pub layout: &'static Layout,
    /// Whether it has tracked changes, so that its views differ.
    pub changes: bool,
    /// One for each resolution.
    pub sheets: Vec<Sheet>,
    /// Where its citations and references lead, and what they say to who rests on them.
    pub links: Vec<Link>,
}

/// One resolution of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Its language.
    pub language: Language,
    /// How its house prints.
    pub layout: &'static Layout,
    /// Its paragraphs, in the order in which they are printed: footnotes stand at the foot of what they belong to.
    pub blocks: Vec<Block>,
}

/// A paragraph on the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub role: Role,
    /// The line of the text on which it begins, from 0; `None` for words of ours.
    pub line: Option<u32>,
    /// How deep it is nested: 0 for a clause of the section.
    pub level: u16,
    /// Its language, where that is written in another script than the sheet's.
    pub language: Option<Language>,
    /// Whether all of it was inserted or deleted, or something in it.
    pub change: Option<BlockChange>,
    /// Whether there is a label in the text, if not in this view.
    pub label: Vec<Run>,
    /// Its words.
    pub words: Vec<Run>,
}

/// What tracked changes do to a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockChange {
    /// All of it is new.
    Inserted,
    /// All of it goes.
    Deleted,
    /// Some of it changes.
    Inside,
}

/// Words that look the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The words, white space as in the text.
    pub text: String,
    /// How they look.
    pub style: Style,
}

/// How words look, beyond how their paragraph does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Style {
    /// In italics.
    pub emphasis: bool,
    /// In bold type.
    pub strong: bool,
    /// Whether they are of one reading only.
    pub change: Option<Changed>,
    /// What they are besides the text.
    pub kind: RunKind,
    /// The link they are part of, in [`Preview::links`].
    pub link: Option<usize>,
}

/// Of which reading words are, where it is one only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changed {
    /// Of the text as amended.
    Inserted,
    /// Of the text as in force.
    Deleted,
}

/// What words are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RunKind {
    /// Words of the text.
    #[default]
    Text,
    /// What a comment says.
    Comment,
    /// The number of a footnote.
    FootnoteReference,
    /// An id or the like, in the letters of a typewriter.
    Code,
}

/// A citation, a reference to a clause or the number of a footnote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What it is: names of classes of the style sheet.
    pub class: &'static str,
    /// What to say to who rests on it, in plain words; several lines.
    pub tooltip: String,
    /// Where it leads; `None` for what nobody knows.
    pub destination: Option<Destination>,
}

impl Run {
    /// Plain words.
    pub(super) fn plain(text: impl Into<String>) -> Run {
        Run { text: text.into(), style: Style::default() }
    }
}
