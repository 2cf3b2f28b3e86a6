"""Columns in three encodings, line ends, and places outside of the text."""

import pytest
from lsprotocol import types as lsp

from conftest import FULL, GAP, at, encoded, span

# An emoji is 4 bytes, 2 UTF-16 units and 1 UTF-32 unit; a Chinese character 3, 1 and 1.
TEXT = "决😀x定\n"


@pytest.mark.parametrize(
    "offered, chosen, column",
    [
        (["utf-16"], "utf-16", 3),
        (["utf-8", "utf-16"], "utf-8", 7),
        (["utf-16", "utf-8", "utf-32"], "utf-8", 7),
        (["utf-32"], "utf-32", 2),
        (["utf-32", "utf-16"], "utf-16", 3),
        ([], "utf-16", 3),
        (["utf-7"], "utf-16", 3),
    ],
)
async def test_columns_count_as_agreed(start, offered, chosen, column):
    editor = await start(capabilities=encoded(*offered))
    assert editor.result.capabilities.position_encoding == chosen
    editor.open("untitled:a", TEXT)
    editor.change("untitled:a", 2, (span(0, column, column + 1), "y"))
    assert await editor.text("untitled:a") == "决😀y定\n"


async def test_a_client_that_says_nothing_counts_in_utf_16(start):
    editor = await start(capabilities={key: FULL[key] for key in ("workspace", "textDocument")})
    editor.open("untitled:a", TEXT)
    editor.change("untitled:a", 2, (span(0, 3, 4), "y"))
    assert await editor.text("untitled:a") == "决😀y定\n"


@pytest.mark.parametrize("name, column", [("utf-8", 7), ("utf-16", 3), ("utf-32", 2)])
async def test_findings_count_the_same(start, name, column):
    editor = await start(capabilities=encoded(name))
    editor.open("untitled:a", GAP.replace("c) two", "{++决😀++}c) {++open"))
    found = await editor.diagnostics("untitled:a")
    assert found, "something is wrong with that text"
    # Everything that is found lies within its line.
    width = {"utf-8": 1, "utf-16": 2, "utf-32": 4}[name]
    line = GAP.replace("c) two", "{++决😀++}c) {++open").split("\n")[5]
    length = len(line.encode({"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}[name])) // width
    assert all(d.range.end.character <= length for d in found if d.range.end.line == 5)


@pytest.mark.parametrize(
    "text, edit, after",
    [
        ("a😀b", span(0, 2, 3), "axb"),  # from the middle of the emoji on
        ("ab\ncd", lsp.Range(at(0, 99), at(0, 99)), "abx\ncd"),
        ("ab\r\ncd", lsp.Range(at(0, 99), at(0, 2**31 - 1)), "abx\r\ncd"),
        ("ab", lsp.Range(at(7, 0), at(9, 3)), "abx"),
        ("", lsp.Range(at(0, 0), at(2**31 - 1, 0)), "x"),
        ("abcd", lsp.Range(at(0, 3), at(0, 1)), "axd"),  # the wrong way round
        ("a\rb\r\nc\nd", lsp.Range(at(1, 0), at(3, 0)), "a\rxd"),
        ("a\u2028b\x0cc", span(0, 2, 3), "a\u2028x\x0cc"),  # neither ends a line
    ],
)
async def test_places_outside_are_cut(start, text, edit, after):
    editor = await start()
    editor.open("untitled:a", text)
    editor.change("untitled:a", 2, (edit, "x"))
    assert await editor.text("untitled:a") == after


async def test_each_change_applies_to_what_the_one_before_left(start):
    editor = await start()
    editor.open("untitled:a", "one two three")
    # Ascending, as Neovim sends them: the second counts the first one's letters.
    editor.change("untitled:a", 2, (span(0, 0, 3), "first"), (span(0, 6, 9), "second"))
    assert await editor.text("untitled:a") == "first second three"
    # Descending, as VS Code sends them.
    editor.change("untitled:a", 3, (span(0, 13, 18), "3"), (span(0, 6, 12), "2"), (span(0, 0, 5), "1"))
    assert await editor.text("untitled:a") == "1 2 3"
    # A whole text in the middle.
    editor.change("untitled:a", 4, (span(0, 0, 1), "x"), "whole", (span(0, 5, 5), "!"))
    assert await editor.text("untitled:a") == "whole!"
