//! Folding: metadata, resolutions, divisions, sections, and clauses with sub-clauses.

use crate::syntax::{Document, ParagraphKind, TextRange, TextSize};
use crate::workspace::{FileId, Snapshot};

/// A stretch that can be folded away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fold {
    /// From the line that stays visible to the last line that goes.
    pub range: TextRange,
    /// Metadata folds as a comment does: away with the first command that hides comments.
    pub is_metadata: bool,
}

/// The folds of a file, outer ones first. Empty for a file that is not there.
pub fn folding(snapshot: &Snapshot, file: FileId) -> Vec<Fold> {
    let Some(file) = snapshot.file(file) else { return Vec::new() };
    folds(&file.facts().document)
}

fn folds(document: &Document) -> Vec<Fold> {
    let mut folds = Vec::new();
    let mut push = |start: TextSize, end: TextSize, is_metadata: bool| {
        if start < end {
            folds.push(Fold { range: TextRange::new(start, end), is_metadata });
        }
    };
    if let (Some(first), Some(last)) = (document.metadata.first(), document.metadata.last()) {
        push(first.range.start(), last.range.end(), true);
    }
    let last_word = |range: TextRange| {
        let after = document.paragraphs.partition_point(|paragraph| paragraph.range.start() < range.end());
        document.paragraphs[..after].last().map_or(range.end(), |paragraph| paragraph.range.end())
    };
    for resolution in &document.resolutions {
        if resolution.title.is_some() || resolution.proposal.is_some() {
            push(resolution.range.start(), last_word(resolution.range), false);
        }
    }
    for division in &document.divisions {
        push(division.range.start(), last_word(division.range), false);
    }
    for section in document.sections.iter().filter(|section| section.heading.is_some()) {
        push(section.range.start(), last_word(section.range), false);
    }
    for (index, paragraph) in document.iter().filter(|(_, paragraph)| paragraph.kind == ParagraphKind::Clause) {
        let nested = document.paragraphs[index.index() + 1..].iter().take_while(|next| next.level > paragraph.level);
        if let Some(last) = nested.last() {
            push(paragraph.range.start(), last.range.end(), false);
        }
    }
    folds.sort_by_key(|fold| (fold.range.start(), std::cmp::Reverse(fold.range.end())));
    folds
}
