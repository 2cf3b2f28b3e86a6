"""Files that are made, moved and deleted in the editor."""

import pytest
from lsprotocol import types as lsp

from conftest import FULL, GAP, able, pulling
from test_actions import apply
from test_diagnostics import CITING, cited, codes

OPERATIONS = {name: True for name in ["didCreate", "didRename", "willRename", "didDelete", "willDelete"]}
TELLING = able({"workspace.fileOperations": OPERATIONS})
PULLING = able({"workspace.fileOperations": OPERATIONS}, pulling())

LINKING = "*recalling*\n\na) the text of [that resolution](texts/cited.resmark#resolves-1) and [a map](map.pdf)\n"
CATALOGUE = '{ "resolutions": [{ "id": "PP-9001", "source": "texts/cited.resmark" }] }'


def moved(editor, *moves: tuple[str, str]) -> lsp.RenameFilesParams:
    return lsp.RenameFilesParams([lsp.FileRename(editor.uri(old), editor.uri(new)) for old, new in moves])


def deleted(editor, *names: str) -> lsp.DeleteFilesParams:
    return lsp.DeleteFilesParams([lsp.FileDelete(editor.uri(name)) for name in names])


async def move(editor, old: str, new: str):
    """Moves a file or folder as an editor does; the edits that the server wants before."""
    params = moved(editor, (old, new))
    edit = await editor.client.workspace_will_rename_files_async(params)
    (editor.root / new).parent.mkdir(parents=True, exist_ok=True)
    (editor.root / old).rename(editor.root / new)
    editor.client.workspace_did_rename_files(params)
    return edit


async def test_only_what_the_client_tells_is_asked_for(start):
    assert (await start()).result.capabilities.workspace.file_operations is None
    offered = (await start(capabilities=TELLING)).result.capabilities.workspace.file_operations
    assert offered.will_create is None
    for wanted in [offered.did_create, offered.did_rename, offered.will_rename, offered.did_delete, offered.will_delete]:
        assert {filter.scheme for filter in wanted.filters} == {"file"}
        assert {filter.pattern.matches for filter in wanted.filters} == {"file", "folder"}
    some = able({"workspace.fileOperations": {"willRename": True}})
    offered = (await start(capabilities=some)).result.capabilities.workspace.file_operations
    assert offered.will_rename and not offered.did_rename and not offered.will_delete


@pytest.mark.parametrize("old, new, path", [
    ("texts/cited.resmark", "texts/new name.resmark", "texts/new name.resmark"),
    ("texts", "deep/texts", "deep/texts/cited.resmark"),
])
async def test_what_names_a_file_follows_it(start, old, new, path):
    files = {"texts/cited.resmark": cited("Dubai, 2018"), "a.resmark": LINKING, "our.catalogue.json": CATALOGUE}
    editor = await start(files, TELLING)
    await editor.indexed()
    editor.open("a.resmark", LINKING, version=7)
    edit = await move(editor, old, new)
    changes = {change.text_document.uri: change for change in edit.document_changes}
    assert set(changes) == {editor.uri("a.resmark"), editor.uri("our.catalogue.json")}
    own = changes[editor.uri("a.resmark")]
    assert own.text_document.version == 7
    assert apply(LINKING, own.edits) == LINKING.replace("texts/cited.resmark", path)
    assert apply(CATALOGUE, changes[editor.uri("our.catalogue.json")].edits) == CATALOGUE.replace("texts/cited.resmark", path)
    assert editor.shown() == []


async def test_a_client_without_versions_gets_plain_changes(start):
    plain = able({"workspace.workspaceEdit": {}}, TELLING)
    files = {"texts/cited.resmark": "x", "a.resmark": LINKING, "our.catalogue.json": CATALOGUE}
    editor = await start(files, plain)
    await editor.indexed()
    edit = await move(editor, "texts/cited.resmark", "b.resmark")
    assert set(edit.changes) == {editor.uri("a.resmark"), editor.uri("our.catalogue.json")}


async def test_what_nothing_names_moves_without_edits(start):
    editor = await start({"b.resmark": "x", "a.resmark": LINKING}, TELLING)
    await editor.indexed()
    assert await move(editor, "b.resmark", "c.resmark") is None


async def test_a_moved_text_is_known_under_its_new_name_at_once(start):
    editor = await start({"a.resmark": GAP, "old/b.resmark": "x", "old/deep/c.resmark": "x"}, PULLING)
    await editor.knows("a.resmark", "old/b.resmark", "old/deep/c.resmark")
    await move(editor, "a.resmark", "moved.resmark")
    assert await editor.known() == ["moved.resmark", "old/b.resmark", "old/deep/c.resmark"]
    await move(editor, "old", "new")
    await editor.knows("moved.resmark", "new/b.resmark", "new/deep/c.resmark")


@pytest.mark.parametrize("before", [True, False], ids=["closed before", "closed after"])
async def test_an_open_text_keeps_its_findings_under_its_new_name(start, before):
    editor = await start({"a.resmark": GAP, "judged/resmark.json": '{"rules": {"numbering/gap": "error"}}'}, TELLING)
    await editor.indexed()
    editor.open("a.resmark", GAP)
    assert codes(await editor.diagnostics("a.resmark")) == ["numbering/gap"]
    new = "judged/b.resmark"
    if before:
        await editor.client.workspace_will_rename_files_async(moved(editor, ("a.resmark", new)))
        (editor.root / "a.resmark").rename(editor.root / new)
        editor.close("a.resmark")
        editor.open(new, GAP)
        editor.client.workspace_did_rename_files(moved(editor, ("a.resmark", new)))
    else:
        await move(editor, "a.resmark", new)
        editor.close("a.resmark")
        editor.open(new, GAP)
    [found] = await editor.diagnostics(new)
    assert (found.code, found.severity) == ("numbering/gap", lsp.DiagnosticSeverity.Error), "as its folder has it"
    assert not [p for p in editor.published if p.uri == editor.uri("a.resmark")][-1].diagnostics
    assert editor.shown() == [], "nothing is missing"
    editor.close(new)
    assert await editor.text("a.resmark") is None
    assert await editor.text(new) == GAP


async def test_who_cites_a_moved_text_still_leads_there(start):
    editor = await start({"cited.resmark": cited("Rev. Bucharest, 2022"), "citing.resmark": CITING}, TELLING)
    await editor.indexed()
    editor.open("citing.resmark", CITING)
    await move(editor, "cited.resmark", "texts/9001.resmark")
    found = await editor.diagnostics("citing.resmark")
    params = lsp.DefinitionParams(editor.document("citing.resmark"), found[0].range.start)
    [target] = await editor.client.text_document_definition_async(params)
    assert target.target_uri == editor.uri("texts/9001.resmark")


async def test_deleting_says_once_what_breaks(start):
    files = {"texts/cited.resmark": cited("Dubai, 2018"), "citing.resmark": CITING, "other.resmark": CITING}
    editor = await start(files, TELLING)
    await editor.indexed()
    for names in (["texts"], ["texts/cited.resmark", "other.resmark"]):
        editor.client.messages.clear()
        assert await editor.client.workspace_will_delete_files_async(deleted(editor, *names)) is None
        [warning] = await editor.until(editor.shown)
        others = "" if "other.resmark" in names else ", 1 in other.resmark"
        count = "1 citation loses" if "other.resmark" in names else "2 citations lose"
        assert warning.startswith(f"{count} the text: 1 in citing.resmark{others} (deleted: ")
        assert warning.endswith("Undo to keep it, or change them.")
    editor.saved("texts", None)
    editor.client.workspace_did_delete_files(deleted(editor, "texts"))
    await editor.text("citing.resmark")
    assert len(editor.shown()) == 1, "it was said before"


async def test_deleting_what_nobody_cites_says_nothing(start):
    editor = await start({"cited.resmark": cited("Dubai, 2018"), "x.resmark": "x"}, TELLING)
    await editor.indexed()
    await editor.client.workspace_will_delete_files_async(deleted(editor, "cited.resmark", "x.resmark"))
    await editor.text("x.resmark")
    assert editor.shown() == []


async def test_a_client_that_tells_only_afterwards_is_warned_then(start):
    late = able({"workspace.fileOperations": {"didDelete": True, "didRename": True}})
    editor = await start({"cited.resmark": cited("Dubai, 2018"), "citing.resmark": CITING}, late)
    await editor.indexed()
    (editor.root / "cited.resmark").unlink()
    editor.client.workspace_did_delete_files(deleted(editor, "cited.resmark"))
    [warning] = await editor.until(editor.shown)
    assert "1 in citing.resmark (deleted: cited.resmark)" in warning


async def test_a_text_that_becomes_none_takes_the_text_away(start):
    editor = await start({"cited.resmark": cited("Dubai, 2018"), "citing.resmark": CITING}, TELLING)
    await editor.indexed()
    await move(editor, "cited.resmark", "cited.txt")
    [warning] = await editor.until(editor.shown)
    assert "1 citation loses the text: 1 in citing.resmark (no longer read as before: cited.txt)" in warning


async def test_new_files_and_folders_are_read(start):
    editor = await start({"a.resmark": "x", ".gitignore": "drafts\n"}, PULLING)
    await editor.knows("a.resmark")
    for name in ["b.resmark", "folder/c.resmark", "folder/deep/d.resmark", "drafts/e.resmark", "folder/f.txt"]:
        path = editor.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    made = [lsp.FileCreate(editor.uri(name)) for name in ["b.resmark", "folder", "drafts/e.resmark", "folder/f.txt"]]
    editor.client.workspace_did_create_files(lsp.CreateFilesParams(made))
    await editor.knows("a.resmark", "b.resmark", "folder/c.resmark", "folder/deep/d.resmark")


async def test_a_client_that_tells_nothing_is_served(start):
    editor = await start({"a.resmark": GAP}, FULL)
    editor.open("a.resmark", GAP)
    (editor.root / "a.resmark").unlink()
    editor.close("a.resmark")
    assert await editor.text("a.resmark") is None
    assert editor.shown() == []
