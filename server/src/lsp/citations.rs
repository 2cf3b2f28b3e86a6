//! `resmark/citations`: what a text cites and who cites it, for an editor's tree.

use serde::{Deserialize, Serialize};
use tower_lsp::ls_types::{Location, TextDocumentIdentifier};

use super::context::Context;
use super::uri;
use crate::ide::citations::{Entry, Overview, State, citations, citing};

/// What is asked for.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Params {
    pub text_document: TextDocumentIdentifier,
}

/// The two lists.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Citations {
    cites: Vec<Row>,
    cited_by: Vec<Row>,
}

/// An entry of a list.
#[derive(Debug, Serialize)]
struct Row {
    label: String,
    detail: String,
    tooltip: String,
    state: &'static str,
    id: Option<String>,
    /// Where it is cited.
    locations: Vec<Location>,
    /// Where it can be read.
    target: Option<Location>,
}

/// The citations of a document, or of a resolution that only the catalogue knows. `None` for a document that is not there.
pub(super) fn of(context: &Context, params: &Params) -> Option<Citations> {
    let uri = &params.text_document.uri;
    let overview = match context.file(uri) {
        Some(file) => citations(&context.snapshot, file.id),
        None => {
            let (id, _) = uri::to_page(uri)?;
            Overview { cites: Vec::new(), cited_by: citing(&context.snapshot, &id) }
        }
    };
    let rows = |entries: Vec<Entry>| entries.into_iter().map(|entry| row(context, entry)).collect();
    Some(Citations { cites: rows(overview.cites), cited_by: rows(overview.cited_by) })
}

fn row(context: &Context, entry: Entry) -> Row {
    let target = entry.target.and_then(|place| context.place(&place));
    Row {
        id: entry.id.map(|id| id.at(entry.version.as_deref())),
        label: entry.label,
        detail: entry.detail,
        tooltip: entry.tooltip,
        state: match entry.state {
            State::InForce => "inForce",
            State::Pinned => "pinned",
            State::Open => "open",
            State::Unknown => "unknown",
            State::RevisedSince => "revisedSince",
            State::Outdated => "outdated",
            State::Abrogated => "abrogated",
        },
        locations: entry.places.into_iter().filter_map(|(file, range)| context.location(file, range)).collect(),
        target: target.map(|(uri, _, range)| Location { uri, range }),
    }
}
