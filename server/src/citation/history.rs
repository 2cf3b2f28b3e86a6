//! History recalled on purpose: “*recalling* that Resolution 169 (Rev. Busan, 2014) confirmed …”. Such a citation names
//! an old version because that version did something, and is not out of date.

use super::shape::Found;
use super::token::{Kind, Token, tokens, word};
use super::words::Words;
use crate::syntax::Folded;
use crate::syntax::{Document, Paragraph, Side};

/// How many tokens behind the citation the verb may stand: behind “, on the admission of academia,”.
const REACH: usize = 24;

/// Whether a paragraph recalls: its opening verb does, or the heading of its section.
pub(super) fn recalls(document: &Document, paragraph: &Paragraph, side: Side) -> bool {
    let recalling = |text: &str| {
        let folded = Folded::new(text);
        tokens(&folded, text).iter().any(|token| token.is(word::RECALLING))
    };
    let opening =
        paragraph.opening(side).and_then(|range| paragraph.views[side].text.get(std::ops::Range::from(range)));
    if opening.is_some_and(recalling) {
        return true;
    }
    let heading = paragraph.section.and_then(|section| document.section(section).heading);
    heading.is_some_and(|heading| recalling(&document.paragraph(heading).views[side].text))
}

/// Whether the words around a citation tell what it did: “that” before it, a verb in the past behind it.
pub(super) fn tells(words: &Words<'_>, found: &Found) -> bool {
    let from = found.first.saturating_sub(8);
    let before = words.tokens.get(from..found.first).unwrap_or_default();
    let chinese = words.original(found.start, found.end).chars().any(|c| matches!(c, '一'..='鿿'));
    let that = before.iter().rev().take_while(|token| !ends(token)).any(|token| token.is(word::THAT));
    if !that && !chinese {
        return false;
    }
    let behind = words.tokens.get(found.last..).unwrap_or_default();
    behind.iter().take(REACH).take_while(|token| !ends(token)).any(|token| token.is(word::PAST))
}

fn ends(token: &Token) -> bool {
    matches!(token.kind, Kind::Mark(';' | '。' | '.'))
}
