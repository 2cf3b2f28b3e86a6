//! Where things are: definition, declaration, type definition, implementation, references, and highlights.

use tower_lsp::ls_types::request::{
    GotoDeclarationParams, GotoDeclarationResponse, GotoImplementationParams, GotoImplementationResponse,
    GotoTypeDefinitionParams, GotoTypeDefinitionResponse,
};
use tower_lsp::ls_types::*;

use super::context::Context;
use super::uri;
use crate::ide;
use crate::ide::definition::{Destination, Target};
use crate::ide::highlight::{HighlightKind, highlights};
use crate::workspace::File;

/// `textDocument/definition`: into a text of the workspace, or to the catalogue's page if the client shows such pages.
pub(super) fn definition(context: &Context, params: &GotoDefinitionParams) -> Option<GotoDefinitionResponse> {
    let (file, offset) = context.cursor(&params.text_document_position_params)?;
    let targets = ide::definition::definition(&context.snapshot, file.id, offset);
    answer(context, file, &targets, context.profile.definition_links, Pages::OfResolutions)
}

/// `textDocument/declaration`: where the cited resolution was first adopted, the label of a clause.
pub(super) fn declaration(context: &Context, params: &GotoDeclarationParams) -> Option<GotoDeclarationResponse> {
    let (file, offset) = context.cursor(&params.text_document_position_params)?;
    let pages = context.profile.catalogue_pages;
    let targets = ide::declaration::declaration(&context.snapshot, file.id, offset, pages);
    answer(context, file, &targets, context.profile.declaration_links, Pages::OfVersions)
}

/// `textDocument/typeDefinition`: the chain of versions.
pub(super) fn type_definition(
    context: &Context,
    params: &GotoTypeDefinitionParams,
) -> Option<GotoTypeDefinitionResponse> {
    let (file, offset) = context.cursor(&params.text_document_position_params)?;
    let targets = ide::type_definition::type_definition(&context.snapshot, file.id, offset);
    answer(context, file, &targets, context.profile.type_definition_links, Pages::OfVersions)
}

/// `textDocument/implementation`: who revised it.
pub(super) fn implementation(
    context: &Context,
    params: &GotoImplementationParams,
) -> Option<GotoImplementationResponse> {
    let (file, offset) = context.cursor(&params.text_document_position_params)?;
    let targets = ide::implementation::implementation(&context.snapshot, file.id, offset);
    answer(context, file, &targets, context.profile.implementation_links, Pages::OfVersions)
}

/// Which pages of the catalogue are meant.
#[derive(Clone, Copy)]
enum Pages {
    /// The one about a resolution in all its versions.
    OfResolutions,
    /// One for each version.
    OfVersions,
}

/// Links, which say what the cursor stands on and what to select, or for an older client places.
fn answer(
    context: &Context,
    file: &File,
    targets: &[Target],
    as_links: bool,
    pages: Pages,
) -> Option<GotoDefinitionResponse> {
    let links: Vec<LocationLink> = targets.iter().filter_map(|target| link(context, file, target, pages)).collect();
    if links.is_empty() {
        return None;
    }
    if as_links {
        return Some(GotoDefinitionResponse::Link(links));
    }
    let location = |link: LocationLink| Location { uri: link.target_uri, range: link.target_selection_range };
    Some(GotoDefinitionResponse::Array(links.into_iter().map(location).collect()))
}

fn link(context: &Context, file: &File, target: &Target, pages: Pages) -> Option<LocationLink> {
    let (target_uri, target_range, target_selection_range) = match (&target.destination, pages) {
        (Destination::Page { id, .. }, Pages::OfResolutions) => {
            let page = context.profile.catalogue_pages.then(|| uri::of_page(id))??;
            (page, Range::default(), Range::default())
        }
        (destination, _) => context.place(destination)?,
    };
    let origin_selection_range = Some(context.range(file, target.origin));
    Some(LocationLink { origin_selection_range, target_uri, target_range, target_selection_range })
}

/// `textDocument/references`
pub(super) fn references(context: &Context, params: &ReferenceParams) -> Option<Vec<Location>> {
    let (file, offset) = context.cursor(&params.text_document_position)?;
    let declaration = params.context.include_declaration;
    let places = ide::references::references(&context.snapshot, file.id, offset, declaration);
    Some(places.into_iter().filter_map(|(file, range)| context.location(file, range)).collect())
}

/// `textDocument/documentHighlight`
pub(super) fn highlight(context: &Context, params: &DocumentHighlightParams) -> Option<Vec<DocumentHighlight>> {
    let (file, offset) = context.cursor(&params.text_document_position_params)?;
    let found = highlights(&context.snapshot, file.id, offset).into_iter().map(|highlight| DocumentHighlight {
        range: context.range(file, highlight.range),
        kind: Some(match highlight.kind {
            HighlightKind::Mention => DocumentHighlightKind::READ,
            HighlightKind::Name => DocumentHighlightKind::WRITE,
            HighlightKind::Word => DocumentHighlightKind::TEXT,
        }),
    });
    Some(found.collect())
}
