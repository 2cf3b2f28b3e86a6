//! What the client can do, read off its `initialize` request once.

use jiff::civil::Date;
use serde_json::Value;
use tower_lsp::ls_types::{
    DiagnosticTag, GotoCapability, InitializeParams, MarkupKind, SemanticTokensFullOptions,
    WorkspaceFileOperationsClientCapabilities,
};

use super::position::Encoding;
use crate::ide::inlay::Wanted;
use crate::syntax::Language;

/// What the client can do and wants.
#[derive(Debug, Clone)]
pub(super) struct ClientProfile {
    /// What a column counts.
    pub encoding: Encoding,
    /// It asks for diagnostics and can be told to ask again; so nothing is pushed that it would then show twice.
    pub pulls: bool,
    pub related_information: bool,
    pub code_description: bool,
    pub deprecated_tag: bool,
    /// It applies edits to a named version of a document.
    pub document_changes: bool,
    /// It shows what is said of single changes before they are made.
    pub change_annotations: bool,
    pub code_action_literals: bool,
    /// It asks for what an action changes when the action is chosen.
    pub resolves_edits: bool,
    /// It shows actions that cannot be done now, and why.
    pub disabled_actions: bool,
    /// It takes findings of other documents beside those of the one it asks about.
    pub related_documents: bool,
    pub definition_links: bool,
    pub declaration_links: bool,
    pub type_definition_links: bool,
    pub implementation_links: bool,
    /// It folds whole lines and nothing else.
    pub folds_lines: bool,
    /// It wants no more folds than this.
    pub most_folds: Option<u32>,
    /// It shows what stands for a fold.
    pub collapsed_text: bool,
    /// It asks what has changed since the last semantic tokens.
    pub token_changes: bool,
    /// It takes semantic tokens that run over several lines.
    pub multiline_tokens: bool,
    /// It edits several places at once while one of them is typed over.
    pub linked_editing: bool,
    pub on_type_formatting: bool,
    pub rename: bool,
    /// It asks what a rename would change before it asks the drafter for the new name.
    pub prepares_rename: bool,
    pub markdown: bool,
    pub completion: bool,
    /// It shows that an item of a list is outdated, by a tag.
    pub completion_tags: bool,
    /// It shows a few words behind the name of an item.
    pub completion_details: bool,
    /// It renders what is told of an item.
    pub completion_markdown: bool,
    /// Whether it can fill in snippets.
    pub completion_snippets: bool,
    pub nested_symbols: bool,
    pub progress: bool,
    pub watches_files: bool,
    /// It watches files of one folder.
    pub relative_patterns: bool,
    /// What it tells of files that are made, moved and deleted in the editor.
    pub file_operations: WorkspaceFileOperationsClientCapabilities,
    pub configuration: bool,
    pub dynamic_configuration: bool,
    /// The drafter's own language, for pages that are in no document's.
    pub language: Option<Language>,
    /// It shows the catalogue's pages (`initializationOptions.catalogPages`).
    pub catalogue_pages: bool,
    /// It has the command of a lens, [`super::lens::COMMAND`] (`initializationOptions.showReferences`).
    pub shows_references: bool,
    /// It can be told to ask for the lenses again.
    pub refreshes_lenses: bool,
    pub link_tooltips: bool,
    /// It asks for the range of a workspace symbol when it goes there.
    pub resolves_symbols: bool,
    /// It can be told to ask for the inlay hints again.
    pub refreshes_inlay_hints: bool,
    /// It can be asked to show a place of a document.
    pub shows_documents: bool,
}

impl ClientProfile {
    /// Reads the request.
    pub(super) fn of(params: &InitializeParams) -> ClientProfile {
        let client = &params.capabilities;
        let text = client.text_document.as_ref();
        let workspace = client.workspace.as_ref();
        let push = text.and_then(|text| text.publish_diagnostics.as_ref());
        let pull = text.and_then(|text| text.diagnostic.as_ref());
        let refreshes = workspace.and_then(|w| w.diagnostics.as_ref()).and_then(|d| d.refresh_support) == Some(true);
        let pulls = pull.is_some() && refreshes;
        let tags = push.and_then(|push| push.tag_support.as_ref());
        let code_action = text.and_then(|text| text.code_action.as_ref());
        let rename = text.and_then(|text| text.rename.as_ref());
        let completion = text.and_then(|text| text.completion.as_ref());
        let item = completion.and_then(|completion| completion.completion_item.as_ref());
        let hover = text.and_then(|text| text.hover.as_ref()).and_then(|hover| hover.content_format.as_ref());
        let symbols = text.and_then(|text| text.document_symbol.as_ref());
        let watched = workspace.and_then(|workspace| workspace.did_change_watched_files.as_ref());
        let configured = workspace.and_then(|workspace| workspace.did_change_configuration.as_ref());
        let edit = workspace.and_then(|workspace| workspace.workspace_edit.as_ref());
        let lenses = workspace.and_then(|workspace| workspace.code_lens.as_ref());
        let hints = workspace.and_then(|workspace| workspace.inlay_hint.as_ref());
        let links = text.and_then(|text| text.document_link.as_ref());
        let resolves = workspace.and_then(|w| w.symbol.as_ref()).and_then(|symbol| symbol.resolve_support.as_ref());
        let folding = text.and_then(|text| text.folding_range.as_ref());
        let tokens = text.and_then(|text| text.semantic_tokens.as_ref());
        let links_to = |goto: Option<GotoCapability>| goto.and_then(|goto| goto.link_support) == Some(true);
        let option = |name| params.initialization_options.as_ref().and_then(|options| options.get(name));
        ClientProfile {
            encoding: Encoding::negotiate(client),
            pulls,
            // What a client can show does not depend on how it got it; some declare it for one way only.
            related_information: push.and_then(|push| push.related_information) == Some(true)
                || pull.and_then(|pull| pull.related_information) == Some(true),
            code_description: push.and_then(|push| push.code_description_support) == Some(true)
                || pull.and_then(|pull| pull.code_description_support) == Some(true),
            deprecated_tag: tags.is_some_and(|tags| tags.value_set.contains(&DiagnosticTag::DEPRECATED)),
            document_changes: edit.and_then(|edit| edit.document_changes) == Some(true),
            change_annotations: edit.is_some_and(|edit| edit.change_annotation_support.is_some()),
            code_action_literals: code_action.is_some_and(|action| action.code_action_literal_support.is_some()),
            resolves_edits: code_action
                .and_then(|action| action.resolve_support.as_ref())
                .is_some_and(|resolves| resolves.properties.iter().any(|property| property == "edit"))
                && code_action.and_then(|action| action.data_support) == Some(true),
            disabled_actions: code_action.and_then(|action| action.disabled_support) == Some(true),
            related_documents: pull.and_then(|pull| pull.related_document_support) == Some(true),
            definition_links: links_to(text.and_then(|text| text.definition)),
            declaration_links: links_to(text.and_then(|text| text.declaration)),
            type_definition_links: links_to(text.and_then(|text| text.type_definition)),
            implementation_links: links_to(text.and_then(|text| text.implementation)),
            folds_lines: folding.and_then(|folding| folding.line_folding_only) == Some(true),
            most_folds: folding.and_then(|folding| folding.range_limit),
            collapsed_text: folding.and_then(|f| f.folding_range.as_ref()).and_then(|f| f.collapsed_text) == Some(true),
            token_changes: matches!(
                tokens.and_then(|tokens| tokens.requests.full.as_ref()),
                Some(SemanticTokensFullOptions::Delta { delta: Some(true) })
            ),
            multiline_tokens: tokens.and_then(|tokens| tokens.multiline_token_support) == Some(true),
            linked_editing: text.is_some_and(|text| text.linked_editing_range.is_some()),
            on_type_formatting: text.is_some_and(|text| text.on_type_formatting.is_some()),
            rename: rename.is_some(),
            prepares_rename: rename.and_then(|rename| rename.prepare_support) == Some(true),
            completion: completion.is_some(),
            completion_tags: item.is_some_and(|item| item.tag_support.is_some()),
            completion_details: item.and_then(|item| item.label_details_support) == Some(true),
            completion_snippets: item.and_then(|item| item.snippet_support) == Some(true),
            completion_markdown: item
                .and_then(|item| item.documentation_format.as_ref())
                .is_none_or(|formats| formats.contains(&MarkupKind::Markdown)),
            // The first is the one that it likes best.
            markdown: hover.and_then(|formats| formats.first()).is_none_or(|format| *format == MarkupKind::Markdown),
            nested_symbols: symbols.and_then(|s| s.hierarchical_document_symbol_support) == Some(true),
            progress: client.window.as_ref().and_then(|window| window.work_done_progress) == Some(true),
            watches_files: watched.and_then(|watched| watched.dynamic_registration) == Some(true),
            relative_patterns: watched.and_then(|watched| watched.relative_pattern_support) == Some(true),
            file_operations: workspace.and_then(|workspace| workspace.file_operations.clone()).unwrap_or_default(),
            configuration: workspace.and_then(|workspace| workspace.configuration) == Some(true),
            dynamic_configuration: configured.and_then(|configured| configured.dynamic_registration) == Some(true),
            language: params.locale.as_deref().and_then(Language::from_code),
            catalogue_pages: option("catalogPages").and_then(Value::as_bool) == Some(true),
            shows_references: option("showReferences").and_then(Value::as_bool) == Some(true),
            refreshes_lenses: lenses.and_then(|lenses| lenses.refresh_support) == Some(true),
            link_tooltips: links.and_then(|links| links.tooltip_support) == Some(true),
            resolves_symbols: resolves
                .is_some_and(|resolves| resolves.properties.iter().any(|property| property == "location.range")),
            shows_documents: client.window.as_ref().and_then(|w| w.show_document.as_ref()).is_some_and(|s| s.support),
            refreshes_inlay_hints: hints.and_then(|hints| hints.refresh_support) == Some(true),
        }
    }
}

/// What the drafter has set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Settings {
    /// The day as of which citations are judged; today if there is none.
    pub as_of: Option<Date>,
    /// The hints between the words that are wanted; none, if nothing is said.
    pub inlay_hints: Wanted,
}

impl Settings {
    /// Lays `{"asOf": "YYYY-MM-DD", "inlayHints": {"versionInForce": true, "candidates": true}}`, bare or below `resmark`,
    /// over these settings. What is not there, or `null`, stays; an empty date is today.
    ///
    /// Second comes what to tell the drafter of those that are of another kind; these stay, too.
    pub(super) fn with(&self, value: &Value) -> (Settings, Vec<String>) {
        let value = value.get("resmark").unwrap_or(value);
        let mut problems = Vec::new();
        let as_of = as_of(value.get("asOf"), self.as_of).unwrap_or_else(|problem| {
            problems.push(problem);
            self.as_of
        });
        let inlay_hints = inlay_hints(value.get("inlayHints"), self.inlay_hints).unwrap_or_else(|problem| {
            problems.push(problem);
            self.inlay_hints
        });
        (Settings { as_of, inlay_hints }, problems)
    }
}

fn as_of(value: Option<&Value>, over: Option<Date>) -> Result<Option<Date>, String> {
    match value {
        None | Some(Value::Null) => Ok(over),
        Some(Value::String(text)) if text.trim().is_empty() => Ok(None),
        Some(Value::String(text)) => match text.trim().parse() {
            Ok(date) => Ok(Some(date)),
            Err(_) => Err(format!("resmark.asOf: “{text}” is no date; write it as 2024-05-31")),
        },
        Some(other) => Err(format!("resmark.asOf: {other} is no date; write it as \"2024-05-31\"")),
    }
}

fn inlay_hints(value: Option<&Value>, over: Wanted) -> Result<Wanted, String> {
    let settings = match value {
        None | Some(Value::Null) => return Ok(over),
        Some(Value::Object(settings)) => settings,
        Some(other) => {
            return Err(format!("resmark.inlayHints: {other} is not understood; write {{\"versionInForce\": true}}"));
        }
    };
    let flag = |name: &str, over: bool| match settings.get(name) {
        None | Some(Value::Null) => Ok(over),
        Some(Value::Bool(wanted)) => Ok(*wanted),
        Some(other) => Err(format!("resmark.inlayHints.{name}: {other} is neither true nor false")),
    };
    Ok(Wanted {
        version_in_force: flag("versionInForce", over.version_in_force)?,
        candidates: flag("candidates", over.candidates)?,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::json;

    use super::*;

    /// What these settings say, laid over none.
    fn settings(value: Value) -> Settings {
        let (settings, problems) = Settings::default().with(&value);
        assert_eq!(problems, [] as [String; 0]);
        settings
    }

    fn problem(value: Value) -> String {
        let (settings, problems) = Settings::default().with(&value);
        assert_eq!(settings, Settings::default());
        problems.join("; ")
    }

    #[test]
    fn a_date_may_be_bare_or_below_the_name() {
        let date: Date = "2023-01-31".parse().unwrap();
        assert_eq!(settings(json!({"asOf": "2023-01-31"})).as_of, Some(date));
        assert_eq!(settings(json!({"resmark": {"asOf": "2023-01-31"}})).as_of, Some(date));
        for none in [json!(null), json!({}), json!({"asOf": ""}), json!({"resmark": {"asOf": null}}), json!(3)] {
            assert_eq!(settings(none).as_of, None);
        }
        assert!(problem(json!({"asOf": "31/01/2023"})).contains("31/01/2023"));
        assert!(problem(json!({"asOf": 20230131})).contains("20230131"));
    }

    #[test]
    fn hints_are_off_until_they_are_asked_for() {
        for none in
            [json!(null), json!({}), json!({"inlayHints": null}), json!({"inlayHints": {"versionInForce": false}})]
        {
            assert_eq!(settings(none).inlay_hints, Wanted::default());
        }
        let wanted = Wanted { version_in_force: true, candidates: false };
        let both = settings(json!({"resmark": {"asOf": "", "inlayHints": {"versionInForce": true}}}));
        assert_eq!(both.inlay_hints, wanted);
        assert!(problem(json!({"inlayHints": true})).contains("versionInForce"));
        assert!(problem(json!({"inlayHints": {"candidates": "yes"}})).contains("candidates"));
    }

    #[test]
    fn what_is_not_said_stays_as_it_was() {
        let first = settings(json!({"asOf": "2023-01-31", "inlayHints": {"candidates": true}}));
        let (over, _) = first.with(&json!({"inlayHints": {"versionInForce": true}}));
        assert_eq!(over.as_of, first.as_of);
        assert_eq!(over.inlay_hints, Wanted { version_in_force: true, candidates: true });
        assert_eq!(first.with(&json!({"asOf": ""})).0.as_of, None, "an empty date is today");
        let (over, problems) = first.with(&json!({"asOf": "soon", "inlayHints": {"candidates": false}}));
        assert_eq!((over.as_of, over.inlay_hints.candidates, problems.len()), (first.as_of, false, 1));
    }
}
