//! What breaks when files go: citations that lose the text that they lead to, and links to nowhere.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::file_links::file_links;
use crate::catalogue::Catalogue;
use crate::citation::ResolutionId;
use crate::workspace::{File, FileId, Snapshot};

/// What a file that stays loses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Loss {
    /// Citations of resolutions of which no other file holds a text, or which no other file says to exist.
    pub citations: usize,
    /// Links to a file that goes.
    pub links: usize,
}

/// What the files that stay lose when those go of which `gone` says so; those that lose nothing are left out.
pub fn losses(snapshot: &Snapshot, gone: &dyn Fn(&Path) -> bool) -> BTreeMap<FileId, Loss> {
    let goes = |file: &File| file.location.path().is_some_and(gone);
    let (going, staying): (Vec<_>, Vec<_>) = snapshot.files().partition(|file| goes(file));
    let mut lost: BTreeSet<ResolutionId> = going.iter().flat_map(|file| texts_of(file)).cloned().collect();
    lost.retain(|id| {
        let others = snapshot.defining(id).iter();
        let mut others = others.filter_map(|text| Some((snapshot.file(text.file)?, text.resolution)));
        let holds = |file: &File, of| file.summary().text(of).is_some_and(|text| !text.is_stub);
        !others.any(|(file, resolution)| !goes(file) && holds(file, resolution))
    });
    let catalogue = without(snapshot.catalogue(), gone);
    let mut losses: BTreeMap<FileId, Loss> = BTreeMap::new();
    for file in staying {
        let mut ids: BTreeSet<&ResolutionId> = file.summary().cites().collect();
        ids.retain(|id| {
            let unknown = |catalogue: &Catalogue| snapshot.catalogue().get(id).is_some() && catalogue.get(id).is_none();
            lost.contains(*id) || catalogue.as_ref().is_some_and(unknown)
        });
        let citations = ids.into_iter().map(|id| file.summary().citations_of(id).count()).sum();
        let links = file_links(file).iter().filter(|link| gone(&link.path)).count();
        if citations + links > 0 {
            losses.insert(file.id, Loss { citations, links });
        }
    }
    losses
}

/// The resolutions of which a file holds the text.
fn texts_of(file: &File) -> impl Iterator<Item = &ResolutionId> {
    file.summary().texts().iter().filter(|text| !text.is_stub).filter_map(|text| text.id.as_deref())
}

/// The catalogue without the files of the workspace that go; `None` where none does.
fn without(catalogue: &Catalogue, gone: &dyn Fn(&Path) -> bool) -> Option<Catalogue> {
    let names: Vec<String> = catalogue.files().filter(|name| gone(Path::new(name))).map(str::to_owned).collect();
    if names.is_empty() {
        return None;
    }
    let mut left = catalogue.clone();
    names.iter().for_each(|name| left.remove_file(name));
    Some(left)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use expect_test::{Expect, expect};
    use jiff::civil::date;

    use super::*;
    use crate::workspace::{Location, Workspace};

    const BY_PP: &str =
        "The Plenipotentiary Conference of the International Telecommunication Union (Bucharest, 2022),";

    fn check(gone: &str, expected: Expect) {
        let cited = |version: &str| format!("# Resolution 9001 ({version})\n\n{BY_PP}\n\n*resolves*\n\nto buy two\n");
        let citing = format!(
            "# Resolution 9003 (Bucharest, 2022)\n\n{BY_PP}\n\n*recalling*\n\na) Resolution 9001 (Dubai, 2018) of this \
             conference;\nb) *resolves* 1 of Resolution 9001 (Rev. Bucharest, 2022) of this conference and [it](old/a.resmark);\n\
             c) Resolution 9002 (Bucharest, 2022) of this conference,\n"
        );
        let mut workspace = Workspace::new(date(2026, 1, 1));
        for (path, text) in [
            ("/w/old/a.resmark", cited("Dubai, 2018")),
            ("/w/new/b.resmark", cited("Rev. Bucharest, 2022")),
            ("/w/citing.resmark", citing),
        ] {
            workspace.load_text(Location::from(Path::new(path)), &text).unwrap();
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("our.catalogue.json");
        std::fs::write(&path, r#"{ "resolutions": [{ "id": "PP-9002" }] }"#).unwrap();
        workspace.load_file(&path).unwrap();
        let snapshot = workspace.snapshot();
        let gone = |path: &Path| gone.split(' ').any(|gone| path.starts_with(gone) || path.ends_with(gone));
        let mut out = String::new();
        for (id, loss) in losses(&snapshot, &gone) {
            let name = snapshot.file(id).unwrap().location.name();
            out += &format!("{name}: {} citations, {} links\n", loss.citations, loss.links);
        }
        expected.assert_eq(&out);
    }

    #[test]
    fn citations_lose_a_text_that_no_other_file_has() {
        check(
            "/w/old /w/new",
            expect![[r#"
            citing.resmark: 2 citations, 1 links
        "#]],
        );
    }

    #[test]
    fn another_version_is_a_text_too() {
        check("/w/new", expect![""]);
        check(
            "/w/old",
            expect![[r#"
            citing.resmark: 0 citations, 1 links
        "#]],
        );
    }

    #[test]
    fn what_goes_itself_loses_nothing() {
        check("/w", expect![""]);
    }

    #[test]
    fn a_catalogue_file_takes_what_it_alone_knows() {
        check(
            "our.catalogue.json",
            expect![[r#"
            citing.resmark: 1 citations, 0 links
        "#]],
        );
    }
}
