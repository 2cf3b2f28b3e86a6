"""How findings are judged: configuration, excuses, fixing all."""

import asyncio

from lsprotocol import types as lsp

from conftest import FULL, GAP, able, at, pulling
from test_actions import actions, apply
from test_diagnostics import codes

EXCUSED = "# Resolution 9001 (Geneva, 2020)\n\n*recalling*\n\na) one {>>allow numbering/gap: known<<};\nb) two,\n"


def saved(editor, name: str, text: str | None) -> None:
    """Tells the server that a file was written, or deleted."""
    path = editor.root / name
    if text is None:
        path.unlink()
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    kind = lsp.FileChangeType.Deleted if text is None else lsp.FileChangeType.Changed
    params = lsp.DidChangeWatchedFilesParams([lsp.FileEvent(editor.uri(name), kind)])
    editor.client.workspace_did_change_watched_files(params)


async def pushed(editor, name: str, wanted) -> None:
    """Waits until the diagnostics that were last pushed for a document are as wanted."""
    uri = editor.uri(name)
    await editor.until(lambda: [p for p in editor.published if p.uri == uri])
    await editor.until(lambda: wanted([p for p in editor.published if p.uri == uri][-1].diagnostics))


async def test_a_changed_configuration_judges_anew(start):
    editor = await start({"resmark.json": '{"rules": {"numbering/gap": "off"}}'})
    await editor.indexed()
    editor.open("a.resmark", GAP)
    await pushed(editor, "a.resmark", lambda found: codes(found) == [])
    saved(editor, "resmark.json", '{"rules": {"numbering/*": "error"}}')
    await pushed(editor, "a.resmark", lambda found: [d.severity for d in found] == [lsp.DiagnosticSeverity.Error])
    saved(editor, "resmark.json", None)
    await pushed(editor, "a.resmark", lambda found: [d.severity for d in found] == [lsp.DiagnosticSeverity.Warning])


async def test_who_pulls_is_told_to_pull_again(start):
    editor = await start(capabilities=pulling())
    await editor.indexed()
    editor.open("a.resmark", GAP)
    before = await editor.pull("a.resmark")
    assert codes(before.items) == ["numbering/gap"]
    saved(editor, "resmark.json", '{"rules": {"numbering/gap": "off"}}')
    await editor.until(lambda: editor.client.diagnostic_refresh_count)
    after = await editor.pull("a.resmark", before.result_id)
    assert codes(after.items) == []


async def test_the_nearest_configuration_counts(start):
    editor = await start({"resmark.json": '{"rules": {"numbering/gap": "off"}}', "b/resmark.json": "{}"})
    await editor.indexed()
    editor.open("a.resmark", GAP)
    editor.open("b/b.resmark", GAP)
    await pushed(editor, "b/b.resmark", lambda found: codes(found) == ["numbering/gap"])
    await pushed(editor, "a.resmark", lambda found: codes(found) == [])
    editor.open("untitled:new", GAP)
    await pushed(editor, "untitled:new", lambda found: codes(found) == [])


async def test_a_wrong_configuration_is_marked_until_it_is_right(start):
    editor = await start({"resmark.json": '{\n  "profile": "ito",\n  "rules": { "numbering/gpa": "off" }\n}'})
    found = await editor.diagnostics("resmark.json", None)
    assert [d.range.start for d in found] == [at(1, 13), at(2, 13)]
    assert "did you mean “itu”" in found[0].message
    saved(editor, "resmark.json", "{}")
    await pushed(editor, "resmark.json", lambda found: list(found) == [])


async def test_configuration_is_watched(start):
    editor = await start()
    await editor.until(lambda: "workspace/didChangeWatchedFiles" in editor.registered)


async def test_who_does_not_watch_files_is_judged_anew_with_the_next_change(start):
    blind = {**FULL, "workspace": {**FULL["workspace"], "didChangeWatchedFiles": {}}}
    editor = await start({"resmark.json": "{}"}, capabilities=blind)
    await editor.indexed()
    editor.open("a.resmark", GAP)
    await pushed(editor, "a.resmark", lambda found: codes(found) == ["numbering/gap"])
    (editor.root / "resmark.json").write_text('{"rules": {"numbering/gap": "off"}}')
    await asyncio.sleep(1.2)
    editor.change("a.resmark", 2, GAP + "\n")
    assert await editor.diagnostics("a.resmark", 2) == []
    (editor.root / "resmark.json").unlink()
    await asyncio.sleep(1.2)
    editor.change("a.resmark", 3, GAP)
    assert codes(await editor.diagnostics("a.resmark", 3)) == ["numbering/gap"]


async def test_all_that_is_certain_is_fixed(start):
    editor = await start()
    await editor.indexed()
    assert "source.fixAll.resmark" in editor.result.capabilities.code_action_provider.code_action_kinds
    editor.open("a.resmark", EXCUSED, version=4)
    for only in ["source.fixAll.resmark", "source.fixAll"]:
        [action] = await actions(editor, "a.resmark", at(0, 0), only=[only])
    assert action.kind == "source.fixAll.resmark" and "(1)" in action.title
    [change] = action.edit.document_changes
    assert change.text_document.version == 4
    edits = sorted(change.edits, key=lambda edit: edit.range.start.line, reverse=True)
    editor.change("a.resmark", 5, *((edit.range, edit.new_text) for edit in edits))
    assert await editor.text("a.resmark") == EXCUSED.replace(" {>>allow numbering/gap: known<<}", "")
    assert await actions(editor, "a.resmark", at(0, 0), only=["source.fixAll"]) == []


async def test_what_wants_a_look_is_not_fixed_with_all(start):
    editor = await start()
    await editor.indexed()
    editor.open("a.resmark", GAP)
    assert await actions(editor, "a.resmark", at(0, 0), only=["source.fixAll"]) == []


async def test_a_finding_can_be_excused(start):
    editor = await start()
    editor.open("a.resmark", GAP)
    [found] = await editor.diagnostics("a.resmark")
    fixes = await actions(editor, "a.resmark", found.range.start, only=["quickfix"])
    excuse = fixes[-1]
    assert excuse.title == "Excuse this here: allow numbering/gap"
    assert not excuse.is_preferred and list(excuse.diagnostics) == [found]
    [change] = excuse.edit.document_changes
    after = apply(GAP, change.edits)
    assert "\nc) two, {>>allow numbering/gap<<}\n" in after
    editor.change("a.resmark", 2, after)
    assert await editor.diagnostics("a.resmark", 2) == []


async def test_an_excuse_that_is_not_needed_is_reported(start):
    editor = await start()
    # Until all is read an excuse may be of what is not known yet.
    await editor.indexed()
    editor.open("a.resmark", EXCUSED)
    [found] = await editor.diagnostics("a.resmark")
    assert found.code == "markup/unused-excuse"
    assert found.severity == lsp.DiagnosticSeverity.Information


# Resolution 140 was revised in 2022.
REVISED = "# Resolution 9003 (Dubai, 2018)\n\n*recalling*\n\na) Resolution 140 (Rev. Dubai, 2018)\n"
ASKED = able({"workspace.configuration": True}, pulling())


async def of(editor, name: str) -> list[str]:
    return codes((await editor.pull(name)).items)


async def test_settings_are_asked_for_folder_by_folder(start, tmp_path):
    old = {"resmark": {"asOf": "2019-01-01"}}
    configuration = {"": {"resmark": {"asOf": ""}}, (tmp_path / "old").as_uri(): old}
    files = {"old/a.resmark": REVISED, "new/b.resmark": REVISED}
    editor = await start(files, ASKED, folders=["old", "new"], configuration=configuration)
    await editor.until(lambda: len(editor.logged("documents read")) == 2)
    editor.open("old/a.resmark", REVISED)
    editor.open("new/b.resmark", REVISED)
    assert "citation/revised-since" in await of(editor, "new/b.resmark")
    assert "citation/revised-since" not in await of(editor, "old/a.resmark")
    # What is set anew counts at once, and who pulls is told to pull again.
    before = editor.client.diagnostic_refresh_count
    editor.client.set_configuration({"asOf": ""}, section="resmark", scope_uri=editor.uri("old"))
    editor.client.workspace_did_change_configuration(lsp.DidChangeConfigurationParams(None))
    await editor.until(lambda: editor.client.diagnostic_refresh_count > before)
    assert "citation/revised-since" in await of(editor, "old/a.resmark")


async def test_what_a_client_does_not_say_stays_as_it_was_at_the_start(start):
    editor = await start({"a.resmark": REVISED}, ASKED, options={"asOf": "2019-01-01"}, configuration={"": {}})
    await editor.indexed()
    editor.open("a.resmark", REVISED)
    assert "citation/revised-since" not in await of(editor, "a.resmark")
    editor.client.workspace_did_change_configuration(lsp.DidChangeConfigurationParams({"resmark": {"inlayHints": {}}}))
    assert "citation/revised-since" not in await of(editor, "a.resmark")
    editor.client.workspace_did_change_configuration(lsp.DidChangeConfigurationParams({"resmark": {"asOf": ""}}))
    assert "citation/revised-since" in await of(editor, "a.resmark")


async def test_hints_and_lenses_follow_the_settings(start):
    editor = await start(options={"showReferences": True})
    await editor.indexed()
    editor.open("a.resmark", REVISED)
    await editor.text("a.resmark")
    editor.refreshed.clear()
    settings = {"resmark": {"asOf": "2019-01-01", "inlayHints": {"versionInForce": True}}}
    editor.client.workspace_did_change_configuration(lsp.DidChangeConfigurationParams(settings))
    await editor.until(lambda: {"inlayHint", "codeLens"} <= set(editor.refreshed))


async def test_a_configuration_counts_when_it_is_saved(start):
    editor = await start({"resmark.json": "{}", "a.resmark": GAP}, pulling())
    await editor.indexed()
    editor.open("resmark.json", '{"rules": {"numbering/gap": "off"}}')
    editor.open("a.resmark", GAP)
    assert await of(editor, "a.resmark") == ["numbering/gap"], "it is not saved"
