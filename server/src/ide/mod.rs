//! What an editor asks: one feature per file, each a plain function over a snapshot. No LSP types.

pub mod format;
