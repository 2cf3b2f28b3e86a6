//! Completion: what may be put in at the cursor, and, on request, what is known of it.

use serde::{Deserialize, Serialize};
use tower_lsp::ls_types::*;

use super::context::Context;
use crate::ide;
use crate::ide::completion::{About, Asked, Item, ItemKind};
use crate::syntax::Language;
use crate::workspace::File;

/// What the server offers.
pub(super) fn options() -> CompletionOptions {
    CompletionOptions {
        resolve_provider: Some(true),
        trigger_characters: Some(ide::completion::TRIGGERS.map(str::to_owned).to_vec()),
        completion_item: Some(CompletionOptionsCompletionItem { label_details_support: Some(true) }),
        ..CompletionOptions::default()
    }
}

/// What an item keeps until it is asked about.
#[derive(Debug, Serialize, Deserialize)]
struct Data {
    id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    version: Option<String>,
    language: Language,
}

/// `textDocument/completion`
pub(super) fn complete(context: &Context, params: &CompletionParams) -> Option<CompletionResponse> {
    let (file, offset) = context.cursor(&params.text_document_position)?;
    // A client that does not say why it asks was asked itself.
    let trigger = params.context.as_ref().map(|context| context.trigger_kind);
    let asked = Asked {
        explicitly: trigger != Some(CompletionTriggerKind::TRIGGER_CHARACTER),
        skeletons: context.profile.completion_snippets,
        language: context.profile.language,
    };
    let completion = ide::completion::completion(&context.snapshot, file.id, offset, asked)?;
    let items = completion.items.into_iter().enumerate().map(|(place, item)| list_item(context, file, place, item));
    Some(CompletionResponse::List(CompletionList { is_incomplete: completion.incomplete, items: items.collect() }))
}

fn list_item(context: &Context, file: &File, place: usize, item: Item) -> CompletionItem {
    let profile = &context.profile;
    let kind = match item.kind {
        ItemKind::Citation => CompletionItemKind::REFERENCE,
        ItemKind::Version => CompletionItemKind::ENUM_MEMBER,
        ItemKind::Clause => CompletionItemKind::FIELD,
        ItemKind::Value => CompletionItemKind::VALUE,
        ItemKind::Skeleton => CompletionItemKind::SNIPPET,
    };
    let data =
        item.about.map(|about| Data { id: about.id.to_string(), version: about.version, language: about.language });
    let description = Some(item.description).filter(|words| profile.completion_details && !words.is_empty());
    CompletionItem {
        label: item.label,
        label_details: description.map(|words| CompletionItemLabelDetails { description: Some(words), detail: None }),
        kind: Some(kind),
        detail: Some(item.detail).filter(|detail| !detail.is_empty()),
        tags: (item.outdated && profile.completion_tags).then(|| vec![CompletionItemTag::DEPRECATED]),
        // For clients that know no tags.
        deprecated: (item.outdated && !profile.completion_tags).then_some(true),
        documentation: item
            .sample
            .map(|value| Documentation::MarkupContent(MarkupContent { kind: MarkupKind::PlainText, value })),
        insert_text_format: (item.kind == ItemKind::Skeleton).then_some(InsertTextFormat::SNIPPET),
        // The order of the list is that of likelihood.
        sort_text: Some(format!("{place:03}")),
        filter_text: Some(item.filter),
        text_edit: Some(CompletionTextEdit::Edit(TextEdit {
            range: context.range(file, item.range),
            new_text: item.text,
        })),
        data: data.and_then(|data| serde_json::to_value(data).ok()),
        ..CompletionItem::default()
    }
}

/// `completionItem/resolve`: what a hover tells of the resolution.
pub(super) fn resolve(context: &Context, mut item: CompletionItem) -> CompletionItem {
    let data = item.data.as_ref().and_then(|data| Data::deserialize(data).ok());
    let about =
        data.and_then(|data| Some(About { id: data.id.parse().ok()?, version: data.version, language: data.language }));
    if let Some(about) = about {
        let value = ide::completion::documentation(&context.snapshot, &about);
        let kind = if context.profile.completion_markdown { MarkupKind::Markdown } else { MarkupKind::PlainText };
        item.documentation = Some(Documentation::MarkupContent(MarkupContent { kind, value }));
    }
    item
}
