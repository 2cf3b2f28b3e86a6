"""What can be done: fixes, renumbering in one and in several documents, formatting."""

from lsprotocol import types as lsp

from conftest import FULL, at, span

# `2.` is missing: somebody deleted it. What stands behind refers to the clauses that move, and so does another text.
LIST = """---
body: PP
---

# Resolution 9001 (Bucharest, 2022)

*resolves*

1. to begin 😀;
3. to go on;
4. to end as in *resolves* 3 above
"""

CITING = """# Resolution 9002 (Bucharest, 2022)

*recalling*

that *resolves* 4 of Resolution 9001 (Bucharest, 2022) of the Plenipotentiary Conference is clear
"""


async def actions(editor, name, where, only=None, automatic=False):
    kind = lsp.CodeActionTriggerKind.Automatic if automatic else lsp.CodeActionTriggerKind.Invoked
    context = lsp.CodeActionContext(diagnostics=[], only=only, trigger_kind=kind)
    params = lsp.CodeActionParams(editor.document(name), lsp.Range(where, where), context)
    return await editor.client.text_document_code_action_async(params) or []


def apply(text: str, edits) -> str:
    """The text after edits, whose columns count UTF-16 units."""
    lines = text.split("\n")
    for edit in sorted(edits, key=lambda edit: (edit.range.start.line, edit.range.start.character), reverse=True):
        assert edit.range.start.line == edit.range.end.line
        line = lines[edit.range.start.line].encode("utf-16-le")
        before, after = line[: edit.range.start.character * 2], line[edit.range.end.character * 2 :]
        lines[edit.range.start.line] = before.decode("utf-16-le") + edit.new_text + after.decode("utf-16-le")
    return "\n".join(lines)


async def test_a_finding_brings_its_fix(start):
    editor = await start()
    editor.open("list.resmark", LIST)
    [found] = [d for d in await editor.diagnostics("list.resmark") if d.code == "numbering/gap"]
    fixes = await actions(editor, "list.resmark", found.range.start, only=["quickfix"])
    fix = next(fix for fix in fixes if fix.diagnostics == [found] or list(fix.diagnostics) == [found])
    assert fix.kind == "quickfix" and fix.is_preferred
    [change] = fix.edit.document_changes
    after = apply(LIST, change.edits)
    assert "\n2. to go on;\n3. to end as in *resolves* 2 above\n" in after


async def test_renumbering_follows_into_other_documents(start):
    editor = await start({"citing.resmark": CITING})
    await editor.indexed()
    editor.open("list.resmark", LIST, version=5)
    [action] = await actions(editor, "list.resmark", at(8, 0), only=["source.renumber.list"])
    changes = {change.text_document.uri: change for change in action.edit.document_changes}
    own, other = changes[editor.uri("list.resmark")], changes[editor.uri("citing.resmark")]
    assert own.text_document.version == 5
    assert other.text_document.version is None, "it is not open"
    assert "3. to end as in *resolves* 2 above" in apply(LIST, own.edits)
    assert "that *resolves* 3 of Resolution 9001" in apply(CITING, other.edits)


async def test_a_client_without_versions_gets_plain_changes(start):
    plain = {**FULL, "workspace": {**FULL["workspace"], "workspaceEdit": {}}}
    editor = await start(capabilities=plain)
    editor.open("list.resmark", LIST)
    [action] = await actions(editor, "list.resmark", at(8, 0), only=["source.renumber.document"])
    assert "\n2. to go on;" in apply(LIST, action.edit.changes[editor.uri("list.resmark")])


async def test_a_client_without_literals_gets_none(start):
    plain = {**FULL, "textDocument": {**FULL["textDocument"], "codeAction": {}}}
    editor = await start(capabilities=plain)
    assert editor.result.capabilities.code_action_provider is None
    editor.open("list.resmark", LIST)
    assert await actions(editor, "list.resmark", at(9, 0)) == []


async def test_only_what_is_asked_for(start):
    editor = await start()
    editor.open("list.resmark", LIST)
    kinds = [action.kind for action in await actions(editor, "list.resmark", at(9, 0), only=["source"])]
    assert kinds == ["source.renumber.list", "source.renumber.section", "source.renumber.document"]
    assert await actions(editor, "list.resmark", at(9, 0), only=["refactor"]) == []
    unasked = await actions(editor, "list.resmark", at(9, 0), automatic=True)
    assert {action.kind for action in unasked} == {"quickfix"}


async def test_nothing_to_do_where_all_is_in_order(start):
    editor = await start()
    editor.open("untitled:a", "*resolves*\n\n1. to begin;\n2. to end\n")
    assert await actions(editor, "untitled:a", at(2, 0)) == []


async def test_the_edits_put_it_in_order(start):
    editor = await start()
    editor.open("list.resmark", LIST)
    [action] = await actions(editor, "list.resmark", at(8, 0), only=["source.renumber.list"])
    [change] = action.edit.document_changes
    edits = sorted(change.edits, key=lambda edit: (edit.range.start.line, edit.range.start.character), reverse=True)
    editor.change("list.resmark", 2, *((edit.range, edit.new_text) for edit in edits))
    assert "numbering/gap" not in [d.code for d in await editor.diagnostics("list.resmark", 2)]
    assert await actions(editor, "list.resmark", at(8, 0), only=["source.renumber.list"]) == []


async def test_formatting_changes_no_word(start):
    editor = await start()
    text = "#  Resolution 1\n\n\n\n*recalling*\n\na)   x;   \nb)\ty\n"
    editor.open("untitled:a", text)
    options = lsp.FormattingOptions(tab_size=2, insert_spaces=True)
    params = lsp.DocumentFormattingParams(editor.document("untitled:a"), options)
    edits = await editor.client.text_document_formatting_async(params)
    edits = sorted(edits, key=lambda edit: (edit.range.start.line, edit.range.start.character), reverse=True)
    editor.change("untitled:a", 2, *((edit.range, edit.new_text) for edit in edits))
    after = await editor.text("untitled:a")
    assert after.split() == text.split()
    assert not await editor.client.text_document_formatting_async(params), "formatting twice changes nothing"


# Resolution 140 was revised after Dubai; its number stands twice. What is pinned is meant to be old.
OUTDATED = """# Resolution 9001 (Bucharest, 2022)

The Plenipotentiary Conference of the International Telecommunication Union (Bucharest, 2022),

*considering*

a) 😀 Resolution 140 (Rev. Dubai, 2018) of this conference;
b) *resolves* 3 of Resolution 140 (Rev. Dubai, 2018) of this conference;
c) [Resolution 70 (Rev. Dubai, 2018)](=) of this conference,
"""

UPDATE = "source.updateCitations.resmark"


async def test_each_citation_that_is_updated_can_be_looked_at_before(start):
    edit = {"documentChanges": True, "changeAnnotationSupport": {"groupsOnLabel": True}}
    editor = await start(capabilities={**FULL, "workspace": {**FULL["workspace"], "workspaceEdit": edit}})
    await editor.indexed()
    editor.open("outdated.resmark", OUTDATED)
    [action] = await actions(editor, "outdated.resmark", at(0, 0), only=[UPDATE])
    assert action.kind == UPDATE
    assert action.title.startswith("Update the citations that are out of date (2)"), action.title
    [change] = action.edit.document_changes
    assert apply(OUTDATED, change.edits) == OUTDATED.replace("140 (Rev. Dubai, 2018)", "140 (Rev. Bucharest, 2022)")
    notes = action.edit.change_annotations
    assert all(edit.annotation_id in notes for edit in change.edits)
    for note in notes.values():
        assert note.label == "Resolution 140: (Rev. Dubai, 2018) → (Rev. Bucharest, 2022)"
        assert note.needs_confirmation
    assert [note.description is None for note in notes.values()].count(False) == 1, "the pinpoint wants a look"


async def test_a_client_that_shows_no_notes_gets_plain_edits(start):
    editor = await start()
    await editor.indexed()
    editor.open("outdated.resmark", OUTDATED)
    [action] = await actions(editor, "outdated.resmark", at(0, 0), only=["source"])
    # The others that “source” asks for have nothing to do here.
    assert action.kind == UPDATE and action.edit.change_annotations is None
    [change] = action.edit.document_changes
    assert not any(isinstance(edit, lsp.AnnotatedTextEdit) for edit in change.edits)


async def test_what_is_up_to_date_is_not_updated(start):
    editor = await start()
    await editor.indexed()
    editor.open("new.resmark", OUTDATED.replace("Dubai, 2018", "Bucharest, 2022"))
    assert await actions(editor, "new.resmark", at(0, 0), only=[UPDATE]) == []
