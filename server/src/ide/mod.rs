//! What an editor asks: one feature per file, each a plain function over a snapshot. No LSP types.
//!
//! Positions are byte offsets into the text of the snapshot's file.

pub mod folding;
pub mod format;
pub mod symbols;
pub mod tokens;
