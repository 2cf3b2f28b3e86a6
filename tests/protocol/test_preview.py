"""The printed text: what an editor asks for, and the pages for a browser."""

import asyncio
import http.client
import json
from urllib.parse import urlencode, urlsplit

import pytest

from conftest import FULL

CITED = """# Resolution 9001 (Rev. Geneva, 2022)
## Teapots

The Plenipotentiary Conference of the International Telecommunication Union (Geneva, 2022),

*resolves*

1. to buy two more
"""

PROPOSAL = """MOD EUR/1/1

# Resolution 9003 ({~~Geneva, 2018~>Rev. Geneva, 2022~~})

The Plenipotentiary Conference of the International Telecommunication Union (Geneva, 2022),

*recalling*

a) *resolves* 1 of Resolution 9001 (Rev. Geneva, 2022) of this conference;
{++b) <script>alert(1)</script>++}
"""

FILES = {"cited.resmark": CITED, "proposal.resmark": PROPOSAL}


async def opened(start, capabilities=FULL):
    """An editor that has read its folder; no file is open."""
    editor = await start(FILES, capabilities)
    await editor.indexed()
    while await preview(editor, "cited.resmark") is None:
        await asyncio.sleep(0.01)
    return editor


async def preview(editor, name, **more):
    return await editor.send("resmark/preview", {"textDocument": {"uri": editor.uri(name)}, **more})


async def address(editor, name, **more):
    answer = await editor.send("resmark/previewAddress", {"textDocument": {"uri": editor.uri(name)}, **more})
    return answer.url


class Page:
    """A browser, as far as HTTP is concerned."""

    def __init__(self, url: str):
        self.url = urlsplit(url)
        self.host = self.url.netloc
        self.secret = self.url.path.split("/")[1]

    def at(self, name: str, **query: str) -> str:
        return f"/{self.secret}/{name}" + (f"?{urlencode(query)}" if query else "")

    async def ask(self, method: str, path: str, headers: dict | None = None, body: str | None = None):
        """Status, headers and body of one request."""

        def ask():
            connection = http.client.HTTPConnection(self.host, timeout=20)
            connection.putrequest(method, path, skip_host=True)
            sent = {"Host": self.host, "Content-Length": str(len(body or "")), **(headers or {})}
            for name, value in sent.items():
                if value is not None:
                    connection.putheader(name, value)
            connection.endheaders((body or "").encode())
            response = connection.getresponse()
            answer = response.status, dict(response.getheaders()), response.read().decode()
            connection.close()
            return answer

        return await asyncio.to_thread(ask)


class Events:
    """The events of a page, as they come."""

    def __init__(self, server: Page, **query: str):
        self.page, self.query = server, query

    async def __aenter__(self):
        host, port = self.page.host.split(":")
        self.reader, self.writer = await asyncio.open_connection(host, int(port), limit=1 << 26)
        path = self.page.at("events", **self.query)
        self.writer.write(f"GET {path} HTTP/1.1\r\nHost: {self.page.host}\r\n\r\n".encode())
        head = await asyncio.wait_for(self.reader.readuntil(b"\r\n\r\n"), 20)
        assert b" 200 " in head.split(b"\r\n")[0], head
        assert b"text/event-stream" in head
        return self

    async def __aexit__(self, *_):
        self.writer.close()

    async def next(self):
        """The next event: its name and its data."""
        while True:
            size = int(await asyncio.wait_for(self.reader.readline(), 20), 16)
            chunk = (await asyncio.wait_for(self.reader.readexactly(size + 2), 20)).decode().strip()
            if not chunk.startswith(":"):
                name, data = chunk.split("\n", 1)
                return name.removeprefix("event: "), json.loads(data.removeprefix("data: "))


async def test_the_views_of_a_proposal(start):
    editor = await opened(start)
    editor.open("proposal.resmark", PROPOSAL, version=7)
    tracked = await preview(editor, "proposal.resmark")
    assert (tracked.view, tracked.version, tracked.layout) == ("tracked", 7, "itu")
    assert (tracked.language, tracked.direction, tracked.changes) == ("en", "ltr", True)
    assert "<del>Geneva, 2018</del><ins>Rev. Geneva, 2022</ins>" in tracked.html
    assert "<ins>&lt;script&gt;" in tracked.html
    in_force = await preview(editor, "proposal.resmark", view="inForce")
    assert "Resolution 9003 (Geneva, 2018)" in in_force.html
    assert "script" not in in_force.html
    amended = await preview(editor, "proposal.resmark", view="asAmended")
    assert "Resolution 9003 (Rev. Geneva, 2022)" in amended.html
    assert "<ins>" not in amended.html + in_force.html


async def test_links_lead_to_texts_and_their_lines(start):
    editor = await opened(start)
    answer = await preview(editor, "proposal.resmark")
    assert answer.version is None, "the file is not open"
    assert f'data-uri="{editor.uri("cited.resmark")}" data-line="7"' in answer.html, "the clause"
    assert f'data-uri="{editor.uri("cited.resmark")}" data-line="0"' in answer.html, "the resolution"


async def test_pages_of_the_catalogue_and_nothing_else(start):
    editor = await opened(start)
    page = await preview(editor, "resmark-catalogue:/PP-140.md")
    assert "Bucharest, 2022" in page.html
    assert page.version is None
    assert await preview(editor, "resmark-catalogue:/PP-99999.md") is None
    assert await preview(editor, "nothing.resmark") is None
    assert await preview(editor, "file:///etc/passwd") is None


async def test_lines_for_a_terminal(start):
    editor = await opened(start)
    answer = await preview(editor, "proposal.resmark", format="text", width=40)
    assert not hasattr(answer, "html")
    lines = [line.text for line in answer.lines]
    assert all(len(line) <= 40 for line in lines)
    title = next(line for line in answer.lines if "RESOLUTION 9003" in line.text)
    assert title.line == 2
    marked = {mark.kind: title.text.encode()[mark.start : mark.end].decode() for mark in title.marks}
    assert marked["deletion"] == "GENEVA, 2018"


async def test_a_page_has_strict_headers_and_no_words_of_the_text(start):
    editor = await opened(start)
    page = Page(await address(editor, "proposal.resmark", view="asAmended"))
    assert len(page.secret) >= 32
    assert page.url.query == urlencode({"uri": editor.uri("proposal.resmark"), "view": "asAmended"})
    for name in ["", "preview.css", "preview.js", "browser.js", "graph", "graph.css", "graph.js"]:
        status, headers, body = await page.ask("GET", page.at(name))
        assert status == 200, name
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"
        assert "access-control-allow-origin" not in headers
        assert "alert(1)" not in body


async def test_who_does_not_know_the_secret_gets_nothing(start):
    editor = await opened(start)
    page = Page(await address(editor, "proposal.resmark"))
    wrong = page.secret[:-1] + ("0" if page.secret[-1] != "0" else "1")
    for path in ["/", "/preview.js", f"/{wrong}/", f"/{wrong}/events", f"/{page.secret}", page.at("../")]:
        status, _, body = await page.ask("GET", path)
        assert status == 404, path
        assert page.secret not in body


async def test_only_this_machine_is_called(start):
    editor = await opened(start)
    page = Page(await address(editor, "proposal.resmark"))
    port = page.host.split(":")[1]
    for host in ["evil.example", f"evil.example:{port}", "127.0.0.1", f"localhost.evil.example:{port}", None]:
        for path in [page.at(""), page.at("events", uri=editor.uri("proposal.resmark"))]:
            assert (await page.ask("GET", path, {"Host": host}))[0] == 403, host
    assert (await page.ask("GET", page.at(""), {"Host": f"localhost:{port}"}))[0] == 200


async def test_there_is_one_server(start):
    editor = await opened(start)
    urls = await asyncio.gather(*(address(editor, name) for name in ["cited.resmark", "proposal.resmark"] * 4))
    assert len({Page(url).secret for url in urls}) == 1


async def test_the_page_follows_edits_and_the_editor(start):
    editor = await opened(start)
    editor.open("proposal.resmark", PROPOSAL)
    page = Page(await address(editor, "proposal.resmark"))
    async with Events(page, uri=editor.uri("proposal.resmark"), view="tracked") as events:
        name, shown = await events.next()
        assert (name, shown["version"]) == ("show", 1)
        assert "&lt;script&gt;" in shown["html"]
        editor.change("proposal.resmark", 2, PROPOSAL.replace("<script>", "a kettle "))
        name, shown = await events.next()
        assert (name, shown["version"]) == ("show", 2)
        assert "a kettle alert(1)" in shown["html"]
        document = {"uri": editor.uri("proposal.resmark")}
        editor.client.protocol.notify("resmark/previewScroll", {"textDocument": document, "line": 8})
        assert await events.next() == ("scroll", {"line": 8})


async def test_a_page_of_another_text_keeps_its_place(start):
    editor = await opened(start)
    page = Page(await address(editor, "cited.resmark"))
    async with Events(page, uri=editor.uri("cited.resmark")) as events:
        assert (await events.next())[0] == "show"
        for name in ["proposal.resmark", "cited.resmark"]:
            document = {"uri": editor.uri(name)}
            editor.client.protocol.notify("resmark/previewScroll", {"textDocument": document, "line": 3})
        # Had the first one counted, there would be two.
        assert await events.next() == ("scroll", {"line": 3})
        editor.open("cited.resmark", CITED.replace("two", "three"), version=5)
        name, shown = await events.next()
        assert (name, shown["version"]) == ("show", 5)


async def test_only_texts_of_the_workspace_and_pages_are_followed(start, tmp_path):
    outside = tmp_path.parent / "outside.resmark"
    outside.write_text("# Resolution 1 (Geneva, 2022)\n")
    editor = await opened(start)
    page = Page(await address(editor, "proposal.resmark"))
    for uri in [outside.as_uri(), "file:///etc/passwd", "https://example.org/"]:
        async with Events(page, uri=uri) as events:
            name, data = await events.next()
            assert name == "gone", uri
            assert "Resolution 1" not in json.dumps(data)
    async with Events(page, uri="resmark-catalogue:/PP-140.md") as events:
        assert (await events.next())[0] == "show"
    assert (await page.ask("GET", page.at("events")))[0] == 400


async def test_the_graph_has_a_page(start):
    editor = await opened(start)
    url = await address(editor, "proposal.resmark", page="graph")
    assert urlsplit(url).path.endswith("/graph")
    async with Events(Page(url), uri=editor.uri("proposal.resmark"), page="graph") as events:
        name, picture = await events.next()
        assert (name, picture["links"]) == ("graph", 1)
        assert picture["svg"].startswith("<svg")


async def test_a_double_click_goes_to_the_source(start):
    shows = {**FULL, "window": {**FULL["window"], "showDocument": {"support": True}}}
    editor = await opened(start, shows)
    page = Page(await address(editor, "proposal.resmark"))
    place = json.dumps({"uri": editor.uri("proposal.resmark"), "line": 8})
    assert (await page.ask("POST", page.at("reveal"), {"Origin": "http://evil.example"}, place))[0] == 403
    elsewhere = json.dumps({"uri": "file:///etc/passwd", "line": 0})
    assert (await page.ask("POST", page.at("reveal"), body=elsewhere))[0] == 404
    assert (await page.ask("POST", page.at("reveal"), body="nonsense"))[0] == 400
    assert (await page.ask("POST", page.at("reveal"), {"Origin": f"http://{page.host}"}, place))[0] == 202
    shown = await editor.until(lambda: editor.client.shown_documents)
    assert [(it.uri, it.selection.start.line) for it in shown] == [(editor.uri("proposal.resmark"), 8)]


async def test_an_editor_that_cannot_go_there_is_not_asked(start):
    editor = await opened(start)
    page = Page(await address(editor, "proposal.resmark"))
    place = json.dumps({"uri": editor.uri("proposal.resmark"), "line": 8})
    assert (await page.ask("POST", page.at("reveal"), body=place))[0] == 501


async def test_a_browser_that_reads_nothing_holds_nobody_up(start):
    long = PROPOSAL + "\n*notes*\n\n" + "".join(f"a) the {n}th of many teapots in the room;\n" for n in range(20000))
    editor = await opened(start)
    editor.open("proposal.resmark", long)
    page = Page(await address(editor, "proposal.resmark"))
    host, port = page.host.split(":")
    stuck = []
    for _ in range(4):
        _, writer = await asyncio.open_connection(host, int(port))
        path = page.at("events", uri=editor.uri("proposal.resmark"))
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {page.host}\r\n\r\n".encode())
        stuck.append(writer)
    for version in range(2, 12):
        editor.change("proposal.resmark", version, long.replace("<script>", f"version {version} "))
    assert "version 11 " in await editor.text("proposal.resmark")
    for writer in stuck:
        writer.close()


async def test_the_pages_end_with_the_server(wire):
    await wire.initialize()
    await wire.open("untitled:a", PROPOSAL)
    document = {"textDocument": {"uri": "untitled:a"}}
    page = Page((await wire.request(7, "resmark/previewAddress", document))["result"]["url"])
    async with Events(page, uri="untitled:a") as events:
        assert (await events.next())[0] == "show"
        assert await wire.leave() == 0
        with pytest.raises((asyncio.IncompleteReadError, ConnectionError, ValueError)):
            await events.next()
