"""What happens while a list is drafted: Enter, another number for a clause, and how far renumbering reaches."""

import pytest
from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

from conftest import FULL, at, span
from test_actions import CITING, LIST, actions, apply

TEXT = "*resolves*\n\n1. to mend 😀;\n2. to report on *resolves* 1 and 2 above.\n"


async def enter(editor, name, line, character):
    """Presses Enter at a place and returns the edits that follow."""
    editor.change(name, 2, (lsp.Range(at(line, character), at(line, character)), "\n"))
    options = lsp.FormattingOptions(tab_size=3, insert_spaces=True)
    params = lsp.DocumentOnTypeFormattingParams(editor.document(name), at(line + 1, 0), "\n", options)
    return await editor.client.text_document_on_type_formatting_async(params)


def without(*names):
    """A client that does without some of what a document can do."""
    return {**FULL, "textDocument": {k: v for k, v in FULL["textDocument"].items() if k not in names}}


async def test_enter_opens_the_next_clause_and_what_follows_moves_on(start):
    editor = await start()
    editor.open("a.resmark", TEXT)
    edits = await enter(editor, "a.resmark", 2, len("1. to mend ") + 2 + 1)
    typed = TEXT.replace("😀;\n", "😀;\n\n")
    assert apply(typed, edits) == (
        "*resolves*\n\n1. to mend 😀;\n2. \n3. to report on *resolves* 1 and 3 above.\n"
    )


async def test_enter_elsewhere_is_a_line_break(start):
    editor = await start()
    editor.open("a.resmark", TEXT)
    assert await enter(editor, "a.resmark", 0, len("*resolves*")) is None


async def test_what_another_file_cites_is_not_moved_but_the_fix_moves_it(start):
    text = LIST.replace("\n3. to go on;\n4. to end as in *resolves* 3", "\n2. to go on;\n3. to end as in *resolves* 2")
    citing = CITING.replace("*resolves* 4", "*resolves* 3")
    editor = await start({"citing.resmark": citing})
    await editor.indexed()
    editor.open("list.resmark", text)
    line = text[: text.index("1. to begin")].count("\n")
    [edit] = await enter(editor, "list.resmark", line, 99)
    assert edit.new_text == "2. "
    editor.change("list.resmark", 3, (edit.range, edit.new_text + "to mend;"))
    [fix] = await actions(editor, "list.resmark", edit.range.start, only=["quickfix"])
    changes = {change.text_document.uri: change.edits for change in fix.edit.document_changes}
    assert "that *resolves* 4 of Resolution 9001" in apply(citing, changes[editor.uri("citing.resmark")])
    after = apply(await editor.text("list.resmark"), changes[editor.uri("list.resmark")])
    assert "😀;\n2. to mend;\n3. to go on;\n4. to end as in *resolves* 3 above" in after


async def test_enter_is_answered_for_the_text_that_it_was_typed_into(start):
    """The request comes right behind the change, and sees it."""
    editor = await start()
    editor.open("a.resmark", "1. x;\n")
    for version in range(2, 30):
        line = version - 2
        editor.change("a.resmark", version, (lsp.Range(at(line, 99), at(line, 99)), "\n"))
        options = lsp.FormattingOptions(tab_size=3, insert_spaces=True)
        params = lsp.DocumentOnTypeFormattingParams(editor.document("a.resmark"), at(line + 1, 0), "\n", options)
        [edit] = await editor.client.text_document_on_type_formatting_async(params)
        assert edit.new_text == f"{version}. "
        words = lsp.Range(edit.range.start, edit.range.end)
        editor.change("a.resmark", version, (words, edit.new_text + "x;"))


async def test_it_is_offered_to_those_who_can(start):
    editor = await start()
    offered = editor.result.capabilities
    assert offered.document_on_type_formatting_provider.first_trigger_character == "\n"
    assert offered.rename_provider == lsp.RenameOptions(prepare_provider=True, work_done_progress=True)
    plain = await start(capabilities=without("onTypeFormatting", "rename"))
    assert plain.result.capabilities.document_on_type_formatting_provider is None
    assert plain.result.capabilities.rename_provider is None
    simple = {**FULL, "textDocument": {**FULL["textDocument"], "rename": {}}}
    assert (await start(capabilities=simple)).result.capabilities.rename_provider is True


async def prepare(editor, name, where):
    return await editor.client.text_document_prepare_rename_async(lsp.PrepareRenameParams(editor.document(name), where))


async def rename(editor, name, where, new):
    params = lsp.RenameParams(editor.document(name), where, new)
    return await editor.client.text_document_rename_async(params)


async def test_a_clause_gets_another_number_and_all_follow(start):
    text = LIST.replace("\n3. to go on;\n4. to end as in *resolves* 3", "\n2. to go on;\n3. to end as in *resolves* 2")
    citing = CITING.replace("*resolves* 4", "*resolves* 3")
    editor = await start({"citing.resmark": citing})
    await editor.indexed()
    editor.open("list.resmark", text, version=7)
    line = text[: text.index("2. to go on")].count("\n")
    asked = await prepare(editor, "list.resmark", at(line, 0))
    assert (asked.range, asked.placeholder) == (span(line, 0, 1), "2")
    edit = await rename(editor, "list.resmark", at(line, 0), "3")
    changes = {change.text_document.uri: change for change in edit.document_changes}
    own, other = changes[editor.uri("list.resmark")], changes[editor.uri("citing.resmark")]
    assert own.text_document.version == 7
    assert other.text_document.version is None, "it is not open"
    assert "that *resolves* 2 of Resolution 9001" in apply(citing, other.edits)
    edits = sorted(own.edits, key=lambda edit: (edit.range.start.line, edit.range.start.character), reverse=True)
    editor.change("list.resmark", 8, *((edit.range, edit.new_text) for edit in edits))
    after = await editor.text("list.resmark")
    assert "1. to begin 😀;\n2. to end as in *resolves* 3 above\n3. to go on;\n" in after


async def test_what_cannot_be_renamed_says_so(start):
    editor = await start()
    editor.open("a.resmark", TEXT)
    with pytest.raises(JsonRpcException, match="Put the cursor on the label") as refused:
        await prepare(editor, "a.resmark", at(2, 6))
    assert refused.value.code == -32803
    with pytest.raises(JsonRpcException, match="“7”") as refused:
        await rename(editor, "a.resmark", at(2, 0), "7")
    assert refused.value.code == -32803


async def test_renumbering_reaches_as_far_as_it_is_asked_to(start):
    gap = "# Resolution 9003 (Bucharest, 2022)\n\n*resolves*\n\n1. to begin;\n3. to end.\n"
    editor = await start({"other.resmark": gap})
    await editor.indexed()
    editor.open("list.resmark", LIST + "\n" + gap)

    async def reached(scope):
        [action] = await actions(editor, "list.resmark", at(8, 0), only=[f"source.renumber.{scope}"])
        return {change.text_document.uri.rsplit("/", 1)[1]: len(change.edits) for change in action.edit.document_changes}

    assert await reached("list") == {"list.resmark": 3}
    assert await reached("resolution") == {"list.resmark": 3}
    assert await reached("document") == {"list.resmark": 4}
    assert await reached("workspace") == {"list.resmark": 4, "other.resmark": 1}
