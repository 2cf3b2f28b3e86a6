//! Code actions and the edits that they make.

use std::collections::HashMap;

use tower_lsp::ls_types::*;

use super::context::Context;
use super::{diagnostics, features};
use crate::ide::actions::{Action, ActionKind, Note, actions as actions_at};
use crate::syntax;
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

/// The names of the kinds that the server offers.
pub(super) fn kinds() -> Vec<CodeActionKind> {
    KINDS.iter().map(|(_, name)| CodeActionKind::new(name)).collect()
}

fn name_of(kind: ActionKind) -> Option<&'static str> {
    KINDS.iter().find(|(other, _)| *other == kind).map(|(_, name)| *name)
}

/// `textDocument/codeAction`
pub(super) fn actions(context: &Context, params: &CodeActionParams) -> Option<CodeActionResponse> {
    if !context.profile.code_action_literals {
        return None;
    }
    let file = context.file(&params.text_document.uri)?;
    let range = context.text_range(file, params.range);
    // An editor that only wants to know whether to show a lamp is not told what can be done everywhere.
    let unasked =
        params.context.only.is_none() && params.context.trigger_kind == Some(CodeActionTriggerKind::AUTOMATIC);
    let wanted = |kind: ActionKind| match &params.context.only {
        Some(only) => name_of(kind).is_some_and(|name| only.iter().any(|wanted| is_within(name, wanted.as_str()))),
        None => kind == ActionKind::QuickFix || !unasked,
    };
    let actions = actions_at(&context.snapshot, file.id, range, wanted);
    Some(actions.into_iter().filter_map(|action| convert(context, file, action)).map(Into::into).collect())
}

/// Whether a kind is `wanted` or below it: `source.renumber.list` is below `source.renumber` and `source`.
fn is_within(kind: &str, wanted: &str) -> bool {
    wanted.is_empty() || kind.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn convert(context: &Context, file: &File, action: Action) -> Option<CodeAction> {
    let diagnostic = action.finding.map(|finding| diagnostics::of_finding(context, file, &finding));
    let mut edit = workspace_edit(context, action.edits)?;
    annotate(context, file, &action.notes, &mut edit);
    Some(CodeAction {
        title: action.title,
        kind: Some(CodeActionKind::new(name_of(action.kind)?)),
        diagnostics: diagnostic.map(|diagnostic| vec![diagnostic]),
        edit: Some(edit),
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
