//! A text with its tokens.

use super::token::{BodySet, Token, tokens};
use crate::syntax::Folded;

/// A text with its tokens.
#[derive(Debug)]
pub(super) struct Words<'a> {
    pub source: &'a str,
    pub folded: Folded,
    pub tokens: Vec<Token>,
}

impl<'a> Words<'a> {
    pub fn new(source: &'a str) -> Words<'a> {
        let folded = Folded::new(source);
        let tokens = tokens(&folded, source);
        Words { source, folded, tokens }
    }

    /// The token at `index`, if there is one.
    pub fn at(&self, index: usize) -> Option<&Token> {
        self.tokens.get(index)
    }

    /// The words between two byte offsets of the folded text, as the source has them.
    pub fn original(&self, start: u32, end: u32) -> &'a str {
        self.source.get(self.folded.origin(start as usize)..self.folded.origin(end as usize)).unwrap_or_default()
    }

    /// The folded words of a token.
    pub fn folded(&self, token: &Token) -> &str {
        self.folded.text.get(token.start as usize..token.end as usize).unwrap_or_default()
    }

    pub fn is(&self, index: usize, words: u32) -> bool {
        self.at(index).is_some_and(|token| token.is(words))
    }

    pub fn is_mark(&self, index: usize, mark: char) -> bool {
        self.at(index).is_some_and(|token| token.is_mark(mark))
    }

    pub fn bodies(&self, index: usize) -> BodySet {
        self.at(index).map_or(BodySet::NONE, Token::bodies)
    }
}
