//! Completion: citations by number, by words of the title, by place and year; clauses that a reference may name; the ids
//! of pins; the metadata; and, asked for, skeletons of resolutions and of their parts.
//!
//! Each kind is a file: it looks at what is typed before the cursor and, if that is its own, says what may follow. The
//! first that knows answers. Where nothing is begun nothing is offered: who writes prose is left alone.

mod candidates;
mod citation;
mod metadata;
mod pin;
mod pinpoint;
mod skeleton;
#[cfg(test)]
mod tests;
mod title;
mod typed;
mod version;

use super::page;
use crate::citation::{ResolutionId, Version};
use crate::syntax::{Language, TextRange, TextSize};
use crate::workspace::{File, FileId, Snapshot};
use typed::Typed;

/// How many items a list has at most.
const MOST_ITEMS: usize = 100;

/// The characters behind which an editor asks by itself: the space and the digits of `Resolution 14`, what parts the
/// pieces of a number, and what opens a version, a pin or a clause of it.
pub const TRIGGERS: [&str; 20] =
    [" ", "/", ".", "(", "（", ",", "，", "@", "#", "第", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

/// What may be put in at the cursor.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Completion {
    /// The most likely first.
    pub items: Vec<Item>,
    /// Whether more typing may bring other items than these.
    pub incomplete: bool,
}

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemKind {
    /// A citation of a resolution, or its id.
    Citation,
    /// A version or session.
    Version,
    /// A clause.
    Clause,
    /// A key or a value of the metadata.
    Value,
    /// Lines with places to fill in; `text` is a snippet as the Language Server Protocol writes it.
    Skeleton,
}

/// One thing that may be put in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What the list shows: the citation in full.
    pub label: String,
    /// A few words more, on the same line: the title, the clause's first words.
    pub description: String,
    /// One line more: title and body.
    pub detail: String,
    /// What it is.
    pub kind: ItemKind,
    /// What is replaced, on the line of the cursor.
    pub range: TextRange,
    /// What is put there.
    pub text: String,
    /// What an editor compares with what stands in `range` before the cursor.
    pub filter: String,
    /// Whether it is abrogated, or another one has taken its place.
    pub outdated: bool,
    /// What more can be told, on request.
    pub about: Option<About>,
    /// What a skeleton looks like.
    pub sample: Option<String>,
}

/// How completion is asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Asked {
    /// Whether the drafter asked, and not the editor by itself.
    pub explicitly: bool,
    /// Whether the editor can fill in skeletons.
    pub skeletons: bool,
    /// The language of the editor.
    pub language: Option<Language>,
}

/// The resolution that an item names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// The resolution.
    pub id: ResolutionId,
    /// The version.
    pub version: Option<Version>,
    /// The language of the text.
    pub language: Language,
}

/// What may be put in at `offset`; `None` where nothing is begun that can be completed.
pub fn completion(snapshot: &Snapshot, file: FileId, offset: TextSize, asked: Asked) -> Option<Completion> {
    let file = snapshot.file(file)?;
    metadata::complete(file, offset).or_else(|| begun(snapshot, file, offset)).or_else(|| {
        (asked.explicitly && asked.skeletons)
            .then(|| skeleton::complete(snapshot, file, offset, asked.language))
            .flatten()
    })
}

/// What may follow on what is begun.
fn begun(snapshot: &Snapshot, file: &File, offset: TextSize) -> Option<Completion> {
    let typed = Typed::new(snapshot, file, offset)?;
    pin::complete(&typed)
        .or_else(|| version::complete(&typed))
        .or_else(|| pinpoint::complete(&typed))
        .or_else(|| citation::complete(typed))
        .map(|mut completion| {
            completion.incomplete |= completion.items.len() > MOST_ITEMS;
            completion.items.truncate(MOST_ITEMS);
            begin_at_one_place(&mut completion.items, file.text());
            completion
        })
        .filter(|completion| !completion.items.is_empty())
}

/// Makes all items begin where the first of them does. Some editors, Neovim among them, put every item of a list at one
/// place.
fn begin_at_one_place(items: &mut [Item], text: &str) {
    let Some(start) = items.iter().map(|item| item.range.start()).min() else { return };
    for item in items {
        let between = text.get(usize::from(start)..usize::from(item.range.start())).unwrap_or_default();
        item.text.insert_str(0, between);
        item.filter.insert_str(0, between);
        item.range = TextRange::new(start, item.range.end());
    }
}

/// What is known of the resolution that an item names, as Markdown: what a hover shows of a citation of it.
pub fn documentation(snapshot: &Snapshot, about: &About) -> String {
    page::about(snapshot, &about.id, about.version.as_ref(), Some(about.language), None)
}
