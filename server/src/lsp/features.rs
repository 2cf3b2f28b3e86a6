//! What several requests share: the pages that the server writes, and edits in the protocol's types.

use std::sync::atomic::{AtomicU64, Ordering};

use tower_lsp::ls_types::*;

use super::context::Context;
use super::outbox::Outbox;
use super::uri;
use crate::workspace::File;
use crate::{ide, syntax};

/// The text of a page about a rule, or about a resolution that only the catalogue knows.
pub(super) fn page(context: &Context, uri: &Uri) -> Option<String> {
    if let Some(rule) = uri::to_rule(uri) {
        return Some(rule.page.to_owned());
    }
    let (id, version) = uri::to_page(uri)?;
    ide::page::page(&context.snapshot, &id, version.as_ref(), context.profile.language)
}

/// Says, where something that could lead elsewhere leads nowhere yet, that this is not for sure while files are being read;
/// once until more is known, which `told` remembers.
pub(super) fn unsure(context: &Context, at: &TextDocumentPositionParams, outbox: &Outbox, told: &AtomicU64) {
    let Some(reservation) = context.snapshot.reservation() else { return };
    let Some((file, offset)) = context.cursor(at) else { return };
    if ide::hover::hover(&context.snapshot, file.id, offset).is_some()
        && told.swap(context.began, Ordering::Relaxed) != context.began
    {
        let again = if context.snapshot.is_reading() { " Ask again when that is done." } else { "" };
        outbox.show(MessageType::INFO, format!("{reservation}{again}"));
    }
}

/// An edit of a document.
pub(super) fn text_edit(context: &Context, file: &File, edit: syntax::TextEdit) -> TextEdit {
    TextEdit { range: context.range(file, edit.range), new_text: edit.text }
}
