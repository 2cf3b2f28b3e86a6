//! Text to tree.

use tree_sitter::Tree;

/// A parser that is kept between edits.
pub struct Parser(tree_sitter::Parser);

impl Default for Parser {
    fn default() -> Parser {
        Parser::new()
    }
}

impl Parser {
    /// A parser for Resmark.
    pub fn new() -> Parser {
        let mut parser = tree_sitter::Parser::new();
        parser
            .set_language(&tree_sitter_resmark::LANGUAGE.into())
            .expect("the grammar in this repository is of an ABI that this tree-sitter reads");
        Parser(parser)
    }

    /// The tree of `text`. With the tree of the text before an edit, on which `Tree::edit` was called, only what the
    /// edit reached is read again.
    pub fn parse(&mut self, text: &str, old: Option<&Tree>) -> Tree {
        self.0.parse(text, old).expect("a parser that has a language and no time limit gives a tree")
    }
}

/// The tree of `text`, read from nothing.
pub fn parse(text: &str) -> Tree {
    Parser::new().parse(text, None)
}
