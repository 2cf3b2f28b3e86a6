//! `textDocument/hover`.

use tower_lsp::ls_types::*;

use super::context::Context;
use super::plain::plain;
use crate::ide;

/// `textDocument/hover`: as Markdown, or for a client that does not render it as the words alone.
pub(super) fn hover(context: &Context, params: &HoverParams) -> Option<Hover> {
    let (file, offset) = context.cursor(&params.text_document_position_params)?;
    let hover = ide::hover::hover(&context.snapshot, file.id, offset)?;
    let contents = match context.profile.markdown {
        true => MarkupContent { kind: MarkupKind::Markdown, value: hover.markdown },
        false => MarkupContent { kind: MarkupKind::PlainText, value: plain(&hover.markdown) },
    };
    Some(Hover { contents: HoverContents::Markup(contents), range: Some(context.range(file, hover.range)) })
}
