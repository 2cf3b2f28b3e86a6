//! A text with its tokens.

use super::strings::{Hit, hits};
use super::token::{BodySet, Token, tokens};
use crate::syntax::Folded;

/// A text with its tokens.
#[derive(Debug)]
pub(super) struct Words<'a> {
    pub source: &'a str,
    pub folded: Folded,
    /// The strings in it that the data knows.
    pub hits: Vec<Hit>,
    pub tokens: Vec<Token>,
}

impl<'a> Words<'a> {
    pub fn new(source: &'a str) -> Words<'a> {
        Words::uncut(source).cut()
    }

    /// A text of which only the known strings are looked for; it has no tokens.
    pub fn uncut(source: &'a str) -> Words<'a> {
        let folded = Folded::new(source);
        let hits = hits(&folded.text);
        Words { source, folded, hits, tokens: Vec::new() }
    }

    /// With its tokens.
    pub fn cut(self) -> Words<'a> {
        let tokens = tokens(&self.folded, self.source, &self.hits);
        Words { tokens, ..self }
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
