"""The bare wire: messages as they are, for what a well-behaved client would never send."""

from __future__ import annotations

import asyncio
import json
from typing import Any


class Wire:
    """A server process and its two pipes."""

    def __init__(self, process: asyncio.subprocess.Process):
        self.process = process
        self.notifications: list[dict[str, Any]] = []

    @classmethod
    async def start(cls, binary: str) -> Wire:
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(binary, "lsp", stdin=pipe, stdout=pipe, limit=2**28)
        return cls(process)

    async def send(self, message: dict[str, Any]) -> None:
        await self.send_bytes(json.dumps({"jsonrpc": "2.0", **message}, ensure_ascii=False).encode())

    async def send_bytes(self, body: bytes) -> None:
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        await self.process.stdin.drain()

    async def receive(self) -> dict[str, Any]:
        """The next message from the server."""
        length = 0
        while (line := await self.process.stdout.readline()) not in (b"\r\n", b""):
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        body = await self.process.stdout.readexactly(length)
        return json.loads(body)

    async def request(self, id: int | str, method: str, params: Any = None) -> dict[str, Any]:
        """Sends a request and waits for its answer; what comes before it is kept."""
        message = {"id": id, "method": method}
        if params is not None:
            message["params"] = params
        await self.send(message)
        return await self.answer(id)

    async def answer(self, id: int | str) -> dict[str, Any]:
        while True:
            message = await asyncio.wait_for(self.receive(), 60)
            if message.get("id") == id and "method" not in message:
                return message
            if "id" in message and "method" in message:
                await self.send({"id": message["id"], "result": None})
            self.notifications.append(message)

    async def notify(self, method: str, params: Any = None) -> None:
        await self.send({"method": method} if params is None else {"method": method, "params": params})

    async def initialize(self, **params: Any) -> dict[str, Any]:
        answer = await self.request("initialize", "initialize", {"processId": None, "capabilities": {}, **params})
        await self.notify("initialized", {})
        return answer

    async def open(self, uri: str, text: str, version: int = 1) -> None:
        document = {"uri": uri, "languageId": "resmark", "version": version, "text": text}
        await self.notify("textDocument/didOpen", {"textDocument": document})

    async def text(self, uri: str) -> str | None:
        result = (await self.request("text", "resmark/viewText", {"uri": uri}))["result"]
        return result and result["text"]

    async def logged(self, words: str) -> str:
        """Waits for a line of the log that holds these words."""
        while True:
            for message in self.notifications:
                if message["method"] == "window/logMessage" and words in message["params"]["message"]:
                    return message["params"]["message"]
            self.notifications.append(await asyncio.wait_for(self.receive(), 10))

    async def leave(self) -> int:
        """Says goodbye as the protocol has it; the exit code."""
        await self.request("shutdown", "shutdown")
        await self.notify("exit")
        return await asyncio.wait_for(self.process.wait(), 10)
