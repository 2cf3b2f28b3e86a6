//! Rename: another number for a clause.

use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::ls_types::error_codes::REQUEST_FAILED;
use tower_lsp::ls_types::*;

use super::actions::workspace_edit;
use super::capabilities;
use super::context::Context;
use crate::ide;

/// What the server offers a client that can rename.
pub(super) fn options(prepares: bool) -> OneOf<bool, RenameOptions> {
    match prepares {
        true => OneOf::Right(RenameOptions {
            prepare_provider: Some(true),
            work_done_progress_options: capabilities::long(),
        }),
        false => OneOf::Left(true),
    }
}

/// `textDocument/prepareRename`
pub(super) fn prepare(context: &Context, params: &TextDocumentPositionParams) -> Result<PrepareRenameResponse> {
    let renamable = context.cursor(params).and_then(|(file, offset)| {
        let renamable = ide::rename::prepare(&context.snapshot, file.id, offset)?;
        Some((context.range(file, renamable.range), renamable.placeholder))
    });
    let (range, placeholder) = renamable.ok_or_else(nothing_here)?;
    Ok(PrepareRenameResponse::RangeWithPlaceholder { range, placeholder })
}

/// `textDocument/rename`
pub(super) fn rename(context: &Context, params: &RenameParams) -> Result<WorkspaceEdit> {
    let (file, offset) = context.cursor(&params.text_document_position).ok_or_else(nothing_here)?;
    let renamed = ide::rename::rename(&context.snapshot, file.id, offset, &params.new_name);
    let renamed = renamed.map_err(|refusal| failed(refusal.to_string()))?;
    let edit = workspace_edit(context, renamed.edits.into_iter().collect());
    edit.ok_or_else(|| failed("One of the files that would change has no address that the editor knows".to_owned()))
}

fn nothing_here() -> Error {
    failed("Put the cursor on the label of a clause, or on the number in a reference to one".to_owned())
}

/// The request was understood and cannot be done; the message is for the drafter to read.
pub(super) fn failed(message: String) -> Error {
    Error { code: ErrorCode::ServerError(REQUEST_FAILED), message: message.into(), data: None }
}
