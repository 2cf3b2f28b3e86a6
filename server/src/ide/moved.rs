//! Files that are moved: what names them by their path follows.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::file_links::{file_links, relative, resolved};
use crate::syntax::{TextEdit, TextRange, TextSize};
use crate::workspace::{FileId, Snapshot};

/// Files and folders that are moved, each from where to where.
pub type Moves = [(PathBuf, PathBuf)];

/// Where a path leads when all is moved; `None` for one that stays.
pub fn moved(moves: &Moves, path: &Path) -> Option<PathBuf> {
    let of = |(old, new): &(PathBuf, PathBuf)| {
        let rest = path.strip_prefix(old).ok()?;
        Some(if rest.as_os_str().is_empty() { new.clone() } else { new.join(rest) })
    };
    moves.iter().find_map(of)
}

/// The edits of the documents of the workspace whose links lead to what is moved, or are moved themselves; in the texts
/// as they are before. `exists` tells whether there is a file at a path now.
pub fn moved_links(
    snapshot: &Snapshot,
    moves: &Moves,
    exists: &dyn Fn(&Path) -> bool,
) -> BTreeMap<FileId, Vec<TextEdit>> {
    let mut edits = BTreeMap::new();
    for file in snapshot.files() {
        let Some(own) = file.location.path() else { continue };
        let links = file_links(file).into_iter();
        let links = links.filter_map(|link| {
            let new = rewritten(moves, own, &link.written, exists)?;
            Some(TextEdit::replace(link.range, new))
        });
        let links: Vec<TextEdit> = links.collect();
        if !links.is_empty() {
            edits.insert(file.id, links);
        }
    }
    edits
}

/// The edits of a catalogue or configuration file at `own` with this text: whatever it says that is the path of a file
/// which is moved, from its own folder (`"$schema"`) or from one of the `roots` (`"source"`).
pub fn moved_in_json(
    text: &str,
    own: &Path,
    roots: &[PathBuf],
    moves: &Moves,
    exists: &dyn Fn(&Path) -> bool,
) -> Vec<TextEdit> {
    let mut edits = Vec::new();
    for (range, words) in strings(text) {
        let from_root = || {
            roots.iter().find_map(|root| {
                let new = moved(moves, &resolved(root, &words)?)?;
                relative(root, &new, &words)
            })
        };
        if let Some(new) = rewritten(moves, own, &words, exists).or_else(from_root) {
            // A string without its quotation marks.
            let quoted = serde_json::to_string(&new).unwrap_or_default();
            edits.push(TextEdit::replace(range, quoted));
        }
    }
    edits
}

/// What a relative path in the file at `own` has to be when all is moved; `None` where it stays as it is.
fn rewritten(moves: &Moves, own: &Path, written: &str, exists: &dyn Fn(&Path) -> bool) -> Option<String> {
    let before = resolved(own.parent()?, written)?;
    let own_moved = moved(moves, own);
    let target = match moved(moves, &before) {
        Some(target) => target,
        // The file itself goes elsewhere, and what it names stays.
        None => own_moved.is_some().then_some(before).filter(|before| exists(before))?,
    };
    let new = relative(own_moved.as_deref().unwrap_or(own).parent()?, &target, written)?;
    (new != written).then_some(new)
}

/// The strings of a JSON text with their places, quotation marks included; what is no JSON gives what comes of it.
fn strings(text: &str) -> Vec<(TextRange, String)> {
    let mut found = Vec::new();
    let mut rest = 0;
    while let Some(start) = text.get(rest..).and_then(|rest| rest.find('"')).map(|at| rest + at) {
        let mut escaped = false;
        let end = text.get(start + 1..).and_then(|inside| {
            inside.char_indices().find_map(|(at, char)| {
                let ends = char == '"' && !escaped;
                escaped = char == '\\' && !escaped;
                ends.then_some(start + at + 2)
            })
        });
        let Some(end) = end else { break };
        let words = text.get(start..end).and_then(|literal| serde_json::from_str::<String>(literal).ok());
        if let (Some(words), Ok(from), Ok(to)) = (words, TextSize::try_from(start), TextSize::try_from(end)) {
            found.push((TextRange::new(from, to), words));
        }
        rest = end;
    }
    found
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use expect_test::{Expect, expect};
    use jiff::civil::date;

    use super::*;
    use crate::workspace::{Location, Workspace};

    /// The texts that change when these are moved, with what they are then.
    fn check(files: &[(&str, &str)], moves: &[(&str, &str)], expected: Expect) {
        let mut workspace = Workspace::new(date(2026, 1, 1));
        for (path, text) in files {
            workspace.load_text(Location::from(Path::new(path)), text).unwrap();
        }
        let snapshot = workspace.snapshot();
        let moves: Vec<(PathBuf, PathBuf)> = moves.iter().map(|(old, new)| (old.into(), new.into())).collect();
        let mut out = String::new();
        for (id, edits) in moved_links(&snapshot, &moves, &|path| path.extension().is_some()) {
            let file = snapshot.file(id).unwrap();
            let after = TextEdit::apply_all(file.text(), &edits).unwrap();
            out += &format!("{}: {after}", file.location);
        }
        expected.assert_eq(&out);
    }

    const TEXTS: &[(&str, &str)] = &[
        ("/w/a.resmark", "see [b](annexes/b.resmark#annex-1), [map](map.pdf) and [it](PP-140@2022)\n"),
        ("/w/annexes/b.resmark", "see [a](../a.resmark) and [c](c.resmark)\n"),
        ("/w/annexes/c.resmark", "nothing\n"),
    ];

    #[test]
    fn links_follow_a_file() {
        check(
            TEXTS,
            &[("/w/a.resmark", "/w/texts/d e.resmark")],
            expect![[r#"
                /w/a.resmark: see [b](../annexes/b.resmark#annex-1), [map](../map.pdf) and [it](PP-140@2022)
                /w/annexes/b.resmark: see [a](../texts/d e.resmark) and [c](c.resmark)
            "#]],
        );
        check(
            TEXTS,
            &[("/w/map.pdf", "/w/figures/map.pdf")],
            expect![[r#"
                /w/a.resmark: see [b](annexes/b.resmark#annex-1), [map](figures/map.pdf) and [it](PP-140@2022)
            "#]],
        );
    }

    #[test]
    fn links_follow_a_folder_and_stay_inside_of_it() {
        check(
            TEXTS,
            &[("/w/annexes", "/w/deep/more")],
            expect![[r#"
                /w/a.resmark: see [b](deep/more/b.resmark#annex-1), [map](map.pdf) and [it](PP-140@2022)
                /w/annexes/b.resmark: see [a](../../a.resmark) and [c](c.resmark)
            "#]],
        );
    }

    #[test]
    fn what_is_not_named_changes_nothing() {
        check(TEXTS, &[("/w/annexes/c.txt", "/w/c.txt"), ("/w/annex", "/w/x")], expect![""]);
    }

    #[test]
    fn catalogue_files_and_configurations_follow() {
        let text =
            r#"{ "$schema": "./schema.json", "source": "texts/a\u002eresmark", "x": "a.resmark", "y": "texts" }"#;
        let moves = [(PathBuf::from("/w/texts/a.resmark"), PathBuf::from("/w/b \"c\".resmark"))];
        let own = Path::new("/w/catalogue/our.json");
        let edits = moved_in_json(text, own, &[PathBuf::from("/w")], &moves, &|_| true);
        let after = TextEdit::apply_all(text, &edits).unwrap();
        assert_eq!(after, text.replace(r#""texts/a\u002eresmark""#, r#""b \"c\".resmark""#));
        let moves = [(PathBuf::from("/w/catalogue"), PathBuf::from("/w/deep/catalogue"))];
        let exists = |path: &Path| path == Path::new("/w/catalogue/schema.json");
        assert_eq!(moved_in_json(text, own, &[], &moves, &exists), [], "the schema goes along");
        let moves = [(PathBuf::from("/w/catalogue/our.json"), PathBuf::from("/w/our.catalogue.json"))];
        let edits = moved_in_json(text, own, &[], &moves, &exists);
        let after = TextEdit::apply_all(text, &edits).unwrap();
        assert!(after.contains(r#""$schema": "./catalogue/schema.json""#), "{after}");
    }

    #[test]
    fn a_text_that_is_no_json_is_read_as_far_as_it_goes() {
        let words = |text| strings(text).into_iter().map(|(_, words)| words).collect::<Vec<_>>();
        assert_eq!(words(r#"{ "a": "b\\", "c\"d": "#), ["a", "b\\", "c\"d"]);
        assert_eq!(words(r#""fine" "\x" "unfinished"#), ["fine"]);
    }
}
