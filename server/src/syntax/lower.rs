//! Tree to [`Document`].

use tree_sitter::Tree;

use super::document::Document;

/// Reads the document off its tree. `text` must be the text that `tree` was parsed from.
pub fn lower(_text: &str, _tree: &Tree) -> Document {
    Document::default()
}
