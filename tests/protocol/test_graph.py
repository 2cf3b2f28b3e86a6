"""Who cites whom: lenses, hierarchies, links, workspace symbols and hints."""

from lsprotocol import types as lsp

from conftest import FULL, at, span

CITED = """# Resolution 9001 (Rev. Geneva, 2022)
## Teapots in the conference rooms

The Plenipotentiary Conference of the International Telecommunication Union (Geneva, 2022),

*recalling*

a) Resolution 140 (Rev. Dubai, 2018) of this conference,

*resolves*

1. to buy two more
"""

CITING = """# Resolution 9003 (Geneva, 2022)

The Plenipotentiary Conference of the International Telecommunication Union (Geneva, 2022),

*recalling*

a) *resolves* 1 of Resolution 9001 (Geneva, 2018) of this conference;
b) 第140号决议（2018年，迪拜，修订版）；
c) Resolution 9001 (Rev. Geneva, 2022) of this conference;
d) https://example.org/teapots[^1]

[^1]: At all.
"""

OPTIONS = {"catalogPages": True, "showReferences": True}
PAGE = "resmark-catalogue:/PP-140@2018.md"


async def opened(start, capabilities=FULL, options=OPTIONS):
    editor = await start({"cited.resmark": CITED, "citing.resmark": CITING}, capabilities, options)
    await editor.indexed()
    editor.open("cited.resmark", CITED)
    editor.open("citing.resmark", CITING)
    return editor


async def lenses(editor, name):
    found = await editor.client.text_document_code_lens_async(lsp.CodeLensParams(editor.document(name)))
    return [await editor.client.code_lens_resolve_async(lens) for lens in found]


async def test_lenses_count_when_they_come_into_sight(start):
    editor = await opened(start)
    assert editor.result.capabilities.code_lens_provider.resolve_provider
    unresolved = await editor.client.text_document_code_lens_async(lsp.CodeLensParams(editor.document("cited.resmark")))
    assert [lens.command for lens in unresolved] == [None, None]
    cited, cites = await lenses(editor, "cited.resmark")
    assert cited.range.start == at(0, 0)
    assert cited.command.title == "Cited 2 times in 1 text"
    assert cited.command.command == "resmark.showReferences"
    uri, position, places = cited.command.arguments
    assert (uri, position) == (editor.uri("cited.resmark"), {"line": 0, "character": 0})
    assert [(place["uri"], place["range"]["start"]["line"]) for place in places] == [
        (editor.uri("citing.resmark"), 6),
        (editor.uri("citing.resmark"), 8),
    ]
    assert cites.command.title == "Cites 1 resolution, 1 out of date"


async def test_lenses_follow_other_documents(start):
    editor = await opened(start)
    [cited, _] = await lenses(editor, "cited.resmark")
    assert "2 times" in cited.command.title
    editor.refreshed.clear()
    editor.change("citing.resmark", 2, CITING.replace("c) Resolution 9001", "c) the benches of Resolution 9002"))
    await editor.until(lambda: "codeLens" in editor.refreshed)
    [cited, _] = await lenses(editor, "cited.resmark")
    assert cited.command.title == "Cited once"


async def test_no_lens_for_who_cannot_run_it(start):
    editor = await opened(start, options={"catalogPages": True})
    assert editor.result.capabilities.code_lens_provider is None


async def test_a_lens_of_a_text_that_changed_is_still_answered(start):
    editor = await opened(start)
    document = editor.document("cited.resmark")
    [lens, _] = await editor.client.text_document_code_lens_async(lsp.CodeLensParams(document))
    editor.change("cited.resmark", 2, "*resolves*\n\n1. nothing.\n")
    resolved = await editor.client.code_lens_resolve_async(lens)
    assert resolved.command.command == ""


async def test_who_cites_whom(start):
    editor = await opened(start)
    [item] = await editor.client.text_document_prepare_call_hierarchy_async(
        lsp.CallHierarchyPrepareParams(editor.document("citing.resmark"), at(6, 30))
    )
    assert item.name == "Resolution 9001 (Rev. Geneva, 2022)"
    assert item.uri == editor.uri("cited.resmark")
    assert item.data["id"] == "PP-9001" and item.data["version"] == "2022"
    [incoming] = await editor.client.call_hierarchy_incoming_calls_async(lsp.CallHierarchyIncomingCallsParams(item))
    assert incoming.from_.uri == editor.uri("citing.resmark")
    assert [r.start for r in incoming.from_ranges] == [at(6, 19), at(8, 3)]
    [outgoing] = await editor.client.call_hierarchy_outgoing_calls_async(lsp.CallHierarchyOutgoingCallsParams(item))
    assert outgoing.to.uri == PAGE
    assert [r.start for r in outgoing.from_ranges] == [at(7, 3)]
    # A page cites nothing that anybody knows of, and is cited itself.
    none = await editor.client.call_hierarchy_outgoing_calls_async(lsp.CallHierarchyOutgoingCallsParams(outgoing.to))
    assert not none
    citing = await editor.client.call_hierarchy_incoming_calls_async(lsp.CallHierarchyIncomingCallsParams(outgoing.to))
    assert [call.from_.uri for call in citing] == [editor.uri("cited.resmark"), editor.uri("citing.resmark")]


async def test_who_shows_no_pages_is_not_led_to_them(start):
    editor = await opened(start, options=None)
    document = editor.document("citing.resmark")
    [item] = await editor.client.text_document_prepare_call_hierarchy_async(
        lsp.CallHierarchyPrepareParams(document, at(7, 6))
    )
    assert (item.uri, item.range) == (document.uri, span(7, 3, 24)), "it begins where it is cited"
    citing = await editor.client.call_hierarchy_incoming_calls_async(lsp.CallHierarchyIncomingCallsParams(item))
    assert len(citing) == 2
    [own] = await editor.client.text_document_prepare_call_hierarchy_async(
        lsp.CallHierarchyPrepareParams(document, at(0, 4))
    )
    calls = await editor.client.call_hierarchy_outgoing_calls_async(lsp.CallHierarchyOutgoingCallsParams(own))
    assert [call.to.uri for call in calls] == [editor.uri("cited.resmark")]
    symbols = await editor.client.workspace_symbol_async(lsp.WorkspaceSymbolParams("PP-140"))
    assert symbols == []


async def test_items_that_a_client_made_up(start):
    editor = await opened(start)
    item = lsp.CallHierarchyItem("x", lsp.SymbolKind.File, "file:///nowhere", span(0, 0, 0), span(0, 0, 0))
    for data in [None, 7, {"id": "no id"}, {"id": "PP-1", "resolution": 4000000000}]:
        item.data = data
        await editor.client.call_hierarchy_incoming_calls_async(lsp.CallHierarchyIncomingCallsParams(item))
        await editor.client.call_hierarchy_outgoing_calls_async(lsp.CallHierarchyOutgoingCallsParams(item))


async def test_the_chain_of_versions(start):
    editor = await opened(start)
    assert editor.result.capabilities.type_hierarchy_provider
    [item] = await editor.client.text_document_prepare_type_hierarchy_async(
        lsp.TypeHierarchyPrepareParams(editor.document("cited.resmark"), at(7, 10))
    )
    assert (item.uri, item.data) == (PAGE, {"id": "PP-140", "version": "2018"})
    [older] = await editor.client.type_hierarchy_supertypes_async(lsp.TypeHierarchySupertypesParams(item))
    assert older.uri == "resmark-catalogue:/PP-140@2014.md"
    [newer] = await editor.client.type_hierarchy_subtypes_async(lsp.TypeHierarchySubtypesParams(item))
    assert newer.name == "Resolution 140 (Rev. Bucharest, 2022)"
    assert not await editor.client.type_hierarchy_subtypes_async(lsp.TypeHierarchySubtypesParams(newer))
    assert (await editor.page(newer.uri)).startswith("# PP-140@2022")


async def test_links_are_followed_when_clicked(start):
    editor = await opened(start)
    params = lsp.DocumentLinkParams(editor.document("citing.resmark"))
    found = await editor.client.text_document_document_link_async(params)
    assert [link.target for link in found if link.target] == ["https://example.org/teapots"]
    links = [link if link.target else await editor.client.document_link_resolve_async(link) for link in found]
    assert [(link.range.start.line, link.target) for link in links] == [
        (6, editor.uri("cited.resmark") + "#L12"),
        (6, editor.uri("cited.resmark")),
        (7, PAGE),
        (8, editor.uri("cited.resmark")),
        (9, "https://example.org/teapots"),
        (9, editor.uri("citing.resmark") + "#L12"),
    ]
    assert links[1].tooltip == "PP-9001@2022 · Teapots in the conference rooms"
    assert links[5].tooltip == "At all."


async def test_links_lead_nowhere_for_who_cannot_go(start):
    editor = await opened(start, options=None)
    params = lsp.DocumentLinkParams(editor.document("citing.resmark"))
    found = await editor.client.text_document_document_link_async(params)
    assert 7 not in [link.range.start.line for link in found], "the catalogue's page cannot be shown"


async def test_resolutions_are_found_by_what_they_are_called(start):
    editor = await opened(start)
    [found] = await editor.client.workspace_symbol_async(lsp.WorkspaceSymbolParams("teapot 9001"))
    assert found.name == "Resolution 9001 (Rev. Geneva, 2022) · Teapots in the conference rooms"
    assert found.location == lsp.LocationUriOnly(editor.uri("cited.resmark"))
    resolved = await editor.client.workspace_symbol_resolve_async(found)
    assert resolved.location.range.start == at(0, 0)
    first, *_ = await editor.client.workspace_symbol_async(lsp.WorkspaceSymbolParams("PP-140"))
    assert first.location.uri == "resmark-catalogue:/PP-140.md"


async def test_who_does_not_ask_again_gets_places_at_once(start):
    plain = {**FULL, "workspace": {name: value for name, value in FULL["workspace"].items() if name != "symbol"}}
    editor = await opened(start, plain)
    [found] = await editor.client.workspace_symbol_async(lsp.WorkspaceSymbolParams("9003"))
    assert (found.location.uri, found.location.range.start) == (editor.uri("citing.resmark"), at(0, 0))


async def hints(editor, name="citing.resmark"):
    params = lsp.InlayHintParams(editor.document(name), lsp.Range(at(0, 0), at(40, 0)))
    return await editor.client.text_document_inlay_hint_async(params)


async def test_hints_are_off_until_somebody_wants_them(start):
    editor = await opened(start)
    assert not await hints(editor)
    settings = {"resmark": {"inlayHints": {"versionInForce": True}}}
    editor.client.workspace_did_change_configuration(lsp.DidChangeConfigurationParams(settings))
    await editor.until(lambda: "inlayHint" in editor.refreshed)
    [hint] = await hints(editor)
    assert (hint.position, hint.label) == (at(7, 24), "→ 2022年，布加勒斯特，修订版")
    assert sorted((edit.range.start.character, edit.new_text) for edit in hint.text_edits) == [
        (11, "2022"),
        (17, "布加勒斯特"),
    ]


async def test_hints_wanted_from_the_beginning(start):
    wanted = {**OPTIONS, "inlayHints": {"versionInForce": True, "candidates": True}}
    editor = await opened(start, options=wanted)
    editor.open("open.resmark", "*recalling*\n\na) Resolution 69;\n")
    assert [hint.label for hint in await hints(editor, "open.resmark")] == ["PP / WTSA / WTDC…?"]
