//! Code actions and the edits that they make.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::ls_types::*;

use super::context::Context;
use super::rename::failed;
use super::{diagnostics, features};
use crate::ide::actions::{Action, ActionKind, Detail, Note, actions as actions_at, obstacle, title_of};
use crate::syntax::{self, TextRange};
use crate::workspace::{File, FileId};

/// The kinds of actions, by their names in the protocol.
const KINDS: &[(ActionKind, &str)] = &[
    (ActionKind::QuickFix, "quickfix"),
    (ActionKind::RenumberList, "source.renumber.list"),
    (ActionKind::RenumberSection, "source.renumber.section"),
    (ActionKind::RenumberResolution, "source.renumber.resolution"),
    (ActionKind::RenumberDocument, "source.renumber.document"),
    (ActionKind::RenumberWorkspace, "source.renumber.workspace"),
    (ActionKind::FixAll, "source.fixAll.resmark"),
    (ActionKind::UpdateCitations, "source.updateCitations.resmark"),
    (ActionKind::GiveTitle, "refactor.rewrite.title"),
];

/// What makes the fixes of a whole file, whosever they are.
const FIX_ALL: &str = "source.fixAll";

/// The names of the kinds that the server offers.
pub(super) fn kinds() -> Vec<CodeActionKind> {
    KINDS.iter().map(|(_, name)| CodeActionKind::new(name)).collect()
}

fn name_of(kind: ActionKind) -> Option<&'static str> {
    KINDS.iter().find(|(other, _)| *other == kind).map(|(_, name)| *name)
}

/// What an action carries from the list until it is chosen: enough to find it again.
#[derive(Debug, Serialize, Deserialize)]
struct Data {
    uri: Uri,
    /// The moment of the text for which it was offered.
    read_at: u64,
    range: Range,
    kind: CodeActionKind,
    /// Which of those of its kind it was.
    index: usize,
}

/// `textDocument/codeAction`: without the changes, for a client that asks for these when an action is chosen.
pub(super) fn actions(context: &Context, params: &CodeActionParams) -> Option<CodeActionResponse> {
    if !context.profile.code_action_literals {
        return None;
    }
    let file = context.file(&params.text_document.uri)?;
    let range = context.text_range(file, params.range);
    let automatic = params.context.trigger_kind == Some(CodeActionTriggerKind::AUTOMATIC);
    // An editor that only wants to know whether to show a lamp is not told what can be done everywhere.
    let unasked = params.context.only.is_none() && automatic;
    let only = params.context.only.as_deref();
    let wanted = |kind: ActionKind| match only {
        Some(only) => name_of(kind).is_some_and(|name| only.iter().any(|wanted| is_within(name, wanted.as_str()))),
        None => kind == ActionKind::QuickFix || !unasked,
    };
    // Who asks for nothing but the fixes of the whole file is about to save it, and makes them.
    let at_once =
        only.is_some_and(|only| !only.is_empty() && only.iter().all(|kind| is_within(kind.as_str(), FIX_ALL)));
    let detail = if context.profile.resolves_edits && !at_once { Detail::Listed } else { Detail::Whole };
    let found = actions_at(&context.snapshot, file.id, range, detail, wanted);
    let named =
        KINDS.iter().filter(|(_, name)| only.is_some_and(|only| only.iter().any(|kind| kind.as_str() == *name)));
    let missing = named.filter(|(kind, _)| context.profile.disabled_actions && !automatic && !has(&found, *kind));
    let missing: Vec<CodeAction> =
        missing.filter_map(|(kind, name)| disabled(context, file, range, *kind, name)).collect();
    let mut count: HashMap<ActionKind, usize> = HashMap::new();
    let found = found.into_iter().filter_map(|action| {
        if detail == Detail::Whole {
            return convert(context, file, action);
        }
        let before = count.entry(action.kind).or_default();
        let index = std::mem::replace(before, *before + 1);
        let kind = CodeActionKind::new(name_of(action.kind)?);
        let uri = params.text_document.uri.clone();
        let data = Data { uri, read_at: file.read_at(), range: params.range, kind, index };
        Some(CodeAction { data: Some(serde_json::to_value(data).ok()?), ..listed(context, file, &action)? })
    });
    Some(found.chain(missing).map(Into::into).collect())
}

fn has(actions: &[Action], kind: ActionKind) -> bool {
    actions.iter().any(|action| action.kind == kind)
}

/// An action that was asked for by its name and cannot be done, with the reason.
fn disabled(
    context: &Context,
    file: &File,
    range: TextRange,
    kind: ActionKind,
    name: &'static str,
) -> Option<CodeAction> {
    let reason = obstacle(&context.snapshot, file.id, range, kind)?;
    Some(CodeAction {
        title: title_of(kind)?.to_owned(),
        kind: Some(CodeActionKind::new(name)),
        disabled: Some(CodeActionDisabled { reason: reason.to_owned() }),
        ..CodeAction::default()
    })
}

/// `codeAction/resolve`: what an action changes, in the text as it is now.
///
/// # Errors
///
/// When the text has changed since the action was offered, and it was for a place; or when there is nothing to do any
/// more. The message is for the drafter to read.
pub(super) fn resolve(context: &Context, mut action: CodeAction) -> Result<CodeAction> {
    let data = action.data.clone().and_then(|data| serde_json::from_value::<Data>(data).ok());
    // One that was offered whole.
    let Some(data) = data else { return Ok(action) };
    let file = context.file(&data.uri).ok_or_else(|| failed("The document is not there any more".to_owned()))?;
    let kind = KINDS.iter().find(|(_, name)| *name == data.kind.as_str()).map(|(kind, _)| *kind);
    let kind = kind.ok_or_else(|| failed(format!("There is no action of the kind “{}”", data.kind.as_str())))?;
    if file.read_at() != data.read_at && is_of_place(kind) {
        let message = "The text has changed since this was offered; look again what can be done here".into();
        return Err(Error { code: ErrorCode::ContentModified, message, data: None });
    }
    let range = context.text_range(file, data.range);
    let made = actions_at(&context.snapshot, file.id, range, Detail::Whole, |other| other == kind);
    let made = made.into_iter().nth(data.index).and_then(|action| convert(context, file, action));
    let made = made.ok_or_else(|| failed("There is nothing left to do here".to_owned()))?;
    action.edit = made.edit;
    Ok(action)
}

/// Whether an action of this kind is for the place at which it was offered, and not for the file as a whole.
fn is_of_place(kind: ActionKind) -> bool {
    !matches!(
        kind,
        ActionKind::RenumberDocument | ActionKind::RenumberWorkspace | ActionKind::FixAll | ActionKind::UpdateCitations
    )
}

/// Whether a kind is `wanted` or below it: `source.renumber.list` is below `source.renumber` and `source`.
fn is_within(kind: &str, wanted: &str) -> bool {
    wanted.is_empty() || kind.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// An action with all that it changes.
fn convert(context: &Context, file: &File, mut action: Action) -> Option<CodeAction> {
    let mut edit = workspace_edit(context, std::mem::take(&mut action.edits))?;
    annotate(context, file, &action.notes, &mut edit);
    Some(CodeAction { edit: Some(edit), ..listed(context, file, &action)? })
}

/// An action without what it changes.
fn listed(context: &Context, file: &File, action: &Action) -> Option<CodeAction> {
    let diagnostic = action.finding.as_ref().map(|finding| diagnostics::of_finding(context, file, finding));
    Some(CodeAction {
        title: action.title.clone(),
        kind: Some(CodeActionKind::new(name_of(action.kind)?)),
        diagnostics: diagnostic.map(|diagnostic| vec![diagnostic]),
        is_preferred: Some(action.preferred),
        ..CodeAction::default()
    })
}

/// Edits of several documents, each of the version that they were made for, if the client can tell versions apart.
/// `None` if one of the documents has no URI: half a renumbering is none.
pub(super) fn workspace_edit(context: &Context, edits: Vec<(FileId, Vec<syntax::TextEdit>)>) -> Option<WorkspaceEdit> {
    let mut documents = Vec::with_capacity(edits.len());
    for (id, edits) in edits {
        let file = context.snapshot.file(id)?;
        let edits: Vec<TextEdit> = edits.into_iter().map(|edit| features::text_edit(context, file, edit)).collect();
        documents.push((context.uri(id)?, file.version, edits));
    }
    if !context.profile.document_changes {
        let changes = documents.into_iter().map(|(uri, _, edits)| (uri, edits)).collect();
        return Some(WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() });
    }
    let changes = documents.into_iter().map(|(uri, version, edits)| TextDocumentEdit {
        text_document: OptionalVersionedTextDocumentIdentifier { uri, version },
        edits: edits.into_iter().map(OneOf::Left).collect(),
    });
    Some(WorkspaceEdit {
        document_changes: Some(DocumentChanges::Edits(changes.collect())),
        ..WorkspaceEdit::default()
    })
}

/// Says of each change what it does, for a client that then asks the drafter before it is made.
fn annotate(context: &Context, file: &File, notes: &[Note], edit: &mut WorkspaceEdit) {
    let Some(DocumentChanges::Edits(documents)) = &mut edit.document_changes else { return };
    if notes.is_empty() || !context.profile.change_annotations {
        return;
    }
    let uri = context.uri(file.id);
    let ranges: HashMap<(Position, Position), usize> = notes
        .iter()
        .enumerate()
        .flat_map(|(index, note)| note.edits.iter().map(move |range| (index, *range)))
        .map(|(index, range)| (context.range(file, range), index))
        .map(|(range, index)| ((range.start, range.end), index))
        .collect();
    for document in documents.iter_mut().filter(|document| Some(&document.text_document.uri) == uri.as_ref()) {
        for change in &mut document.edits {
            let OneOf::Left(text_edit) = change else { continue };
            let Some(index) = ranges.get(&(text_edit.range.start, text_edit.range.end)) else { continue };
            *change =
                OneOf::Right(AnnotatedTextEdit { text_edit: text_edit.clone(), annotation_id: index.to_string() });
        }
    }
    let annotation = |note: &Note| ChangeAnnotation {
        label: note.label.clone(),
        needs_confirmation: Some(true),
        description: note.description.clone(),
    };
    edit.change_annotations =
        Some(notes.iter().enumerate().map(|(index, note)| (index.to_string(), annotation(note))).collect());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_holds_those_below_it() {
        for wanted in ["", "source", "source.renumber", "source.renumber.list"] {
            assert!(is_within("source.renumber.list", wanted), "{wanted}");
        }
        for wanted in ["source.renumber.section", "source.ren", "quickfix", "source.renumber.list.more"] {
            assert!(!is_within("source.renumber.list", wanted), "{wanted}");
        }
    }
}
