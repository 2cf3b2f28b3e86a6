//! What the server offers.

use serde_json::{Value, json};
use tower_lsp::ls_types::*;

use super::client::ClientProfile;
use super::{actions, completion, files, formatting, links, rename, tokens, uri};

/// What the server offers and the types have no name for yet, to be put beside the rest.
pub(super) fn unnamed() -> [(&'static str, Value); 2] {
    [
        ("typeHierarchyProvider", json!(true)),
        // `textDocument/rangesFormatting` is of the protocol's version 3.18.
        ("documentRangeFormattingProvider", json!({ "rangesSupport": true })),
    ]
}

/// Of requests that may take long, and show how far they have come.
pub(super) fn long() -> WorkDoneProgressOptions {
    WorkDoneProgressOptions { work_done_progress: Some(true) }
}

/// What the server offers this client.
pub(super) fn of(profile: &ClientProfile) -> ServerCapabilities {
    ServerCapabilities {
        position_encoding: Some(profile.encoding.kind()),
        text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::INCREMENTAL),
            ..TextDocumentSyncOptions::default()
        })),
        // A client that is pushed to must not pull as well: it would show every finding twice.
        diagnostic_provider: profile.pulls.then(|| {
            DiagnosticServerCapabilities::Options(DiagnosticOptions {
                identifier: Some("resmark".to_owned()),
                inter_file_dependencies: true,
                workspace_diagnostics: true,
                work_done_progress_options: long(),
            })
        }),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        completion_provider: profile.completion.then(completion::options),
        // What is read only is offered to everybody: some clients ask for it that do not say that they can.
        definition_provider: Some(OneOf::Left(true)),
        declaration_provider: Some(DeclarationCapability::Simple(true)),
        type_definition_provider: Some(TypeDefinitionProviderCapability::Simple(true)),
        implementation_provider: Some(ImplementationProviderCapability::Simple(true)),
        document_highlight_provider: Some(OneOf::Left(true)),
        selection_range_provider: Some(SelectionRangeProviderCapability::Simple(true)),
        linked_editing_range_provider: profile
            .linked_editing
            .then_some(LinkedEditingRangeServerCapabilities::Simple(true)),
        references_provider: Some(OneOf::Right(ReferenceOptions { work_done_progress_options: long() })),
        document_symbol_provider: Some(OneOf::Left(true)),
        folding_range_provider: Some(FoldingRangeProviderCapability::Simple(true)),
        document_formatting_provider: Some(OneOf::Left(true)),
        document_on_type_formatting_provider: profile.on_type_formatting.then(|| DocumentOnTypeFormattingOptions {
            first_trigger_character: formatting::TRIGGER.to_owned(),
            more_trigger_character: None,
        }),
        rename_provider: profile.rename.then(|| rename::options(profile.prepares_rename)),
        semantic_tokens_provider: Some(SemanticTokensServerCapabilities::SemanticTokensOptions(
            SemanticTokensOptions {
                legend: tokens::legend(),
                full: Some(match profile.token_changes {
                    true => SemanticTokensFullOptions::Delta { delta: Some(true) },
                    false => SemanticTokensFullOptions::Bool(true),
                }),
                range: Some(true),
                ..SemanticTokensOptions::default()
            },
        )),
        code_action_provider: profile.code_action_literals.then(|| {
            CodeActionProviderCapability::Options(CodeActionOptions {
                code_action_kinds: Some(actions::kinds()),
                resolve_provider: Some(profile.resolves_edits),
                ..CodeActionOptions::default()
            })
        }),
        // A lens that cannot be clicked is in the way.
        code_lens_provider: profile.shows_references.then_some(CodeLensOptions { resolve_provider: Some(true) }),
        // Some clients ask for the hierarchies that do not say that they can.
        call_hierarchy_provider: Some(CallHierarchyServerCapability::Simple(true)),
        document_link_provider: Some(links::options()),
        workspace_symbol_provider: Some(OneOf::Right(WorkspaceSymbolOptions {
            resolve_provider: Some(profile.resolves_symbols),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        })),
        // Offered whatever the settings: they may change, and then the client is told to ask again.
        inlay_hint_provider: Some(OneOf::Left(true)),
        workspace: Some(WorkspaceServerCapabilities {
            workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                supported: Some(true),
                change_notifications: Some(OneOf::Left(true)),
            }),
            file_operations: files::offered(&profile.file_operations),
        }),
        // `workspace.textDocumentContent` of the protocol's version 3.18, which the types do not have yet.
        experimental: Some(json!({ "textDocumentContent": { "schemes": [uri::CATALOGUE_SCHEME] } })),
        ..ServerCapabilities::default()
    }
}
