//! The Resmark grammar for tree-sitter.
#![allow(unsafe_code)]
use tree_sitter_language::LanguageFn;
unsafe extern "C" {
    fn tree_sitter_resmark() -> *const ();
}
/// The tree-sitter language.
pub const LANGUAGE: LanguageFn = unsafe { LanguageFn::from_raw(tree_sitter_resmark) };
