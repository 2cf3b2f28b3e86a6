"""Actions whose changes are made when they are chosen."""

import pytest
from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

from conftest import FULL, GAP, able, at
from test_actions import LIST, OUTDATED, UPDATE, actions
from test_settings import EXCUSED

RESOLVING = able(
    {
        "textDocument.codeAction.dataSupport": True,
        "textDocument.codeAction.resolveSupport": {"properties": ["edit"]},
    }
)
DISABLED = able({"textDocument.codeAction.disabledSupport": True}, RESOLVING)


async def resolve(editor, action):
    return await editor.client.code_action_resolve_async(action)


async def refusal(editor, action) -> JsonRpcException:
    with pytest.raises(JsonRpcException) as refused:
        await resolve(editor, action)
    return refused.value


KINDS = [
    "quickfix",
    "source.renumber.list",
    "source.renumber.section",
    "source.renumber.document",
    "source.renumber.workspace",
    UPDATE,
    "refactor.rewrite.title",
]


@pytest.mark.parametrize("kind", KINDS)
async def test_the_same_comes_of_it_as_when_it_is_sent_at_once(start, kind):
    text, where = {
        UPDATE: (OUTDATED, at(0, 0)),
        "refactor.rewrite.title": ("a) General Assembly resolution 70/1 of 25 September 2015;\n", at(0, 32)),
    }.get(kind, (LIST, at(9, 0)))
    found = []
    for capabilities in [FULL, RESOLVING]:
        editor = await start(capabilities=capabilities)
        await editor.indexed()
        assert bool(editor.result.capabilities.code_action_provider.resolve_provider) == (capabilities is RESOLVING)
        editor.open("a.resmark", text, version=3)
        found.append(await actions(editor, "a.resmark", where, only=[kind]))
    whole, listed = found
    assert whole and [action.title for action in listed] == [action.title for action in whole]
    for one, other in zip(whole, listed):
        assert one.edit is not None and one.data is None
        assert other.edit is None, "the list is cheap"
        resolved = await resolve(editor, other)
        assert resolved.edit == one.edit
        assert (resolved.title, resolved.kind, resolved.is_preferred) == (one.title, one.kind, one.is_preferred)
        assert resolved.diagnostics == one.diagnostics


async def test_one_for_a_place_is_not_made_in_another_text(start):
    editor = await start(capabilities=RESOLVING)
    editor.open("a.resmark", LIST)
    [fix] = await actions(editor, "a.resmark", at(8, 0), only=["source.renumber.list"])
    editor.change("a.resmark", 2, LIST.replace("1. to begin", "1. to begin again"))
    refused = await refusal(editor, fix)
    assert refused.code == lsp.LSPErrorCodes.ContentModified
    assert "has changed" in refused.message
    editor.change("a.resmark", 3, LIST)
    assert (await resolve(editor, fix)).edit, "what was undone is the text for which it was offered"


async def test_one_for_the_file_is_made_in_the_text_as_it_is(start):
    editor = await start(capabilities=RESOLVING)
    await editor.indexed()
    editor.open("a.resmark", EXCUSED)
    [fix] = await actions(editor, "a.resmark", at(0, 0), only=["source"])
    assert fix.kind == "source.fixAll.resmark" and fix.edit is None
    after = "# Resolution 9001 (Geneva, 2020)\n\nIt is known.\n\n*recalling*\n\na) one {>>allow numbering/gap: known<<};\n"
    editor.change("a.resmark", 2, after)
    [change] = (await resolve(editor, fix)).edit.document_changes
    assert change.text_document.version == 2
    editor.change("a.resmark", 3, *((edit.range, edit.new_text) for edit in change.edits))
    assert await editor.text("a.resmark") == after.replace(" {>>allow numbering/gap: known<<}", "")
    editor.change("a.resmark", 4, "# Resolution 9001 (Geneva, 2020)\n")
    refused = await refusal(editor, fix)
    assert refused.code == lsp.LSPErrorCodes.RequestFailed
    assert refused.message == "There is nothing left to do here"


async def test_who_is_about_to_save_gets_the_fixes_at_once(start):
    editor = await start(capabilities=RESOLVING)
    await editor.indexed()
    editor.open("a.resmark", EXCUSED)
    for kind in ["source.fixAll", "source.fixAll.resmark"]:
        [fix] = await actions(editor, "a.resmark", at(0, 0), only=[kind])
        assert fix.edit.document_changes and fix.data is None


async def test_one_of_a_document_that_is_gone_is_refused(start):
    editor = await start(capabilities=RESOLVING)
    editor.open("untitled:a", LIST)
    [fix] = await actions(editor, "untitled:a", at(8, 0), only=["source.renumber.document"])
    editor.close("untitled:a")
    assert "not there any more" in (await refusal(editor, fix)).message


async def test_what_carries_nothing_stays_as_it_is(start):
    editor = await start(capabilities=RESOLVING)
    action = lsp.CodeAction(title="of another server", data={"theirs": 1})
    assert await resolve(editor, action) == action


async def test_who_asks_by_name_hears_why_there_is_nothing(start):
    editor = await start(capabilities=DISABLED)
    await editor.indexed()
    editor.open("a.resmark", "# Resolution 1\n\n*resolves*\n\n1. to begin;\n2. to end.\n")
    for kind, words in [("source.renumber.list", "This list is in order"), (UPDATE, "No citation of this file")]:
        [action] = await actions(editor, "a.resmark", at(4, 0), only=[kind])
        assert action.kind == kind and action.edit is None and action.data is None
        assert words in action.disabled.reason
        assert await actions(editor, "a.resmark", at(4, 0), only=[kind], automatic=True) == []
    assert await actions(editor, "a.resmark", at(4, 0), only=["source"]) == [], "who asks for all is not told"
    assert await actions(editor, "a.resmark", at(4, 0), only=["source.fixAll"]) == [], "nothing to fix is well"
    editor = await start(capabilities=RESOLVING)
    editor.open("a.resmark", "fine\n")
    assert await actions(editor, "a.resmark", at(0, 0), only=[UPDATE]) == [], "it could not show the reason"


async def test_the_first_fix_is_preferred(start):
    editor = await start(capabilities=RESOLVING)
    editor.open("a.resmark", GAP)
    [found] = await editor.diagnostics("a.resmark")
    fixes = await actions(editor, "a.resmark", found.range.start, only=["quickfix"])
    assert [fix.is_preferred for fix in fixes] == [True] + [False] * (len(fixes) - 1)
    assert all(list(fix.diagnostics) == [found] for fix in fixes)
