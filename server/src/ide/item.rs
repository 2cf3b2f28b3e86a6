//! A resolution as the editor's trees and lists show it: what it is called, and where it opens.

use super::definition::Destination;
use super::symbols::shortened;
use super::target::{best_definition, place_of_resolution};
use crate::catalogue::{VersionKind, VersionView};
use crate::citation::{ResolutionId, Version, WrittenVersion, written};
use crate::syntax::{Language, ResolutionIndex};
use crate::workspace::{File, Snapshot};

/// A resolution as a tree or a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Which it is; `None` for a text that does not say so.
    pub id: Option<ResolutionId>,
    /// The version.
    pub version: Option<Version>,
    /// What it is called: the words of its title, or how it is cited.
    pub name: String,
    /// More about it: id and subject.
    pub detail: String,
    /// Where it opens.
    pub place: Destination,
    /// Which of the file's resolutions it is, where it opens in one.
    pub resolution: Option<ResolutionIndex>,
}

/// One that stands in a file.
pub fn of_text(file: &File, resolution: ResolutionIndex) -> Option<Item> {
    let (range, selection) = place_of_resolution(file, resolution)?;
    let text = file.summary().text(resolution)?;
    let id = text.id.as_deref().cloned();
    let version = text.version.clone();
    let name = match (text.title.as_ref().or(text.untitled.as_ref()), &id) {
        (Some(title), _) => shortened(title),
        (None, Some(id)) => id.to_string(),
        (None, None) => file.location.name(),
    };
    let subject = text.subject.as_deref().unwrap_or_default();
    let detail = detail(id.as_ref(), version.as_ref(), subject);
    let place = Destination::File { file: file.id, range, selection };
    Some(Item { id, version, name, detail, place, resolution: Some(resolution) })
}

/// One that only the catalogue knows, named in a language.
pub(super) fn of_catalogue(
    snapshot: &Snapshot,
    id: &ResolutionId,
    version: Option<&Version>,
    language: Option<Language>,
) -> Option<Item> {
    let entry = snapshot.catalogue().get(id)?;
    let language = language.unwrap_or(Language::En);
    let versions = entry.versions();
    let view = versions.iter().find(|view| Some(view.version) == version);
    let name = written(id, view.map(written_version), language);
    let title = entry.title(version.map(String::as_str), language).map(|title| title.text.to_owned());
    Some(Item {
        id: Some(id.clone()),
        version: version.cloned(),
        name,
        detail: detail(Some(id), version, &title.unwrap_or_default()),
        place: Destination::Page { id: id.clone(), version: version.cloned() },
        resolution: None,
    })
}

/// The text in the workspace that a citation leads to, else what the catalogue knows.
pub(super) fn of_cited(
    snapshot: &Snapshot,
    id: &ResolutionId,
    version: Option<&Version>,
    language: Option<Language>,
) -> Option<Item> {
    match best_definition(snapshot, id, version, language) {
        Some((file, definition)) => of_text(file, definition.resolution),
        None => of_catalogue(snapshot, id, version, language),
    }
}

/// A version of the catalogue as a citation has it.
pub(super) fn written_version<'a>(view: &VersionView<'a>) -> WrittenVersion<'a> {
    WrittenVersion { place: view.place, year: view.year, revised: view.kind != VersionKind::Adopted }
}

fn detail(id: Option<&ResolutionId>, version: Option<&Version>, subject: &str) -> String {
    let id = id.map(|id| id.at(version.map(String::as_str)));
    let subject = Some(shortened(subject.trim())).filter(|subject| !subject.is_empty());
    [id, subject].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
