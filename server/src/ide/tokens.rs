//! Semantic tokens: what the grammar alone cannot colour, citations and references first of all.

use crate::facts::Facts;
use crate::syntax::{ChangeKind, ParagraphKind, Side, TextRange, TextSize};
use crate::workspace::{FileId, Snapshot};

/// What a stretch of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TokenKind {
    /// Words that a tracked change adds.
    Inserted,
    /// Words that a tracked change takes away.
    Deleted,
    /// A section's heading or a clause's opening verb.
    Verb,
    /// A clause's label.
    Label,
    /// A reference to a clause of this resolution.
    Reference,
    /// A citation of a resolution.
    Citation,
    /// A comment.
    Comment,
}

/// A stretch of text with its kind. Tokens do not overlap; they may run over several lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where.
    pub range: TextRange,
    /// What.
    pub kind: TokenKind,
    /// It is part of an insertion.
    pub inserted: bool,
    /// It is part of a deletion.
    pub deleted: bool,
}

/// The tokens of a file in text order. Empty for a file that is not there.
pub fn tokens(snapshot: &Snapshot, file: FileId) -> Vec<Token> {
    let Some(file) = snapshot.file(file) else { return Vec::new() };
    flatten(&spans(file.facts()))
}

fn spans(facts: &Facts) -> Vec<(TextRange, TokenKind)> {
    let mut spans = Vec::new();
    for paragraph in &facts.document.paragraphs {
        if let Some(label) = &paragraph.label {
            spans.push((label.range, TokenKind::Label));
        }
        let opens = matches!(paragraph.kind, ParagraphKind::Clause | ParagraphKind::SectionHeading);
        for side in Side::BOTH.into_iter().filter(|_| opens) {
            let opening = paragraph.opening(side).map(|opening| paragraph.views[side].source_pieces(opening));
            spans.extend(opening.into_iter().flatten().map(|piece| (piece, TokenKind::Verb)));
        }
        for change in &paragraph.changes {
            match change.kind {
                ChangeKind::Comment => spans.push((change.range, TokenKind::Comment)),
                _ => {
                    spans.extend(change.old.map(|old| (old, TokenKind::Deleted)));
                    spans.extend(change.new.map(|new| (new, TokenKind::Inserted)));
                }
            }
        }
    }
    spans.extend(facts.references.iter().map(|reference| (reference.range, TokenKind::Reference)));
    spans.extend(facts.citations.iter().map(|citation| (citation.range, TokenKind::Citation)));
    spans
}

/// Cuts overlapping spans at every border; each piece is what the greatest kind over it says.
fn flatten(spans: &[(TextRange, TokenKind)]) -> Vec<Token> {
    let mut borders: Vec<(TextSize, bool, TokenKind)> = Vec::with_capacity(spans.len() * 2);
    for &(range, kind) in spans.iter().filter(|(range, _)| !range.is_empty()) {
        borders.push((range.start(), true, kind));
        borders.push((range.end(), false, kind));
    }
    borders.sort();
    let mut tokens: Vec<Token> = Vec::new();
    let mut open = [0u32; TokenKind::Comment as usize + 1];
    let mut at = TextSize::new(0);
    for (border, opens, kind) in borders {
        if border > at {
            push(&mut tokens, TextRange::new(at, border), &open);
            at = border;
        }
        let count = &mut open[kind as usize];
        *count = if opens { *count + 1 } else { count.saturating_sub(1) };
    }
    tokens
}

const KINDS: [TokenKind; 7] = [
    TokenKind::Inserted,
    TokenKind::Deleted,
    TokenKind::Verb,
    TokenKind::Label,
    TokenKind::Reference,
    TokenKind::Citation,
    TokenKind::Comment,
];

fn push(tokens: &mut Vec<Token>, range: TextRange, open: &[u32]) {
    let Some(kind) = KINDS.into_iter().rev().find(|kind| open[*kind as usize] > 0) else { return };
    let inserted = open[TokenKind::Inserted as usize] > 0;
    let deleted = open[TokenKind::Deleted as usize] > 0;
    match tokens.last_mut() {
        Some(last)
            if last.range.end() == range.start()
                && (last.kind, last.inserted, last.deleted) == (kind, inserted, deleted) =>
        {
            last.range = last.range.cover(range);
        }
        _ => tokens.push(Token { range, kind, inserted, deleted }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(start: u32, end: u32) -> TextRange {
        TextRange::new(start.into(), end.into())
    }

    #[test]
    fn a_citation_that_is_partly_inserted_is_cut_at_the_change() {
        let tokens = flatten(&[(range(0, 10), TokenKind::Citation), (range(4, 6), TokenKind::Inserted)]);
        let plain: Vec<_> = tokens.iter().map(|token| (token.range, token.kind, token.inserted)).collect();
        assert_eq!(
            plain,
            [
                (range(0, 4), TokenKind::Citation, false),
                (range(4, 6), TokenKind::Citation, true),
                (range(6, 10), TokenKind::Citation, false),
            ]
        );
    }

    #[test]
    fn the_same_span_twice_is_one_token() {
        let tokens = flatten(&[(range(3, 5), TokenKind::Verb), (range(3, 5), TokenKind::Verb)]);
        assert_eq!(tokens.len(), 1);
    }
}
