//! Formatting: the document, the blocks in a range, what Enter brings.

use serde::Deserialize;
use tower_lsp::ls_types::*;

use super::context::Context;
use super::features::text_edit;
use crate::ide;

/// `textDocument/formatting`. The options are those of programs: how far a clause is set in is a question of the markup,
/// not of the editor's tabs.
pub(super) fn format(context: &Context, uri: &Uri) -> Option<Vec<TextEdit>> {
    let file = context.file(uri)?;
    let edits = ide::format::format(file.text(), &file.facts().document);
    Some(edits.into_iter().map(|edit| text_edit(context, file, edit)).collect())
}

/// What `textDocument/rangesFormatting` asks, which the types do not have yet (it is of the protocol's version 3.18).
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RangesFormattingParams {
    pub text_document: TextDocumentIdentifier,
    pub ranges: Vec<Range>,
}

/// `textDocument/rangeFormatting` and `/rangesFormatting`: the blocks that lie wholly in the ranges.
pub(super) fn format_within(context: &Context, uri: &Uri, ranges: &[Range]) -> Option<Vec<TextEdit>> {
    let file = context.file(uri)?;
    let ranges: Vec<_> = ranges.iter().map(|range| context.text_range(file, *range)).collect();
    let edits = ide::format::format_within(file.text(), &file.facts().document, &ranges);
    Some(edits.into_iter().map(|edit| text_edit(context, file, edit)).collect())
}

/// The keys after which a document may change by itself.
pub(super) const TRIGGER: &str = "\n";

/// `textDocument/onTypeFormatting`
pub(super) fn on_type(context: &Context, params: &DocumentOnTypeFormattingParams) -> Option<Vec<TextEdit>> {
    let (file, offset) = context.cursor(&params.text_document_position)?;
    let typed = params.ch.chars().last()?;
    let edits = ide::on_type::on_type(&context.snapshot, file.id, offset, typed)?;
    Some(edits.into_iter().map(|edit| text_edit(context, file, edit)).collect())
}
