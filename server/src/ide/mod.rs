//! What an editor asks: one feature per file, each a plain function over a snapshot. No LSP types.
//!
//! Positions are byte offsets into the text of the snapshot's file.

pub mod actions;
mod block;
pub mod completion;
pub mod definition;
pub mod fix_all;
pub mod folding;
pub mod format;
mod fragment;
pub mod hover;
pub mod on_type;
pub mod page;
pub mod references;
mod relabel;
pub mod rename;
pub mod renumber;
pub mod symbols;
mod target;
pub mod tokens;
pub mod update;

#[cfg(test)]
mod edits;
#[cfg(test)]
mod tests;
