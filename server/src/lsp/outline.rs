//! `textDocument/documentSymbol`.

use tower_lsp::ls_types::*;

use super::context::Context;
use crate::ide::symbols;
use crate::workspace::File;

/// `textDocument/documentSymbol`: nested, or flat for a client that only knows that.
pub(super) fn symbols(context: &Context, params: &DocumentSymbolParams) -> Option<DocumentSymbolResponse> {
    let file = context.file(&params.text_document.uri)?;
    let symbols = symbols::symbols(&context.snapshot, file.id);
    if context.profile.nested_symbols {
        let nested = symbols.into_iter().map(|symbol| nested_symbol(context, file, symbol)).collect();
        return Some(DocumentSymbolResponse::Nested(nested));
    }
    let mut flat = Vec::new();
    symbols.iter().for_each(|symbol| flatten(context, file, symbol, None, &mut flat));
    Some(DocumentSymbolResponse::Flat(flat))
}

fn symbol_kind(kind: symbols::SymbolKind) -> SymbolKind {
    match kind {
        symbols::SymbolKind::Resolution => SymbolKind::FILE,
        symbols::SymbolKind::Division => SymbolKind::MODULE,
        symbols::SymbolKind::Section => SymbolKind::NAMESPACE,
        symbols::SymbolKind::Clause => SymbolKind::FIELD,
    }
}

/// A client may show nothing at all for a symbol without a name.
fn symbol_name(symbol: &symbols::Symbol) -> String {
    if symbol.name.trim().is_empty() { "—".to_owned() } else { symbol.name.clone() }
}

/// What a tracked change deletes is struck out.
fn deleted(symbol: &symbols::Symbol) -> Option<Vec<SymbolTag>> {
    symbol.deleted.then(|| vec![SymbolTag::DEPRECATED])
}

#[allow(deprecated)] // The field is, and has no default.
fn nested_symbol(context: &Context, file: &File, symbol: symbols::Symbol) -> DocumentSymbol {
    DocumentSymbol {
        name: symbol_name(&symbol),
        tags: deleted(&symbol),
        detail: (!symbol.detail.is_empty()).then_some(symbol.detail),
        kind: symbol_kind(symbol.kind),
        deprecated: None,
        range: context.range(file, symbol.range),
        selection_range: context.range(file, symbol.selection),
        children: Some(symbol.children.into_iter().map(|child| nested_symbol(context, file, child)).collect()),
    }
}

#[allow(deprecated)] // The field is, and has no default.
fn flatten(
    context: &Context,
    file: &File,
    symbol: &symbols::Symbol,
    container: Option<&str>,
    flat: &mut Vec<SymbolInformation>,
) {
    let Some(location) = context.location(file.id, symbol.range) else { return };
    flat.push(SymbolInformation {
        name: symbol_name(symbol),
        kind: symbol_kind(symbol.kind),
        tags: deleted(symbol),
        deprecated: None,
        location,
        container_name: container.map(str::to_owned),
    });
    symbol.children.iter().for_each(|child| flatten(context, file, child, Some(&symbol.name), flat));
}
