"""Outline, folding and colours."""

from lsprotocol import types as lsp

from conftest import FULL

TEXT = """---
language: en
---

# Resolution 9001 (Geneva, 2020)
## The names of things

*recalling*

a) that 😀 a name
   runs over two lines;
b) {++that++} names matter,

*resolves*

1. to name:
   a) *all* things;
   b) the rest
"""


def names(symbols, depth=0):
    for symbol in symbols:
        yield "  " * depth + symbol.name
        yield from names(symbol.children or [], depth + 1)


async def test_the_outline(start):
    editor = await start()
    editor.open("a.resmark", TEXT)
    symbols = await editor.client.text_document_document_symbol_async(
        lsp.DocumentSymbolParams(editor.document("a.resmark"))
    )
    assert list(names(symbols)) == [
        "Resolution 9001 (Geneva, 2020)",
        "  recalling",
        "    a) that 😀 a name runs over two lines;",
        "    b) that names matter,",
        "  resolves",
        "    1. to name:",
        "      a) all things;",
        "      b) the rest",
    ]
    title = symbols[0]
    assert title.selection_range.start.line == 4
    assert title.range.end.line >= 18


async def test_a_client_that_knows_no_tree_gets_a_list(start):
    flat = {**FULL, "textDocument": {**FULL["textDocument"], "documentSymbol": {}}}
    editor = await start(capabilities=flat)
    editor.open("a.resmark", TEXT)
    symbols = await editor.client.text_document_document_symbol_async(
        lsp.DocumentSymbolParams(editor.document("a.resmark"))
    )
    assert [(s.name, s.container_name) for s in symbols][:2] == [
        ("Resolution 9001 (Geneva, 2020)", None),
        ("recalling", "Resolution 9001 (Geneva, 2020)"),
    ]


async def test_folds_are_whole_lines(start):
    editor = await start()
    editor.open("a.resmark", TEXT)
    folds = await editor.client.text_document_folding_range_async(
        lsp.FoldingRangeParams(editor.document("a.resmark"))
    )
    lines = [(fold.start_line, fold.end_line) for fold in folds]
    assert (4, 17) in lines, "the resolution"
    assert (7, 11) in lines and (13, 17) in lines, "its sections"
    assert (15, 17) in lines, "a clause with its sub-clauses"


def decode(tokens, legend):
    """Line, column, length, kind, modifiers."""
    line = column = 0
    for index in range(0, len(tokens.data), 5):
        down, right, length, kind, modifiers = tokens.data[index : index + 5]
        line, column = line + down, right if down else column + right
        said = [name for bit, name in enumerate(legend.token_modifiers) if modifiers >> bit & 1]
        yield line, column, length, legend.token_types[kind], said


async def test_colours(start):
    editor = await start()
    editor.open("a.resmark", TEXT)
    legend = editor.result.capabilities.semantic_tokens_provider.legend
    params = lsp.SemanticTokensParams(editor.document("a.resmark"))
    tokens = list(decode(await editor.client.text_document_semantic_tokens_full_async(params), legend))
    assert (7, 1, 9, "verb", []) in tokens
    assert (9, 0, 2, "label", []) in tokens
    assert (11, 6, 4, "insertion", ["inserted"]) in tokens
    part = lsp.SemanticTokensRangeParams(
        editor.document("a.resmark"), lsp.Range(lsp.Position(13, 0), lsp.Position(14, 0))
    )
    tokens = list(decode(await editor.client.text_document_semantic_tokens_range_async(part), legend))
    assert tokens == [(13, 1, 8, "verb", [])]


async def test_a_change_over_several_lines_is_one_token_a_line(start):
    editor = await start()
    editor.open("a.resmark", "a {++one\ntwo😀++} b\n")
    legend = editor.result.capabilities.semantic_tokens_provider.legend
    params = lsp.SemanticTokensParams(editor.document("a.resmark"))
    tokens = list(decode(await editor.client.text_document_semantic_tokens_full_async(params), legend))
    assert [token[:4] for token in tokens] == [(0, 5, 3, "insertion"), (1, 0, 5, "insertion")]


async def test_an_empty_document_has_nothing(start):
    editor = await start()
    editor.open("a.resmark", "")
    document = editor.document("a.resmark")
    assert not await editor.client.text_document_document_symbol_async(lsp.DocumentSymbolParams(document))
    assert not await editor.client.text_document_folding_range_async(lsp.FoldingRangeParams(document))
    tokens = await editor.client.text_document_semantic_tokens_full_async(lsp.SemanticTokensParams(document))
    assert list(tokens.data) == []
