//! `textDocument/foldingRange`.

use tower_lsp::ls_types::*;

use super::context::Context;
use crate::ide::folding::{Fold, FoldKind, folding, outermost};

/// `textDocument/foldingRange`: whole lines for a client that folds no other, no more than it wants, and what stands for
/// them where it shows that.
pub(super) fn folds(context: &Context, params: &FoldingRangeParams) -> Option<Vec<FoldingRange>> {
    let file = context.file(&params.text_document.uri)?;
    let profile = &context.profile;
    let mut folds = folding(&context.snapshot, file.id);
    if profile.folds_lines {
        one_a_line(&mut folds, |fold| context.range(file, fold.range));
    }
    if let Some(most) = profile.most_folds {
        folds = outermost(folds, most as usize);
    }
    let ranges = folds.into_iter().map(|fold| {
        let Range { start, end } = context.range(file, fold.range);
        FoldingRange {
            start_line: start.line,
            // From the end of the first line on, which is what is meant where nothing is said.
            start_character: None,
            end_line: end.line,
            end_character: (!profile.folds_lines).then_some(end.character),
            kind: kind(fold.kind),
            collapsed_text: profile.collapsed_text.then_some(fold.collapsed),
        }
    });
    Some(ranges.collect())
}

/// Leaves out the folds that begin on the line of the one that they stand in, and those that go on where, by lines, it
/// has ended: a client would take one of them, and not always the outer.
fn one_a_line(folds: &mut Vec<Fold>, lines: impl Fn(&Fold) -> Range) {
    let mut open: Vec<(u32, u32)> = Vec::new();
    folds.retain(|fold| {
        let Range { start, end } = lines(fold);
        while open.last().is_some_and(|(_, last)| *last < start.line) {
            open.pop();
        }
        let fits = open.last().is_none_or(|(first, last)| *first < start.line && end.line <= *last);
        if fits {
            open.push((start.line, end.line));
        }
        fits
    });
}

/// “Fold all block comments” takes comments and metadata, “fold all regions” leaves the headings of a resolution.
fn kind(kind: FoldKind) -> Option<FoldingRangeKind> {
    match kind {
        FoldKind::Metadata | FoldKind::Comment => Some(FoldingRangeKind::Comment),
        FoldKind::Section => Some(FoldingRangeKind::Region),
        _ => None,
    }
}
