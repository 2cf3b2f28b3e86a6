"""Reading the folders: progress, what is left out, what is not known yet, and what changes on the disk."""

from lsprotocol import types as lsp

from conftest import GAP, able, at, pulling
from test_diagnostics import CITING, cited, codes

# Enough to take a while, and each of them long enough to be work.
MANY = {f"{number:04}.resmark": f"# Resolution {number} (Geneva, 2020)\n\n" + "a) one;\n" * 300 for number in range(400)}
RELATIVE = able({"workspace.didChangeWatchedFiles.relativePatternSupport": True})


def bar(editor) -> list:
    """What the one bar has shown until now."""
    return next(iter(editor.bars.values()), [])


async def test_reading_shows_how_far_it_has_come(start):
    editor = await start(MANY)
    await editor.indexed()
    begin, *reports, end = await editor.until(lambda: bar(editor) if bar(editor)[-1:] and bar(editor)[-1].kind == "end" else None)
    assert (begin.title, begin.cancellable, begin.percentage) == ("Reading resolutions", True, 0)
    percentages = [report.percentage for report in reports if report.percentage is not None]
    assert percentages and percentages == sorted(percentages) and percentages[-1] <= 100
    assert any(report.message.endswith("of 400 files") for report in reports)
    assert end.message == "400 files"


async def test_reading_can_be_stopped_and_what_was_read_stays(start):
    editor = await start(MANY, pulling())
    await editor.until(lambda: [report for report in bar(editor) if report.kind == "report" and report.percentage])
    [token] = editor.bars
    editor.client.window_work_done_progress_cancel(lsp.WorkDoneProgressCancelParams(token))
    [said] = await editor.until(editor.shown)
    assert said.startswith("Reading stopped: ") and "of 400 files are known" in said
    assert bar(editor)[-1].message.startswith("stopped after ")
    known = await editor.known()
    assert 0 < len(known) < 400
    # What is not known is not said not to be there.
    editor.open("a.resmark", CITING)
    hover = await editor.client.text_document_hover_async(lsp.HoverParams(editor.document("a.resmark"), at(9, 5)))
    assert "Reading the workspace was stopped" in hover.contents.value
    assert "Not in the catalogue" not in hover.contents.value


async def test_a_bar_of_somebody_else_stops_nothing(start):
    editor = await start({"a.resmark": "x"}, pulling())
    editor.client.window_work_done_progress_cancel(lsp.WorkDoneProgressCancelParams("theirs"))
    await editor.knows("a.resmark")
    assert editor.shown() == []


async def test_nothing_is_said_for_sure_before_all_is_read(start):
    editor = await start({**MANY, "zz.resmark": cited("Rev. Bucharest, 2022")}, pulling())
    editor.open("citing.resmark", CITING.replace("Conference\n", "Conference;\nc) two,\n"))
    hover = await editor.client.text_document_hover_async(lsp.HoverParams(editor.document("citing.resmark"), at(9, 5)))
    assert "still being read" in hover.contents.value and "Not in the catalogue" not in hover.contents.value
    early = await editor.pull("citing.resmark")
    assert not editor.logged("documents read"), "too late to tell"
    assert codes(early.items) == ["numbering/gap"], "what the text alone shows is shown at once"
    await editor.indexed()
    await editor.until(lambda: editor.client.diagnostic_refresh_count)
    late = await editor.pull("citing.resmark", early.result_id)
    assert "citation/outdated" in codes(late.items)
    hover = await editor.client.text_document_hover_async(lsp.HoverParams(editor.document("citing.resmark"), at(9, 5)))
    assert "still being read" not in hover.contents.value


async def test_links_are_whole_however_early_they_are_asked_for(start):
    editor = await start({**MANY, "zz.resmark": cited("Rev. Bucharest, 2022")}, pulling())
    editor.open("citing.resmark", CITING)
    params = lsp.DocumentLinkParams(editor.document("citing.resmark"))
    [link] = await editor.client.text_document_document_link_async(params)
    followed = await editor.client.document_link_resolve_async(link)
    assert followed.target.startswith(editor.uri("zz.resmark"))


async def test_who_is_pushed_to_hears_when_all_is_read(start):
    editor = await start({**MANY, "zz.resmark": cited("Rev. Bucharest, 2022")})
    editor.open("citing.resmark", CITING)
    uri = editor.uri("citing.resmark")
    first = await editor.until(lambda: [p for p in editor.published if p.uri == uri])
    assert codes(first[0].diagnostics) == []
    await editor.until(lambda: "citation/outdated" in codes([p for p in editor.published if p.uri == uri][-1].diagnostics))


async def test_what_is_left_out_stays_out(start):
    files = {
        "a.resmark": "x",
        ".gitignore": "drafts/\n",
        "deep/.ignore": "old.resmark\n",
        "deep/old.resmark": "x",
        "deep/new.resmark": "x",
        "drafts/b.resmark": "x",
        ".hidden/c.resmark": "x",
        "node_modules/d/d.resmark": "x",
    }
    editor = await start(files, pulling())
    await editor.knows("a.resmark", "deep/new.resmark")
    # Not even when it changes.
    for name in ["drafts/b.resmark", ".hidden/c.resmark", "node_modules/d/d.resmark", "deep/old.resmark"]:
        editor.saved(name, GAP)
    editor.saved("deep/more.resmark", "x")
    assert await editor.known() == ["a.resmark", "deep/more.resmark", "deep/new.resmark"]


async def test_what_counts_changes_with_the_file_that_says_it(start):
    editor = await start({"a.resmark": "x", "drafts/b.resmark": "x", "drafts/resmark.json": "{"}, pulling())
    await editor.knows("a.resmark", "drafts/b.resmark")
    await editor.diagnostics("drafts/resmark.json", None)
    editor.saved(".gitignore", "drafts\n")
    await editor.knows("a.resmark")
    await editor.until(lambda: not [p for p in editor.published if p.uri == editor.uri("drafts/resmark.json")][-1].diagnostics)
    editor.saved(".gitignore", None)
    await editor.knows("a.resmark", "drafts/b.resmark")


async def test_an_open_text_that_is_left_out_is_served_until_it_is_closed(start):
    editor = await start({"a.resmark": "x", "drafts/b.resmark": "x"}, pulling())
    await editor.knows("a.resmark", "drafts/b.resmark")
    editor.open("drafts/b.resmark", GAP)
    editor.saved(".gitignore", "drafts\n")
    await editor.until(lambda: len(editor.logged("documents read")) == 2)
    assert codes((await editor.pull("drafts/b.resmark")).items) == ["numbering/gap"]
    editor.close("drafts/b.resmark")
    assert await editor.known() == ["a.resmark"]


async def test_files_that_say_what_counts_are_watched(start):
    editor = await start()
    await editor.until(lambda: "workspace/didChangeWatchedFiles" in editor.registered)
    [watching] = [r for r in editor.registrations.values() if r.method == "workspace/didChangeWatchedFiles"]
    globs = {watcher["globPattern"]: watcher.get("kind") for watcher in watching.register_options["watchers"]}
    for glob in ["**/*.resmark", "**/resmark.json", "**/*.catalogue.json", "**/catalogue/*.json", "**/.gitignore"]:
        assert globs[glob] is None
    assert globs["**"] == lsp.WatchKind.Delete, "of a folder that goes only itself is told"


async def test_what_is_watched_follows_the_folders(start):
    editor = await start({"a/a.resmark": "x", "b/b.resmark": "x"}, RELATIVE, folders=["a"])
    bases = lambda: {
        watcher["globPattern"]["baseUri"]
        for registration in editor.registrations.values()
        for watcher in registration.register_options.get("watchers", [])
    }
    await editor.until(lambda: bases() == {editor.uri("a")})
    change_folders(editor, added=["b"], removed=["a"])
    await editor.until(lambda: bases() == {editor.uri("b")})


async def test_a_folder_that_goes_takes_its_texts_along(start):
    editor = await start({"a.resmark": "x", "old/b.resmark": "x", "old/deep/c.resmark": "x"}, pulling())
    await editor.knows("a.resmark", "old/b.resmark", "old/deep/c.resmark")
    editor.saved("old", None)
    assert await editor.known() == ["a.resmark"]


async def test_a_file_that_is_gone_when_it_is_looked_at_is_no_problem(start):
    editor = await start({"a.resmark": "x"}, pulling())
    await editor.knows("a.resmark")
    for name in ["a.resmark", "never.resmark"]:
        (editor.root / name).unlink(missing_ok=True)
        event = lsp.FileEvent(editor.uri(name), lsp.FileChangeType.Changed)
        editor.client.workspace_did_change_watched_files(lsp.DidChangeWatchedFilesParams([event]))
    assert await editor.known() == []
    assert editor.shown() == []


async def test_what_changes_while_the_folder_is_read_counts(start):
    editor = await start({**MANY, "a.resmark": "x"}, pulling())
    editor.saved("a.resmark", GAP)
    editor.saved("new.resmark", "x")
    editor.saved("0007.resmark", None)
    assert not editor.logged("documents read"), "too late to tell"
    await editor.indexed()
    known = await editor.known()
    assert "new.resmark" in known and "0007.resmark" not in known
    assert codes((await editor.pull("a.resmark")).items) == ["numbering/gap"]


def change_folders(editor, added=(), removed=()):
    folder = lambda name: lsp.WorkspaceFolder(editor.uri(name), name)
    event = lsp.WorkspaceFoldersChangeEvent([folder(name) for name in added], [folder(name) for name in removed])
    editor.client.workspace_did_change_workspace_folders(lsp.DidChangeWorkspaceFoldersParams(event))


async def test_folders_come_and_go(start):
    files = {"a/a.resmark": "x", "b/b.resmark": "x", "c/c.resmark": "x"}
    editor = await start(files, pulling(), folders=["a", "b"])
    await editor.knows("a/a.resmark", "b/b.resmark")
    change_folders(editor, added=["c"], removed=["a"])
    await editor.knows("b/b.resmark", "c/c.resmark")
    editor.saved("a/a.resmark", GAP)
    assert await editor.known() == ["b/b.resmark", "c/c.resmark"], "it is in no folder of the workspace"


async def test_a_folder_inside_of_another(start):
    # The outer folder leaves the inner one out; the inner one is a folder of the workspace all the same.
    files = {"a.resmark": "x", ".gitignore": "inner\n", "inner/b.resmark": "x", "deep/c.resmark": "x"}
    editor = await start(files, pulling(), folders=[".", "inner", "deep"])
    await editor.knows("a.resmark", "deep/c.resmark", "inner/b.resmark")
    editor.saved("inner/b.resmark", GAP)
    assert codes((await editor.pull("inner/b.resmark")).items) == ["numbering/gap"]
    change_folders(editor, removed=["deep"])
    await editor.knows("a.resmark", "deep/c.resmark", "inner/b.resmark")
    change_folders(editor, removed=["inner"])
    await editor.knows("a.resmark", "deep/c.resmark")
    change_folders(editor, added=["inner"], removed=["."])
    await editor.knows("inner/b.resmark")


async def test_links_in_a_circle_end(start, tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "nowhere").symlink_to(tmp_path / "none")
    editor = await start({"a/a.resmark": "x"}, pulling())
    await editor.knows("a/a.resmark")
    assert editor.shown() == []


async def test_many_problems_are_one_message(start):
    editor = await start({f"{number}.resmark": b"\xe9" for number in range(20)})
    await editor.until(lambda: len(editor.published) == 20)
    [said] = await editor.until(editor.shown)
    assert "UTF-8" in said and said.endswith("There are 19 more problems; the server's log has all")
    assert len(editor.logged("UTF-8")) == 20


async def test_going_to_what_may_be_in_the_next_file_says_so(start):
    editor = await start({**MANY, "zz.resmark": cited("Rev. Bucharest, 2022")})
    editor.open("citing.resmark", CITING)
    for character in (5, 0, 6):
        params = lsp.DefinitionParams(editor.document("citing.resmark"), at(9, character))
        await editor.client.text_document_definition_async(params)
    assert not editor.logged("documents read"), "too late to tell"
    assert editor.shown() == ["The files of the workspace are still being read. Ask again when that is done."]
    await editor.indexed()
    params = lsp.DefinitionParams(editor.document("citing.resmark"), at(9, 5))
    [target] = await editor.client.text_document_definition_async(params)
    assert target.target_uri == editor.uri("zz.resmark")


async def test_renaming_a_clause_waits_for_the_files_that_may_name_it(start):
    citing = CITING.replace("a) Resolution 9001", "a) *resolves* 1 of Resolution 9001")
    text = cited("Dubai, 2018").replace("to buy two", "1. to buy two;\n2. to count them")
    editor = await start({**MANY, "zz.resmark": citing})
    editor.open("cited.resmark", text)
    line = text.split("\n").index("1. to buy two;")
    params = lsp.RenameParams(editor.document("cited.resmark"), at(line, 0), "2")
    asked = editor.send(lsp.TEXT_DOCUMENT_RENAME, params)
    assert not editor.logged("documents read"), "too late to tell"
    changed = {change.text_document.uri for change in (await asked).document_changes}
    assert changed == {editor.uri("cited.resmark"), editor.uri("zz.resmark")}
    assert editor.logged("documents read")
