//! What must hold of the workspace whatever is done to it.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use jiff::civil::{Date, date};
use proptest::prelude::*;
use tree_sitter::{Node, Tree};

use super::*;
use crate::facts::Facts;
use crate::syntax::{TextRange, TextSize, parse};

const TODAY: Date = date(2024, 5, 31);

fn untitled(name: &str) -> Location {
    Location::Uri(format!("untitled:{name}").into())
}

fn range(start: usize, end: usize) -> TextRange {
    TextRange::new(TextSize::try_from(start).unwrap(), TextSize::try_from(end).unwrap())
}

/// Every node with its kind, bytes, rows and columns.
fn nodes(tree: &Tree) -> Vec<String> {
    fn walk(node: Node<'_>, out: &mut Vec<String>) {
        out.push(format!(
            "{} {:?} {:?} {:?}",
            node.kind(),
            node.byte_range(),
            node.start_position(),
            node.end_position()
        ));
        let mut cursor = node.walk();
        for child in node.children(&mut cursor) {
            walk(child, out);
        }
    }
    let mut out = Vec::new();
    walk(tree.root_node(), &mut out);
    out
}

/// Pieces of markup, whole and broken, with every kind of line end.
fn piece() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "",
        "a",
        "1. ",
        "a) ",
        "\n",
        "\r\n",
        "\r",
        "\n\n",
        "  ",
        "\t",
        "*",
        "*recalling*",
        "# ",
        "## ",
        "### ",
        "---\n",
        "body: PP\n",
        "{++",
        "++}",
        "{--",
        "--}",
        "{~~",
        "~>",
        "~~}",
        "{>>",
        "<<}",
        "[",
        "](=)",
        "[^1]",
        "[^1]: ",
        "Reasons: ",
        "MOD A/1\n",
        "决议",
        "第140号决议（2018年，迪拜，修订版）",
        "😀",
        "Resolution 140 (Rev. Dubai, 2018)",
        "\\",
        "\u{2028}",
        "\0",
        "إذ يذكّر",
        "one clause;\n2. another\n",
    ])
    .prop_map(str::to_owned)
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..12).prop_map(|pieces| pieces.concat())
}

/// An edit by two places, as parts of a thousand, so that they fit any text.
fn edit() -> impl Strategy<Value = (usize, usize, String)> {
    (0usize..=1000, 0usize..=1000, text())
}

fn floor(text: &str, part: usize) -> usize {
    let mut at = text.len() * part / 1000;
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

proptest! {
    #[test]
    fn edits_give_what_reading_the_result_gives(
        start in text(),
        rounds in prop::collection::vec(prop::collection::vec(edit(), 0..4), 1..4),
    ) {
        let mut workspace = Workspace::new(TODAY);
        let id = workspace.open(untitled("a"), 1, &start).unwrap();
        let mut model = start;
        for edits in rounds {
            for (one, other, inserted) in edits {
                let (from, to) = (floor(&model, one.min(other)), floor(&model, one.max(other)));
                workspace.edit(id, range(from, to), &inserted).unwrap();
                model.replace_range(from..to, &inserted);
                prop_assert_eq!(workspace.rope(id).unwrap().to_string(), model.clone());
            }
            // Whoever looks reads what the edits reached; the next ones begin from there.
            let snapshot = workspace.snapshot();
            let reading = snapshot.file(id).unwrap().reading();
            prop_assert_eq!(&*reading.text, &model);
            prop_assert!(!reading.failed);
            let fresh = parse(&model);
            prop_assert_eq!(nodes(&reading.tree), nodes(&fresh), "in {:?}", model);
            let facts = Facts::read(&model, &fresh);
            // All of them, whatever is added one day.
            prop_assert_eq!(format!("{:#?}", reading.facts), format!("{facts:#?}"));
        }
    }

    #[test]
    fn an_edit_out_of_bounds_is_cut(text in text(), from in 0usize..400, len in 0usize..400) {
        let mut workspace = Workspace::new(TODAY);
        let id = workspace.open(untitled("a"), 1, &text).unwrap();
        workspace.edit(id, range(from, from + len), "x").unwrap();
        let after = workspace.snapshot().file(id).unwrap().text().to_owned();
        prop_assert_eq!(after.matches('x').count(), text.matches('x').count() + 1);
    }
}

#[test]
fn a_snapshot_does_not_change() {
    let mut workspace = Workspace::new(TODAY);
    let id = workspace.open(untitled("a"), 1, "before").unwrap();
    let before = workspace.snapshot();
    workspace.replace(id, "after").unwrap();
    workspace.set_version(id, Some(2));
    let after = workspace.snapshot();
    assert_eq!((before.file(id).unwrap().text(), before.file(id).unwrap().version), ("before", Some(1)));
    assert_eq!((after.file(id).unwrap().text(), after.file(id).unwrap().version), ("after", Some(2)));
}

#[test]
fn a_document_keeps_its_id() {
    let mut workspace = Workspace::new(TODAY);
    let id = workspace.open(untitled("a"), 1, "x").unwrap();
    let other = workspace.open(untitled("b"), 1, "x").unwrap();
    workspace.close(id);
    assert!(workspace.snapshot().file(id).is_none(), "only the editor had it");
    assert_eq!(workspace.open(untitled("a"), 1, "x").unwrap(), id);
    assert_ne!(id, other);
}

#[test]
fn what_is_unknown_or_closed_is_ignored() {
    let mut workspace = Workspace::new(TODAY);
    workspace.edit(FileId(7), range(0, 0), "x").unwrap();
    workspace.replace(FileId(7), "x").unwrap();
    workspace.close(FileId(7));
    workspace.remove(&untitled("none"));
    assert_eq!(workspace.snapshot().files().count(), 0);
    assert!(workspace.snapshot().findings(FileId(7)).is_empty());
}

#[test]
fn the_editor_has_the_last_word_until_it_closes_the_document() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.resmark");
    std::fs::write(&path, "on disk").unwrap();
    let location = Location::from(path.as_path());
    let mut workspace = Workspace::new(TODAY);
    workspace.load_folder(folder.path());
    let id = workspace.open(location.clone(), 1, "in the editor").unwrap();
    std::fs::write(&path, "on disk, later").unwrap();
    workspace.load_file(&path).unwrap();
    workspace.load_folder(folder.path());
    assert_eq!(workspace.snapshot().file(id).unwrap().text(), "in the editor");
    workspace.close(id);
    assert_eq!(workspace.snapshot().file(id).unwrap().text(), "on disk, later");
    assert!(!workspace.is_open(id));
}

#[test]
fn a_folder_is_read_as_a_drafter_would() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    };
    write("a.resmark", b"a");
    write("deep/er/b.resmark", b"b");
    write("note.md", b"no document");
    write(".hidden/c.resmark", b"hidden");
    write("build/d.resmark", b"ignored");
    write(".gitignore", b"build/\n");
    write("latin1.resmark", b"r\xe9solution");
    write("zero.resmark", b"a\0b");
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        // A circle, a second way to the same file, a link to nothing, such a link that is hidden as Emacs makes it, and a
        // pipe that nobody writes to.
        symlink(folder.path(), folder.path().join("deep/circle")).unwrap();
        symlink("a.resmark", folder.path().join("again.resmark")).unwrap();
        symlink("nowhere", folder.path().join("lost.resmark")).unwrap();
        symlink("someone@desk.12:34", folder.path().join(".#a.resmark")).unwrap();
        #[expect(clippy::disallowed_types, reason = "the standard library makes no pipes with a name")]
        let mut mkfifo = std::process::Command::new("mkfifo");
        assert!(mkfifo.arg(folder.path().join("p.resmark")).status().unwrap().success());
    }
    let mut workspace = Workspace::new(TODAY);
    workspace.load_folder(folder.path());
    let snapshot = workspace.snapshot();
    let mut names: Vec<_> = snapshot.files().map(|file| file.location.name()).collect();
    names.sort();
    assert_eq!(names, ["a.resmark", "b.resmark"]);
    let problems: Vec<_> = snapshot.problems().map(|problem| problem.location.name()).collect();
    let expected: &[&str] = if cfg!(unix) {
        &["latin1.resmark", "lost.resmark", "p.resmark", "zero.resmark"]
    } else {
        &["latin1.resmark", "zero.resmark"]
    };
    assert_eq!(problems, expected);
}

#[test]
fn a_folder_that_is_not_there_is_a_problem() {
    let mut workspace = Workspace::new(TODAY);
    workspace.load_folder(Path::new("/no/such/folder"));
    let snapshot = workspace.snapshot();
    let problems: Vec<_> = snapshot.problems().map(ToString::to_string).collect();
    assert_eq!(problems, ["/no/such/folder: there is no such file or folder"]);
}

#[test]
fn a_problem_that_is_mended_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.resmark");
    std::fs::write(&path, b"\xe9").unwrap();
    let mut workspace = Workspace::new(TODAY);
    assert!(workspace.load_file(&path).is_err());
    assert_eq!(workspace.snapshot().problems().count(), 1);
    workspace.take_changes();
    std::fs::write(&path, "é").unwrap();
    workspace.load_file(&path).unwrap();
    assert_eq!(workspace.snapshot().problems().count(), 0);
    assert!(workspace.take_changes().problems.contains(&Location::from(path.as_path())));
}

#[test]
fn removing_a_folder_leaves_what_is_open() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a.resmark", "b.resmark"] {
        std::fs::write(folder.path().join(name), name).unwrap();
    }
    let mut workspace = Workspace::new(TODAY);
    workspace.load_folder(folder.path());
    let open = Location::from(folder.path().join("a.resmark").as_path());
    let id = workspace.open(open, 1, "a").unwrap();
    workspace.remove_folder(folder.path());
    let names: Vec<_> = workspace.snapshot().files().map(|file| file.location.name()).collect();
    assert_eq!(names, ["a.resmark"]);
    workspace.close(id);
    assert_eq!(workspace.snapshot().files().count(), 0);
}

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

fn names(workspace: &mut Workspace) -> Vec<String> {
    let mut names: Vec<_> = workspace.snapshot().files().map(|file| file.location.name()).collect();
    names.sort();
    names
}

#[test]
fn what_a_folder_no_longer_holds_is_no_more() {
    let folder = folder(&[
        ("a.resmark", "a"),
        ("b.resmark", "b"),
        ("old/c.resmark", "c"),
        ("old/resmark.json", "{}"),
        ("old/our.catalogue.json", r#"{ "resolutions": [{ "id": "ZZ-1" }] }"#),
        ("own/d.resmark", "d"),
    ]);
    let root = folder.path();
    let mut workspace = Workspace::new(TODAY);
    workspace.load_folder(root);
    let open = workspace.open(Location::from(root.join("old/c.resmark").as_path()), 1, "c").unwrap();
    workspace.open(Location::Uri("untitled:e".into()), 1, "e").unwrap();
    std::fs::write(root.join(".gitignore"), "old\nb.resmark\nown\n").unwrap();
    let read = |stop| read_folder(root, &std::sync::atomic::AtomicBool::new(stop));
    workspace.adopt_all(root, read(true), &[] as &[&Path]);
    assert_eq!(names(&mut workspace).len(), 5, "what was stopped takes nothing away");
    workspace.adopt_all(root, read(false), &[root.join("own")]);
    assert_eq!(names(&mut workspace), ["a.resmark", "c.resmark", "d.resmark", "e"]);
    let snapshot = workspace.snapshot();
    assert!(snapshot.catalogue().get(&"ZZ-1".parse().unwrap()).is_none());
    assert_eq!(snapshot.config_folders().count(), 0);
    workspace.close(open);
    assert_eq!(names(&mut workspace), ["a.resmark", "d.resmark", "e"]);
}

#[test]
fn a_document_that_was_moved_while_it_was_open_is_gone_when_it_is_closed() {
    let folder = folder(&[("a.resmark", "a")]);
    let mut workspace = Workspace::new(TODAY);
    workspace.load_folder(folder.path());
    let path = folder.path().join("a.resmark");
    let id = workspace.open(Location::from(path.as_path()), 1, "a").unwrap();
    std::fs::rename(&path, folder.path().join("b.resmark")).unwrap();
    workspace.close(id);
    let snapshot = workspace.snapshot();
    assert_eq!((snapshot.files().count(), snapshot.problems().count()), (0, 0));
}

#[test]
fn what_rests_on_other_files_is_found_when_they_were_read() {
    // The numbering of the list, and a version that has been revised.
    let text = "# Resolution 9003 (Bucharest, 2022)\n\nThe Plenipotentiary Conference of the International \
        Telecommunication Union (Bucharest, 2022),\n\n*recalling*\n\na) Resolution 140 (Rev. Dubai, 2018) of this conference;\nc) two,\n";
    let mut workspace = Workspace::new(TODAY);
    workspace.set_read(ReadState::Opening);
    let id = workspace.open(untitled("a"), 1, text).unwrap();
    let rules = |workspace: &mut Workspace| -> Vec<&str> {
        workspace.snapshot().findings(id).iter().map(|finding| finding.rule).collect()
    };
    assert_eq!(rules(&mut workspace), ["numbering/gap"]);
    assert!(workspace.snapshot().is_reading() && !workspace.snapshot().is_complete());
    workspace.take_changes();
    workspace.set_read(ReadState::Whole);
    assert!(workspace.take_changes().judged.contains(&id), "it has to be judged again");
    assert_eq!(rules(&mut workspace), ["citation/outdated", "numbering/gap"]);
    // Once judged, it stays so while more is read.
    workspace.set_read(ReadState::Reading);
    assert_eq!(rules(&mut workspace), ["citation/outdated", "numbering/gap"]);
}

#[test]
fn a_catalogue_file_that_is_none_is_a_problem_with_a_place() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("our.catalogue.json");
    std::fs::write(&path, "{\n  \"resolutions\": 3\n}").unwrap();
    let mut workspace = Workspace::new(TODAY);
    workspace.load_folder(folder.path());
    let snapshot = workspace.snapshot();
    let problem = snapshot.problems().next().unwrap();
    assert_eq!(problem.location.path(), Some(path.as_path()));
    assert_eq!(problem.place.map(|place| place.line), Some(2));
    std::fs::write(&path, r#"{ "resolutions": [{ "id": "ZZ-1" }] }"#).unwrap();
    workspace.load_file(&path).unwrap();
    let snapshot = workspace.snapshot();
    assert_eq!(snapshot.problems().count(), 0);
    assert!(snapshot.catalogue().get(&"ZZ-1".parse().unwrap()).is_some());
    workspace.remove(&Location::from(path.as_path()));
    assert!(workspace.snapshot().catalogue().get(&"ZZ-1".parse().unwrap()).is_none());
}

fn titled(title: &str) -> String {
    format!("---\nbody: PP\nlanguage: en\n---\n\n# {title}\n")
}

#[test]
fn who_cites_what_changed_is_judged_again_and_nobody_else() {
    let mut workspace = Workspace::new(TODAY);
    let citing = workspace
        .load_text(untitled("citing"), "a) Resolution 9001 (Geneva, 2018) of the Plenipotentiary Conference")
        .unwrap();
    let other = workspace
        .load_text(untitled("other"), "a) Resolution 9002 (Geneva, 2018) of the Plenipotentiary Conference")
        .unwrap();
    let defining = workspace.open(untitled("new"), 1, &titled("Resolution 9001 (Geneva, 2018)")).unwrap();
    let id = "PP-9001".parse().unwrap();
    let snapshot = workspace.snapshot();
    assert_eq!(snapshot.citing(&id), [citing]);
    assert_eq!(snapshot.defining(&id).iter().map(|d| d.file).collect::<Vec<_>>(), [defining]);
    workspace.take_changes();

    // Words that change nothing of what the resolution is.
    let end = workspace.rope(defining).unwrap().len_bytes();
    workspace.edit(defining, range(end, end), "\n*recalling*\n").unwrap();
    let changes = workspace.take_changes();
    assert_eq!((changes.read, changes.judged), ([defining].into(), [].into()));

    workspace.replace(defining, &titled("Resolution 9001 (Rev. Geneva, 2022)")).unwrap();
    let changes = workspace.take_changes();
    assert_eq!((changes.read, changes.judged), ([defining].into(), [citing].into()));

    workspace.replace(defining, &titled("Resolution 9002 (Rev. Geneva, 2022)")).unwrap();
    assert_eq!(workspace.take_changes().judged, [citing, other].into());

    workspace.close(defining);
    let changes = workspace.take_changes();
    assert_eq!(changes.judged, [other].into());
    assert!(changes.removed.contains_key(&defining));
    assert!(workspace.snapshot().defining(&id).is_empty());

    workspace.set_today(date(2025, 1, 1));
    assert_eq!(workspace.take_changes().judged, [citing, other].into());
}

#[test]
fn who_refers_to_a_clause_is_judged_again_when_the_text_has_other_clauses() {
    let mut workspace = Workspace::new(TODAY);
    let text = |clauses: &str| format!("{}\n*resolves*\n\n{clauses}", titled("Resolution 9001 (Geneva, 2018)"));
    let citing = workspace
        .load_text(
            untitled("citing"),
            "a) resolves 2 of Resolution 9001 (Geneva, 2018) of the Plenipotentiary Conference is a clause of it,\n",
        )
        .unwrap();
    let defining = workspace.open(untitled("text"), 1, &text("1. to paint the bridge;\n2. to close it,\n")).unwrap();
    let dangling = |workspace: &mut Workspace| {
        let snapshot = workspace.snapshot();
        let findings = snapshot.findings(citing).into_iter();
        findings.filter(|f| f.rule == "citation/clause").map(|f| f.message.clone()).collect::<Vec<_>>()
    };
    assert_eq!(dangling(&mut workspace), [""; 0]);
    workspace.take_changes();

    // Other words, by which a clause may be known in another version; the same clauses.
    workspace.replace(defining, &text("1. to paint the bridge;\n2. to open it,\n")).unwrap();
    assert_eq!(workspace.take_changes().judged, [citing].into());
    assert_eq!(dangling(&mut workspace), [""; 0]);

    workspace.replace(defining, &text("1. to paint the bridge,\n")).unwrap();
    assert_eq!(workspace.take_changes().judged, [citing].into());
    assert_eq!(
        dangling(&mut workspace),
        ["There is no “2” in “resolves” of Resolution 9001 (Geneva, 2018). It has “1.” alone."]
    );

    // A text that is gone says nothing.
    workspace.close(defining);
    assert_eq!(workspace.take_changes().judged, [citing].into());
    assert_eq!(dangling(&mut workspace), [""; 0]);
}

#[test]
fn a_clause_of_another_version_or_language_is_not_looked_up() {
    let mut workspace = Workspace::new(TODAY);
    let text = format!("{}\n*resolves*\n\n1. to paint it,\n", titled("Resolution 9001 (Rev. Geneva, 2022)"));
    workspace.load_text(untitled("text"), &text).unwrap();
    let citing = "a) resolves 2 of Resolution 9001 (Geneva, 2018) of the Plenipotentiary Conference;\n\
                  b) point 2 du *décide* de la Résolution 9001 (Rév. Genève, 2022) de la Conférence de plénipotentiaires,\n";
    let id = workspace.load_text(untitled("citing"), citing).unwrap();
    let snapshot = workspace.snapshot();
    let findings = snapshot.findings(id);
    assert!(findings.iter().all(|finding| finding.rule != "citation/clause"), "{findings:?}");
}

#[test]
fn in_a_proposal_each_version_has_its_own_clauses() {
    let mut workspace = Workspace::new(TODAY);
    let text = "---\nbody: PP\nlanguage: en\n---\n\nMOD X/1/1\n\n# Resolution 9001 ({~~Geneva, 2018~>Rev. Geneva, \
                2022~~})\n\n*resolves*\n\n1. to paint it;\n{++2. to close it;++}\n";
    workspace.load_text(untitled("text"), text).unwrap();
    let citing = "a) resolves 2 of Resolution 9001 (Geneva, 2018) of the Plenipotentiary Conference;\n\
                  b) resolves 2 of Resolution 9001 (Rev. Geneva, 2022) of the Plenipotentiary Conference,\n";
    let id = workspace.load_text(untitled("citing"), citing).unwrap();
    let snapshot = workspace.snapshot();
    let findings = snapshot.findings(id);
    let dangling: Vec<&str> =
        findings.iter().filter(|f| f.rule == "citation/clause").map(|f| f.message.as_str()).collect();
    assert_eq!(dangling, ["There is no “2” in “resolves” of Resolution 9001 (Geneva, 2018). It has “1.” alone."]);
}

const BY_PP: &str = "The Plenipotentiary Conference of the International Telecommunication Union (Bucharest, 2022),";

/// A resolution of some other ones, by its number, its version and what its clauses say.
fn resolution(number: u32, version: &str, clauses: &[&str]) -> String {
    let clauses = clauses.iter().zip('a'..).map(|(clause, label)| format!("{label}) {clause};\n"));
    let clauses: String = clauses.collect();
    format!(
        "# Resolution {number} ({version})\n\n## On boats {number}\n\n{BY_PP}\n\n*recalling*\n\n{clauses}\n*resolves*\n\n1. to \
         row;\n2. to sail.\n"
    )
}

/// Texts that say something of each other: citations of what is there in another version, of what is not there, of clauses
/// that are and are not, of titles.
fn telling() -> Vec<(&'static str, String)> {
    let of = "of the Plenipotentiary Conference";
    let texts = [
        ("a", resolution(9001, "Dubai, 2018", &["Resolution 140 (Rev. Dubai, 2018) of this conference"])),
        ("b", resolution(9001, "Rev. Bucharest, 2022", &["Resolution 9009 (Bucharest, 2022) of this conference"])),
        ("c", resolution(9002, "Bucharest, 2022", &["Resolution 9001 (Dubai, 2018) of this conference"])),
        (
            "d",
            resolution(
                9003,
                "Bucharest, 2022",
                &["*resolves* 7 of Resolution 9001 (Rev. Bucharest, 2022) of this conference", "*resolves* 9"],
            ),
        ),
        ("e", resolution(9004, "Bucharest, 2022", &["General Assembly resolution 70/125", "*considering* c) above"])),
        (
            "f",
            resolution(9005, "Bucharest, 2022", &["Resolution 9002 (Bucharest, 2022), on trains, of this conference"]),
        ),
        (
            "g",
            resolution(9002, "Bucharest, 2022", &["*resolves* 2 of Resolution 9001 (Dubai, 2018) of this conference"]),
        ),
        ("h", format!("Note on Resolution 9003 (Rev. Busan, 2014) {of}, and on Resolution 9006 (Busan, 2014) {of}.\n")),
        // Its beginning does not say yet what it is.
        ("i", format!("{}{}", "A line of a note.\n\n".repeat(200), resolution(9007, "Bucharest, 2022", &["all"]))),
        ("j", resolution(9008, "Bucharest, 2022", &["Resolution 9007 (Rev. Dubai, 2018) of this conference"])),
        (
            "k",
            resolution(
                9010,
                "Bucharest, 2022",
                &["*resolves* 1 of Resolution 9003 (Bucharest, 2022) of this conference", "*resolves* 2"],
            ),
        ),
    ];
    texts.into_iter().collect()
}

fn all_findings(snapshot: &Snapshot) -> Vec<(String, Vec<&crate::rules::Finding>)> {
    let mut all: Vec<_> = snapshot.files().map(|file| (file.location.name(), snapshot.findings(file.id))).collect();
    all.sort_by(|one, other| one.0.cmp(&other.0));
    all
}

#[test]
fn what_is_found_while_a_folder_is_read_is_what_is_found_when_all_is_known() {
    let texts = telling();
    let names: Vec<String> = texts.iter().map(|(name, _)| format!("{name}.resmark")).collect();
    let mut files: Vec<(&str, &str)> =
        names.iter().zip(&texts).map(|(name, (_, text))| (name.as_str(), text.as_str())).collect();
    files.push((
        "our.catalogue.json",
        r#"{ "resolutions": [{ "id": "PP-9006", "succeeded_by": [{ "id": "PP-9003" }] }] }"#,
    ));
    files.push(("resmark.json", r#"{ "rules": { "citation/outdated": "error" } }"#));
    let folder = folder(&files);
    let mut plain = Workspace::new(TODAY);
    plain.load_folder(folder.path());
    let plain = plain.snapshot();
    let expected = all_findings(&plain);
    assert!(expected.iter().filter(|(_, findings)| !findings.is_empty()).count() >= 6, "{expected:#?}");

    let mut workspace = Workspace::new(TODAY);
    let by = workspace.snapshot();
    let judging = Judging { by: &by, wanted: &|_| true };
    let stop = std::sync::atomic::AtomicBool::new(false);
    workspace.adopt(read_folder_telling(folder.path(), &stop, &|_| {}, Some(judging)));
    let snapshot = workspace.snapshot();
    let judged: Vec<_> = snapshot.files().filter(|file| file.is_judged()).map(|file| file.location.name()).collect();
    for right in ["c.resmark", "e.resmark", "h.resmark", "k.resmark"] {
        assert!(judged.contains(&right.to_owned()), "what {right} asked was known before: {judged:?}");
    }
    for wrong in ["d.resmark", "j.resmark"] {
        assert!(!judged.contains(&wrong.to_owned()), "what {wrong} asked turned out otherwise: {judged:?}");
    }
    assert_eq!(all_findings(&snapshot), expected);

    // And on all cores.
    let mut workspace = Workspace::new(TODAY);
    workspace.load_folder(folder.path());
    let snapshot = workspace.snapshot();
    let ids: Vec<_> = snapshot.files().map(|file| file.id).collect();
    snapshot.judge(&ids, &|| false);
    assert!(snapshot.files().all(|file| file.is_judged() && file.kept().is_none()));
    assert_eq!(all_findings(&snapshot), expected);
}

#[test]
fn of_a_document_that_is_closed_its_text_is_kept() {
    let folder = folder(&[("a.resmark", "*resolves*\n\n1. to go.\n")]);
    let mut workspace = Workspace::new(TODAY);
    workspace.load_folder(folder.path());
    let location = Location::from(folder.path().join("a.resmark").as_path());
    let id = workspace.id_of(&location).unwrap();
    assert!(workspace.snapshot().file(id).unwrap().kept().is_none(), "nobody has looked at it");
    workspace.open(location, 1, "*resolves*\n\n1. to go.\n").unwrap();
    let opened = workspace.snapshot();
    assert!(opened.file(id).unwrap().facts().is_edited());
    workspace.edit(id, range(0, 0), "x").unwrap();
    assert!(workspace.snapshot().file(id).unwrap().kept().is_some());
    workspace.edit(id, range(0, 1), "").unwrap();
    workspace.snapshot();
    workspace.close(id);
    assert!(workspace.past.is_empty() && workspace.begun.is_empty() && workspace.state.open.is_empty());
    let snapshot = workspace.snapshot();
    assert!(snapshot.file(id).unwrap().kept().is_none());
    assert_eq!(snapshot.file(id).unwrap().facts().document.paragraphs.len(), 2, "who asks reads it again");
}

#[test]
fn what_an_edit_replaces_is_let_go_when_nobody_waits() {
    let mut workspace = Workspace::new(TODAY);
    let id = workspace.open(untitled("a"), 1, "*resolves*\n\n1. to go.\n").unwrap();
    let replaced = std::sync::Arc::downgrade(&workspace.snapshot().files[&id]);
    workspace.edit(id, range(0, 0), "x").unwrap();
    workspace.snapshot();
    assert!(replaced.upgrade().is_some(), "not while findings are waited for");
    workspace.let_go();
    assert!(replaced.upgrade().is_none());
    let replaced = std::sync::Arc::downgrade(&workspace.snapshot().files[&id]);
    for _ in 0..2 {
        workspace.edit(id, range(0, 0), "x").unwrap();
        workspace.snapshot();
    }
    assert!(replaced.upgrade().is_none(), "behind the next edit at the latest");
}

/// Texts that define and cite a handful of resolutions.
fn citing_text() -> impl Strategy<Value = String> {
    let number = || 9001u32..9005;
    let clause = (number(), 0usize..4).prop_map(|(number, form)| match form {
        0 => format!("Resolution {number} (Bucharest, 2022) of this conference"),
        1 => format!("*resolves* 2 of Resolution {number} (Bucharest, 2022) of this conference"),
        2 => format!("Resolution {number}"),
        _ => "no more".to_owned(),
    });
    (number(), prop::collection::vec(clause, 0..4)).prop_map(|(number, clauses)| {
        let clauses: Vec<&str> = clauses.iter().map(String::as_str).collect();
        resolution(number, "Bucharest, 2022", &clauses)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Whatever comes, changes and goes: who cites whom, and what is found, is what a workspace that begins with the last
    /// texts says.
    #[test]
    fn the_index_is_that_of_the_texts_that_are_there(
        steps in prop::collection::vec((0usize..4, prop::option::of(citing_text())), 1..10),
        looks in prop::collection::vec(any::<bool>(), 10),
    ) {
        let location = |name: usize| Location::Path(Path::new(&format!("/w/{name}.resmark")).into());
        let mut workspace = Workspace::new(TODAY);
        let mut model: std::collections::BTreeMap<usize, String> = Default::default();
        for ((name, text), look) in steps.into_iter().zip(looks) {
            match text {
                Some(text) => {
                    workspace.load_text(location(name), &text).unwrap();
                    model.insert(name, text);
                }
                None => {
                    workspace.remove(&location(name));
                    model.remove(&name);
                }
            }
            if look {
                all_findings(&workspace.snapshot());
            }
        }
        let mut fresh = Workspace::new(TODAY);
        for (name, text) in &model {
            fresh.load_text(location(*name), text).unwrap();
        }
        let (known, expected) = (workspace.snapshot(), fresh.snapshot());
        let named = |snapshot: &Snapshot, files: &mut dyn Iterator<Item = FileId>| {
            let mut names: Vec<_> = files.map(|id| snapshot.file(id).unwrap().location.name()).collect();
            names.sort();
            names
        };
        for number in 9001..9005 {
            let id = format!("PP-{number}").parse().unwrap();
            let citing = |snapshot: &Snapshot| named(snapshot, &mut snapshot.citing(&id).iter().copied());
            prop_assert_eq!(citing(&known), citing(&expected));
            let defining = |snapshot: &Snapshot| named(snapshot, &mut snapshot.defining(&id).iter().map(|it| it.file));
            prop_assert_eq!(defining(&known), defining(&expected));
        }
        // Texts of one resolution and version are told apart by the order in which they came.
        let ids = |snapshot: &Snapshot| -> Vec<_> { snapshot.files().map(|file| file.location.name()).collect() };
        if ids(&known) == ids(&expected) {
            prop_assert_eq!(all_findings(&known), all_findings(&expected));
        }
    }
}
