//! What an editor asks: one feature per file, each a plain function over a snapshot. No LSP types.
//!
//! Positions are byte offsets into the text of the snapshot's file.

pub mod actions;
mod block;
pub mod calls;
pub mod citations;
mod cite_title;
pub mod completion;
pub mod declaration;
pub mod definition;
mod file_links;
pub mod fix_all;
pub mod folding;
pub mod format;
mod fragment;
pub mod graph;
pub mod highlight;
pub mod hover;
pub mod implementation;
pub mod inlay;
pub mod item;
pub mod lens;
pub mod linked;
pub mod links;
pub mod losses;
pub mod moved;
pub mod on_type;
pub mod overtaken;
pub mod page;
pub mod preview;
pub mod references;
mod relabel;
pub mod rename;
pub mod renumber;
pub mod selection;
pub mod standing;
pub mod status;
pub mod symbols;
mod target;
pub mod tokens;
pub mod type_definition;
pub mod types;
pub mod update;
pub mod workspace_symbols;

#[cfg(test)]
mod edits;
#[cfg(test)]
mod tests;
