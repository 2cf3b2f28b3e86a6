"""What no client should send, and what a drafter may well open."""

import asyncio
import json

import pytest
from lsprotocol import types as lsp

from conftest import GAP, at, span


async def alive(editor) -> None:
    editor.open("untitled:alive", "still here", version=9)
    assert await editor.text("untitled:alive") == "still here"


async def test_a_change_before_the_opening_is_ignored_and_noted(start):
    editor = await start()
    editor.change("untitled:a", 2, (span(0, 0, 0), "x"))
    await editor.until(lambda: editor.logged("untitled:a"))
    assert await editor.text("untitled:a") is None
    await alive(editor)


async def test_closing_twice_is_ignored_and_noted(start):
    editor = await start()
    editor.open("untitled:a", GAP)
    editor.close("untitled:a")
    editor.close("untitled:a")
    await editor.until(lambda: editor.logged("closed a document that is not open"))
    editor.change("untitled:a", 3, "x")
    assert await editor.text("untitled:a") is None
    await alive(editor)


async def test_opening_twice_replaces_the_text(start):
    editor = await start()
    editor.open("untitled:a", "one")
    editor.open("untitled:a", "two", version=2)
    editor.change("untitled:a", 3, (span(0, 3, 3), "!"))
    assert await editor.text("untitled:a") == "two!"


@pytest.mark.parametrize(
    "uri",
    ["untitled:Untitled-1", "git:/a/b.resmark?%7B%22ref%22%3A%22%22%7D", "vscode-vfs://github/x/y.resmark", "urn:x:y"],
)
async def test_a_document_need_not_be_a_file(start, uri):
    editor = await start()
    editor.open(uri, GAP)
    assert [d.code for d in await editor.diagnostics(uri)] == ["numbering/gap"]


async def test_letters_in_a_uri_need_no_escapes(wire):
    await wire.initialize()
    await wire.open("file:///tmp/决 议.resmark", "text")
    assert await wire.text("file:///tmp/%E5%86%B3%20%E8%AE%AE.resmark") == "text"


@pytest.mark.parametrize("uri", ["", "a resolution", "决议", "::", 7, None])
async def test_what_is_no_uri_is_refused(wire, uri):
    await wire.initialize()
    await wire.notify("textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "resmark", "version": 1, "text": ""}})
    await wire.notify("textDocument/didChange", {"textDocument": {"uri": uri, "version": 1}, "contentChanges": []})
    answer = await wire.request(1, "textDocument/hover", {"textDocument": {"uri": uri}, "position": {"line": 0, "character": 0}})
    assert answer["error"]["code"] == -32602
    await wire.open("untitled:a", "fine")
    assert await wire.text("untitled:a") == "fine"
    if isinstance(uri, str):
        assert await wire.logged("is no URI")


async def test_parameters_of_the_wrong_type_are_refused(wire):
    await wire.initialize()
    for number, params in enumerate([None, [], {}, {"textDocument": 3}, {"textDocument": {"uri": "untitled:a"}, "position": {"line": -1, "character": 0}}]):
        answer = await wire.request(number, "textDocument/hover", params)
        assert answer["error"]["code"] == -32602
    await wire.notify("textDocument/didChange", {"nonsense": True})
    await wire.notify("no/such/notification", {})
    assert (await wire.request("x", "no/such/request", {}))["error"]["code"] == -32601
    await wire.open("untitled:a", "fine")
    assert await wire.text("untitled:a") == "fine"


async def test_requests_about_a_document_that_nobody_knows_find_nothing(start):
    editor = await start()
    document = editor.document("none.resmark")
    client, here = editor.client, at(3, 3)
    assert await client.text_document_hover_async(lsp.HoverParams(document, here)) is None
    assert not await client.text_document_definition_async(lsp.DefinitionParams(document, here))
    assert not await client.text_document_document_symbol_async(lsp.DocumentSymbolParams(document))
    assert not await client.text_document_folding_range_async(lsp.FoldingRangeParams(document))
    assert not await client.text_document_semantic_tokens_full_async(lsp.SemanticTokensParams(document))
    context = lsp.CodeActionContext(diagnostics=[])
    assert not await client.text_document_code_action_async(lsp.CodeActionParams(document, lsp.Range(here, here), context))
    options = lsp.FormattingOptions(tab_size=2, insert_spaces=True)
    assert not await client.text_document_formatting_async(lsp.DocumentFormattingParams(document, options))


async def test_requests_far_outside_of_the_text_find_nothing(start):
    editor = await start()
    editor.open("untitled:a", GAP)
    far = at(2**31 - 1, 2**31 - 1)
    document = editor.document("untitled:a")
    assert await editor.client.text_document_hover_async(lsp.HoverParams(document, far)) is None
    context = lsp.CodeActionContext(diagnostics=[])
    params = lsp.CodeActionParams(document, lsp.Range(far, far), context)
    await editor.client.text_document_code_action_async(params)
    await alive(editor)


@pytest.mark.parametrize(
    "text",
    ["\0", "a\0b\n" * 3, "{++" * 3000, "*" * 5001, "[" * 5000, "# " * 3000, "\r" * 2000, "\ufeff# Resolution 1\n", "\ud7ff\ue000\uffff"],
    ids=["nul", "nuls", "open changes", "stars", "brackets", "sigils", "carriage returns", "mark", "odd characters"],
)
async def test_odd_texts_harm_nobody(start, text):
    editor = await start()
    editor.open("untitled:a", text)
    await editor.diagnostics("untitled:a")
    assert await editor.text("untitled:a") == text
    assert not editor.logged("failed")


async def test_ten_thousand_nested_indents(start):
    editor = await start()
    text = "".join("  " * depth + f"{depth % 9 + 1}. x\n" for depth in range(0, 10000, 7))
    editor.open("untitled:a", text)
    document = editor.document("untitled:a")
    symbols = await editor.client.text_document_document_symbol_async(lsp.DocumentSymbolParams(document))
    assert symbols is not None
    assert not editor.logged("failed")


async def test_a_line_of_ten_megabytes(wire):
    await wire.initialize()
    line = "x决😀 " * 1_000_000
    await wire.open("untitled:a", line)
    change = {"range": {"start": {"line": 0, "character": 5_000_000}, "end": {"line": 0, "character": 5_000_000}}, "text": "HERE"}
    await wire.notify("textDocument/didChange", {"textDocument": {"uri": "untitled:a", "version": 2}, "contentChanges": [change]})
    answer = await wire.request(1, "textDocument/documentSymbol", {"textDocument": {"uri": "untitled:a"}})
    assert "error" not in answer
    text = await wire.text("untitled:a")
    # Five UTF-16 units each: the change stands behind the millionth.
    assert text.index("HERE") == 4_000_000
    assert len(text) == 4_000_004


async def test_a_message_that_is_no_json_gets_an_error(wire):
    await wire.initialize()
    await wire.send_bytes(b"{ nonsense")
    message = await asyncio.wait_for(wire.receive(), 10)
    assert message["error"]["code"] == -32700
