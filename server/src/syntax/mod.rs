//! Text to tree to [`Document`]: resolutions, divisions, sections, clauses, their labels and tracked changes.
//!
//! Knows the markup and nothing of its meaning: what a label counts, what a citation names and which verbs open a
//! clause are questions for the layers above. Positions are byte offsets ([`TextSize`], [`TextRange`]) into the
//! UTF-8 text; lines and columns exist at the edges alone.

mod document;
mod edit;
mod fold;
mod inline;
mod kind;
mod language;
mod lower;
mod parse;
mod patches;
mod trace;
mod view;
mod words;

#[cfg(test)]
mod again_tests;
#[cfg(test)]
mod tests;

pub use document::*;
pub use edit::TextEdit;
pub(crate) use fold::{Folded, fold};
pub use language::Language;
pub use lower::{lower, lower_again};
pub use parse::{Parser, parse};
pub use patches::Patches;
pub use text_size::{TextRange, TextSize};
pub use view::{Mark, MarkKind, Side, Sides, View, ViewWords};
pub use words::Remembered;
