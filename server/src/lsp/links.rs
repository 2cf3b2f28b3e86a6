//! Document links: where they lead is looked up when one is about to be followed.

use std::str::FromStr;

use serde::{Deserialize, Serialize};
use tower_lsp::ls_types::*;

use super::context::Context;
use crate::ide::definition::Destination;
use crate::ide::links::{follow, links as links_of};

/// What a link carries until it is followed.
#[derive(Debug, Serialize, Deserialize)]
struct Data {
    uri: Uri,
}

/// What the server says of its links.
pub(super) fn options() -> DocumentLinkOptions {
    DocumentLinkOptions { resolve_provider: Some(true), work_done_progress_options: WorkDoneProgressOptions::default() }
}

/// `textDocument/documentLink`
pub(super) fn links(context: &Context, params: &DocumentLinkParams) -> Option<Vec<DocumentLink>> {
    let uri = &params.text_document.uri;
    let file = context.file(uri)?;
    let links = links_of(&context.snapshot, file.id, context.profile.catalogue_pages).into_iter().filter_map(|link| {
        let range = context.range(file, link.range);
        match link.address {
            Some(address) => {
                Some(DocumentLink { range, target: Some(Uri::from_str(&address).ok()?), tooltip: None, data: None })
            }
            None => {
                let data = serde_json::to_value(Data { uri: uri.clone() }).ok();
                Some(DocumentLink { range, target: None, tooltip: None, data })
            }
        }
    });
    Some(links.collect())
}

/// `documentLink/resolve`. A link of which the words have changed meanwhile stays without a target.
pub(super) fn resolve(context: &Context, mut link: DocumentLink) -> DocumentLink {
    let data = link.data.clone().and_then(|data| serde_json::from_value::<Data>(data).ok());
    let Some(file) = data.and_then(|data| context.file(&data.uri)) else { return link };
    let range = context.text_range(file, link.range);
    let Some(followed) = follow(&context.snapshot, file.id, range, context.profile.catalogue_pages) else {
        return link;
    };
    if let Some((uri, _, selection)) = context.place(&followed.destination) {
        let in_file = matches!(followed.destination, Destination::File { .. });
        link.target = if in_file { at_line(&uri, selection.start) } else { Some(uri) };
        link.tooltip = followed.tooltip.filter(|_| context.profile.link_tooltips);
    }
    link
}

/// A place in a file: with the line as a fragment, `#L12`, which editors follow; the first needs none.
fn at_line(uri: &Uri, position: Position) -> Option<Uri> {
    match position.line {
        0 => Some(uri.clone()),
        line => Uri::from_str(&format!("{}#L{}", uri.as_str(), line + 1)).ok(),
    }
}
