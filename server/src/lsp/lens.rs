//! Code lenses: counted only when they come into sight, and opened by a command of the client.

use serde::{Deserialize, Serialize};
use serde_json::json;
use tower_lsp::ls_types::*;

use super::context::Context;
use crate::ide::lens::{LensKind, count, lenses as lenses_of};
use crate::syntax::ResolutionIndex;

/// The command that shows places, `(uri, position, locations)`: a client that has it says so in its initialization
/// options (`showReferences`).
pub(super) const COMMAND: &str = "resmark.showReferences";

/// What a lens carries from the list to its count.
#[derive(Debug, Serialize, Deserialize)]
struct Data {
    uri: Uri,
    /// Which of the file's resolutions.
    resolution: u32,
    /// Whether it counts what is cited, and not who cites.
    cites: bool,
}

/// `textDocument/codeLens`
pub(super) fn lenses(context: &Context, params: &CodeLensParams) -> Option<Vec<CodeLens>> {
    let uri = &params.text_document.uri;
    let file = context.file(uri)?;
    let lenses = lenses_of(&context.snapshot, file.id).into_iter().map(|lens| {
        let cites = lens.kind == LensKind::Cites;
        let data = Data { uri: uri.clone(), resolution: lens.resolution.0, cites };
        CodeLens { range: context.range(file, lens.range), command: None, data: serde_json::to_value(data).ok() }
    });
    Some(lenses.collect())
}

/// `codeLens/resolve`
pub(super) fn resolve(context: &Context, mut lens: CodeLens) -> CodeLens {
    lens.command = command(context, &lens).or_else(|| {
        // The text has changed meanwhile, and the client is about to ask for all of them again.
        Some(Command { title: "…".to_owned(), command: String::new(), arguments: None })
    });
    lens
}

fn command(context: &Context, lens: &CodeLens) -> Option<Command> {
    let data: Data = serde_json::from_value(lens.data.clone()?).ok()?;
    let file = context.file(&data.uri)?;
    let kind = if data.cites { LensKind::Cites } else { LensKind::CitedBy };
    let counted = count(&context.snapshot, file.id, ResolutionIndex(data.resolution), kind)?;
    let places: Vec<Location> =
        counted.places.into_iter().filter_map(|(file, range)| context.location(file, range)).collect();
    Some(Command {
        title: counted.title,
        command: COMMAND.to_owned(),
        arguments: Some(vec![json!(data.uri), json!(lens.range.start), json!(places)]),
    })
}
