//! Inlay hints, for who has asked for them in the settings.

use tower_lsp::ls_types::*;

use super::context::Context;
use super::features;
use crate::ide::inlay::hints as hints_of;

/// `textDocument/inlayHint`
pub(super) fn hints(context: &Context, params: &InlayHintParams) -> Option<Vec<InlayHint>> {
    let file = context.file(&params.text_document.uri)?;
    let within = context.text_range(file, params.range);
    let hints = hints_of(&context.snapshot, file.id, within, context.settings_of(file).inlay_hints);
    let position = |offset| context.range(file, crate::syntax::TextRange::empty(offset)).start;
    let hints = hints.into_iter().map(|hint| InlayHint {
        position: position(hint.offset),
        label: InlayHintLabel::String(hint.label),
        kind: None,
        text_edits: hint
            .edits
            .map(|edits| edits.into_iter().map(|edit| features::text_edit(context, file, edit)).collect()),
        tooltip: Some(InlayHintTooltip::String(hint.tooltip)),
        padding_left: Some(true),
        padding_right: None,
        data: None,
    });
    Some(hints.collect())
}
