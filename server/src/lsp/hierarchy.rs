//! Call hierarchy, which shows who cites whom, and type hierarchy, which shows the versions of a resolution.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tower_lsp::ls_types::*;

use super::context::Context;
use crate::citation::{ResolutionId, Version};
use crate::ide::calls::{self, Call};
use crate::ide::item::Item;
use crate::ide::types;
use crate::syntax::ResolutionIndex;

/// What an item carries from one request to the next.
#[derive(Debug, Serialize, Deserialize)]
struct Data {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<ResolutionId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    version: Option<Version>,
    /// Which of the file's resolutions it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    resolution: Option<u32>,
}

impl Data {
    fn of(item: &Item) -> Option<Value> {
        let resolution = item.resolution.map(|resolution| resolution.0);
        serde_json::to_value(Data { id: item.id.clone(), version: item.version.clone(), resolution }).ok()
    }

    /// What a client sent back; nothing, if it is not what it was given.
    fn read(value: Option<&Value>) -> Option<Data> {
        Data::deserialize(value?).ok()
    }
}

/// What a resolution is among the symbols, as in the outline.
const KIND: SymbolKind = SymbolKind::FILE;

/// `textDocument/prepareCallHierarchy`
pub(super) fn prepare_calls(context: &Context, params: &CallHierarchyPrepareParams) -> Option<Vec<CallHierarchyItem>> {
    let (file, offset) = context.cursor(&params.text_document_position_params)?;
    let (item, origin) = calls::prepare(&context.snapshot, file.id, offset)?;
    // Where the client shows no pages, the tree begins at the citation.
    let converted = call_item(context, &item).or_else(|| {
        let range = context.range(file, origin);
        Some(call_item_at(&item, (context.uri(file.id)?, range, range)))
    });
    Some(vec![converted?])
}

/// `callHierarchy/incomingCalls`: who cites it.
pub(super) fn incoming(
    context: &Context,
    params: &CallHierarchyIncomingCallsParams,
) -> Option<Vec<CallHierarchyIncomingCall>> {
    let id = Data::read(params.item.data.as_ref())?.id?;
    let calls = calls::incoming(&context.snapshot, &id).into_iter().filter_map(|call| {
        let from = call_item(context, &call.item)?;
        Some(CallHierarchyIncomingCall { from, from_ranges: ranges(context, &call) })
    });
    Some(calls.collect())
}

/// `callHierarchy/outgoingCalls`: what it cites.
pub(super) fn outgoing(
    context: &Context,
    params: &CallHierarchyOutgoingCallsParams,
) -> Option<Vec<CallHierarchyOutgoingCall>> {
    let data = Data::read(params.item.data.as_ref())?;
    // Of a page, or of what nobody knows, no text says what it cites.
    let place = ResolutionIndex(data.resolution?);
    let file = context.file(&params.item.uri)?.id;
    let resolution = calls::resolution_of(&context.snapshot, file, data.id.as_ref(), Some(place))?;
    let calls = calls::outgoing(&context.snapshot, file, resolution).into_iter().filter_map(|call| {
        let to = call_item(context, &call.item)?;
        Some(CallHierarchyOutgoingCall { to, from_ranges: ranges(context, &call) })
    });
    Some(calls.collect())
}

fn ranges(context: &Context, call: &Call) -> Vec<Range> {
    let Some(file) = context.snapshot.file(call.file) else { return Vec::new() };
    call.citations.iter().map(|range| context.range(file, *range)).collect()
}

fn call_item(context: &Context, item: &Item) -> Option<CallHierarchyItem> {
    Some(call_item_at(item, context.place(&item.place)?))
}

fn call_item_at(item: &Item, (uri, range, selection_range): (Uri, Range, Range)) -> CallHierarchyItem {
    CallHierarchyItem {
        name: item.name.clone(),
        kind: KIND,
        tags: None,
        detail: Some(item.detail.clone()).filter(|detail| !detail.is_empty()),
        uri,
        range,
        selection_range,
        data: Data::of(item),
    }
}

/// `textDocument/prepareTypeHierarchy`
pub(super) fn prepare_types(context: &Context, params: &TypeHierarchyPrepareParams) -> Option<Vec<TypeHierarchyItem>> {
    let (file, offset) = context.cursor(&params.text_document_position_params)?;
    let item = types::prepare(&context.snapshot, file.id, offset)?;
    let converted = type_item(context, &item).or_else(|| {
        let (_, origin) = calls::prepare(&context.snapshot, file.id, offset)?;
        let range = context.range(file, origin);
        Some(type_item_at(&item, (context.uri(file.id)?, range, range)))
    });
    Some(vec![converted?])
}

/// `typeHierarchy/supertypes`: the version before.
pub(super) fn supertypes(context: &Context, params: &TypeHierarchySupertypesParams) -> Option<Vec<TypeHierarchyItem>> {
    let data = Data::read(params.item.data.as_ref())?;
    let items = types::older(&context.snapshot, &data.id?, data.version.as_ref(), context.profile.language);
    Some(items.iter().filter_map(|item| type_item(context, item)).collect())
}

/// `typeHierarchy/subtypes`: the version behind.
pub(super) fn subtypes(context: &Context, params: &TypeHierarchySubtypesParams) -> Option<Vec<TypeHierarchyItem>> {
    let data = Data::read(params.item.data.as_ref())?;
    let items = types::newer(&context.snapshot, &data.id?, data.version.as_ref(), context.profile.language);
    Some(items.iter().filter_map(|item| type_item(context, item)).collect())
}

fn type_item(context: &Context, item: &Item) -> Option<TypeHierarchyItem> {
    Some(type_item_at(item, context.place(&item.place)?))
}

fn type_item_at(item: &Item, (uri, range, selection_range): (Uri, Range, Range)) -> TypeHierarchyItem {
    TypeHierarchyItem {
        name: item.name.clone(),
        kind: KIND,
        tags: None,
        detail: Some(item.detail.clone()).filter(|detail| !detail.is_empty()),
        uri,
        range,
        selection_range,
        data: Data::of(item),
    }
}
