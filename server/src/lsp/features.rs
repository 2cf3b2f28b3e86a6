//! What the editor asks of [`crate::ide`], in the protocol's types.

use tower_lsp::ls_types::*;

use super::context::Context;
use super::uri;
use crate::ide::definition::{Destination, Target};
use crate::ide::symbols;
use crate::ide::tokens::TokenKind;
use crate::workspace::File;
use crate::{ide, syntax};

/// `textDocument/hover`
pub(super) fn hover(context: &Context, params: &HoverParams) -> Option<Hover> {
    let (file, offset) = context.cursor(&params.text_document_position_params)?;
    let hover = ide::hover::hover(&context.snapshot, file.id, offset)?;
    // Markdown is made to be read as it is.
    let kind = if context.profile.markdown { MarkupKind::Markdown } else { MarkupKind::PlainText };
    Some(Hover {
        contents: HoverContents::Markup(MarkupContent { kind, value: hover.markdown }),
        range: Some(context.range(file, hover.range)),
    })
}

/// `textDocument/definition`: into a text of the workspace, or to the catalogue's page if the client shows such pages.
pub(super) fn definition(context: &Context, params: &GotoDefinitionParams) -> Option<GotoDefinitionResponse> {
    let (file, offset) = context.cursor(&params.text_document_position_params)?;
    let targets = ide::definition::definition(&context.snapshot, file.id, offset);
    let links: Vec<LocationLink> = targets.iter().filter_map(|target| link(context, file, target)).collect();
    if links.is_empty() {
        return None;
    }
    if context.profile.definition_links {
        return Some(GotoDefinitionResponse::Link(links));
    }
    let location = |link: LocationLink| Location { uri: link.target_uri, range: link.target_selection_range };
    Some(GotoDefinitionResponse::Array(links.into_iter().map(location).collect()))
}

fn link(context: &Context, file: &File, target: &Target) -> Option<LocationLink> {
    let (target_uri, target_range, target_selection_range) = match &target.destination {
        Destination::File { file, range, selection } => {
            let there = context.snapshot.file(*file)?;
            (context.uri(*file)?, context.range(there, *range), context.range(there, *selection))
        }
        // One page tells of all versions.
        Destination::Page { id, .. } => {
            let page = context.profile.catalogue_pages.then(|| uri::of_page(id))??;
            (page, Range::default(), Range::default())
        }
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

/// The text of a page about a rule, or about a resolution that only the catalogue knows.
pub(super) fn page(context: &Context, uri: &Uri) -> Option<String> {
    if let Some(rule) = uri::to_rule(uri) {
        return Some(rule.page.to_owned());
    }
    let (id, version) = uri::to_page(uri)?;
    ide::page::page(&context.snapshot, &id, version.as_ref(), context.profile.language)
}

/// `textDocument/formatting`
pub(super) fn format(context: &Context, uri: &Uri) -> Option<Vec<TextEdit>> {
    let file = context.file(uri)?;
    let edits = ide::format::format(file.text(), &file.facts().document);
    Some(edits.into_iter().map(|edit| text_edit(context, file, edit)).collect())
}

/// The keys after which a document may change by itself.
pub(super) const TRIGGER: &str = "\n";

/// `textDocument/onTypeFormatting`
pub(super) fn on_type(context: &Context, params: &DocumentOnTypeFormattingParams) -> Option<Vec<TextEdit>> {
    let (file, offset) = context.cursor(&params.text_document_position)?;
    let typed = params.ch.chars().last()?;
    let edits = ide::on_type::on_type(&context.snapshot, file.id, offset, typed)?;
    Some(edits.into_iter().map(|edit| text_edit(context, file, edit)).collect())
}

/// An edit of a document.
pub(super) fn text_edit(context: &Context, file: &File, edit: syntax::TextEdit) -> TextEdit {
    TextEdit { range: context.range(file, edit.range), new_text: edit.text }
}

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

/// `textDocument/foldingRange`: whole lines, as every client folds them.
pub(super) fn folding(context: &Context, params: &FoldingRangeParams) -> Option<Vec<FoldingRange>> {
    let file = context.file(&params.text_document.uri)?;
    let ranges = ide::folding::folding(&context.snapshot, file.id).into_iter().filter_map(|fold| {
        let Range { start, end } = context.range(file, fold.range);
        (start.line < end.line).then(|| FoldingRange {
            start_line: start.line,
            end_line: end.line,
            kind: fold.is_metadata.then_some(FoldingRangeKind::Comment),
            ..FoldingRange::default()
        })
    });
    Some(ranges.collect())
}

/// The kinds of tokens, by the names under which editors colour them; a token names its kind by its place here.
const TOKEN_TYPES: &[(TokenKind, &str)] = &[
    (TokenKind::Citation, "citation"),
    (TokenKind::Reference, "reference"),
    (TokenKind::Label, "label"),
    (TokenKind::Verb, "verb"),
    (TokenKind::Inserted, "insertion"),
    (TokenKind::Deleted, "deletion"),
    (TokenKind::Comment, "comment"),
];

/// What more is said of a token: it is part of a tracked insertion or deletion.
const TOKEN_MODIFIERS: &[&str] = &["inserted", "deleted"];

/// The names of kinds and modifiers.
pub(super) fn legend() -> SemanticTokensLegend {
    SemanticTokensLegend {
        token_types: TOKEN_TYPES.iter().map(|(_, name)| SemanticTokenType::new(name)).collect(),
        token_modifiers: TOKEN_MODIFIERS.iter().map(|name| SemanticTokenModifier::new(name)).collect(),
    }
}

/// `textDocument/semanticTokens/full` and `/range`: a token that runs over several lines is one for each of them, as
/// not every client takes the other.
pub(super) fn tokens(context: &Context, uri: &Uri, within: Option<Range>) -> Option<SemanticTokens> {
    let file = context.file(uri)?;
    let within = within.map(|range| context.text_range(file, range));
    let mut data = Vec::new();
    let mut before = Position::default();
    for token in ide::tokens::tokens(&context.snapshot, file.id) {
        if within.is_some_and(|within| within.intersect(token.range).is_none_or(|part| part.is_empty())) {
            continue;
        }
        let Some(kind) = TOKEN_TYPES.iter().position(|(kind, _)| *kind == token.kind) else { continue };
        for (at, length) in context.profile.encoding.lines(&file.reading.rope, token.range) {
            let same_line = at.line == before.line;
            data.push(SemanticToken {
                delta_line: at.line.saturating_sub(before.line),
                delta_start: if same_line { at.character.saturating_sub(before.character) } else { at.character },
                length,
                token_type: kind as u32,
                token_modifiers_bitset: u32::from(token.inserted) | u32::from(token.deleted) << 1,
            });
            before = at;
        }
    }
    Some(SemanticTokens { result_id: None, data })
}
