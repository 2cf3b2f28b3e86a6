"""What editors show beside a text: its citations, the graph, its status."""

import xml.etree.ElementTree as xml

import pytest

from conftest import FULL

OLD = """# Resolution 9001 (Rev. Bucharest, 2022)
## Teapots in the conference rooms

The Plenipotentiary Conference of the International Telecommunication Union (Bucharest, 2022),

*recalling*

a) Resolution 140 (Rev. Dubai, 2018) of the Plenipotentiary Conference;
b) Resolution 140 (Rev. Dubai, 2018) of the Plenipotentiary Conference, as 决议 😀 has it;
c) Resolution 609,

*resolves*

1. to buy two more
"""

CITING = """# Resolution 9003 (Bucharest, 2022)

The Plenipotentiary Conference of the International Telecommunication Union (Bucharest, 2022),

*recalling*

a) *resolves* 1 of Resolution 9001 (Rev. Bucharest, 2022) of this conference,
"""

PAGES = {"catalogPages": True}


async def opened(start, files=None, options=PAGES, capabilities=FULL):
    editor = await start({"a.resmark": OLD, "b.resmark": CITING, **(files or {})}, capabilities, options)
    await editor.indexed()
    editor.open("a.resmark", OLD)
    return editor


async def ask(editor, method, name=None):
    """The answer as plain values."""
    params = {} if name is None else {"textDocument": {"uri": editor.uri(name)}}
    return plain(await editor.send(method, params))


def plain(value):
    """What the client makes named tuples of, as it came."""
    if hasattr(value, "_asdict"):
        return {name: plain(it) for name, it in value._asdict().items()}
    return [plain(it) for it in value] if isinstance(value, list) else value


async def test_citations_from_both_ends(start):
    editor = await opened(start)
    answer = await ask(editor, "resmark/citations", "a.resmark")
    [old, open_] = answer["cites"]
    assert (old["label"], old["state"], old["id"]) == ("Resolution 140 (Rev. Dubai, 2018)", "outdated", "PP-140@2018")
    assert old["detail"].startswith("out of date → Rev. Bucharest, 2022 · ")
    assert "Cited 2 times" in old["tooltip"]
    assert [(it["uri"], it["range"]["start"]) for it in old["locations"]] == [
        (editor.uri("a.resmark"), {"line": 7, "character": 3}),
        (editor.uri("a.resmark"), {"line": 8, "character": 3}),
    ]
    assert old["target"]["uri"] == "resmark-catalogue:/PP-140@2018.md"
    assert (open_["state"], open_["id"], open_["target"]) == ("open", None, None)
    [citing] = answer["citedBy"]
    assert citing["label"] == "Resolution 9003 (Bucharest, 2022)"
    assert [(it["uri"], it["range"]["start"]["line"]) for it in citing["locations"]] == [(editor.uri("b.resmark"), 6)]
    assert citing["target"]["uri"] == editor.uri("b.resmark")


async def test_citations_follow_edits(start):
    editor = await opened(start)
    editor.change("a.resmark", 2, OLD.replace("Rev. Dubai, 2018", "Rev. Bucharest, 2022"))
    editor.open("b.resmark", "Nothing is cited.\n")
    answer = await ask(editor, "resmark/citations", "a.resmark")
    assert [entry["state"] for entry in answer["cites"]] == ["inForce", "open"]
    assert answer["citedBy"] == []


async def test_who_cites_what_only_the_catalogue_knows(start):
    editor = await opened(start)
    answer = await ask(editor, "resmark/citations", "resmark-catalogue:/PP-140.md")
    assert answer["cites"] == []
    [citing] = answer["citedBy"]
    assert (citing["label"], citing["state"]) == ("Resolution 9001 (Rev. Bucharest, 2022)", "outdated")
    assert len(citing["locations"]) == 2


async def test_nobody_is_led_to_pages_that_are_not_shown(start):
    editor = await opened(start, options=None)
    answer = await ask(editor, "resmark/citations", "a.resmark")
    assert [entry["target"] for entry in answer["cites"]] == [None, None]
    picture = xml.fromstring((await ask(editor, "resmark/graph"))["svg"])
    addresses = [it.get("data-uri") for it in picture.iter() if it.get("data-uri")]
    assert sorted(addresses) == [editor.uri("a.resmark"), editor.uri("b.resmark")]


@pytest.mark.parametrize("method", ["resmark/citations", "resmark/status"])
@pytest.mark.parametrize("name", ["nowhere.resmark", "untitled:Untitled-7", "resmark-catalogue:/no id.md"])
async def test_of_what_is_not_there_nothing_is_known(start, method, name):
    editor = await opened(start)
    assert await ask(editor, method, name.replace(" ", "%20")) is None


async def test_a_file_that_is_not_open(start):
    editor = await opened(start)
    assert len((await ask(editor, "resmark/citations", "b.resmark"))["cites"]) == 1
    assert (await ask(editor, "resmark/status", "b.resmark"))["profile"] == "itu"


async def test_the_graph_of_the_workspace_and_of_one_text(start):
    other = "# Resolution 9009 (Bucharest, 2022)\n\n*recalling*\n\na) Resolution 71 (Rev. Bucharest, 2022) of the \
Plenipotentiary Conference,\n"
    editor = await opened(start, {"c/x & <y>.resmark": other})
    whole = await ask(editor, "resmark/graph")
    near = await ask(editor, "resmark/graph", "a.resmark")
    assert (near["resolutions"], near["links"]) == (3, 2)
    assert whole["resolutions"] > near["resolutions"]
    picture = xml.fromstring(near["svg"])
    nodes = {it.get("data-uri"): it for it in picture.iter() if it.get("data-uri")}
    assert set(nodes) == {editor.uri("a.resmark"), editor.uri("b.resmark"), "resmark-catalogue:/PP-140.md"}
    own = nodes[editor.uri("a.resmark")]
    assert (own.get("class"), own.get("data-line"), own.get("tabindex")) == ("node centre", "0", "0")
    for name in ("script", "foreignObject", "a"):
        assert not list(picture.iter("{http://www.w3.org/2000/svg}" + name)), f"no <{name}>"
    addresses = [it.get("data-uri") for it in xml.fromstring(whole["svg"]).iter()]
    assert editor.uri("c/x & <y>.resmark") in addresses


async def test_the_graph_of_what_is_not_there_is_empty(start):
    editor = await opened(start)
    answer = await ask(editor, "resmark/graph", "nowhere.resmark")
    assert (answer["resolutions"], answer["links"]) == (0, 0)
    assert xml.fromstring(answer["svg"]).tag.endswith("svg")


async def test_the_status_of_a_text(start):
    editor = await opened(start, options={"asOf": "2023-01-31"})
    answer = await ask(editor, "resmark/status", "a.resmark")
    assert answer["profile"] == "itu" and answer["profileFrom"] == "organ"
    assert "Plenipotentiary Conference" in answer["profileReason"]
    assert (answer["language"], answer["asOf"]) == ("en", "2023-01-31")
    assert (answer["changes"], answer["reading"]) == (False, False)
    pushed = await editor.diagnostics("a.resmark")
    names = {1: "error", 2: "warning", 3: "information", 4: "hint"}
    counted = dict.fromkeys(names.values(), 0)
    for diagnostic in pushed:
        counted[names[diagnostic.severity]] += 1
    assert answer["findings"] == counted and sum(counted.values()) > 0
    editor.change("a.resmark", 2, OLD.replace("two more", "{~~two~>three~~} more"))
    assert (await ask(editor, "resmark/status", "a.resmark"))["changes"]


async def test_who_says_which_profile_it_is(start):
    editor = await opened(start, {"resmark.json": '{"profile": "who"}'})
    assert (await ask(editor, "resmark/status", "a.resmark"))["profileFrom"] == "configuration"
    editor.change("a.resmark", 2, "---\nprofile: unga\n---\n\n" + OLD)
    answer = await ask(editor, "resmark/status", "a.resmark")
    assert (answer["profile"], answer["profileFrom"]) == ("unga", "text")


async def test_where_nothing_says_which_profile_it_is(start):
    editor = await opened(start)
    editor.open("untitled:Untitled-1", "1. One.\n")
    answer = await ask(editor, "resmark/status", "untitled:Untitled-1")
    assert (answer["profile"], answer["profileName"], answer["profileFrom"]) == (None, None, "default")
    assert "profile:" in answer["profileReason"]


async def test_requests_without_their_parameters_are_refused(wire):
    await wire.initialize()
    for number, method in enumerate(["resmark/citations", "resmark/status"], 7):
        answer = await wire.request(number, method, {})
        assert answer["error"]["code"] == -32602
