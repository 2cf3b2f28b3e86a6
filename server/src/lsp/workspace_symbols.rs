//! Workspace symbols: the resolutions of the workspace and of the catalogue.

use serde::{Deserialize, Serialize};
use tower_lsp::ls_types::*;

use super::context::Context;
use crate::citation::ResolutionId;
use crate::ide::calls::resolution_of;
use crate::ide::definition::Destination;
use crate::ide::item::{Item, of_text};
use crate::ide::workspace_symbols::workspace_symbols;
use crate::syntax::ResolutionIndex;

/// What a symbol carries until its range is asked for.
#[derive(Debug, Serialize, Deserialize)]
struct Data {
    id: Option<ResolutionId>,
    /// Which of the file's resolutions it was.
    resolution: u32,
}

/// `workspace/symbol`
pub(super) fn symbols(context: &Context, params: &WorkspaceSymbolParams) -> Option<WorkspaceSymbolResponse> {
    let pages = context.profile.catalogue_pages;
    let cancelled = || context.is_cancelled();
    let items = workspace_symbols(&context.snapshot, &params.query, pages, context.profile.language, &cancelled);
    let symbols = items.iter().filter_map(|item| symbol(context, item));
    Some(WorkspaceSymbolResponse::Nested(symbols.collect()))
}

fn symbol(context: &Context, item: &Item) -> Option<WorkspaceSymbol> {
    let (location, data) = match (&item.place, item.resolution) {
        (Destination::File { file, .. }, Some(resolution)) if context.profile.resolves_symbols => {
            let data = Data { id: item.id.clone(), resolution: resolution.0 };
            (OneOf::Right(WorkspaceLocation { uri: context.uri(*file)? }), serde_json::to_value(data).ok())
        }
        (place, _) => {
            let (uri, _, range) = context.place(place)?;
            (OneOf::Left(Location { uri, range }), None)
        }
    };
    Some(WorkspaceSymbol {
        name: item.name.clone(),
        kind: SymbolKind::FILE,
        tags: None,
        container_name: Some(item.detail.clone()),
        location,
        data,
    })
}

/// `workspaceSymbol/resolve`: where in its file a resolution stands now.
pub(super) fn resolve(context: &Context, mut symbol: WorkspaceSymbol) -> WorkspaceSymbol {
    let data = symbol.data.clone().and_then(|data| serde_json::from_value::<Data>(data).ok());
    if let (Some(data), OneOf::Right(location)) = (data, &symbol.location) {
        let place = || {
            let file = context.file(&location.uri)?;
            let place = Some(ResolutionIndex(data.resolution));
            let resolution = resolution_of(&context.snapshot, file.id, data.id.as_ref(), place)?;
            let (_, _, range) = context.place(&of_text(file, resolution)?.place)?;
            Some(range)
        };
        // A file that has gone opens at its beginning, if at all.
        let range = place().unwrap_or_default();
        symbol.location = OneOf::Left(Location { uri: location.uri.clone(), range });
    }
    symbol
}
