"""Reading a text: declarations, versions, revisions, highlights, selections, folds, what changed in the colours, and what
is typed or formatted in more than one place."""

import json
import pathlib

import pytest
from lsprotocol import types as lsp

from conftest import FULL, at, span
from test_actions import apply
from test_structure import decode

RECORDED = sorted((pathlib.Path(__file__).parent / "recorded").glob("*.json"))
PAGES = {"catalogPages": True}

TEXT = """---
body: PP
---

# Resolution 9003 (Bucharest, 2022)

The Plenipotentiary Conference (Bucharest, 2022),

*recalling*

a) Resolution 9001 (Rev. Bucharest, 2022) of this conference[^1];
b) 😀 *resolves* 2 of Resolution 9001 (Rev. Bucharest, 2022) of this conference,

*resolves*

1. to act:
   a) now;
   b) later;
2. to go on with *resolves* 1 above and *recalling* b) above.

[^1]: A note.
"""

CITED = """---
body: PP
---

# Resolution 9001 (Rev. Bucharest, 2022)

*resolves*

1. to buy two more;
2. to keep them.
"""
PROPOSAL = CITED.replace("# Resolution 9001", "MOD EUR/1/1\n\n# Resolution 9001").replace("two", "{~~two~>three~~}")
FILES = {"1-first.resmark": "---\nbody: PP\n---\n\n# Resolution 9001 (Dubai, 2018)\n\n*resolves*\n\n1. to begin.\n"}
FILES |= {"2-cited.resmark": CITED, "3-proposal.resmark": PROPOSAL}


def can(**text_document):
    """A client that can do this as well."""
    return {**FULL, "textDocument": {**FULL["textDocument"], **text_document}}


LINKS = can(**{name: {"linkSupport": True} for name in ["declaration", "typeDefinition", "implementation"]})


async def go(editor, what, line, character, name="a.resmark"):
    params = {
        "declaration": lsp.DeclarationParams,
        "type_definition": lsp.TypeDefinitionParams,
        "implementation": lsp.ImplementationParams,
    }[what](editor.document(name), at(line, character))
    return await getattr(editor.client, f"text_document_{what}_async")(params)


async def test_the_first_version_all_versions_and_who_revised_it(start):
    editor = await start(FILES, capabilities=LINKS)
    await editor.indexed()
    editor.open("a.resmark", TEXT)
    first, cited, proposal = (editor.uri(name) for name in FILES)
    [link] = await go(editor, "declaration", 10, 8)
    assert (link.target_uri, link.target_selection_range.start) == (first, at(4, 0))
    assert link.origin_selection_range.start == at(10, 3)
    versions = await go(editor, "type_definition", 10, 8)
    assert [link.target_uri for link in versions] == [first, cited, proposal]
    revised = await go(editor, "implementation", 10, 8)
    assert [link.target_uri for link in revised] == [proposal]
    revised = await go(editor, "implementation", 4, 8, "1-first.resmark")
    assert [link.target_uri for link in revised] == [cited, proposal]


async def test_a_client_without_links_gets_places(start):
    editor = await start(FILES)
    await editor.indexed()
    editor.open("a.resmark", TEXT)
    for what, count in [("declaration", 1), ("type_definition", 3), ("implementation", 1)]:
        places = await go(editor, what, 10, 8)
        assert [type(place) for place in places] == [lsp.Location] * count
    [place] = await go(editor, "declaration", 18, 28)
    assert place.range == span(15, 0, 2), "the label of the clause"


async def test_versions_that_only_the_catalogue_knows_are_pages(start):
    text = "a) Resolution 140 (Rev. Dubai, 2018) of the Plenipotentiary Conference;\n"
    for options, pages in [(PAGES, True), (None, False)]:
        editor = await start(capabilities=LINKS, options=options)
        editor.open("a.resmark", text)
        versions = await go(editor, "type_definition", 0, 8)
        assert bool(versions) == pages
        if pages:
            uris = [link.target_uri for link in versions]
            assert uris[0] == "resmark-catalogue:/PP-140@2006.md" and uris[-1] == "resmark-catalogue:/PP-140@2022.md"
            assert "Antalya" in await editor.page(uris[0])
            assert [link.target_uri for link in await go(editor, "implementation", 0, 8)] == uris[-1:]


async def test_a_clause_is_found_where_other_files_name_it(start):
    editor = await start(FILES)
    await editor.indexed()
    editor.open("a.resmark", TEXT)
    editor.open("2-cited.resmark", CITED)
    for declaration in [True, False]:
        params = lsp.ReferenceParams(lsp.ReferenceContext(declaration), editor.document("2-cited.resmark"), at(9, 0))
        places = await editor.client.text_document_references_async(params)
        found = [(place.uri, place.range) for place in places]
        label = (editor.uri("2-cited.resmark"), span(9, 0, 2))
        # The emoji is two columns wide.
        assert found == [label] * declaration + [(editor.uri("a.resmark"), span(11, 17, 18))]


async def highlights(editor, line, character):
    params = lsp.DocumentHighlightParams(editor.document("a.resmark"), at(line, character))
    found = await editor.client.text_document_document_highlight_async(params) or []
    return [(highlight.range.start.line, highlight.range.start.character, highlight.kind) for highlight in found]


async def test_highlights(start):
    editor = await start(FILES)
    await editor.indexed()
    editor.open("a.resmark", TEXT)
    read, write = lsp.DocumentHighlightKind.Read, lsp.DocumentHighlightKind.Write
    assert await highlights(editor, 10, 8) == [(10, 3, read), (11, 22, read)]
    assert await highlights(editor, 15, 0) == [(15, 0, write), (18, 28, read)]
    assert await highlights(editor, 20, 1) == [(10, 60, read), (20, 0, write)]
    assert await highlights(editor, 18, 4) == []


async def test_a_selection_grows(start):
    editor = await start()
    editor.open("a.resmark", TEXT)
    params = lsp.SelectionRangeParams(editor.document("a.resmark"), [at(16, 6), at(11, 4)])
    grown = await editor.client.text_document_selection_range_async(params)
    assert len(grown) == 2
    chains = []
    for selection in grown:
        chain = []
        while selection:
            chain.append(selection.range)
            selection = selection.parent
        chains.append(chain)
        for inner, outer in zip(chain, chain[1:]):
            assert (outer.start, inner.end) <= (inner.start, outer.end) and inner != outer
        assert chain[-1] == lsp.Range(at(0, 0), at(21, 0))
    assert chains[0][:4] == [
        span(16, 6, 9),
        span(16, 6, 10),
        span(16, 3, 10),
        lsp.Range(at(16, 3), at(17, 12)),
    ], "the word, the words of the clause, the clause, its list"


async def folds(editor):
    params = lsp.FoldingRangeParams(editor.document("a.resmark"))
    return await editor.client.text_document_folding_range_async(params)


async def test_folds_are_as_the_client_takes_them(start):
    lines = can(foldingRange={"lineFoldingOnly": True, "rangeLimit": 3, "foldingRange": {"collapsedText": True}})
    editor = await start(capabilities=lines)
    editor.open("a.resmark", TEXT)
    found = [(fold.start_line, fold.end_line, fold.kind, fold.collapsed_text) for fold in await folds(editor)]
    assert found == [
        (0, 2, lsp.FoldingRangeKind.Comment, "--- body: PP ---"),
        (4, 20, None, "Resolution 9003 (Bucharest, 2022)"),
        (8, 11, lsp.FoldingRangeKind.Region, "recalling a) – b)"),
    ]
    assert all(fold.end_character is None for fold in await folds(editor))
    editor = await start()
    editor.open("a.resmark", TEXT)
    found = {(fold.start_line, fold.end_line): fold for fold in await folds(editor)}
    assert list(found) == [(0, 2), (4, 20), (8, 11), (13, 18), (15, 17)]
    assert found[15, 17].end_character == 12 and found[15, 17].collapsed_text is None


async def test_what_changed_in_the_colours(start):
    capabilities = can(
        semanticTokens={
            "requests": {"full": {"delta": True}, "range": True},
            "tokenTypes": [],
            "tokenModifiers": [],
            "formats": ["relative"],
        }
    )
    editor = await start(capabilities=capabilities)
    editor.open("a.resmark", TEXT)
    document = editor.document("a.resmark")
    before = await editor.client.text_document_semantic_tokens_full_async(lsp.SemanticTokensParams(document))
    assert before.result_id
    editor.change("a.resmark", 2, (span(16, 6, 9), "{++at once++}"))
    params = lsp.SemanticTokensDeltaParams(document, before.result_id)
    changed = await editor.client.text_document_semantic_tokens_full_delta_async(params)
    [edit] = changed.edits
    data = list(before.data)
    data[edit.start : edit.start + edit.delete_count] = edit.data
    after = await editor.client.text_document_semantic_tokens_full_async(lsp.SemanticTokensParams(document))
    assert data == list(after.data) != list(before.data)
    assert len(edit.data) < len(data) / 2, "no more than what changed"
    # Nothing new, and an answer that nobody remembers.
    again = await editor.client.text_document_semantic_tokens_full_delta_async(
        lsp.SemanticTokensDeltaParams(document, after.result_id)
    )
    assert list(again.edits) == []
    forgotten = await editor.client.text_document_semantic_tokens_full_delta_async(
        lsp.SemanticTokensDeltaParams(document, "of another server")
    )
    assert list(forgotten.data) == data and forgotten.result_id


async def test_a_client_that_asks_for_no_changes_is_promised_none(start):
    editor = await start()
    assert editor.result.capabilities.semantic_tokens_provider.full is True
    editor.open("a.resmark", TEXT)
    params = lsp.SemanticTokensParams(editor.document("a.resmark"))
    assert (await editor.client.text_document_semantic_tokens_full_async(params)).result_id is None


async def test_a_token_over_several_lines_for_a_client_that_takes_it(start):
    tokens = {"requests": {}, "tokenTypes": [], "tokenModifiers": [], "formats": [], "multilineTokenSupport": True}
    editor = await start(capabilities=can(semanticTokens=tokens))
    editor.open("a.resmark", "a {++one\ntwo😀++} b\n")
    legend = editor.result.capabilities.semantic_tokens_provider.legend
    params = lsp.SemanticTokensParams(editor.document("a.resmark"))
    tokens = list(decode(await editor.client.text_document_semantic_tokens_full_async(params), legend))
    assert [token[:4] for token in tokens] == [(0, 5, 9, "insertion")]


async def test_a_label_and_its_references_are_typed_over_together(start):
    editor = await start(capabilities=can(linkedEditingRange={}))
    assert editor.result.capabilities.linked_editing_range_provider
    editor.open("a.resmark", TEXT)
    params = lsp.LinkedEditingRangeParams(editor.document("a.resmark"), at(15, 1))
    linked = await editor.client.text_document_linked_editing_range_async(params)
    assert list(linked.ranges) == [span(15, 0, 1), span(18, 28, 29)]
    assert linked.word_pattern
    params = lsp.LinkedEditingRangeParams(editor.document("a.resmark"), at(15, 5))
    assert await editor.client.text_document_linked_editing_range_async(params) is None
    plain = await start()
    assert not plain.result.capabilities.linked_editing_range_provider


async def test_a_range_is_formatted_and_several(start):
    editor = await start()
    text = "*resolves*\n\n1.  one;\n2.  two;\n3.  three;\n4.  four.\n"
    editor.open("a.resmark", text)
    document, options = editor.document("a.resmark"), lsp.FormattingOptions(tab_size=8, insert_spaces=False)
    second = lsp.Range(at(3, 0), at(4, 0))
    edits = await editor.client.text_document_range_formatting_async(
        lsp.DocumentRangeFormattingParams(document, second, options)
    )
    assert apply(text, edits) == text.replace("2.  two", "2. two")
    assert editor.result.capabilities.document_range_formatting_provider.ranges_support
    edits = await editor.client.text_document_ranges_formatting_async(
        lsp.DocumentRangesFormattingParams(document, [second, span(5, 0, 4)], options)
    )
    assert apply(text, edits) == text.replace("2.  two", "2. two").replace("4.  four", "4. four")


async def test_a_preview_without_markdown_has_no_signs(start):
    editor = await start(FILES, capabilities=can(hover={"contentFormat": ["plaintext", "markdown"]}))
    await editor.indexed()
    editor.open("a.resmark", TEXT)
    preview = await editor.client.text_document_hover_async(lsp.HoverParams(editor.document("a.resmark"), at(10, 8)))
    assert preview.contents.kind == lsp.MarkupKind.PlainText
    assert preview.contents.value.startswith("Resolution 9001 (Rev. Bucharest, 2022) · PP-9001@2022\n")
    assert "*" not in preview.contents.value and "`" not in preview.contents.value
    assert preview.range == span(10, 3, 41)


@pytest.mark.parametrize("recorded", RECORDED, ids=lambda path: path.stem)
async def test_real_clients_are_offered_what_they_have_use_for(wire, tmp_path, recorded):
    text = recorded.read_text().replace("${rootUri}", tmp_path.as_uri()).replace("${root}", str(tmp_path))
    message = json.loads(text)
    answer = await wire.request(message["id"], message["method"], message["params"])
    offered = answer["result"]["capabilities"]
    # Some ask for what is read only and do not say that they can, as Helix.
    for name in ["declaration", "typeDefinition", "implementation", "documentHighlight", "selectionRange", "foldingRange"]:
        assert offered[f"{name}Provider"] is True
    assert offered["documentRangeFormattingProvider"] == {"rangesSupport": True}
    can = message["params"]["capabilities"]["textDocument"]
    takes_changes = can.get("semanticTokens", {}).get("requests", {}).get("full") == {"delta": True}
    assert offered["semanticTokensProvider"]["full"] == ({"delta": True} if takes_changes else True)
    assert takes_changes == recorded.stem.startswith(("neovim", "vscode"))
    # What changes the text while somebody types is for those alone who say that they can.
    assert ("linkedEditingRangeProvider" in offered) == ("linkedEditingRange" in can) == ("vscode" in recorded.stem)
    uri = (tmp_path / "a.resmark").as_uri()
    await wire.notify("initialized", {})
    await wire.open(uri, TEXT)
    found = (await wire.request("folds", "textDocument/foldingRange", {"textDocument": {"uri": uri}}))["result"]
    lines = can.get("foldingRange", {}).get("lineFoldingOnly", False)
    assert found and all(("endCharacter" in fold) != lines for fold in found)
    assert any("collapsedText" in fold for fold in found) == ("neovim" in recorded.stem)
    position = {"line": 10, "character": 8}
    where = {"textDocument": {"uri": uri}, "position": position}
    highlighted = (await wire.request("marks", "textDocument/documentHighlight", where))["result"]
    assert len(highlighted) == 2
    assert await wire.leave() == 0
