//! The Resmark grammar for [tree-sitter](https://tree-sitter.github.io): the language, its node types, and the queries
//! that editors colour, fold, indent and select with.

// A language is a C function; calling it through `LanguageFn` is the one thing that needs this.
#![allow(unsafe_code)]

use tree_sitter_language::LanguageFn;

unsafe extern "C" {
    fn tree_sitter_resmark() -> *const ();
}

/// The language, for `Parser::set_language(&LANGUAGE.into())`.
// SAFETY: `tree_sitter_resmark` is the function that the tree-sitter CLI generated for this purpose.
pub const LANGUAGE: LanguageFn = unsafe { LanguageFn::from_raw(tree_sitter_resmark) };

/// The kinds of nodes with their fields and children, as JSON.
pub const NODE_TYPES: &str = include_str!("../../src/node-types.json");

/// What to colour, with the capture names that Neovim, Helix and VS Code themes know.
pub const HIGHLIGHTS_QUERY: &str = include_str!("../../queries/highlights.scm");

/// What can be folded.
pub const FOLDS_QUERY: &str = include_str!("../../queries/folds.scm");

/// How deep a new line is indented.
pub const INDENTS_QUERY: &str = include_str!("../../queries/indents.scm");

/// Texts in other languages inside of a document.
pub const INJECTIONS_QUERY: &str = include_str!("../../queries/injections.scm");

/// Clauses, sections and other things to select and move by.
pub const TEXT_OBJECTS_QUERY: &str = include_str!("../../queries/textobjects.scm");
