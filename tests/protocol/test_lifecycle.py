"""Beginning and end."""

import asyncio
import json
import pathlib

import pytest

from conftest import FULL, pulling

RECORDED = sorted((pathlib.Path(__file__).parent / "recorded").glob("*.json"))


async def test_the_server_says_who_it_is(start):
    editor = await start()
    assert editor.result.server_info.name == "resmark"
    assert editor.result.server_info.version
    assert editor.result.capabilities.text_document_sync.change == 2


async def test_files_that_change_are_watched(start):
    editor = await start()
    await editor.until(lambda: "workspace/didChangeWatchedFiles" in editor.registered)


async def test_the_folder_is_read_with_progress(start):
    editor = await start({"a.resmark": "# Resolution 1\n", "deep/b.resmark": "x"})
    await editor.indexed()
    assert editor.logged("2 documents read")
    # A folder that is read before the client has agreed to a bar needs none; a bar that is shown goes away again.
    await editor.until(lambda: all(seen[-1:] == [] or seen[-1].kind == "end" for seen in editor.bars.values()))


@pytest.mark.parametrize("recorded", RECORDED, ids=lambda path: path.stem)
async def test_real_clients_are_understood(wire, tmp_path, recorded):
    (tmp_path / "a.resmark").write_text("# Resolution 1\n")
    text = recorded.read_text().replace("${rootUri}", tmp_path.as_uri()).replace("${root}", str(tmp_path))
    message = json.loads(text)
    answer = await wire.request(message["id"], message["method"], message["params"])
    assert "error" not in answer
    capabilities = answer["result"]["capabilities"]
    pulls = message["params"]["capabilities"]["workspace"].get("diagnostics", {}).get("refreshSupport", False)
    assert ("diagnosticProvider" in capabilities) == pulls
    assert capabilities["positionEncoding"] == ("utf-16" if "vscode" in recorded.stem else "utf-8")
    await wire.notify("initialized", {})
    uri = (tmp_path / "a.resmark").as_uri()
    await wire.open(uri, "# Resolution 2\n")
    assert await wire.text(uri) == "# Resolution 2\n"
    assert await wire.leave() == 0


async def test_without_a_folder_it_reads_the_one_that_the_client_was_started_in(wire, tmp_path):
    (tmp_path / "a.resmark").write_text("# Resolution 1\n")
    await wire.initialize(workspaceFolders=[], rootUri=None, rootPath=str(tmp_path))
    assert await wire.logged("1 documents read")


async def test_shutdown_and_exit_end_it_well(wire):
    await wire.initialize()
    assert await wire.leave() == 0


async def test_exit_alone_ends_it_badly(wire):
    await wire.initialize()
    await wire.notify("exit")
    assert await asyncio.wait_for(wire.process.wait(), 10) == 1


@pytest.mark.parametrize("initialized", [True, False])
async def test_it_does_not_outlive_its_client(wire, initialized):
    if initialized:
        await wire.initialize()
        await wire.open("untitled:a", "text")
    wire.process.stdin.close()
    assert await asyncio.wait_for(wire.process.wait(), 10) == 1


async def test_nothing_is_served_before_initialize_or_after_shutdown(wire):
    answer = await wire.request(1, "textDocument/hover", {})
    assert answer["error"]["code"] == -32002
    await wire.initialize()
    await wire.request(2, "shutdown")
    answer = await wire.request(3, "resmark/viewText", {"uri": "untitled:a"})
    assert answer["error"]["code"] == -32600


@pytest.mark.parametrize("capabilities", [FULL, pulling()], ids=["push", "pull"])
async def test_findings_come_in_one_way_only(start, capabilities):
    editor = await start(capabilities=capabilities)
    assert (editor.result.capabilities.diagnostic_provider is not None) == ("diagnostic" in capabilities["textDocument"])
