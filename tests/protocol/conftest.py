"""A drafter's editor, as far as the protocol is concerned."""

from __future__ import annotations

import asyncio
import copy
import os
import pathlib
import shutil
from typing import Any

import pytest
import pytest_asyncio
from lsprotocol import converters
from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException
from pygls.protocol import default_converter
from pytest_lsp import LanguageClient
from pytest_lsp.client import DEFAULT_CLIENT_FEATURES, register_lsp_features

from wire import Wire

BINARY = os.environ["RESMARK_BINARY"]
CONVERTER = converters.get_converter()

# What a client declares that can do everything; a test takes away what it must do without.
FULL: dict[str, Any] = {
    "general": {"positionEncodings": ["utf-16"]},
    "window": {"workDoneProgress": True},
    "workspace": {
        "workspaceEdit": {"documentChanges": True},
        "didChangeWatchedFiles": {"dynamicRegistration": True},
        "workspaceFolders": True,
        "symbol": {"resolveSupport": {"properties": ["location.range"]}},
        "codeLens": {"refreshSupport": True},
        "inlayHint": {"refreshSupport": True},
    },
    "textDocument": {
        "publishDiagnostics": {
            "relatedInformation": True,
            "versionSupport": True,
            "codeDescriptionSupport": True,
            "tagSupport": {"valueSet": [1, 2]},
        },
        "hover": {"contentFormat": ["markdown", "plaintext"]},
        "definition": {"linkSupport": True},
        "completion": {
            "completionItem": {
                "documentationFormat": ["markdown", "plaintext"],
                "labelDetailsSupport": True,
                "resolveSupport": {"properties": ["documentation"]},
                "snippetSupport": True,
                "tagSupport": {"valueSet": [1]},
            }
        },
        "documentSymbol": {"hierarchicalDocumentSymbolSupport": True},
        "codeAction": {
            "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["", "quickfix", "source"]}},
            "isPreferredSupport": True,
        },
        "onTypeFormatting": {},
        "rename": {"prepareSupport": True},
        "codeLens": {},
        "documentLink": {"tooltipSupport": True},
        "callHierarchy": {},
        "typeHierarchy": {},
        "inlayHint": {},
    },
}


def pulling(capabilities: dict[str, Any] = FULL) -> dict[str, Any]:
    """The same client, when it asks for diagnostics instead of waiting for them."""
    return {
        **capabilities,
        "workspace": {**capabilities["workspace"], "diagnostics": {"refreshSupport": True}},
        "textDocument": {**capabilities["textDocument"], "diagnostic": {}},
    }


def encoded(*names: str) -> dict[str, Any]:
    """The same client, when it counts columns in one of these ways."""
    return {**FULL, "general": {"positionEncodings": list(names)}}


def able(abilities: dict[str, Any], capabilities: dict[str, Any] = FULL) -> dict[str, Any]:
    """The same client, when it can do more: `able({"workspace.configuration": True})`."""
    client = copy.deepcopy(capabilities)
    for path, value in abilities.items():
        *above, last = path.split(".")
        place = client
        for name in above:
            place = place.setdefault(name, {})
        place[last] = value
    return client


class Editor:
    """A client with a workspace folder."""

    def __init__(self, client: LanguageClient, root: pathlib.Path):
        self.client = client
        self.root = root
        self.published: list[lsp.PublishDiagnosticsParams] = []
        self.registered: list[str] = []
        # What the server wants to be told of now, by the name under which it asked.
        self.registrations: dict[str, lsp.Registration] = {}
        # What came for each token of a progress bar, and of an answer in parts, in the order in which it came.
        self.bars: dict[lsp.ProgressToken, list[Any]] = {}
        self.parts: dict[lsp.ProgressToken, list[Any]] = {}
        self.refreshed: list[str] = []
        self.result: lsp.InitializeResult | None = None

    def uri(self, name: str) -> str:
        """The URI of a file in the folder; a URI stays as it is."""
        return name if ":" in name else (self.root / name).as_uri()

    def document(self, name: str) -> lsp.TextDocumentIdentifier:
        return lsp.TextDocumentIdentifier(self.uri(name))

    def open(self, name: str, text: str, version: int = 1) -> str:
        uri = self.uri(name)
        item = lsp.TextDocumentItem(uri, "resmark", version, text)
        self.client.text_document_did_open(lsp.DidOpenTextDocumentParams(item))
        return uri

    def change(self, name: str, version: int, *changes: tuple[lsp.Range, str] | str) -> None:
        """Sends changes: a range and what replaces it, or a whole text."""
        events = [
            lsp.TextDocumentContentChangeWholeDocument(change)
            if isinstance(change, str)
            else lsp.TextDocumentContentChangePartial(change[0], change[1])
            for change in changes
        ]
        document = lsp.VersionedTextDocumentIdentifier(version, self.uri(name))
        self.client.text_document_did_change(lsp.DidChangeTextDocumentParams(document, events))

    def close(self, name: str) -> None:
        self.client.text_document_did_close(lsp.DidCloseTextDocumentParams(self.document(name)))

    def send(self, method: str, params: Any) -> asyncio.Future:
        """Sends a request now, not when somebody first awaits the answer."""
        return asyncio.wrap_future(self.client.protocol.send_request(method, params))

    async def text(self, name: str) -> str | None:
        """The document as the server has it."""
        result = await self.send("resmark/viewText", {"uri": self.uri(name)})
        return result and result.text

    async def page(self, uri: str) -> str:
        return (await self.client.workspace_text_document_content_async(lsp.TextDocumentContentParams(uri))).text

    async def pull(self, name: str, previous: str | None = None):
        params = lsp.DocumentDiagnosticParams(self.document(name), previous_result_id=previous)
        return await self.client.text_document_diagnostic_async(params)

    async def until(self, condition, seconds: float = 20):
        """Waits until `condition` gives something, and returns that."""
        for _ in range(int(seconds * 100)):
            if value := condition():
                return value
            await asyncio.sleep(0.01)
        raise AssertionError(f"did not come true within {seconds} s")

    async def diagnostics(self, name: str, version: int | None = 1) -> list[lsp.Diagnostic]:
        """The diagnostics pushed for a version of a document."""
        uri = self.uri(name)
        pushed = await self.until(
            lambda: [p for p in self.published if p.uri == uri and p.version == version]
        )
        return list(pushed[-1].diagnostics)

    async def indexed(self) -> None:
        """Waits until the folder has been read."""
        await self.until(lambda: any("documents read" in m.message for m in self.client.log_messages))

    def shown(self, words: str = "") -> list[str]:
        """What was shown to the drafter and holds these words."""
        return [m.message for m in self.client.messages if words in m.message]

    def saved(self, name: str, text: str | None) -> None:
        """Writes a file, or deletes it or a folder, outside of the editor, which tells the server."""
        path = self.root / name
        kind = lsp.FileChangeType.Changed if path.exists() else lsp.FileChangeType.Created
        if text is None:
            kind = lsp.FileChangeType.Deleted
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        event = lsp.FileEvent(self.uri(name), kind)
        self.client.workspace_did_change_watched_files(lsp.DidChangeWatchedFilesParams([event]))

    async def known(self) -> list[str]:
        """The documents that the server knows, as paths in the folder."""
        params = lsp.WorkspaceDiagnosticParams(previous_result_ids=[])
        while True:
            try:
                report = await self.client.workspace_diagnostic_async(params)
                break
            except JsonRpcException as overtaken:
                # What all is judged by has changed meanwhile, and the server says that it may be asked again.
                assert overtaken.code == lsp.LSPErrorCodes.ServerCancelled and overtaken.data["retriggerRequest"]
        return sorted(item.uri.removeprefix(self.root.as_uri() + "/") for item in report.items)

    async def knows(self, *names: str) -> None:
        """Waits until the server knows these documents and no others."""
        for _ in range(400):
            if (known := await self.known()) == sorted(names):
                return
            await asyncio.sleep(0.02)
        raise AssertionError(f"it knows {known}")

    def logged(self, words: str):
        return [m.message for m in self.client.log_messages if words in m.message]

    async def leave(self) -> None:
        for token, seen in self.bars.items():
            kinds = [value.kind for value in seen]
            # A folder that is read before the client has agreed to a bar needs none.
            ordered = kinds == [] or (kinds[0] == "begin" and set(kinds[1:-1]) <= {"report"} and "begin" not in kinds[1:])
            assert ordered, f"the bar {token}: {kinds}"
        await asyncio.wait_for(self.client.shutdown_session(), 20)
        await self.client.stop()


@pytest_asyncio.fixture
async def start(tmp_path: pathlib.Path):
    """Starts an editor: `await start(files={name: text}, capabilities=…, options=…, folders=[…])`."""
    editors: list[Editor] = []

    async def start(
        files: dict[str, str | bytes] | None = None,
        capabilities: dict[str, Any] = FULL,
        options: Any = None,
        folder: bool = True,
        folders: list[str] | None = None,
        configuration: dict[str, dict[str, Any]] | None = None,
    ) -> Editor:
        for name, text in (files or {}).items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        client = LanguageClient(converter_factory=default_converter, configuration=configuration)
        editor = Editor(client, tmp_path)

        def published(params: lsp.PublishDiagnosticsParams):
            editor.published.append(params)

        def register(params: lsp.RegistrationParams):
            editor.registered.extend(registration.method for registration in params.registrations)
            for registration in params.registrations:
                assert registration.id not in editor.registrations, "registered twice"
                editor.registrations[registration.id] = registration

        def unregister(params: lsp.UnregistrationParams):
            for registration in params.unregisterations:
                del editor.registrations[registration.id]

        def bar(params: lsp.WorkDoneProgressCreateParams):
            assert params.token not in editor.bars, "a token is used once"
            editor.bars[params.token] = []
            client.progress_reports[params.token] = editor.bars[params.token]

        def progress(params: lsp.ProgressParams):
            kinds = {
                "begin": lsp.WorkDoneProgressBegin,
                "report": lsp.WorkDoneProgressReport,
                "end": lsp.WorkDoneProgressEnd,
            }
            if params.token in editor.parts:
                editor.parts[params.token].append(params.value)
            else:
                value = params.value
                editor.bars[params.token].append(CONVERTER.structure(value, kinds[value["kind"]]))

        register_lsp_features(
            client,
            {
                **DEFAULT_CLIENT_FEATURES,
                lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS: published,
                lsp.CLIENT_REGISTER_CAPABILITY: register,
                lsp.CLIENT_UNREGISTER_CAPABILITY: unregister,
                lsp.WINDOW_WORK_DONE_PROGRESS_CREATE: bar,
                lsp.PROGRESS: progress,
                lsp.WORKSPACE_CODE_LENS_REFRESH: lambda _: editor.refreshed.append("codeLens"),
                lsp.WORKSPACE_INLAY_HINT_REFRESH: lambda _: editor.refreshed.append("inlayHint"),
            },
        )
        await client.start_io(BINARY, "lsp")
        names = ["."] if folders is None else folders
        roots = [lsp.WorkspaceFolder((tmp_path / name).as_uri(), name) for name in names]
        editor.result = await client.initialize_session(
            lsp.InitializeParams(
                capabilities=CONVERTER.structure(capabilities, lsp.ClientCapabilities),
                initialization_options=options,
                workspace_folders=roots if folder else None,
            )
        )
        editors.append(editor)
        return editor

    yield start
    for editor in editors:
        await editor.leave()


@pytest_asyncio.fixture
async def wire():
    """A server on the bare wire, not yet initialized."""
    wire = await Wire.start(BINARY)
    yield wire
    if wire.process.returncode is None:
        wire.process.kill()
        await wire.process.wait()


def at(line: int, character: int) -> lsp.Position:
    return lsp.Position(line, character)


def span(line: int, start: int, end: int) -> lsp.Range:
    return lsp.Range(lsp.Position(line, start), lsp.Position(line, end))


# A list in which `b)` is missing: the simplest text with a finding.
GAP = "# Resolution 9001 (Geneva, 2020)\n\n*recalling*\n\na) one;\nc) two,\n"
