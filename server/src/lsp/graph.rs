//! `resmark/graph`: who cites whom, as a picture.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use tower_lsp::ls_types::TextDocumentIdentifier;

use super::context::Context;
use super::uri;
use crate::ide::graph::{Address, Node, graph, picture};
use crate::syntax::Language;
use crate::workspace::FileId;

/// What is asked for.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Params {
    /// The text whose neighbours are wanted; without it, all of the workspace.
    pub text_document: Option<TextDocumentIdentifier>,
}

/// The picture, and how much it shows.
#[derive(Debug, Serialize)]
pub(super) struct Picture {
    svg: String,
    resolutions: usize,
    links: usize,
}

/// The graph of the workspace, or of the neighbours of a document or of a resolution that only the catalogue knows. Of
/// what is not there, the graph is empty. `None` when the picture cannot be made.
pub(super) fn of(context: &Context, params: &Params) -> Option<Picture> {
    let snapshot = &context.snapshot;
    let language = context.profile.language.unwrap_or(Language::En);
    let all = graph(snapshot, &named(context), language);
    let shown = match &params.text_document {
        None => all,
        Some(document) => {
            let file = context.file(&document.uri).map(|file| file.id);
            let page = uri::to_page(&document.uri).map(|(id, _)| id);
            all.around(|node| {
                file.is_some_and(|file| node.files.contains(&file)) || (page.is_some() && node.id == page)
            })
        }
    };
    let address = |node: &Node| {
        let (uri, _, selection) = context.place(node.place.as_ref()?)?;
        Some(Address { uri: uri.as_str().to_owned(), line: selection.start.line })
    };
    let svg = picture(&shown, &address).ok()?;
    Some(Picture { svg, resolutions: shown.nodes.len(), links: shown.edges.len() })
}

/// Every document with its name; with its whole path where another has the same name.
fn named(context: &Context) -> Vec<(FileId, String)> {
    let mut count: HashMap<String, usize> = HashMap::new();
    for file in context.snapshot.files() {
        *count.entry(file.location.name()).or_default() += 1;
    }
    let name = |name: String, location: &crate::workspace::Location| match count.get(&name) {
        Some(1) => name,
        _ => location.to_string(),
    };
    context.snapshot.files().map(|file| (file.id, name(file.location.name(), &file.location))).collect()
}
