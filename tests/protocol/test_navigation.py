"""Previews, definitions, and the pages about resolutions that only the catalogue knows."""

from lsprotocol import types as lsp

from conftest import FULL, at, span

CITED = """---
body: PP
---

# Resolution 9001 (Rev. Geneva, 2022)
## Teapots in the conference rooms

*resolves*

1. to buy two more
"""

CITING = """# Resolution 9003 (Geneva, 2022)

*recalling*

a) Resolution 9001 (Geneva, 2018) of the Plenipotentiary Conference;
b) 第140号决议（2018年，迪拜，修订版）；
c) nothing else[^1]

[^1]: At all.
"""

PAGES = {"catalogPages": True}


async def hover(editor, line, character):
    params = lsp.HoverParams(editor.document("citing.resmark"), at(line, character))
    return await editor.client.text_document_hover_async(params)


async def definition(editor, line, character):
    params = lsp.DefinitionParams(editor.document("citing.resmark"), at(line, character))
    return await editor.client.text_document_definition_async(params)


async def test_a_preview_of_a_resolution_in_the_workspace(start):
    editor = await start({"cited.resmark": CITED})
    await editor.indexed()
    editor.open("citing.resmark", CITING)
    preview = await hover(editor, 4, 8)
    assert "Teapots in the conference rooms" in preview.contents.value
    assert "to buy two more" in preview.contents.value
    assert preview.contents.kind == lsp.MarkupKind.Markdown
    assert preview.range.start == at(4, 3)


async def test_a_preview_of_a_resolution_of_the_catalogue(start):
    editor = await start()
    editor.open("citing.resmark", CITING)
    preview = await hover(editor, 5, 6)
    assert "PP-140" in preview.contents.value
    assert "2022" in preview.contents.value, "the version in force"
    assert preview.range == span(5, 3, 24)


async def test_nothing_to_preview(start):
    editor = await start()
    editor.open("citing.resmark", CITING)
    assert await hover(editor, 1, 0) is None


async def test_a_client_without_markdown_gets_plain_text(start):
    plain = {**FULL, "textDocument": {**FULL["textDocument"], "hover": {"contentFormat": ["plaintext"]}}}
    editor = await start(capabilities=plain)
    editor.open("citing.resmark", CITING)
    assert (await hover(editor, 5, 6)).contents.kind == lsp.MarkupKind.PlainText


async def test_the_definition_in_the_workspace(start):
    editor = await start({"cited.resmark": CITED})
    await editor.indexed()
    editor.open("citing.resmark", CITING)
    [link] = await definition(editor, 4, 8)
    assert link.target_uri == editor.uri("cited.resmark")
    assert link.target_selection_range.start.line == 4
    assert link.origin_selection_range.start == at(4, 3)


async def test_a_client_without_links_gets_places(start):
    plain = {**FULL, "textDocument": {**FULL["textDocument"], "definition": {}}}
    editor = await start({"cited.resmark": CITED}, capabilities=plain)
    await editor.indexed()
    editor.open("citing.resmark", CITING)
    [place] = await definition(editor, 4, 8)
    assert (place.uri, place.range.start.line) == (editor.uri("cited.resmark"), 4)


async def test_the_definition_in_the_catalogue_is_a_page(start):
    editor = await start(options=PAGES)
    editor.open("citing.resmark", CITING)
    [link] = await definition(editor, 5, 6)
    assert link.target_uri == "resmark-catalogue:/PP-140.md"
    page = await editor.page(link.target_uri)
    assert page.startswith("# PP-140") and "2022" in page


async def test_a_client_that_shows_no_pages_is_not_sent_there(start):
    editor = await start()
    editor.open("citing.resmark", CITING)
    assert not await definition(editor, 5, 6)


async def test_the_definition_of_a_footnote(start):
    editor = await start()
    editor.open("citing.resmark", CITING)
    [link] = await definition(editor, 6, 16)
    assert link.target_selection_range.start.line == 8


async def test_who_cites_a_resolution(start):
    editor = await start({"cited.resmark": CITED})
    await editor.indexed()
    editor.open("citing.resmark", CITING)
    document = editor.document("cited.resmark")
    for declaration, files in [(False, ["citing.resmark"]), (True, ["cited.resmark", "citing.resmark"])]:
        params = lsp.ReferenceParams(lsp.ReferenceContext(declaration), document, at(4, 4))
        places = await editor.client.text_document_references_async(params)
        assert [place.uri for place in places] == [editor.uri(name) for name in files]
    assert places[-1].range.start == at(4, 3)


async def test_a_page_that_does_not_exist(wire):
    await wire.initialize(initializationOptions=PAGES)
    for uri in ["resmark-catalogue:/PP-99999.md", "resmark-catalogue:/", "file:///PP-140.md"]:
        answer = await wire.request(uri, "workspace/textDocumentContent", {"uri": uri})
        assert answer["error"]["code"] == -32602
        assert uri in answer["error"]["message"]


async def test_what_is_learned_later_counts(start):
    editor = await start()
    editor.open("citing.resmark", CITING)
    assert not await definition(editor, 4, 8)
    (editor.root / "cited.resmark").write_text(CITED)
    created = lsp.FileEvent(editor.uri("cited.resmark"), lsp.FileChangeType.Created)
    editor.client.workspace_did_change_watched_files(lsp.DidChangeWatchedFilesParams([created]))
    assert await definition(editor, 4, 8)
    gone = lsp.WorkspaceFoldersChangeEvent(added=[], removed=[lsp.WorkspaceFolder(editor.root.as_uri(), "test")])
    editor.client.workspace_did_change_workspace_folders(lsp.DidChangeWorkspaceFoldersParams(gone))
    assert not await definition(editor, 4, 8)
