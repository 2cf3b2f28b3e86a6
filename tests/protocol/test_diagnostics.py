"""Findings, pushed and pulled."""

import pytest
from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

from conftest import GAP, able, at, pulling, span

GAP_FIXED = (span(5, 0, 1), "b")


async def test_findings_are_pushed_with_the_version(start):
    editor = await start()
    editor.open("a.resmark", GAP, version=3)
    [found] = await editor.diagnostics("a.resmark", 3)
    assert found.code == "numbering/gap"
    assert found.source == "resmark"
    assert found.severity == lsp.DiagnosticSeverity.Warning
    assert found.range == span(5, 0, 2)
    assert found.code_description is None  # it could not show the page


async def test_a_change_takes_findings_away(start):
    editor = await start()
    editor.open("a.resmark", GAP)
    assert await editor.diagnostics("a.resmark", 1)
    editor.change("a.resmark", 2, GAP_FIXED)
    assert await editor.diagnostics("a.resmark", 2) == []


async def test_closing_takes_findings_away(start):
    editor = await start()
    uri = editor.open("untitled:a", GAP)
    assert await editor.diagnostics("untitled:a", 1)
    editor.close("untitled:a")
    await editor.until(lambda: editor.published[-1].uri == uri and not editor.published[-1].diagnostics)


async def test_stale_findings_are_not_sent_last(start):
    editor = await start()
    editor.open("a.resmark", GAP)
    for version in range(2, 200):
        editor.change("a.resmark", version, (span(0, 0, 0), ""), "fine\n" if version % 2 else GAP)
    assert await editor.diagnostics("a.resmark", 199) == []
    versions = [params.version for params in editor.published if params.uri == editor.uri("a.resmark")]
    assert versions == sorted(versions)


async def test_findings_are_pulled(start):
    editor = await start(capabilities=pulling())
    editor.open("a.resmark", GAP)
    report = await editor.pull("a.resmark")
    assert [item.code for item in report.items] == ["numbering/gap"]
    assert editor.published == [], "nothing is pushed to a client that pulls"


async def test_what_is_unchanged_is_not_sent_again(start):
    editor = await start(capabilities=pulling())
    editor.open("a.resmark", GAP)
    first = await editor.pull("a.resmark")
    again = await editor.pull("a.resmark", first.result_id)
    assert (again.kind, again.result_id) == ("unchanged", first.result_id)
    editor.change("a.resmark", 2, GAP_FIXED)
    changed = await editor.pull("a.resmark", first.result_id)
    assert (changed.kind, list(changed.items)) == ("full", [])


async def test_the_whole_workspace_is_pulled(start):
    editor = await start({"a.resmark": GAP, "b.resmark": "fine\n"}, capabilities=pulling())
    await editor.indexed()
    params = lsp.WorkspaceDiagnosticParams(previous_result_ids=[])
    report = await editor.client.workspace_diagnostic_async(params)
    found = {item.uri: [d.code for d in item.items] for item in report.items}
    assert found == {editor.uri("a.resmark"): ["numbering/gap"], editor.uri("b.resmark"): []}
    known = [lsp.PreviousResultId(item.uri, item.result_id) for item in report.items]
    (editor.root / "b.resmark").unlink()
    deleted = lsp.FileEvent(editor.uri("b.resmark"), lsp.FileChangeType.Deleted)
    editor.client.workspace_did_change_watched_files(lsp.DidChangeWatchedFilesParams([deleted]))
    report = await editor.client.workspace_diagnostic_async(lsp.WorkspaceDiagnosticParams(known))
    kinds = {item.uri: item.kind for item in report.items}
    assert kinds == {editor.uri("a.resmark"): "unchanged", editor.uri("b.resmark"): "full"}


async def test_a_document_that_nobody_knows_has_no_findings(start):
    editor = await start(capabilities=pulling())
    report = await editor.pull("none.resmark")
    assert list(report.items) == []


async def test_the_day_can_be_set(start):
    editor = await start(options={"asOf": "31/12/2019"})
    await editor.until(lambda: editor.logged("31/12/2019"))
    settings = lsp.DidChangeConfigurationParams({"resmark": {"asOf": "2019-12-31"}})
    editor.client.workspace_did_change_configuration(settings)
    editor.client.workspace_did_change_configuration(lsp.DidChangeConfigurationParams({"resmark": {"asOf": 7}}))
    await editor.until(lambda: [m for m in editor.client.messages if "asOf" in m.message])


async def test_a_catalogue_file_that_is_none_is_named_and_marked(start):
    editor = await start({"our.catalogue.json": '{\n  "resolutions": 3\n}'})
    [found] = await editor.diagnostics("our.catalogue.json", None)
    assert found.range.start.line == 1
    shown = await editor.until(lambda: [m.message for m in editor.client.messages])
    assert "our.catalogue.json:2:" in shown[0]
    (editor.root / "our.catalogue.json").write_text('{ "resolutions": [] }')
    changed = lsp.FileEvent(editor.uri("our.catalogue.json"), lsp.FileChangeType.Changed)
    editor.client.workspace_did_change_watched_files(lsp.DidChangeWatchedFilesParams([changed]))
    await editor.until(lambda: not editor.published[-1].diagnostics)
    assert len(editor.client.messages) == 1, "shown once"


async def test_a_file_that_is_no_text_is_named_and_marked(start):
    editor = await start({"latin1.resmark": b"one\nr\xe9solution\n"})
    [found] = await editor.diagnostics("latin1.resmark", None)
    assert found.range.start == at(1, 1)
    assert "UTF-8" in found.message

CITING = """---
body: PP
language: en
---

# Resolution 9003 (Bucharest, 2022)

*recalling*

a) Resolution 9001 (Dubai, 2018) of the Plenipotentiary Conference
"""


def cited(version: str) -> str:
    return f"---\nbody: PP\nlanguage: en\n---\n\n# Resolution 9001 ({version})\n## Teapots\n\n*resolves*\n\nto buy two\n"


def codes(diagnostics) -> list[str]:
    return [diagnostic.code for diagnostic in diagnostics]


async def test_a_finding_says_where_the_other_text_is(start):
    editor = await start({"cited.resmark": cited("Rev. Bucharest, 2022")})
    await editor.indexed()
    editor.open("citing.resmark", CITING)
    found = [d for d in await editor.diagnostics("citing.resmark") if d.code == "citation/outdated"]
    assert found[0].related_information[0].location.uri == editor.uri("cited.resmark")


async def test_who_cites_what_changed_hears_of_it(start):
    editor = await start()
    await editor.indexed()
    editor.open("citing.resmark", CITING)
    editor.open("cited.resmark", cited("Dubai, 2018"))
    await editor.diagnostics("cited.resmark")
    assert "citation/outdated" not in codes(await editor.diagnostics("citing.resmark"))
    before = len(editor.published)
    editor.change("cited.resmark", 2, cited("Rev. Bucharest, 2022"))
    uri = editor.uri("citing.resmark")
    pushed = await editor.until(lambda: [p for p in editor.published[before:] if p.uri == uri])
    assert "citation/outdated" in codes(pushed[-1].diagnostics)
    assert pushed[-1].version == 1, "the text is the same"


async def test_who_pulls_is_told_to_pull_again(start):
    editor = await start(capabilities=pulling())
    await editor.indexed()
    editor.open("citing.resmark", CITING)
    editor.open("cited.resmark", cited("Dubai, 2018"))
    before = await editor.pull("citing.resmark")
    assert "citation/outdated" not in codes(before.items)
    editor.change("cited.resmark", 2, cited("Rev. Bucharest, 2022"))
    await editor.until(lambda: editor.client.diagnostic_refresh_count)
    after = await editor.pull("citing.resmark", before.result_id)
    assert "citation/outdated" in codes(after.items)


async def test_the_day_decides(start):
    editor = await start(capabilities=pulling(), options={"asOf": "2019-01-01"})
    await editor.indexed()
    editor.open("citing.resmark", "# Resolution 9003 (Dubai, 2018)\n\n*recalling*\n\na) Resolution 140 (Rev. Dubai, 2018)\n")
    then = await editor.pull("citing.resmark")
    editor.client.workspace_did_change_configuration(lsp.DidChangeConfigurationParams({"resmark": {"asOf": ""}}))
    now = await editor.pull("citing.resmark", then.result_id)
    assert "citation/revised-since" not in codes(then.items)
    assert "citation/revised-since" in codes(now.items)


async def test_a_finding_links_to_the_page_about_its_rule(start):
    editor = await start(options={"catalogPages": True})
    editor.open("a.resmark", GAP)
    [found] = await editor.diagnostics("a.resmark", 1)
    page = await editor.page(found.code_description.href)
    assert page.startswith("# numbering/gap\n")


PARTS = "their/parts"


async def test_the_workspace_is_judged_in_parts_for_who_takes_them(start):
    files = {f"{number}.resmark": GAP for number in range(120)}
    editor = await start(files, capabilities=pulling())
    await editor.indexed()
    editor.parts[PARTS], editor.bars["their/bar"] = [], []
    params = lsp.WorkspaceDiagnosticParams([], work_done_token="their/bar", partial_result_token=PARTS)
    report = await editor.client.workspace_diagnostic_async(params)
    # All of it has come when the answer comes.
    assert list(report.items) == []
    parts = [[item["uri"] for item in part["items"]] for part in editor.parts[PARTS]]
    assert len(parts) > 1
    assert sorted(sum(parts, [])) == sorted(editor.uri(name) for name in files)
    assert all(item["kind"] == "full" and item["resultId"] for part in editor.parts[PARTS] for item in part["items"])
    kinds = [value.kind for value in editor.bars["their/bar"]]
    assert (kinds[0], kinds[-1]) == ("begin", "end")


async def test_who_asks_for_references_sees_that_they_are_looked_for(start):
    editor = await start()
    editor.open("a.resmark", GAP)
    editor.bars["their/bar"] = []
    params = lsp.ReferenceParams(
        context=lsp.ReferenceContext(True),
        text_document=editor.document("a.resmark"),
        position=at(0, 3),
        work_done_token="their/bar",
    )
    await editor.client.text_document_references_async(params)
    assert [value.kind for value in editor.bars["their/bar"]] == ["begin", "end"]


async def test_judging_the_workspace_is_given_up_when_the_configuration_changes(start):
    text = "# Resolution 1 (Geneva, 2020)\n\n*recalling*\n\n" + "a) Resolution 140 (Rev. Dubai, 2018);\n" * 60
    editor = await start({f"{number}.resmark": text for number in range(150)}, capabilities=pulling())
    await editor.indexed()
    asked = editor.send(lsp.WORKSPACE_DIAGNOSTIC, lsp.WorkspaceDiagnosticParams(previous_result_ids=[]))
    editor.saved("resmark.json", '{"rules": {"numbering/*": "off"}}')
    with pytest.raises(JsonRpcException) as given_up:
        await asked
    assert given_up.value.code == lsp.LSPErrorCodes.ServerCancelled
    assert given_up.value.data == {"retriggerRequest": True}
    assert len(await editor.known()) == 150, "it may be asked again"


async def test_what_an_edit_changes_in_other_open_texts_comes_along(start):
    capable = able({"textDocument.diagnostic": {"relatedDocumentSupport": True}}, pulling())
    for capabilities, comes in [(capable, True), (pulling(), False)]:
        editor = await start(capabilities=capabilities)
        await editor.indexed()
        editor.open("citing.resmark", CITING)
        editor.open("cited.resmark", cited("Dubai, 2018"))
        await editor.pull("citing.resmark")
        assert not (await editor.pull("cited.resmark")).related_documents
        editor.change("cited.resmark", 2, cited("Rev. Bucharest, 2022"))
        related = (await editor.pull("cited.resmark")).related_documents or {}
        assert list(related) == ([editor.uri("citing.resmark")] if comes else [])
        if comes:
            assert "citation/outdated" in codes(related[editor.uri("citing.resmark")].items)
            assert not (await editor.pull("cited.resmark")).related_documents, "it was said"
