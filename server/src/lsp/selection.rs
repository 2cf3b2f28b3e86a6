//! Selections: what grows around the cursor, and what is typed over together.

use tower_lsp::ls_types::*;

use super::context::Context;
use crate::ide::linked::linked;
use crate::ide::selection::selections;

/// `textDocument/selectionRange`: for each position a chain, from the inside out.
pub(super) fn selection_ranges(context: &Context, params: &SelectionRangeParams) -> Option<Vec<SelectionRange>> {
    let file = context.file(&params.text_document.uri)?;
    let offsets: Vec<_> = params.positions.iter().map(|position| context.offset(file, *position)).collect();
    let chains = selections(&context.snapshot, file.id, &offsets).into_iter().map(|chain| {
        let outside_in = chain.iter().rev().map(|range| context.range(file, *range));
        let nested = outside_in.fold(None, |parent, range| Some(Box::new(SelectionRange { range, parent })));
        nested.map(|innermost| *innermost).unwrap_or_default()
    });
    Some(chains.collect())
}

/// What may be typed for the number of a clause: letters and figures of any script. Not every client knows the classes of
/// Unicode, so it says what ends one.
const NUMBER: &str = r"[^\s.,;:()\[\]{}*~<>+、，；：（）［］]+";

/// The same for numbers with points, `1.1`.
const DOTTED_NUMBER: &str = r"[^\s,;:()\[\]{}*~<>+、，；：（）［］]+";

/// `textDocument/linkedEditingRange`
pub(super) fn linked_ranges(context: &Context, params: &LinkedEditingRangeParams) -> Option<LinkedEditingRanges> {
    let (file, offset) = context.cursor(&params.text_document_position_params)?;
    let linked = linked(&context.snapshot, file.id, offset)?;
    let pattern = if linked.dotted { DOTTED_NUMBER } else { NUMBER };
    Some(LinkedEditingRanges {
        ranges: linked.ranges.into_iter().map(|range| context.range(file, range)).collect(),
        word_pattern: Some(pattern.to_owned()),
    })
}
