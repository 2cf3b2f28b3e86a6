//! What several requests share: the pages that the server writes, and edits in the protocol's types.

use tower_lsp::ls_types::*;

use super::context::Context;
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

/// An edit of a document.
pub(super) fn text_edit(context: &Context, file: &File, edit: syntax::TextEdit) -> TextEdit {
    TextEdit { range: context.range(file, edit.range), new_text: edit.text }
}
