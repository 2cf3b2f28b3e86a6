"""What is offered while a citation is typed, and what is told of it on request."""

from lsprotocol import types as lsp

from conftest import FULL, at, span
from test_actions import apply

TEXT = """# Resolution 9001 (Doha, 2026)

The Plenipotentiary Conference of the International Telecommunication Union (Doha, 2026),

*recalling*

a) 😀 Resolution 140;
b) this resolution and these words;
"""


async def offered(editor, line, character):
    params = lsp.CompletionParams(editor.document("a.resmark"), at(line, character))
    return await editor.client.text_document_completion_async(params)


async def test_a_citation_is_completed(start):
    editor = await start()
    editor.open("a.resmark", TEXT)
    end = len("a) 😀 Resolution 140") + 1
    found = await offered(editor, 6, end)
    first = found.items[0]
    assert first.label == "Resolution 140 (Rev. Bucharest, 2022)"
    # All items of a list begin at one place: some put the name of another body before the word.
    assert first.text_edit.range == span(6, 6, end)
    assert {item.text_edit.range.start.character for item in found.items} == {6}
    assert "a) 😀 Resolution 140 (Rev. Bucharest, 2022);" in apply(TEXT, [first.text_edit])
    assert [item.sort_text for item in found.items] == sorted(item.sort_text for item in found.items)
    outdated = [item for item in found.items if item.tags]
    assert outdated and all(list(item.tags) == [lsp.CompletionItemTag.Deprecated] for item in outdated)
    assert outdated[0].label == "Resolution 140 (Rev. Dubai, 2018)"
    assert not any(item.commit_characters for item in found.items)


async def test_more_is_told_on_request(start):
    editor = await start()
    editor.open("a.resmark", TEXT)
    first = (await offered(editor, 6, len("a) 😀 Resolution 140") + 1)).items[0]
    assert first.documentation is None
    told = await editor.client.completion_item_resolve_async(first)
    assert told.documentation.kind == lsp.MarkupKind.Markdown
    assert "Versions: Antalya, 2006" in told.documentation.value
    assert "Source" in told.documentation.value
    assert (told.label, told.text_edit) == (first.label, first.text_edit)


async def test_an_item_that_says_nothing_stays_as_it_is(start):
    editor = await start()
    item = lsp.CompletionItem("teapot", data={"id": 3})
    assert (await editor.client.completion_item_resolve_async(item)).documentation is None


async def test_prose_is_left_alone(start):
    editor = await start()
    editor.open("a.resmark", TEXT)
    for character in [8, 19, 20, 33]:
        assert await offered(editor, 7, character) is None


async def test_a_client_without_tags_is_told_otherwise(start):
    editor = await start(capabilities={**FULL, "textDocument": {**FULL["textDocument"], "completion": {}}})
    editor.open("a.resmark", TEXT)
    found = await offered(editor, 6, len("a) 😀 Resolution 140") + 1)
    assert any(item.deprecated for item in found.items)
    assert not any(item.tags or item.label_details for item in found.items)


async def test_it_is_offered_to_those_who_can(start):
    offers = (await start()).result.capabilities.completion_provider
    assert offers.resolve_provider and {" ", "(", "（", "/", "#", "@"} <= set(offers.trigger_characters)
    without = {k: v for k, v in FULL["textDocument"].items() if k != "completion"}
    editor = await start(capabilities={**FULL, "textDocument": without})
    assert editor.result.capabilities.completion_provider is None


async def test_an_empty_file_offers_skeletons_when_asked(start):
    editor = await start()
    editor.open("a.resmark", "")
    found = await offered(editor, 0, 0)
    first = found.items[0]
    assert first.label == "Resolution (ITU)"
    assert first.kind == lsp.CompletionItemKind.Snippet
    assert first.insert_text_format == lsp.InsertTextFormat.Snippet
    assert "*resolves*" in first.text_edit.new_text and "${1:" in first.text_edit.new_text
    assert "${" not in first.documentation.value
    by_itself = lsp.CompletionContext(lsp.CompletionTriggerKind.TriggerCharacter, " ")
    params = lsp.CompletionParams(editor.document("a.resmark"), at(0, 0), by_itself)
    assert await editor.client.text_document_completion_async(params) is None
