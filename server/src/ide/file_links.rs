//! Words of a text that name a file: the target of a link, `[the map](figures/map.pdf)`.
//!
//! A target is otherwise what a citation is pinned to. Whether it is a path is not told by how it looks, as ids hold
//! slashes and full stops too: it is where there is such a file.

use std::path::{Component, Path, PathBuf};

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use crate::syntax::{TextRange, TextSize};
use crate::workspace::File;

/// What may not stand in the path of a link.
const PATH: &AsciiSet = &CONTROLS.add(b' ').add(b'%').add(b'(').add(b')').add(b'#');

/// The longest target that is looked at, in bytes: longer than any path of a system.
const LONGEST: usize = 4096;

/// Words that may name a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileLink {
    /// The path, in the file in which it stands.
    pub range: TextRange,
    /// The file that it names.
    pub path: PathBuf,
    /// The path as it is written.
    pub written: String,
}

/// The targets in a document that may be paths, in text order; none for a document that has no path itself.
pub fn file_links(file: &File) -> Vec<FileLink> {
    let Some(folder) = file.location.path().and_then(Path::parent) else { return Vec::new() };
    let link = |(at, target): (usize, &str)| {
        let written = target.split('#').next().unwrap_or_default();
        let path = resolved(folder, written)?;
        let range = TextRange::at(TextSize::try_from(at).ok()?, TextSize::of(written));
        Some(FileLink { range, path, written: written.to_owned() })
    };
    targets(file.text()).filter_map(link).collect()
}

/// What stands between `](` and the parenthesis that closes it on the same line, with its place. The grammar takes only
/// some of these as targets: a bare file name is none of a citation.
fn targets(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.match_indices("](").filter_map(|(at, opener)| {
        let start = at + opener.len();
        let mut depth = 0;
        for (length, char) in text.get(start..)?.char_indices().take_while(|(length, _)| *length < LONGEST) {
            match char {
                '\n' | '\r' => return None,
                '(' => depth += 1,
                ')' if depth == 0 => return Some((start, text.get(start..start + length)?)),
                ')' => depth -= 1,
                _ => {}
            }
        }
        None
    })
}

/// The path that a relative one means in a folder, `.` and `..` worked out; `None` for an address, a bare `=`, one that
/// leads out of the disk, and an absolute path: whether it is there is asked of the system, and on Windows it may name
/// another machine.
pub fn resolved(folder: &Path, written: &str) -> Option<PathBuf> {
    if written.trim().is_empty() || written == "=" || written.contains("://") {
        return None;
    }
    let decoded = percent_decode_str(written).decode_utf8().ok()?;
    let relative = Path::new(&*decoded);
    // `//host/share` is one on Windows; what is written is the same wherever it is read.
    if relative.has_root()
        || matches!(relative.components().next(), Some(Component::Prefix(_)))
        || decoded.starts_with('\\')
    {
        return None;
    }
    let mut path = PathBuf::new();
    for part in folder.join(relative).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                if !path.pop() {
                    return None;
                }
            }
            part => path.push(part),
        }
    }
    Some(path)
}

/// The relative path that means `path` in a folder, written as the one before was: with `./` in front, and with escapes.
pub fn relative(folder: &Path, path: &Path, before: &str) -> Option<String> {
    let (mut from, mut to) = (folder.components().peekable(), path.components().peekable());
    while from.peek().is_some() && from.peek() == to.peek() {
        from.next();
        to.next();
    }
    let up = std::iter::repeat_n("..".to_owned(), from.count());
    let mut parts: Vec<String> = up.collect();
    for part in to {
        let Component::Normal(name) = part else { return None };
        parts.push(name.to_str()?.to_owned());
    }
    let plain = parts.join("/");
    let here = if before.starts_with("./") && !plain.starts_with("..") { "./" } else { "" };
    let escapes = before.contains('%') || plain.contains(['(', ')', '#', '%', '\n']);
    let path = if escapes { utf8_percent_encode(&plain, PATH).to_string() } else { plain };
    Some(format!("{here}{path}"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use expect_test::{Expect, expect};
    use jiff::civil::date;

    use super::*;
    use crate::workspace::{Location, Workspace};

    fn check(text: &str, expected: Expect) {
        let mut workspace = Workspace::new(date(2026, 1, 1));
        let id = workspace.load_text(Location::from(Path::new("/w/texts/a.resmark")), text).unwrap();
        let snapshot = workspace.snapshot();
        let mut out = String::new();
        for link in file_links(snapshot.file(id).unwrap()) {
            assert_eq!(&text[link.range], link.written);
            out += &format!("{} → {}\n", link.written, link.path.display());
        }
        expected.assert_eq(&out);
    }

    #[test]
    fn an_absolute_path_names_no_file() {
        let folder = Path::new("/w/texts");
        for written in [
            "/etc/passwd",
            "//host/share/a",
            r"\\host\share\a",
            "%5c%5chost%5ca",
            "%2Fetc%2Fpasswd",
            "file:///etc/passwd",
        ] {
            assert_eq!(resolved(folder, written), None, "{written}");
        }
        assert_eq!(resolved(folder, "../../etc/passwd").as_deref(), Some(Path::new("/etc/passwd")));
        assert_eq!(resolved(folder, "../../../etc/passwd"), None);
    }

    #[test]
    fn targets_are_paths_from_the_folder_of_the_text() {
        check(
            "# Resolution 1\n\n*recalling*\n\na) [the annex](annex.resmark#resolves-2) and [a map](../maps/a%20b.pdf);\n\
             b) {++[new](./new.resmark)++} and {~~[x](old.txt)~>[x](other.txt)~~};\n\
             c) [then](=), [there](https://example.org/x.pdf), [that](PP-140@2022), [out](../../../x), [open](x\n\
             d) [two](a (1).pdf), []() and ](y).\n",
            expect![[r#"
                annex.resmark → /w/texts/annex.resmark
                ../maps/a%20b.pdf → /w/maps/a b.pdf
                ./new.resmark → /w/texts/new.resmark
                old.txt → /w/texts/old.txt
                other.txt → /w/texts/other.txt
                PP-140@2022 → /w/texts/PP-140@2022
                a (1).pdf → /w/texts/a (1).pdf
                y → /w/texts/y
            "#]],
        );
    }

    #[test]
    fn a_path_is_written_as_the_one_before() {
        let folder = Path::new("/w/texts");
        let written = |path: &str, before: &str| relative(folder, Path::new(path), before).unwrap();
        assert_eq!(written("/w/texts/b.resmark", "a.resmark"), "b.resmark");
        assert_eq!(written("/w/texts/b c.resmark", "./a.resmark"), "./b c.resmark");
        assert_eq!(written("/w/maps/b c.pdf", "../maps/a%20b.pdf"), "../maps/b%20c.pdf");
        assert_eq!(written("/w/maps/b (1).pdf", "x"), "../maps/b%20%281%29.pdf");
        assert_eq!(written("/w/决议.resmark", "./x"), "../决议.resmark");
    }
}
