"""Edits apply in the order in which they were sent, whatever else is going on, and nothing wedges."""

import asyncio
import random

from lsprotocol import types as lsp

from conftest import FULL, at, pulling

LETTERS = ["a", "b) ", "\n", "\r\n", "决", "😀", "*recalling*\n", "{++", "++}", "1. x;\n", "Resolution 140 (Rev. Dubai, 2018)"]


class Model:
    """What the document must be."""

    def __init__(self, text: str, seed: int):
        self.text = text
        self.random = random.Random(seed)

    def position(self, offset: int) -> lsp.Position:
        before = self.text[:offset].replace("\r\n", "\n").replace("\r", "\n")
        line = before.rsplit("\n", 1)[-1]
        return at(before.count("\n"), len(line.encode("utf-16-le")) // 2)

    def place(self) -> int:
        while True:
            place = self.random.randrange(len(self.text) + 1)
            # No position lies between `\r` and `\n`.
            if self.text[max(place - 1, 0) : place + 1] != "\r\n":
                return place

    def edit(self) -> tuple[lsp.Range, str]:
        start = self.place()
        end = start if self.random.random() < 0.6 else min(self.place(), start + 40)
        start, end = min(start, end), max(start, end)
        if self.text[max(end - 1, 0) : end + 1] == "\r\n":
            end += 1
        change = lsp.Range(self.position(start), self.position(end))
        inserted = "".join(self.random.choices(LETTERS, k=self.random.randrange(4)))
        self.text = self.text[:start] + inserted + self.text[end:]
        return change, inserted


async def test_thousands_of_edits_and_requests_keep_their_order(start):
    editor = await start(capabilities=pulling())
    models = {f"untitled:{name}": Model("# Resolution 1\n\n*recalling*\n\na) x\n", name) for name in range(3)}
    for name, model in models.items():
        editor.open(name, model.text)
    answers = []
    chance = random.Random(7)
    version = 1
    for _ in range(4000):
        version += 1
        name = chance.choice(list(models))
        model = models[name]
        if len(model.text) > 3000:
            model.text = "# Resolution 1\n\na) x\n"
            editor.change(name, version, model.text)
        editor.change(name, version, *(model.edit() for _ in range(chance.randrange(1, 3))))
        if chance.random() < 0.3:
            answers.append((model.text, editor.send("resmark/viewText", {"uri": name})))
        if chance.random() < 0.1:
            document = editor.document(name)
            slow = [
                editor.send(lsp.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL, lsp.SemanticTokensParams(document)),
                editor.send(lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL, lsp.DocumentSymbolParams(document)),
                editor.send(lsp.TEXT_DOCUMENT_DIAGNOSTIC, lsp.DocumentDiagnosticParams(document)),
            ]
            answers.extend((None, request) for request in slow)
        if chance.random() < 0.05:
            await asyncio.sleep(0)
    for expected, answer in answers:
        result = await asyncio.wait_for(answer, 120)
        if expected is not None:
            assert result.text == expected
    for name, model in models.items():
        assert await editor.text(name) == model.text


async def test_a_client_that_never_answers_wedges_nothing(wire, tmp_path):
    (tmp_path / "a.resmark").write_text("x")
    folders = [{"uri": tmp_path.as_uri(), "name": "a"}]
    await wire.request(1, "initialize", {"processId": None, "capabilities": pulling(FULL), "workspaceFolders": folders})
    await wire.notify("initialized", {})
    for version in range(200):
        await wire.notify("workspace/didChangeConfiguration", {"settings": None})
        await wire.open(f"untitled:{version}", "text")
    # The requests of the server stay unanswered; its own answers come all the same.
    await wire.send({"id": "ours", "method": "resmark/viewText", "params": {"uri": "untitled:199"}})
    while (message := await asyncio.wait_for(wire.receive(), 30)).get("id") != "ours":
        assert "method" in message
    assert message["result"]["text"] == "text"


async def test_many_requests_at_once_do_not_keep_edits_out(start):
    editor = await start()
    editor.open("untitled:a", "a) x\n" * 2000)
    document = editor.document("untitled:a")
    params = lsp.SemanticTokensParams(document)
    requests = [editor.send(lsp.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL, params) for _ in range(50)]
    editor.change("untitled:a", 2, "after")
    assert await asyncio.wait_for(editor.text("untitled:a"), 60) == "after"
    await asyncio.wait_for(asyncio.gather(*requests), 120)


async def test_a_cancelled_request_is_answered_as_such(wire):
    await wire.initialize()
    await wire.open("untitled:a", "a) x\n" * 20000)
    params = {"textDocument": {"uri": "untitled:a"}}
    for number in range(20):
        await wire.send({"id": number, "method": "textDocument/semanticTokens/full", "params": params})
    for number in range(20):
        await wire.notify("$/cancelRequest", {"id": number})
    answers = {}
    while len(answers) < 20:
        message = await asyncio.wait_for(wire.receive(), 60)
        if "method" not in message:
            answers[message["id"]] = message
    assert any(answer.get("error", {}).get("code") == -32800 for answer in answers.values())
    assert await wire.text("untitled:a") == "a) x\n" * 20000
